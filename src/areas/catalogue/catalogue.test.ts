import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { anItem, openPublishingOffice } from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import {
  amendItem,
  beginItem,
  publishUrgently,
  reviewAfterwards,
  reviewItem,
  saveDraft,
  submitItem,
  withdrawItem,
} from './actions.ts';
import { emptyContent } from './content-rules.ts';
import { insertDelegation } from './delegation-store.ts';
import { findItem } from './item-store.ts';
import { findVersion, openVersion } from './version-store.ts';

const { db } = await freshDatabase();
const office = await openPublishingOffice(db);
const { agencyId } = office;
const on = '2018-03-06';
const passed = { result: 'passed', opinion: '' } as const;

async function begun(content = {}): Promise<number> {
  const given = { ...anItem, columnId: office.columnId, ...content };
  return beginItem(office.as('publisher', on), { unitId: office.unitId, content: given });
}

async function reviewed(id: number): Promise<void> {
  await submitItem(office.as('publisher', on), id);
  await reviewItem(office.as('unit-head', on), id, { step: 'first', ...passed });
  await reviewItem(office.as('secrecy-reviewer', on), id, { step: 'second', ...passed });
  await reviewItem(office.as('disclosure-officer', on), id, { step: 'final', ...passed });
}

const item = async (id: number) => (await findItem(db, agencyId, id))!;
const content = { ...emptyContent, ...anItem, issuingBody: '昆明高新区管委会', columnId: office.columnId };

describe('an item from its draft to the public', () => {
  test('is public after three reviews by others', async () => {
    const id = await begun();
    expect((await item(id)).indexNumber).toMatch(/^KMHNZ\/2018-0000\d$/);
    await reviewed(id);
    expect(await item(id)).toMatchObject({
      state: 'published',
      liveVersion: 1,
      publishedOn: on,
      title: anItem.title,
    });
  });

  test('is not sent to review while something is missing, and every gap is named at its field', async () => {
    const id = await begun({
      title: '',
      genre: '',
      subject: '',
      formedOn: '2019-01-01',
      normative: 'normative',
    });
    await expect(submitItem(office.as('publisher', on), id)).rejects.toMatchObject({
      fields: {
        title: expect.any(String),
        genre: expect.any(String),
        subject: expect.any(String),
        formedOn: expect.stringContaining('今天'),
        documentNumber: expect.any(String),
      },
    });
  });

  test('goes back to its author when a review refuses it', async () => {
    const id = await begun();
    await submitItem(office.as('publisher', on), id);
    await expect(
      reviewItem(office.as('unit-head', on), id, { step: 'first', result: 'refused', opinion: '' }),
    ).rejects.toMatchObject({ fields: { opinion: expect.any(String) } });
    await reviewItem(office.as('unit-head', on), id, {
      step: 'first',
      result: 'refused',
      opinion: '日期有误',
    });
    expect(await openVersion(db, agencyId, id)).toMatchObject({ state: 'draft', step: '' });
  });

  test('waits for the secrecy administration when it is referred', async () => {
    const id = await begun();
    await submitItem(office.as('publisher', on), id);
    await reviewItem(office.as('unit-head', on), id, { step: 'first', ...passed });
    await reviewItem(office.as('secrecy-reviewer', on), id, {
      step: 'second',
      result: 'referred',
      opinion: '是否涉密不明确',
    });
    expect(await openVersion(db, agencyId, id)).toMatchObject({ state: 'in-review', step: 'secrecy' });
    await expect(
      reviewItem(office.as('disclosure-officer', on), id, { step: 'final', ...passed }),
    ).rejects.toThrow('保密行政管理部门');
  });
});

