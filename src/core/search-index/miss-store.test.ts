import { expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { openSearchOffice } from '../../../tests/support/search-office.ts';
import { createAgency } from '../../areas/organisations/index.ts';
import { countMisses, keepMiss, listMisses, missesWritten } from './index.ts';
import { mayTellOfPerson } from './miss-store.ts';

const { db, pool } = await freshDatabase();
const { ctx, agencyId, otherAgency } = await openSearchOffice(db);

test.each([
  ['王小雅', true],
  ['5301110000', true],
  ['a@b.cn', true],
  ['公积金贷款', false],
  ['大熊猫', false],
])('%s may tell of a person: %s', (text, expected) => {
  expect(mayTellOfPerson(text)).toBe(expected);
});

test('searches in vain are counted, without people', async () => {
  for (const query of ['大熊猫', ' 大熊猫 ', '王小雅', '13800138000'])
    await keepMiss(db, agencyId, query, '2018-03-05');
  expect(await listMisses(db, agencyId, { group: 'open', sort: 'often' }, { limit: 10 })).toMatchObject([
    { query: '大熊猫', times: 2, firstOn: '2018-03-05', lastOn: '2018-03-05', handledOn: null },
  ]);
});

test('many who look in vain at once are all counted, in few writes', async () => {
  let writes = 0;
  const watched = db.withPlugin({
    transformQuery({ node }) {
      writes += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  for (let n = 0; n < 50; n++)
    for (const query of ['穿山甲', `第${n % 5}只丹顶鹤`])
      void keepMiss(watched, otherAgency, query, n === 0 ? '2018-03-04' : '2018-03-06');
  await missesWritten(watched);
  expect(writes).toBeLessThanOrEqual(3);
  const kept = await listMisses(db, otherAgency, { group: 'open', sort: 'often' }, { limit: 10 });
  expect(kept).toHaveLength(6);
  expect(kept[0]).toMatchObject({ query: '穿山甲', times: 50, firstOn: '2018-03-04', lastOn: '2018-03-06' });
  expect(kept.slice(1).map(({ times }) => times)).toEqual([10, 10, 10, 10, 10]);
});

test('no more than so many different searches in vain are kept', async () => {
  const office = await createAgency(ctx, { code: 'vain', name: '徒劳机关', shortName: '徒劳' });
  await pool.query(
    `INSERT INTO search_misses (agency_id, query, first_on, last_on) SELECT $1, 'q' || n, '2018-03-05', '2018-03-05' FROM generate_series(1, 1999) n`,
    [office],
  );
  for (const query of ['q7', '穿山甲', '丹顶鹤']) await keepMiss(db, office, query, '2018-03-06');
  expect(await countMisses(db, office, { group: 'open' })).toEqual({ queries: 2000, times: 2001 });
});
