import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { anItem } from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { GAZETTE_DAY, openGazette, SECTION } from '../../../tests/support/gazette.ts';
import { findEntries } from '../../core/search-index/index.ts';
import { withdrawItem } from '../catalogue/index.ts';
import { addEntries, beginIssue, moveEntry, putInSection, removeEntry } from './compose-actions.ts';
import { deskIssue, findCandidates, waitingFor } from './desk.ts';
import { noteErratum, reviewErratum } from './erratum-actions.ts';
import { findIssue } from './issue-store.ts';
import { readIssue } from './public.ts';
import { publishIssue } from './publish-actions.ts';
import { recallIssue, reviewIssue, submitIssue } from './review-actions.ts';
import { changeGazetteSettings } from './settings-form.ts';

const { db } = await freshDatabase();
const on = GAZETTE_DAY;
const passed = { result: 'passed', opinion: '' } as const;

describe('an issue from its draft to the public', () => {
  test('takes what chose the gazette, comes out with its number and counts once', async () => {
    const { agencyId, officer, leader, publicItem, counted, posts, jobs } = await openGazette(db);
    const [chose, other] = [
      await publicItem(),
      await publicItem({ title: '关于公布财政预算的公告', channels: ['website'] }),
    ];
    const id = await beginIssue(officer(), { name: '2018年一季度' });
    expect((await waitingFor(officer(), id)).map(({ itemId }) => itemId)).toEqual([chose]);
    await addEntries(officer(), id, { itemIds: [chose], section: SECTION });
    expect(await waitingFor(officer(), id)).toEqual([]);
    const [found] = await findCandidates(officer(), id, '财政预算');
    expect(found).toMatchObject({ itemId: other, earlier: [] });
    await addEntries(officer(), id, { itemIds: [other, chose], section: '统计数据' });
    const before = await counted();
    await submitIssue(officer(), id);
    await reviewIssue(leader(), id, passed);
    await publishIssue(officer(), id);
    expect(await findIssue(db, agencyId, id)).toMatchObject({
      state: 'published',
      year: 2018,
      number: 1,
      total: 1,
      issuedOn: on,
      title: '昆明高新区管委会公报',
      host: '昆明高新区管委会',
    });
    expect(jobs.at(-1)).toMatchObject({ name: 'print-gazette-issue', agencyId, issueId: id });
    expect(await counted()).toBe(before + 2);
    expect(await posts(chose)).toEqual([{ state: 'published', address: '/gazette/2018/1', on }]);
    expect(await posts(other)).toEqual([{ state: 'published', address: '/gazette/2018/1', on }]);
    const { hits } = await findEntries(db, agencyId, {
      query: '公报 总第1号',
      limit: 5,
      filters: { kind: 'gazette' },
    });
    expect(hits.map(({ href }) => href)).toEqual(['/gazette/2018/1']);
    const view = (await readIssue(db, agencyId, { year: 2018, number: 1 }))!;
    expect(view.sections.map(({ section, entries }) => [section, entries.length])).toEqual([
      [SECTION, 1],
      ['统计数据', 1],
    ]);
  });

  test('an item printed again, or counted before, is not counted again and is warned about', async () => {
    const { officer, leader, publicItem, ready, counted, posts } = await openGazette(db);
    const item = await publicItem();
    await publishIssue(officer(), await ready([item]));
    const before = await counted();
    const id = await beginIssue(officer(), { name: '再刊' });
    const [again] = await findCandidates(officer(), id, anItem.title!);
    expect(again?.earlier).toHaveLength(1);
    await addEntries(officer(), id, { itemIds: [item], section: SECTION });
    expect((await deskIssue(officer(), id)).entries[0]?.earlier).toEqual(again?.earlier);
    await submitIssue(officer(), id);
    await reviewIssue(leader(), id, passed);
    await publishIssue(officer(), id);
    expect(await counted()).toBe(before);
    expect(await posts(item)).toHaveLength(1);
  });

  test('a post recorded by hand keeps its day and gets the address of the issue', async () => {
    const { agencyId, officer, publicItem, ready, counted, posts } = await openGazette(db);
    const item = await publicItem();
    await sql`UPDATE channel_posts SET state = 'recorded', posted_on = '2018-02-01' WHERE item_id = ${item} AND channel = 'gazette'`.execute(
      db,
    );
    const before = await counted();
    const id = await ready([item]);
    await publishIssue(officer(), id);
    const { year, number } = (await findIssue(db, agencyId, id))!;
    expect(await posts(item)).toEqual([
      { state: 'recorded', address: `/gazette/${year}/${number}`, on: '2018-02-01' },
    ]);
    expect(await counted()).toBe(before);
  });

  test('is refused with an item that was amended or withdrawn since, until somebody has seen it', async () => {
    const { officer, leader, publicItem, amended, ready } = await openGazette(db);
    const [first, second] = [await publicItem(), await publicItem()];
    const id = await ready([first, second]);
    await amended(first, '关于做好2018年汛期安全生产工作的补充通知');
    await expect(publishIssue(officer(), id)).rejects.toMatchObject({ code: 'gazette-unready' });
    await recallIssue(officer(), id);
    await submitIssue(officer(), id);
    await withdrawItem(officer(), second, { reason: '内容有误，重新核实。', ground: '条例第六条' });
    await expect(reviewIssue(leader(), id, passed)).rejects.toThrow(/已经撤下/);
    await reviewIssue(leader(), id, { result: 'refused', opinion: '请移出撤下的文件' });
    await expect(submitIssue(officer(), id)).rejects.toMatchObject({ code: 'gazette-unready' });
    await removeEntry(officer(), id, second);
    await submitIssue(officer(), id);
    await reviewIssue(leader(), id, passed);
    await publishIssue(officer(), id);
    const { entries } = await deskIssue(officer(), id);
    expect(entries.map(({ title, version }) => [title, version])).toEqual([
      ['关于做好2018年汛期安全生产工作的补充通知', 2],
    ]);
  });

  test('stays as it was printed when its items change, which is shown beside them, and is corrected by a notice', async () => {
    const { agencyId, officer, publicItem, amended, ready, corrected } = await openGazette(db);
    const item = await publicItem();
    const id = await ready([item]);
    await publishIssue(officer(), id);
    await amended(item, '改过的标题');
    await withdrawItem(officer(), item, { reason: '内容有误，重新核实。', ground: '条例第六条' });
    await corrected(id, { notice: '第一条日期应为三月六日。', itemId: item });
    const { year, number } = (await findIssue(db, agencyId, id))!;
    const view = (await readIssue(db, agencyId, { year: year!, number: number! }))!;
    expect(view.sections[0]?.entries[0]).toMatchObject({
      title: anItem.title,
      version: 1,
      liveVersion: 2,
      itemState: 'withdrawn',
    });
    expect(view.errata).toMatchObject([{ notice: '第一条日期应为三月六日。', itemId: item, notedOn: on }]);
    await expect(noteErratum(officer(), id, { notice: '错', itemId: null })).rejects.toMatchObject({
      fields: { notice: expect.any(String) },
    });
    await expect(noteErratum(officer(), id, { notice: '没有刊登的文件', itemId: 1 })).rejects.toMatchObject({
      fields: { item: expect.any(String) },
    });
  });

  test('is put in order with moves inside a section and between them', async () => {
    const { officer, publicItem } = await openGazette(db);
    const items = [await publicItem(), await publicItem(), await publicItem()];
    const id = await beginIssue(officer(), { name: '排序' });
    await addEntries(officer(), id, { itemIds: items, section: SECTION });
    const order = async () =>
      (await deskIssue(officer(), id)).entries.map(({ itemId }) => items.indexOf(itemId));
    const acts = async () => {
      const { rows } = await sql<{ after: { items: number[] } }>`
        SELECT after FROM ledger_acts WHERE subject_kind = 'gazette-issue' AND subject_id = ${String(id)} ORDER BY seq`.execute(
        db,
      );
      return rows.map(({ after }) => after?.items ?? null);
    };
    await moveEntry(officer(), id, items[2]!, 'up');
    expect(await order()).toEqual([0, 2, 1]);
    // What changes nothing is no act, and makes nobody a composer.
    const before = await acts();
    await moveEntry(officer(), id, 9_999_999, 'up');
    await moveEntry(officer(), id, items[0]!, 'up');
    expect([await order(), await acts()]).toEqual([[0, 2, 1], before]);
    const further = await publicItem();
    expect(await addEntries(officer(), id, { itemIds: [items[0]!, further], section: SECTION })).toBe(1);
    expect((await acts()).at(-1)).toEqual([further]);
    await removeEntry(officer(), id, further);
    await putInSection(officer(), id, { itemId: items[0]!, section: '人事任免' });
    expect(await order()).toEqual([2, 1, 0]);
    await moveEntry(officer(), id, items[0]!, 'up');
    expect(await order()).toEqual([2, 1, 0]);
    await expect(addEntries(officer(), id, { itemIds: [items[0]!], section: SECTION })).rejects.toMatchObject(
      { code: 'gazette-in-already' },
    );
    await expect(
      addEntries(officer(), id, { itemIds: [items[0]!], section: '没有的栏目' }),
    ).rejects.toMatchObject({ fields: { section: expect.any(String) } });
    const another = await beginIssue(officer(), { name: '另一期' });
    expect(await waitingFor(officer(), another)).not.toContainEqual(
      expect.objectContaining({ itemId: items[0] }),
    );
  });
});