describe('先审核后公开', () => {
  test('nobody reviews what he wrote in', async () => {
    const id = await begun();
    const version = (await openVersion(db, agencyId, id))!;
    await saveDraft(office.as('unit-head', on), id, version.revision, {
      ...content,
      title: '由负责人改过的标题',
    });
    await submitItem(office.as('publisher', on), id);
    await expect(reviewItem(office.as('unit-head', on), id, { step: 'first', ...passed })).rejects.toThrow(
      '他人审查',
    );
  });

  test('hand-written SQL cannot publish without review, nor change what is published', async () => {
    const id = await begun();
    const publish = () =>
      db.transaction().execute(async (trx) => {
        await sql`UPDATE item_versions SET state = 'published', published_at = now(), digest = 'x' WHERE item_id = ${id}`.execute(
          trx,
        );
        await sql`UPDATE items SET state = 'published', live_version = 1, published_on = ${on} WHERE id = ${id}`.execute(
          trx,
        );
      });
    await expect(publish()).rejects.toThrow('no approving review by another person');
    await expect(
      sql`UPDATE items SET state = 'published', live_version = 1, published_on = ${on} WHERE id = ${id}`.execute(
        db,
      ),
    ).rejects.toThrow();
    await reviewed(id);
    await expect(
      sql`UPDATE item_versions SET title = '改' WHERE item_id = ${id}`.execute(db),
    ).rejects.toThrow('does not change');
    await expect(sql`DELETE FROM item_versions WHERE item_id = ${id}`.execute(db)).rejects.toThrow();
    await expect(
      sql`UPDATE item_reviews SET opinion = '改' WHERE item_id = ${id}`.execute(db),
    ).rejects.toThrow('does not change');
  });

  test('a review may be lent to somebody for the days of an absence', async () => {
    const id = await begun();
    await submitItem(office.as('publisher', on), id);
    await expect(reviewItem(office.as('leader', on), id, { step: 'first', ...passed })).rejects.toThrow(
      '权限',
    );
    await insertDelegation(db, agencyId, {
      fromId: office.staffId('unit-head'),
      toId: office.staffId('leader'),
      fromOn: '2018-03-05',
      toOn: '2018-03-07',
    });
    await expect(
      reviewItem(office.as('leader', '2018-03-08'), id, { step: 'first', ...passed }),
    ).rejects.toThrow('权限');
    await reviewItem(office.as('leader', on), id, { step: 'first', ...passed });
    const { rows } = await sql<{
      on_behalf_of: number;
    }>`SELECT on_behalf_of FROM item_reviews WHERE item_id = ${id}`.execute(db);
    expect(rows).toEqual([{ on_behalf_of: office.staffId('unit-head') }]);
  });

  test('an urgent item is out before its review, which is due in three working days', async () => {
    const id = await begun();
    await expect(publishUrgently(office.as('publisher', on), id, '台风红色预警')).rejects.toThrow('权限');
    await publishUrgently(office.as('disclosure-officer', on), id, '台风红色预警');
    expect(await findVersion(db, agencyId, id, 1)).toMatchObject({
      state: 'published',
      reviewDueOn: '2018-03-09',
    });
    await reviewAfterwards(office.as('secrecy-reviewer', '2018-03-07'), id, {
      result: 'refused',
      opinion: '内容不准确',
    });
    expect(await item(id)).toMatchObject({
      state: 'withdrawn',
      withdrawalReason: expect.stringContaining('内容不准确'),
    });
  });
});

describe('what was published', () => {
  test('is amended beside the live version and keeps its old text', async () => {
    const id = await begun();
    await reviewed(id);
    expect(await amendItem(office.as('publisher', '2018-03-12'), id)).toBe(2);
    const draft = (await openVersion(db, agencyId, id))!;
    await saveDraft(office.as('publisher', '2018-03-12'), id, draft.revision, {
      ...content,
      title: '修改后的标题',
      amendment: '',
    });
    expect(await item(id)).toMatchObject({ title: anItem.title, liveVersion: 1 });
    await expect(submitItem(office.as('publisher', '2018-03-12'), id)).rejects.toMatchObject({
      fields: { amendment: expect.any(String) },
    });
    const again = (await openVersion(db, agencyId, id))!;
    await saveDraft(office.as('publisher', '2018-03-12'), id, again.revision, {
      ...content,
      title: '修改后的标题',
      amendment: '更正标题',
    });
    await reviewed(id);
    expect(await item(id)).toMatchObject({ title: '修改后的标题', liveVersion: 2, publishedOn: on });
    expect(await findVersion(db, agencyId, id, 1)).toMatchObject({
      state: 'superseded',
      title: anItem.title,
    });
  });

  test('is withdrawn with a reason and a ground', async () => {
    const id = await begun();
    await reviewed(id);
    await expect(
      withdrawItem(office.as('disclosure-officer', on), id, { reason: '', ground: '' }),
    ).rejects.toMatchObject({
      fields: { reason: expect.any(String), ground: expect.any(String) },
    });
    await withdrawItem(office.as('disclosure-officer', on), id, {
      reason: '内容含个人信息',
      ground: '《条例》第十五条',
    });
    expect(await item(id)).toMatchObject({ state: 'withdrawn', withdrawnOn: on });
  });
});

describe('two at one draft', () => {
  test('the later save of an older page is refused and writes nothing', async () => {
    const id = await begun();
    const { revision } = (await openVersion(db, agencyId, id))!;
    await saveDraft(office.as('publisher', on), id, revision, { ...content, title: '先保存的' });
    await expect(
      saveDraft(office.as('unit-head', on), id, revision, { ...content, title: '后保存的' }),
    ).rejects.toThrow('已被他人修改');
    expect((await openVersion(db, agencyId, id))!.title).toBe('先保存的');
  });

  test('a person of another unit does not write in it', async () => {
    const id = await begun();
    const { revision } = (await openVersion(db, agencyId, id))!;
    await expect(saveDraft(office.as('second-publisher', on), id, revision, content)).rejects.toThrow(
      '其他部门',
    );
  });
});
