import { expect, test } from 'vitest';
import { openPublishingOffice } from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { connect } from '../../core/db.ts';
import { findEntries, keepMiss, listMisses, putEntry } from '../../core/search-index/index.ts';
import {
  addSynonyms,
  changeSynonyms,
  handleMiss,
  removeSynonyms,
  reopenMiss,
  synonymDesk,
  useStandardSynonyms,
} from './index.ts';
import { readGroup } from './rules.ts';

const { db, pool, url } = await freshDatabase();
const office = await openPublishingOffice(db);
const { agencyId } = office;
const officer = office.as('disclosure-officer', '2018-03-06');
const elsewhere = connect(url);

await putEntry(db, agencyId, {
  kind: 'item',
  ref: '1',
  sourceId: null,
  href: '/items/1',
  title: '老年人优待证办理指南',
  body: '年满六十周岁的居民可以申领老年公交卡。',
  publishedOn: '2018-03-05',
});
await putEntry(db, agencyId, {
  kind: 'item',
  ref: '2',
  sourceId: null,
  href: '/items/2',
  title: '住房公积金提取办法',
  body: '',
  publishedOn: '2018-03-05',
});
const found = async (query: string, where = db) =>
  (await findEntries(where, agencyId, { query, limit: 5 })).hits.map(({ ref }) => ref);

test.each([
  ['敬老卡、老年公交卡', ['敬老卡', '老年公交卡']],
  ['ＡＩ 人工智能', ['AI', '人工智能']],
  ['环评,环境影响评价；环境评价', ['环评', '环境影响评价', '环境评价']],
])('%s is a group', (typed, expected) => {
  expect(readGroup(typed)).toEqual(expected);
});

test.each([
  ['公积金', '至少两个词'],
  ['公积金 公积金', '至少两个词'],
  ['税 税收', '不能作为同义词'],
  ["'; DROP-TABLE x", '不能作为同义词'],
  [Array.from({ length: 13 }, (_, n) => `词语${n}`).join(' '), '最多 12 个词'],
  [`公积金 ${'长'.repeat(21)}`, '不能作为同义词'],
])('%s is none', async (typed, told) => {
  await expect(addSynonyms(officer, typed)).rejects.toMatchObject({
    fields: { words: expect.stringContaining(told) },
  });
});

test('what is added is used by the next search in every process, what is removed no more', async () => {
  expect(await found('敬老卡', elsewhere.db)).toEqual([]);
  await addSynonyms(officer, '敬老卡 老年公交卡');
  expect(await found('敬老卡', elsewhere.db)).toEqual(['1']);
  expect(await found('敬老卡怎么办', elsewhere.db)).toEqual(['1']);
  const [group] = (await synonymDesk(db, agencyId)).own;
  await changeSynonyms(officer, group?.id ?? 0, '敬老证 老年公交卡');
  expect(await found('敬老卡', elsewhere.db)).toEqual([]);
  expect(await found('敬老证', elsewhere.db)).toEqual(['1']);
  await removeSynonyms(officer, group?.id ?? 0);
  expect(await found('敬老证', elsewhere.db)).toEqual([]);
  const { rows } = await pool.query<{ act: string }>(
    `SELECT act FROM ledger_acts WHERE act LIKE 'search.%' ORDER BY seq`,
  );
  expect(rows.map(({ act }) => act)).toEqual([
    'search.add-synonyms',
    'search.change-synonyms',
    'search.remove-synonyms',
  ]);
  await elsewhere.close();
});

test('a group everybody has can be left out and taken back', async () => {
  const place = (await synonymDesk(db, agencyId)).standard.findIndex(({ words }) => words.includes('环评'));
  await putEntry(db, agencyId, {
    kind: 'item',
    ref: '3',
    sourceId: null,
    href: '/items/3',
    title: '环境影响评价公示',
    body: '',
    publishedOn: '2018-03-05',
  });
  expect(await found('环评')).toEqual(['3']);
  await useStandardSynonyms(officer, place, false);
  expect(await found('环评')).toEqual([]);
  await useStandardSynonyms(officer, place, true);
  expect(await found('环评')).toEqual(['3']);
  await expect(useStandardSynonyms(officer, place, true)).rejects.toThrow('已经办理过');
});

test('the same group is not added twice', async () => {
  await expect(addSynonyms(officer, '住房公积金 公积金')).rejects.toMatchObject({ fields: {} });
});

test('only who edits the search may do it', async () => {
  const publisher = office.as('publisher', '2018-03-06');
  await expect(addSynonyms(publisher, '敬老卡 老年公交卡')).rejects.toThrow('权限');
  await expect(handleMiss(publisher, '大熊猫', '')).rejects.toThrow('权限');
});

test('a search in vain is handled, and comes back when it is in vain again', async () => {
  const open = () => listMisses(db, agencyId, { group: 'open', sort: 'often' }, { limit: 10 });
  await keepMiss(db, agencyId, '大熊猫', '2018-03-05');
  await handleMiss(officer, '大熊猫', '不属于本机关');
  expect(await open()).toEqual([]);
  await reopenMiss(officer, '大熊猫');
  expect(await open()).toMatchObject([{ query: '大熊猫', handledOn: null }]);
  await handleMiss(officer, '大熊猫', '');
  await keepMiss(db, agencyId, '大熊猫', '2018-03-07');
  expect(await open()).toMatchObject([{ query: '大熊猫', times: 2, handledBy: '' }]);
  const { rows } = await pool.query(`SELECT * FROM ledger_acts WHERE act = 'search.handle-miss'`);
  expect(JSON.stringify(rows)).not.toContain('大熊猫');
  await expect(handleMiss(officer, '没有的', '')).rejects.toThrow('没有找到');
});

test('a group sent twice at once is one group', async () => {
  const twice = await Promise.allSettled([1, 2].map(() => addSynonyms(officer, '敬老证 老年证')));
  expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const { own } = await synonymDesk(db, agencyId);
  const group = own.filter(({ words }) => words.includes('敬老证'));
  expect(group).toHaveLength(1);
  await removeSynonyms(officer, group[0]?.id ?? 0);
});
