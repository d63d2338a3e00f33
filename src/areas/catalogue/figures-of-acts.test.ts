import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { anItem, openPublishingOffice, submitAndPass } from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { type Clock, civilDate, clockAt, LEGAL_TIME_ZONE } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { SheetRecord } from '../../core/spreadsheet/index.ts';
import { channelFigures } from '../channels/index.ts';
import { amendItem, beginItem, saveDraft } from './draft-actions.ts';
import { catalogueFigures } from './figures.ts';
import { importItems } from './import-actions.ts';
import { findItem } from './item-store.ts';
import type { VersionContent } from './model.ts';
import { publishItem, withdrawItem } from './publishing-actions.ts';
import { openVersion } from './version-store.ts';

/** Rows 1.1 and 1.2.1 to 1.2.5 as the acts of the office leave them, counted by hand. */

const { db } = await freshDatabase();
type Office = Awaited<ReturnType<typeof openPublishingOffice>>;

async function reviewed(office: Office, id: number, on: string, publish: Ctx | null = null) {
  await submitAndPass(office, id, on);
  if (publish) await publishItem(publish, id);
}
async function published(office: Office, on: string, more: Partial<VersionContent> = {}): Promise<number> {
  const content = { ...anItem, formedOn: on, columnId: office.columnId, ...more };
  const id = await beginItem(office.as('publisher', on), { unitId: office.unitId, content });
  await reviewed(office, id, on);
  return id;
}
async function amended(office: Office, id: number, on: string, more: Partial<VersionContent> = {}) {
  await amendItem(office.as('publisher', on), id);
  const draft = (await openVersion(db, office.agencyId, id))!;
  await saveDraft(office.as('publisher', on), id, draft.revision, {
    ...draft,
    amendment: '更正内容',
    ...more,
  });
  await reviewed(office, id, on);
}
const withdrawn = (office: Office, id: number, on: string) =>
  withdrawItem(office.as('disclosure-officer', on), id, {
    reason: '内容有误，核实后重发',
    ground: '《条例》第六条',
  });

/** Rows 1.1, 1.2.1 to 1.2.5 of a year; blank is null. */
async function rowsOf(office: Office, year: number) {
  const scope = { agencyId: office.agencyId, from: `${year}-01-01`, to: `${year}-12-31` };
  const codes = ['catalogue.items', 'gazette', 'website', 'weibo', 'wechat', 'other'].map((code) =>
    code.includes('.') ? code : `channels.${code}`,
  );
  const figures = [...catalogueFigures, ...channelFigures];
  return Promise.all(
    codes.map(async (code) => (await figures.find((one) => one.code === code)!.count!(db, scope)).quantity),
  );
}

