import { expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { anEntry, openSearchOffice } from '../../../tests/support/search-office.ts';
import { createAgency } from '../../areas/organisations/index.ts';
import { findEntries, putEntries } from './index.ts';

const { db } = await freshDatabase();
const { ctx, agencyId } = await openSearchOffice(db);

const refs = async (query: string) =>
  (await findEntries(db, agencyId, { query, limit: 20 })).hits.map(({ ref }) => ref);

test('a question finds what holds most of it', async () => {
  const found = await findEntries(db, agencyId, { query: '住房公积金怎么贷款买房', limit: 5 });
  expect(found.hits[0]?.ref).toBe('1');
  expect(found.loose).toBe(true);
});

test.each([
  // Stands nowhere; stands elsewhere; a name is told whole; what is asked is given up before the matter.
  [
    '公积金 玻璃幕墙',
    ['公积金'],
    ['玻璃幕墙'],
    [
      ['1', []],
      ['3', []],
    ],
  ],
  [
    '公积金 汛期',
    ['公积金', '汛期'],
    [],
    [
      ['1', ['汛期']],
      ['2', ['公积金']],
      ['3', ['汛期']],
    ],
  ],
  ['汛期 覃敬轩', ['汛期'], ['覃敬轩'], [['2', []]]],
  ['环境影响评价的电话', ['环境影响评价'], ['电话'], [['4', []]]],
  [
    '公积金 〔2019〕99号',
    ['公积金'],
    ['〔2019〕99号'],
    [
      ['1', []],
      ['3', []],
    ],
  ],
])('%s: by %j without %j', async (query, held, missing, expected) => {
  const { hits, words, loose, partial } = await findEntries(db, agencyId, { query, limit: 20 });
  expect([loose, partial, words]).toEqual([true, expected.length, { held, missing }]);
  expect(
    hits.map(({ ref, missing }) => [ref, missing.filter((word) => !words.missing.includes(word))]).toSorted(),
  ).toEqual(expected);
});

test.each([
  ['"公积金政策" 汛期', 'a phrase'],
  ['公积金 汛期 -提取 -通知 -安全生产', 'exclusions that leave nothing'],
])('%s: %s is never given up', async (query) => {
  expect(await refs(query)).toEqual([]);
});

test('an exclusion holds for what is found in part', async () => {
  expect((await refs('公积金 汛期 -提取')).toSorted()).toEqual(['2', '3']);
});

test('who insists on every word gets nothing else', async () => {
  const all = await findEntries(db, agencyId, {
    query: '公积金 汛期',
    limit: 5,
    everyWord: true,
    facets: true,
  });
  expect(all).toMatchObject({ total: 0, partial: 0, loose: false, hits: [], facets: [] });
});

test('what holds all comes first, then what holds part; by date each the newest first', async () => {
  const office = await createAgency(ctx, { code: 'partly', name: '部分机关', shortName: '部分' });
  await putEntries(db, office, [
    anEntry('whole', '老旧小区改造补偿标准', '', { publishedOn: '2016-01-04', unitId: 1 }),
    anEntry('old', '老旧小区改造补偿', '', { publishedOn: '2015-01-05', unitId: 2 }),
    anEntry('new', '老旧小区改造标准', '', { publishedOn: '2018-01-02', unitId: 1 }),
    ...Array.from({ length: 12 }, (_, n) => anEntry(`n${n}`, `第${n}号通告`)),
  ]);
  const ask = { query: '老旧小区 补偿 标准', limit: 20, facets: true };
  const found = await findEntries(db, office, ask);
  const told = (result: typeof found) => result.hits.map(({ ref, partial }) => [ref, partial]);
  expect([told(found)[0], found.total, found.partial, found.loose]).toEqual([['whole', false], 3, 2, false]);
  expect(told(await findEntries(db, office, { ...ask, sort: 'date' }))).toEqual([
    ['whole', false],
    ['new', true],
    ['old', true],
  ]);
  expect((await findEntries(db, office, { ...ask, sort: 'date', limit: 1, offset: 2 })).hits[0]?.ref).toBe(
    'old',
  );
  // Each filter finds as many as its count said.
  for (const { facet, value, count } of found.facets) {
    const narrowed = await findEntries(db, office, { ...ask, filters: { [facet]: value } });
    expect([facet, value, narrowed.total]).toEqual([facet, value, count]);
  }
});

test('a filter that leaves little does not bring in what the search did not offer', async () => {
  const office = await createAgency(ctx, { code: 'enough', name: '很多机关', shortName: '很多的' });
  await putEntries(db, office, [
    ...Array.from({ length: 12 }, (_, n) =>
      anEntry(`w${n}`, `第${n}号社区防汛值班安排`, '', { unitId: n === 0 ? 1 : 2 }),
    ),
    anEntry('part', '社区防汛通告', '', { unitId: 1 }),
  ]);
  const ask = { query: '社区 防汛 值班', limit: 20, filters: { unit: 1 } };
  expect(await findEntries(db, office, ask)).toMatchObject({ total: 1, partial: 0, hits: [{ ref: 'w0' }] });
});
