import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import {
  anItem,
  openPublishingOffice,
  passReviews,
  submitAndPass,
} from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { emptyContent } from './content-rules.ts';
import { insertDelegation } from './delegation-store.ts';
import { deskPage, sentBackDrafts, sortOutReviews } from './desk.ts';
import { amendItem, beginItem, recallItem, saveDraft, submitItem } from './draft-actions.ts';
import { addItemFiles } from './file-actions.ts';
import { findItem } from './item-store.ts';
import { publishUrgently, withdrawItem } from './publishing-actions.ts';
import { recordDetermination, reviewAfterwards, reviewItem } from './review-actions.ts';
import { textChanges } from './text-changes.ts';
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

const reviewed = (id: number) => submitAndPass(office, id, on);

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
    const back = async () => (await sentBackDrafts(office.as('publisher', on))).map((row) => row.id);
    expect(await back()).toContain(id);
    // Corrected, and taken back after it was passed: nobody has sent this back.
    await submitItem(office.as('publisher', on), id);
    expect(await back()).not.toContain(id);
    await passReviews(office, id, on, ['first']);
    await recallItem(office.as('publisher', on), id);
    expect(await openVersion(db, agencyId, id)).toMatchObject({ state: 'draft' });
    expect(await back()).not.toContain(id);
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

  test('a lent review is for the items of its lender, lends no writing, and not for what he wrote himself', async () => {
    const lend = (from: 'second-head' | 'unit-head') =>
      insertDelegation(db, agencyId, {
        fromId: office.staffId(from),
        toId: office.staffId('leader'),
        fromOn: '2018-05-01',
        toOn: '2018-05-03',
      });
    const may = '2018-05-02';
    const id = await begun();
    await submitItem(office.as('publisher', may), id);
    await lend('second-head');
    await expect(reviewItem(office.as('leader', may), id, { step: 'first', ...passed })).rejects.toThrow(
      '其他部门',
    );
    const written = await begun();
    const { revision } = (await openVersion(db, agencyId, written))!;
    await saveDraft(office.as('unit-head', may), written, revision, content);
    await submitItem(office.as('publisher', may), written);
    await lend('unit-head');
    await expect(reviewItem(office.as('leader', may), written, { step: 'first', ...passed })).rejects.toThrow(
      '委托您代为审查的人',
    );
    await reviewItem(office.as('leader', may), id, { step: 'first', ...passed });
    const draft = await begun();
    await expect(saveDraft(office.as('leader', may), draft, 1, content)).rejects.toThrow('权限');
  });

  test('an urgent item that was amended before its review still owes it', async () => {
    const id = await begun();
    await publishUrgently(office.as('disclosure-officer', on), id, '台风红色预警');
    await amendItem(office.as('publisher', on), id);
    const draft = (await openVersion(db, agencyId, id))!;
    await saveDraft(office.as('publisher', on), id, draft.revision, { ...content, amendment: '更正' });
    await reviewed(id);
    await reviewAfterwards(office.as('secrecy-reviewer', on), id, { result: 'passed', opinion: '' });
    expect(await findVersion(db, agencyId, id, 1)).toMatchObject({ reviewDueOn: null, state: 'superseded' });
    await expect(
      reviewAfterwards(office.as('secrecy-reviewer', on), id, { result: 'passed', opinion: '' }),
    ).rejects.toThrow('已经补审');
  });

  test('what the secrecy administration determines sends it on or back', async () => {
    const referred = async () => {
      const id = await begun();
      await submitItem(office.as('publisher', on), id);
      await reviewItem(office.as('unit-head', on), id, { step: 'first', ...passed });
      await reviewItem(office.as('secrecy-reviewer', on), id, {
        step: 'second',
        result: 'referred',
        opinion: '是否涉密不明确',
      });
      return id;
    };
    const determination = { open: true, body: '昆明市国家保密局', number: '昆保函〔2018〕3号', opinion: '' };
    const id = await referred();
    await expect(recordDetermination(office.as('publisher', on), id, determination)).rejects.toThrow('权限');
    await expect(
      recordDetermination(office.as('disclosure-officer', on), id, { ...determination, number: '' }),
    ).rejects.toMatchObject({ fields: { number: expect.any(String) } });
    await recordDetermination(office.as('disclosure-officer', on), id, determination);
    expect(await openVersion(db, agencyId, id)).toMatchObject({ state: 'in-review', step: 'second' });
    const other = await referred();
    await recordDetermination(office.as('disclosure-officer', on), other, { ...determination, open: false });
    expect(await openVersion(db, agencyId, other)).toMatchObject({ state: 'draft', step: '' });
  });

  test('nothing is public while a file of it has not passed the release gate, and published files stay', async () => {
    const id = await begun();
    const [fileId] = await addItemFiles(office.as('publisher', on), id, [
      { kind: 'attachment', name: '名单.pdf', digest: 'a'.repeat(64), type: 'application/pdf', bytes: 10 },
    ]);
    await expect(publishUrgently(office.as('disclosure-officer', on), id, '台风红色预警')).rejects.toThrow(
      '“名单.pdf”还没有通过出口检查',
    );
    await submitItem(office.as('publisher', on), id);
    await passReviews(office, id, on, ['first', 'second']);
    const final = () => reviewItem(office.as('disclosure-officer', on), id, { step: 'final', ...passed });
    await expect(final()).rejects.toThrow('出口检查');
    await sql`UPDATE item_files SET released = true WHERE id = ${fileId}`.execute(db);
    await final();
    expect((await item(id)).state).toBe('published');
    for (const statement of [
      sql`UPDATE item_files SET digest = ${'b'.repeat(64)} WHERE id = ${fileId}`,
      sql`DELETE FROM item_files WHERE id = ${fileId}`,
      sql`INSERT INTO item_files (agency_id, item_id, version, position, kind, name, digest, type, bytes)
        VALUES (${agencyId}, ${id}, 1, 2, 'attachment', 'x', ${'c'.repeat(64)}, 'text/plain', 1)`,
    ])
      await expect(statement.execute(db)).rejects.toThrow('do not change');
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
    ).rejects.toThrow('由他人保存过');
    await expect(
      saveDraft(office.as('publisher', on), id, revision, { ...content, title: '另一个窗口' }),
    ).rejects.toThrow('在您的另一个窗口里保存过');
    expect((await openVersion(db, agencyId, id))!.title).toBe('先保存的');
  });

  test('taken back and changed is not passed by somebody who has it as it was before him', async () => {
    const id = await begun();
    await submitItem(office.as('publisher', on), id);
    const { revision } = (await openVersion(db, agencyId, id))!;
    await recallItem(office.as('publisher', on), id);
    await saveDraft(office.as('publisher', on), id, revision, { ...content, title: '后来改的' });
    await submitItem(office.as('publisher', on), id);
    const review = (seen: number) =>
      reviewItem(office.as('unit-head', on), id, { step: 'first', ...passed, revision: seen });
    await expect(review(revision)).rejects.toMatchObject({ fields: { '': expect.stringContaining('改') } });
    await review(revision + 1);
    expect(await openVersion(db, agencyId, id)).toMatchObject({ step: 'second' });
  });

  test('a person of another unit does not write in it', async () => {
    const id = await begun();
    const { revision } = (await openVersion(db, agencyId, id))!;
    await expect(saveDraft(office.as('second-publisher', on), id, revision, content)).rejects.toThrow(
      '其他部门',
    );
  });
});

