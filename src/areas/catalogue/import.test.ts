import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { noticesColumn, openPublishingOffice } from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import type { SheetRecord } from '../../core/spreadsheet/index.ts';
import { importItems } from './import-actions.ts';

const { db } = await freshDatabase();
const office = await openPublishingOffice(db);
const officer = office.as('disclosure-officer', '2019-01-04');

async function* lines(values: Record<string, unknown>[]): AsyncGenerator<SheetRecord[]> {
  yield values.map((value, index) => ({ line: index + 1, values: value }));
}
const run = (values: Record<string, unknown>[], options = {}) =>
  importItems(officer, () => lines(values), { fileName: 'history.jsonl', ...options });
const line = (sourceId: string, more = {}) => ({
  sourceId,
  title: `关于${sourceId}的通知`,
  body: '各部门：\n现通知如下。<注意>',
  publishedOn: '2018-05-04',
  unit: 'AJJ',
  column: 'notices',
  channels: ['website', 'weibo'],
  ...more,
});

const hostile = [
  ['a frame', '<p>甲</p><iframe src="https://example.com"></iframe>', '<p>甲</p>'],
  ['a drawing that runs', '<svg onload="x()"><p>乙</p></svg><p>丙</p>', '<p>丙</p>'],
  ['a style', '<style>p{display:none}</style><p style="position:fixed">丁</p>', '<p>丁</p>'],
  ['an address that runs, hidden', '<p><a href="java&#x0A;script:x()">戊</a></p>', '<p><a>戊</a></p>'],
  ['a picture from elsewhere', '<p>己<img src="https://example.com/x.png"></p>', '<p>己</p>'],
  ['zeros and marks of direction', '<p>庚\u0000\u202e辛</p>', '<p>庚辛</p>'],
  ['half a character', '壬\ud83d', '<p>壬\ufffd</p>'],
  ['signs that COPY reads', '癸\\N\t\\.\r\n\\', '<p>癸\\N\t\\.</p><p>\\</p>'],
] as const;

