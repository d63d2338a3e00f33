import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { openPublishingOffice } from '../../../tests/support/catalogue.ts';
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
});