describe('the desk', () => {
  test('lists what this person may decide, and tells who would be left out of a batch and why', async () => {
    const mine = await begun({ title: '批量审查之一' });
    const own = await begun({ title: '批量审查之二' });
    const { revision } = (await openVersion(db, agencyId, own))!;
    await saveDraft(office.as('unit-head', on), own, revision, { ...content, title: '批量审查之二' });
    for (const id of [mine, own]) await submitItem(office.as('publisher', on), id);
    const filter = { text: '批量审查', columnId: null, unitId: null, genre: '', from: '', to: '' } as const;
    const listed = async (who: 'unit-head' | 'second-head' | 'secrecy-reviewer') =>
      (await deskPage(office.as(who, on), { ...filter, group: 'to-review', validity: '' }, null)).rows.map(
        ({ id }) => id,
      );
    expect(await listed('unit-head')).toEqual([mine]);
    expect(await listed('second-head')).toEqual([]);
    expect(await listed('secrecy-reviewer')).toEqual([]);
    expect(await sortOutReviews(office.as('unit-head', on), [mine, own], 'passed')).toEqual([
      expect.objectContaining({ id: mine, step: 'first', reason: null }),
      expect.objectContaining({ id: own, reason: expect.stringContaining('他人审查') }),
    ]);
  });
});

describe('what changed between two texts', () => {
  test.each([
    ['同一段\n第二段', '同一段\n第二段', []],
    ['本办法自2018年施行', '本办法自2019年施行', ['-2018', '+2019']],
    ['第一段', '第一段\n新的一段', ['+新的一段']],
    ['', '全新', ['+全新']],
  ])('%s → %s', (before, after, told) => {
    const pieces = textChanges(before, after);
    expect(
      pieces
        .filter(({ change }) => change !== 'kept')
        .map(({ change, text }) => `${change === 'added' ? '+' : '-'}${text.trim()}`),
    ).toEqual(told);
    expect(
      pieces
        .filter(({ change }) => change !== 'removed')
        .map(({ text }) => text)
        .join('')
        .trim(),
    ).toBe(after);
  });
});