describe('published history', () => {
  test('arrives public, with the import as its review, counted once on each channel and found', async () => {
    expect(
      await run([line('a'), line('b', { channels: [], documentNumber: '昆高发〔2018〕12号' })]),
    ).toMatchObject({ read: 2, imported: 2, rejected: [] });
    const { rows } = await sql<Record<string, unknown>>`
      SELECT i.index_number, i.state, i.published_on, v.body, r.step, r.concluding,
        (SELECT string_agg(p.channel, ',' ORDER BY p.channel) FROM channel_posts p WHERE p.item_id = i.id) AS channels,
        (SELECT count(*)::int FROM search_entries s WHERE s.kind = 'item' AND s.ref = i.id::text) AS entries
      FROM items i JOIN item_versions v ON v.agency_id = i.agency_id AND v.item_id = i.id AND v.version = i.live_version
        JOIN item_reviews r ON r.agency_id = i.agency_id AND r.item_id = i.id
      WHERE i.source_id IN ('a', 'b') ORDER BY i.source_id`.execute(db);
    const common = {
      state: 'published',
      published_on: '2018-05-04',
      step: 'import',
      concluding: true,
      entries: 1,
    };
    expect(rows).toEqual([
      {
        ...common,
        index_number: 'KMHNZ/2018-00001',
        body: '<p>各部门：</p><p>现通知如下。&lt;注意&gt;</p>',
        channels: 'website,weibo',
      },
      {
        ...common,
        index_number: 'KMHNZ/2018-00002',
        body: '<p>各部门：</p><p>现通知如下。&lt;注意&gt;</p>',
        channels: 'website',
      },
    ]);
  });

  test('imported again changes nothing', async () => {
    expect(await run([line('a'), line('b'), line('a')])).toMatchObject({
      read: 3,
      imported: 0,
      unchanged: 3,
    });
  });

  test.each([
    ['a day that is none', { publishedOn: '2018-02-30' }, 'publishedOn'],
    ['a day to come', { publishedOn: '2020-01-01' }, 'publishedOn'],
    ['a unit that is none', { unit: 'XXX' }, 'unit'],
    ['a column that is none', { column: 'nowhere' }, 'column'],
    ['a further column that is none', { furtherColumns: 'notices；nowhere' }, 'furtherColumns'],
    ['a channel that is none', { channels: ['telegram'] }, 'channels'],
    ['no title', { title: '' }, 'title'],
    ['no source', { sourceId: '' }, 'sourceId'],
    ['a number that is none', { documentNumber: '第十二号' }, 'documentNumber'],
  ])('%s keeps the whole file out and is named by line and field', async (_what, more, field) => {
    const result = await run([line('good'), line('bad', more)], { strict: true });
    expect(result).toMatchObject({ imported: 0, rejected: [{ line: 2, field }] });
    const { rows } = await sql`SELECT 1 FROM items WHERE source_id IN ('good', 'bad')`.execute(db);
    expect(rows).toEqual([]);
  });

  test('lines that cannot be taken are left out', async () => {
    expect(await run([line('good'), line('bad', { unit: 'XXX' })], {})).toMatchObject({
      imported: 1,
    });
  });

  test('markup that could run does not arrive', async () => {
    await run([
      line('evil', {
        body: '<p onclick="x()">好<script>alert(1)</script><img src=x onerror=y><a href="javascript:z()">链接</a></p>',
      }),
    ]);
    const { rows } = await sql<{
      body: string;
    }>`SELECT body FROM item_versions v JOIN items i ON i.id = v.item_id WHERE i.source_id = 'evil'`.execute(
      db,
    );
    expect(rows).toEqual([{ body: '<p>好<a>链接</a></p>' }]);
  });

  test.each([
    ['here', 0],
    ['from a thread', 1],
  ])('hostile bodies arrive harmless or not at all, %s', async (_where, threads) => {
    const given = hostile.map(([what, body]) => line(`${what} ${threads}`, { body }));
    expect(await run(given, { threads })).toMatchObject({ imported: hostile.length, rejected: [] });
    const { rows } = await sql<{ body: string }>`
      SELECT v.body FROM item_versions v JOIN items i ON i.id = v.item_id
      WHERE i.source_id = ANY (${given.map(({ sourceId }) => sourceId)}) ORDER BY i.id`.execute(db);
    expect(rows.map(({ body }, index) => [hostile[index]?.[0], body])).toEqual(
      hostile.map(([what, , expected]) => [what, expected]),
    );
  });

  test('a line that names a channel as no channel is called is told, whatever else the name means', async () => {
    expect(await run([line('odd', { channels: ['toString'] })])).toMatchObject({
      rejected: [{ field: 'channels' }],
    });
  });

  test('goes on where it was interrupted, without doing anything again', async () => {
    const digest = 'd'.repeat(64);
    const many = Array.from({ length: 1200 }, (_, n) => line(`long-${n}`));
    async function* interrupted(): AsyncGenerator<SheetRecord[]> {
      for await (const batch of lines(many)) yield batch.slice(0, 700);
      throw new Error('the disk is gone');
    }
    await expect(importItems(officer, interrupted, { fileName: 'long.jsonl', digest })).rejects.toThrow(
      'the disk',
    );
    expect(await run(many, { digest })).toMatchObject({
      read: 1200,
      imported: 1200,
      unchanged: 0,
      doneBefore: 500,
    });
    const { rows } = await sql<{ acts: number; numbers: number }>`
      SELECT (SELECT count(*)::int FROM ledger_acts WHERE subject_label = 'long.jsonl' AND act = 'catalogue.import') AS acts,
        (SELECT count(DISTINCT index_number)::int FROM items WHERE source_id LIKE 'long-%') AS numbers`.execute(
      db,
    );
    // 500 lines of the first time, then 700 in two acts under the name the file has now.
    expect(rows).toEqual([{ acts: 1, numbers: 1200 }]);
    expect(await run(many, { digest })).toMatchObject({ imported: 0, unchanged: 1200, doneBefore: 0 });
  });

  test('a rehearsal tells what would be done and does nothing', async () => {
    const given = [line('a'), line('fresh'), line('fresh'), line('bad', { unit: 'XXX' })];
    expect(await run(given, { dryRun: true })).toMatchObject({
      read: 4,
      imported: 1,
      unchanged: 2,
      rejected: [{ line: 4 }],
    });
    expect(await run([line('fresh')], { dryRun: true })).toMatchObject({ imported: 1 });
  });

  test.each([
    ['here', 0],
    ['from a thread', 1],
  ])(
    'what an interpretation names is found wherever it is; the rest is told, %s',
    async (_where, threads) => {
      const way = (name: string) => `${name}-${threads}`;
      await run([line(way('known'))]);
      const { indexNumber } = await db
        .selectFrom('items')
        .select('index_number as indexNumber')
        .where('source_id', '=', way('known'))
        .executeTakeFirstOrThrow();
      const number = `昆高发〔2017〕${threads + 1}号`;
      const given = [
        line(way('early'), { interprets: [way('late'), indexNumber] }),
        line(way('lost'), {
          interprets: `${way('nowhere')}；${number.replace('〔', '[').replace('〕', '] ')}`,
        }),
        line(way('itself'), { interprets: [way('itself')] }),
        line(way('late'), { documentNumber: number, normative: 'normative' }),
        // Bears the number of what it sends on.
        line(way('sent-on'), { documentNumber: number }),
      ];
      const expected = { read: 5, rejected: [] };
      const untold = [
        { line: 2, kind: 'reference', field: 'interprets' },
        { line: 3, kind: 'reference', field: 'interprets' },
      ];
      expect(await run(given, { threads, dryRun: true })).toMatchObject({
        ...expected,
        imported: 5,
        // A rehearsal knows that the third line is there, not that it speaks of itself.
        notes: untold.slice(0, 1),
      });
      expect(await run(given, { threads })).toMatchObject({ ...expected, imported: 5, notes: untold });
      const { rows } = await sql<{ source: string; interprets: string | null }>`
      SELECT i.source_id AS source, (SELECT string_agg(d.source_id, ' ' ORDER BY d.id) FROM items d WHERE d.id = ANY (v.interprets)) AS interprets
      FROM items i JOIN item_versions v ON v.item_id = i.id WHERE i.source_id LIKE ${`%-${threads}`} AND v.interprets <> '{}'
      ORDER BY i.source_id`.execute(db);
      expect(rows).toEqual([
        { source: way('early'), interprets: `${way('known')} ${way('late')}` },
        { source: way('lost'), interprets: way('late') },
      ]);
      expect(await run(given, { threads })).toMatchObject({ imported: 0, unchanged: 5, notes: [] });
    },
  );

  test.each([
    ['here', 0],
    ['from a thread', 1],
  ])('stands in further columns besides its own, and is found there, %s', async (_where, threads) => {
    const way = (name: string) => `further-${name}-${threads}`;
    const topic = (slug: string) =>
      noticesColumn(db, office.agencyId, { slug: way(slug), name: `专题、${way(slug)}`, kind: 'topic' });
    const [business, safety] = [await topic('business'), await topic('safety')];
    const given = [
      line(way('list'), { furtherColumns: [way('safety'), way('business'), 'notices', way('safety')] }),
      line(way('names'), { 同时列入的栏目: `专题、${way('business')}；${way('safety')}` }),
      line(way('none')),
    ];
    expect(await run(given, { threads })).toMatchObject({ imported: 3, rejected: [], notes: [] });
    const { rows } = await sql<{ source: string; own: number; further: string[]; entries: number }>`
      SELECT i.source_id AS source, v.column_id AS own, v.further_columns::text[] AS further,
        (SELECT count(*)::int FROM search_entries s WHERE s.kind = 'item' AND s.ref = i.id::text
          AND s.words::text LIKE ${`%.~c${safety}'%`}) AS entries
      FROM items i JOIN item_versions v ON v.agency_id = i.agency_id AND v.item_id = i.id
      WHERE i.source_id LIKE ${way('%')} ORDER BY i.id`.execute(db);
    const own = office.columnId;
    expect(rows).toEqual([
      { source: way('list'), own, further: [safety, business].map(String), entries: 1 },
      { source: way('names'), own, further: [business, safety].map(String), entries: 1 },
      { source: way('none'), own, further: [], entries: 0 },
    ]);
    expect(await run(given, { threads })).toMatchObject({ imported: 0, unchanged: 3, notes: [] });
    const changed = [...given.slice(0, 2), line(way('none'), { furtherColumns: [way('safety')] })];
    expect(await run(changed, { threads })).toMatchObject({
      unchanged: 3,
      notes: [{ line: 3, kind: 'differs' }],
    });
  });

  test('ends when its last line is done, not when it began', async () => {
    let minutes = 0;
    const now = () => officer.clock.now().add({ minutes });
    const ctx = { ...officer, clock: { ...officer.clock, now, today: () => officer.clock.today() } };
    const fileName = 'slow.jsonl';
    await importItems(ctx, () => lines([line('slow')]), {
      fileName,
      progress: () => {
        minutes = 7;
      },
    });
    const { rows } = await sql<{ took: number }>`
      SELECT extract(epoch FROM finished_at - started_at)::int AS took FROM item_imports WHERE file_name = ${fileName}`.execute(
      db,
    );
    expect(rows).toEqual([{ took: 420 }]);
  });

  test('pauses when asked, also among the lines that waited, and goes on', async () => {
    const digest = 'e'.repeat(64);
    const given = Array.from({ length: 1100 }, (_, n) =>
      line(`pause-${n}`, { interprets: [`pause-${n + 1}`] }),
    );
    const ended: unknown[] = [];
    const result = { imported: 0 };
    for (let turn = 0; turn < 10 && ended.at(-1) !== 'finished'; turn++) {
      Object.assign(result, await run(given, { digest, goOn: () => false }));
      ended.push((result as { ended?: string }).ended);
    }
    expect(ended).toEqual(['paused', 'paused', 'paused', 'paused', 'paused', 'paused', 'finished']);
    expect(result.imported).toBe(1100);
  });
});
