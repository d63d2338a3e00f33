import { beforeAll, describe, expect, test } from 'vitest';
import {
  beginItem,
  catalogueFigures,
  importItems,
  publishItem,
  reviewItem,
  submitItem,
  withdrawItem,
} from '../../src/areas/catalogue/index.ts';
import { channelFigures } from '../../src/areas/channels/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import type { SheetRecord } from '../../src/core/spreadsheet/index.ts';
import { anItem } from '../support/catalogue.ts';
import { openDesk } from '../support/desk.ts';
import { openPublicColumns } from '../support/public-columns.ts';

/**
 * What becomes public is in every place in the same moment: nowhere while its transaction, with everything written, waits for
 * its line in the ledger, and everywhere once that is through. Readers wait for none of it.
 */
const clock = clockAt('2018-06-01T10:30:00+08:00');
const desk = await openDesk({}, clock);
const { agencyId, pool, system } = desk;
const { db } = desk.app.connection;
const office = await openPublicColumns(desk);
const { as, published, columns, unitId } = office;
const LIST = '/catalogue/notices';

const read = async (url: string) => (await desk.server.inject({ url })).body;
const counted = async (figures: typeof catalogueFigures, code: string) =>
  (
    await figures
      .find((one) => one.code === code)
      ?.count?.(db, { agencyId, from: '2018-01-01', to: '2018-12-31' })
  )?.quantity ?? 0;

/** An item that was reviewed and waits for its hour. */
async function waiting(title: string): Promise<number> {
  const content = {
    ...anItem,
    title,
    formedOn: '2018-06-01',
    columnId: columns.notices!,
    publishAt: '2018-06-30T01:00:00Z',
  };
  const id = await beginItem(as('publisher'), { unitId, content });
  await submitItem(as('publisher'), id);
  await reviewItem(as('disclosure-officer'), id, { step: 'final', result: 'passed', opinion: '' });
  return id;
}

/** Where a reader finds these words; `asked` is what he searches for. */
async function seen(words: string, asked: string) {
  const search = `/search?q=${encodeURIComponent(asked)}`;
  const pages = {
    home: '/',
    list: LIST,
    feed: '/feed.xml',
    columnFeed: `${LIST}/feed.xml`,
    table: `${LIST}/items.csv`,
    search,
  };
  const found = await Promise.all(
    Object.entries(pages).map(
      async ([name, url]) => [name, (await read(url)).replaceAll(/<\/?mark>/g, '').includes(words)] as const,
    ),
  );
  return {
    ...Object.fromEntries(found),
    row11: await counted(catalogueFigures, 'catalogue.items'),
    row122: await counted(channelFigures, 'channels.website'),
  };
}

/** Runs `act` and looks while it waits for the ledger with everything written, and again when it is through. */
async function lookedAt<T>(
  act: () => Promise<unknown>,
  look: () => Promise<T>,
): Promise<{ during: T; after: T }> {
  const holder = await pool.connect();
  let during: T;
  let acting: Promise<unknown>;
  try {
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM ledger_heads WHERE agency_id = $1 FOR UPDATE', [agencyId]);
    acting = act();
    acting.catch(() => undefined);
    await expect
      .poll(
        async () =>
          (
            await pool.query(
              "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
            )
          ).rowCount,
        { timeout: 20_000, interval: 20 },
      )
      .toBeGreaterThan(0);
    during = await look();
  } finally {
    await holder.query('ROLLBACK');
    holder.release();
  }
  await acting;
  return { during, after: await look() };
}

const nowhere = { home: false, list: false, feed: false, columnFeed: false, table: false, search: false };
const everywhere = { home: true, list: true, feed: true, columnFeed: true, table: true, search: true };

let rows = 0;
beforeAll(async () => {
  await published({ title: '早已公开的一条' });
  rows = 1;
  expect(await seen('早已公开的一条', '早已公开')).toMatchObject({ ...everywhere, row11: 1, row122: 1 });
});

describe('in every place at the same moment', () => {
  test('an item that is published, and again when it is withdrawn', async () => {
    const id = await waiting('同一时刻出现的第七号事项');
    const look = () => seen('出现的第七号事项', '同一时刻');
    const out = await lookedAt(() => publishItem(system, id), look);
    expect(out.during).toEqual({ ...nowhere, row11: rows, row122: rows });
    rows += 1;
    expect(out.after).toEqual({ ...everywhere, row11: rows, row122: rows });
    const gone = await lookedAt(
      () =>
        withdrawItem(as('disclosure-officer'), id, {
          reason: '内容有误，核实后重发',
          ground: '《条例》第六条',
        }),
      look,
    );
    expect(gone.during).toEqual({ ...everywhere, row11: rows, row122: rows });
    expect(gone.after).toEqual({ ...nowhere, row11: rows, row122: rows });
  });

  test('what an import brings', async () => {
    async function* lines(): AsyncGenerator<SheetRecord[]> {
      yield Array.from({ length: 40 }, (_, n) => ({
        line: n + 1,
        values: {
          sourceId: `moment-${n}`,
          title: `导入进来的第${n}号历史事项`,
          body: '<p>历史</p>',
          publishedOn: '2018-06-01',
          unit: 'AJJ',
          column: 'notices',
        },
      }));
    }
    const look = () => seen('第39号历史事项', '导入进来');
    const out = await lookedAt(
      () => importItems(as('disclosure-officer'), lines, { fileName: 'x.jsonl' }),
      look,
    );
    expect(out.during).toEqual({ ...nowhere, row11: rows, row122: rows });
    rows += 40;
    expect(out.after).toEqual({ ...everywhere, row11: rows, row122: rows });
  });

  test('an item that is published while an import is under way waits for nobody who reads', async () => {
    async function* lines(): AsyncGenerator<SheetRecord[]> {
      yield [
        {
          line: 1,
          values: {
            sourceId: 'beside',
            title: '旁边的导入',
            body: '<p>历史</p>',
            publishedOn: '2018-06-01',
            unit: 'AJJ',
            column: 'notices',
          },
        },
      ];
    }
    const id = await waiting('导入期间发布的急件');
    const out = await lookedAt(
      () =>
        Promise.all([
          importItems(as('disclosure-officer'), lines, { fileName: 'y.jsonl' }),
          publishItem(system, id),
        ]),
      () => seen('期间发布的急件', '导入期间'),
    );
    expect(out.during).toEqual({ ...nowhere, row11: rows, row122: rows });
    rows += 2;
    expect(out.after).toEqual({ ...everywhere, row11: rows, row122: rows });
  });
});
