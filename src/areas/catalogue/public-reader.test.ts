import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openDesk } from '../../../tests/support/desk.ts';
import { fillItems } from '../../../tests/support/many-items.ts';
import { openPublicColumns } from '../../../tests/support/public-columns.ts';
import { everything } from './public.ts';
import { openPublicReader } from './public-reader.ts';
import { countsByColumn, publicItemsBeside } from './public-store.ts';
import { withdrawItem } from './publishing-actions.ts';

const desk = await openDesk();
const { connection } = desk.app;
const { db } = connection;
const { as, columns, published, amended } = await openPublicColumns(desk);
const { finance, rules } = columns;
for (let day = 1; day <= 9; day++) {
  const further = day % 3 === 0 ? { furtherColumns: [rules!] } : {};
  await published({ title: `第${day}号`, columnId: finance!, ...further }, { on: `2018-02-0${day}` });
}
const { agencyId: many } = await fillItems(connection, 60);
const reader = openPublicReader(db);

test('lists read for many visitors together are the lists each would get alone', async () => {
  const places = [null, { publishedOn: '2018-02-05', id: 5 }, { publishedOn: '2015-01-01', id: 1 }];
  const wanted = [desk.agencyId, many].flatMap((agencyId) =>
    [[finance!], [rules!], [finance!, rules!], []].flatMap((columnIds) =>
      places.flatMap((olderThan) =>
        [3, 21].map((limit) => ({ agencyId, columnIds, part: { olderThan, limit } })),
      ),
    ),
  );
  const together = await Promise.all(
    wanted.map(({ agencyId, columnIds, part }) =>
      reader.beside(agencyId, { ...everything, columnIds }, part),
    ),
  );
  const alone = [];
  for (const { agencyId, columnIds, part } of wanted)
    alone.push(await publicItemsBeside(db, agencyId, { ...everything, columnIds }, part));
  expect(together).toEqual(alone);
  const titles = (list = together[0]) => list?.map(({ title }) => title);
  expect(titles()).toEqual(['第9号', '第8号', '第7号']);
  expect(titles(together[8])).toEqual(['第3号']);
  expect(titles(together[7])).toEqual(['第9号', '第6号', '第3号']);
  expect(together[0]?.[0]?.publishedAt).toEqual(new Date('2018-02-09T10:30:00+08:00'));
});

test('lists under a filter, of everything and towards the newer are read as well', async () => {
  const place = { publishedOn: '2018-02-03', id: 3 };
  const inFinance = { ...everything, columnIds: [finance!] };
  const lists = await Promise.all([
    reader.beside(desk.agencyId, { ...inFinance, genre: '通知', year: 2018 }, { limit: 2 }),
    reader.beside(desk.agencyId, { ...inFinance, genre: '公告' }, { limit: 2 }),
    reader.beside(desk.agencyId, everything, { limit: 2 }),
    reader.beside(desk.agencyId, inFinance, { newerThan: place, limit: 2 }),
  ]);
  expect(lists.map((list) => list.map(({ title }) => title))).toEqual([
    ['第9号', '第8号'],
    [],
    ['第9号', '第8号'],
    ['第5号', '第4号'],
  ]);
});

test('items read together are each what was asked for, or nothing', async () => {
  const numbers = [
    'MANY/2018-0000007',
    'MANY/2018-0000099',
    'MANY/2018-0000060',
    "'; --",
    'MANY/2018-0000007',
  ];
  const found = await Promise.all(numbers.map((number) => reader.item(many, number)));
  expect(found.map((whole) => whole?.item.indexNumber)).toEqual([
    numbers[0],
    undefined,
    numbers[2],
    undefined,
    numbers[4],
  ]);
  expect(found[0]?.newer?.indexNumber).toBe('MANY/2018-0000008');
  expect(found[0]?.older?.indexNumber).toBe('MANY/2018-0000006');
  expect(found[0]?.item.publishedAt).toEqual(new Date('2016-01-08T00:00:00+08:00'));
  expect(found[0]?.versions).toMatchObject([
    { version: 1, publishedAt: new Date('2016-01-08T00:00:00+08:00') },
  ]);
  expect(await reader.item(desk.agencyId, 'MANY/2018-0000007')).toBeNull();
});

test('what a topic gathers follows what is public: amended, withdrawn, and put out again', async () => {
  const titles = async (columnId: number) =>
    (await reader.beside(desk.agencyId, { ...everything, columnIds: [columnId] }, { limit: 50 })).map(
      ({ title }) => title,
    );
  const counted = async () => (await countsByColumn(db, desk.agencyId)).get(rules!)?.count ?? 0;
  const item = await published(
    { title: '汇集的一条', columnId: finance!, furtherColumns: [rules!] },
    { on: '2018-03-01' },
  );
  expect(await titles(rules!)).toEqual(['汇集的一条', '第9号', '第6号', '第3号']);
  expect(await counted()).toBe(4);
  await amended(item.id, { furtherColumns: [] }, '2018-03-02');
  expect(await titles(rules!)).toEqual(['第9号', '第6号', '第3号']);
  await amended(item.id, { furtherColumns: [rules!, finance!] }, '2018-03-03');
  expect(await titles(rules!)).toContain('汇集的一条');
  expect((await titles(finance!)).filter((title) => title === '汇集的一条')).toHaveLength(1);
  await withdrawItem(as('disclosure-officer'), item.id, { reason: '重复公开', ground: '工作安排' });
  expect(await titles(rules!)).toEqual(['第9号', '第6号', '第3号']);
  expect(await counted()).toBe(3);
  const { rows } = await sql<{ differing: number }>`
    SELECT count(*) AS differing FROM gathered_items g FULL JOIN (
      SELECT i.agency_id, unnest(v.further_columns) AS column_id, i.published_on, i.id AS item_id FROM items i
      JOIN item_versions v ON v.agency_id = i.agency_id AND v.item_id = i.id AND v.version = i.live_version
      WHERE i.state = 'published') t USING (agency_id, column_id, published_on, item_id)
    WHERE g.ctid IS NULL OR t.item_id IS NULL`.execute(db);
  expect(rows).toEqual([{ differing: 0 }]);
});