describe('rows 1.1 and 1.2.x', () => {
  test('an item through all its life counts once in the year it became public, and each publication in its own', async () => {
    const office = await openPublishingOffice(db, 'life');
    const id = await published(office, '2017-12-28', { channels: ['website', 'weibo'] });
    expect(await rowsOf(office, 2017)).toEqual([1, null, 1, null, null, null]);
    await amended(office, id, '2018-01-10');
    await amended(office, id, '2018-02-10', { channels: ['website', 'weibo', 'wechat'] });
    await withdrawn(office, id, '2018-03-01');
    expect(await rowsOf(office, 2017)).toEqual([1, null, 1, null, null, null]);
    expect(await rowsOf(office, 2018)).toEqual([null, null, null, null, null, null]);
    await amended(office, id, '2018-04-02');
    expect((await findItem(db, office.agencyId, id))?.publishedOn).toBe('2017-12-28');
    // What was dropped with the withdrawal waits again, once, for somebody to put it out.
    const { rows } = await sql<{
      id: number;
      channel: string;
      state: string;
    }>`SELECT id, channel, state FROM channel_posts
      WHERE item_id = ${id} AND state <> 'cancelled' ORDER BY channel`.execute(db);
    expect(rows.map(({ channel, state }) => [channel, state])).toEqual([
      ['website', 'published'],
      ['wechat', 'waiting'],
      ['weibo', 'waiting'],
    ]);
    expect(await rowsOf(office, 2018)).toEqual([null, null, null, null, null, null]);
  });

  test('history that came by import is counted by its own days, and amended afterwards not anew', async () => {
    const office = await openPublishingOffice(db, 'past');
    async function* lines(): AsyncGenerator<SheetRecord[]> {
      const given = (sourceId: string, publishedOn: string, channels: string) => ({
        sourceId,
        publishedOn,
        channels,
        title: `历史${sourceId}`,
        body: '<p>正文</p>',
        unit: 'AJJ',
        column: 'notices',
        genre: '通知',
        subject: '其他',
        formedOn: publishedOn,
        abstract: '概述',
      });
      yield [
        given('a', '2018-12-31', '政府网站；政务微博'),
        given('b', '2018-01-01', 'website；weibo；wechat；gazette；other'),
        given('c', '2017-12-31', 'weibo'),
        given('d', '2019-01-01', 'other'),
      ].map((values, at) => ({ line: at + 1, values }));
    }
    const done = await importItems(office.as('disclosure-officer', '2019-06-03'), lines, {
      fileName: 'x.jsonl',
    });
    expect(done).toMatchObject({ imported: 4, rejected: [] });
    expect(await rowsOf(office, 2018)).toEqual([2, 1, 2, 2, 1, 1]);
    expect(await rowsOf(office, 2017)).toEqual([1, null, null, 1, null, null]);
    const { rows } = await sql<{
      id: number;
    }>`SELECT id FROM items WHERE agency_id = ${office.agencyId} AND source_id = 'a'`.execute(db);
    await amended(office, rows[0]!.id, '2019-06-04', { genre: '通知', subject: '其他' });
    await withdrawn(office, rows[0]!.id, '2019-06-05');
    expect(await rowsOf(office, 2018)).toEqual([2, 1, 2, 2, 1, 1]);
    expect(await rowsOf(office, 2019)).toEqual([1, null, null, null, null, 1]);
  });

  test.each([
    ['2018-12-31T15:59:59.999Z', 2018],
    ['2018-12-31T16:00:00.000Z', 2019],
    ['2017-12-31T16:00:00.000Z', 2018],
    ['2017-12-31T15:59:59.999Z', 2017],
  ])('published at %s it is of %i, as the clocks in China tell', async (at, year) => {
    const office = await openPublishingOffice(db, `edge${at.slice(2, 4)}${at.slice(11, 13)}`);
    const id = await beginItem(office.as('publisher', '2017-12-20'), {
      unitId: office.unitId,
      content: { ...anItem, formedOn: '2017-12-20', columnId: office.columnId, publishAt: at },
    });
    const clock = clockAt(at);
    await reviewed(office, id, '2017-12-21', { ...office.system('2017-12-21'), clock });
    for (const asked of [2017, 2018, 2019])
      expect([asked, ...(await rowsOf(office, asked))]).toEqual([
        asked,
        asked === year ? 1 : null,
        null,
        asked === year ? 1 : null,
        null,
        null,
        null,
      ]);
  });

  test('midnight that comes in the middle of a publication parts nothing of it', async () => {
    const office = await openPublishingOffice(db, 'midnight');
    const MIDNIGHT = Temporal.Instant.from('2018-12-31T16:00:00Z').epochMilliseconds;
    for (let before = 1; before <= 12; before++) {
      let time = MIDNIGHT - before;
      const now = () => Temporal.Instant.fromEpochMilliseconds(time++);
      const clock: Clock = { now, today: () => now().toZonedDateTimeISO(LEGAL_TIME_ZONE).toPlainDate() };
      const id = await beginItem(office.as('publisher', '2018-12-20'), {
        unitId: office.unitId,
        content: {
          ...anItem,
          formedOn: '2018-12-20',
          columnId: office.columnId,
          publishAt: '2018-12-31T15:59:00Z',
        },
      });
      await reviewed(office, id, '2018-12-21', { ...office.system('2018-12-21'), clock });
      const { rows } = await sql<{ on: string; at: Date; posted: string; postedAt: Date; shown: Date }>`
        SELECT i.published_on AS "on", i.published_at AS at, p.posted_on AS posted, p.posted_at AS "postedAt", v.published_at AS shown
        FROM items i JOIN channel_posts p ON p.agency_id = i.agency_id AND p.item_id = i.id
          JOIN item_versions v ON v.agency_id = i.agency_id AND v.item_id = i.id WHERE i.id = ${id}`.execute(
        db,
      );
      const { on, at, posted, postedAt, shown } = rows[0]!;
      expect(new Set([on, civilDate(at), posted, civilDate(postedAt), civilDate(shown)]).size).toBe(1);
    }
  });
});