describe('a correction', () => {
  const issueOut = async () => {
    const gazette = await openGazette(db);
    const { agencyId } = gazette;
    const id = await gazette.out();
    const { year, number } = (await findIssue(db, agencyId, id))!;
    const shown = async () =>
      (await readIssue(db, agencyId, { year: year!, number: number! }))!.errata.map(({ notice }) => notice);
    return { ...gazette, id, shown };
  };
  const given = { notice: '第二条“五日”应为“十五日”。', itemId: null };

  test('is seen by readers when somebody else has passed it, once', async () => {
    const { id, shown, officer, leader } = await issueOut();
    const erratumId = await noteErratum(officer(), id, given);
    expect(await shown()).toEqual([]);
    const own = officer();
    const actor = { ...own.actor, roles: ['disclosure-officer', 'leader'] } as typeof own.actor;
    await expect(reviewErratum({ ...own, actor }, id, { erratumId, ...passed })).rejects.toMatchObject({
      code: 'gazette-own-hand',
    });
    await expect(reviewErratum(officer(), id, { erratumId, ...passed })).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await reviewErratum(leader(), id, { erratumId, ...passed });
    expect(await shown()).toEqual([given.notice]);
    await expect(reviewErratum(leader(), id, { erratumId, ...passed })).rejects.toMatchObject({
      code: 'gazette-wrong-state',
    });
  });

  test('that is refused is said why, is never shown, and may be noted anew', async () => {
    const { id, shown, officer, leader, corrected } = await issueOut();
    const erratumId = await noteErratum(officer(), id, given);
    await expect(
      reviewErratum(leader(), id, { erratumId, result: 'refused', opinion: '' }),
    ).rejects.toMatchObject({ fields: { opinion: expect.any(String) } });
    await reviewErratum(leader(), id, { erratumId, result: 'refused', opinion: '原文无误' });
    expect(await shown()).toEqual([]);
    await corrected(id, given);
    expect(await shown()).toEqual([given.notice]);
  });

  test('sent twice is one', async () => {
    const { id, officer } = await issueOut();
    const twice = await Promise.allSettled([
      noteErratum(officer(), id, given),
      noteErratum(officer(), id, given),
    ]);
    expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('two at once', () => {
  test('begin one issue, and the second is told beside the field', async () => {
    const { officer } = await openGazette(db);
    const begin = () => beginIssue(officer(), { name: '同时新编' });
    const results = await Promise.allSettled([begin(), begin()]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [refused] = results.filter((result) => result.status === 'rejected');
    expect(refused?.reason).toMatchObject({ fields: { name: expect.stringContaining('同时新编') } });
  });

  test('publish with numbers that follow one another', async () => {
    const { agencyId, officer, publicItem, ready } = await openGazette(db);
    const ids = [
      await ready([await publicItem()]),
      await ready([await publicItem()]),
      await ready([await publicItem()]),
    ];
    await Promise.all(ids.map((id) => publishIssue(officer(), id)));
    const issues = await sql<{ total: number; number: number }>`SELECT total, number FROM gazette_issues
      WHERE agency_id = ${agencyId} AND total IS NOT NULL ORDER BY total`.execute(db);
    expect(issues.rows).toEqual([1, 2, 3].map((number) => ({ total: number, number })));
  });

  test('publish the same issue once', async () => {
    const { officer, publicItem, ready } = await openGazette(db);
    const id = await ready([await publicItem()]);
    const results = await Promise.allSettled([publishIssue(officer(), id), publishIssue(officer(), id)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('the next year begins with 1, and no issue comes before the last', async () => {
    const { agencyId, officer, publicItem, ready } = await openGazette(db);
    await publishIssue(officer(), await ready([await publicItem()]));
    const later = await ready([await publicItem()]);
    await publishIssue(officer('2019-01-03'), later);
    expect(await findIssue(db, agencyId, later)).toMatchObject({ year: 2019, number: 1, total: 2 });
    const earlier = await ready([await publicItem()]);
    await expect(publishIssue(officer(), earlier)).rejects.toMatchObject({ code: 'gazette-before-last' });
  });
});

describe('who may', () => {
  test.each(['publisher', 'unit-head', 'leader', 'secrecy-reviewer'] as const)(
    '%s does not compose',
    async (role) => {
      const { as } = await openGazette(db);
      await expect(beginIssue(as(role, on), { name: '一期' })).rejects.toMatchObject({
        code: 'not-allowed',
      });
    },
  );

  test('who composed does not review, whatever else he is', async () => {
    const { officer, publicItem } = await openGazette(db);
    const id = await beginIssue(officer(), { name: '自审' });
    await addEntries(officer(), id, { itemIds: [await publicItem()], section: SECTION });
    await submitIssue(officer(), id);
    const both = officer();
    const actor = { ...both.actor, roles: ['disclosure-officer', 'leader'] } as typeof both.actor;
    await expect(reviewIssue({ ...both, actor }, id, passed)).rejects.toMatchObject({
      code: 'gazette-own-hand',
    });
    await expect(publishIssue(officer(), id)).rejects.toMatchObject({ code: 'gazette-wrong-state' });
  });
});

describe('settings', () => {
  const form = {
    title: '昆明高新区公报',
    host: '高新区管委会',
    editor: '办公室',
    sections: '文件\n人事\n\n文件',
    firstYear: '2018',
    firstNumber: '5',
    firstTotal: '120',
  };
  test('an old gazette goes on with its numbers, a sound form is kept and a wrong one told by field', async () => {
    const { as } = await openGazette(db);
    const ctx = as('disclosure-officer', on);
    await expect(
      changeGazetteSettings(ctx, { ...form, title: '', sections: '', firstTotal: '0' }),
    ).rejects.toMatchObject({
      fields: { title: expect.any(String), sections: expect.any(String), firstTotal: expect.any(String) },
    });
    await changeGazetteSettings(ctx, form);
    const id = await beginIssue(ctx, { name: '一期' });
    expect((await deskIssue(ctx, id)).settings.sections).toEqual(['文件', '人事']);
    expect((await deskIssue(ctx, id)).next).toEqual({ year: 2018, number: 5, total: 120 });
  });

  test('first numbers count for nothing once an issue is out', async () => {
    const { officer, out } = await openGazette(db);
    await out();
    await changeGazetteSettings(officer(), { ...form, firstNumber: 'x', firstTotal: '' });
    const id = await beginIssue(officer(), { name: '下一期' });
    expect((await deskIssue(officer(), id)).next).toEqual({ year: 2018, number: 2, total: 2 });
  });
});
