import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import {
  anItem,
  openPublishingOffice,
  passReviews,
  submitAndPass,
} from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { clockAt } from '../../core/clock.ts';
import { Refusal } from '../../core/refusal.ts';
import type { SheetRecord } from '../../core/spreadsheet/index.ts';
import { verifyLedger } from '../../ledger/index.ts';
import { amendItem, beginItem, recallItem, saveDraft, submitItem } from './draft-actions.ts';
import { importItems } from './import-actions.ts';
import { findItem } from './item-store.ts';
import { catalogueJobs } from './jobs.ts';
import { publishDue, publishItem, withdrawItem } from './publishing-actions.ts';
import { reviewItem } from './review-actions.ts';
import { dueVersions, findVersion, openVersion, updateVersion } from './version-store.ts';

/** Two people, two processes or two tabs do the same, or the opposite, in the same moment. */

const { db } = await freshDatabase();
const office = await openPublishingOffice(db);
const { agencyId } = office;
const on = '2018-03-06';
const publisher = office.as('publisher', on);
const officer = office.as('disclosure-officer', on);
const passed = { result: 'passed', opinion: '' } as const;
const HOUR = '2018-03-07T09:00:00+08:00';
const later = { ...office.system(on), clock: clockAt('2018-03-07T09:00:30+08:00') };

async function written(publishAt: string | null = null): Promise<number> {
  const id = await beginItem(publisher, {
    unitId: office.unitId,
    content: { ...anItem, columnId: office.columnId, publishAt },
  });
  await submitItem(publisher, id);
  await passReviews(office, id, on, ['first', 'second']);
  return id;
}
async function reviewed(publishAt: string | null = null): Promise<number> {
  const id = await written(publishAt);
  await reviewItem(officer, id, { step: 'final', ...passed });
  return id;
}
async function amended(id: number, publishAt: string | null = null): Promise<void> {
  await amendItem(publisher, id);
  const draft = (await openVersion(db, agencyId, id))!;
  await saveDraft(publisher, id, draft.revision, {
    ...draft,
    amendment: '更正',
    title: '更正后的标题',
    publishAt,
  });
  await submitAndPass(office, id, on);
}

const count = async (query: ReturnType<typeof sql>) =>
  Number(((await query.execute(db)).rows[0] as { n: number }).n);
const postsOf = (id: number) =>
  count(sql`SELECT count(*)::int AS n FROM channel_posts WHERE item_id = ${id} AND posted_on IS NOT NULL`);
const actsOf = (id: number, act: string) =>
  count(
    sql`SELECT count(*)::int AS n FROM ledger_acts WHERE subject_kind = 'item' AND subject_id = ${String(id)} AND act = ${act}`,
  );
const found = (id: number) =>
  count(sql`SELECT count(*)::int AS n FROM search_entries WHERE kind = 'item' AND ref = ${String(id)}`);

/** What became of several acts begun together: how many came about; all others were refused in words. */
async function cameAbout(...acts: (() => Promise<unknown>)[]): Promise<number> {
  const ends = await Promise.allSettled(acts.map((act) => act()));
  for (const end of ends) if (end.status === 'rejected') expect(end.reason).toBeInstanceOf(Refusal);
  return ends.filter(({ status }) => status === 'fulfilled').length;
}

describe('in the same moment', () => {
  test('the last review, given twice, is one review and one publication', async () => {
    const id = await written();
    const give = () => reviewItem(officer, id, { step: 'final', ...passed });
    expect(await cameAbout(give, give, give)).toBe(1);
    expect((await findItem(db, agencyId, id))?.state).toBe('published');
    expect(
      await count(sql`SELECT count(*)::int AS n FROM item_reviews WHERE item_id = ${id} AND concluding`),
    ).toBe(1);
    expect([await postsOf(id), await actsOf(id, 'catalogue.publish'), await found(id)]).toEqual([1, 1, 1]);
  });

  test('passed by its reviewer and taken back by its author, it is the one or the other', async () => {
    const states = new Set<string>();
    for (let round = 0; round < 6; round++) {
      const id = await written();
      const acts = [
        () => reviewItem(officer, id, { step: 'final', ...passed }),
        () => recallItem(publisher, id),
      ];
      await cameAbout(...(round % 2 ? acts : acts.toReversed()));
      const [item, version] = [await findItem(db, agencyId, id), await findVersion(db, agencyId, id, 1)];
      states.add(`${item?.state} ${version?.state}`);
      expect(await postsOf(id)).toBe(item?.state === 'published' ? 1 : 0);
    }
    for (const state of states) expect(['published published', 'draft draft']).toContain(state);
  });

  test('two processes publish what is due: each item once', async () => {
    const ids = [await reviewed(HOUR), await reviewed(HOUR), await reviewed(HOUR)];
    expect(await Promise.all([publishDue(later, ids), publishDue(later, ids.toReversed())])).toSatisfy(
      ([here, there]: number[]) => here! + there! === 3,
    );
    for (const id of ids)
      expect([await postsOf(id), await actsOf(id, 'catalogue.publish'), await found(id)]).toEqual([1, 1, 1]);
  });

  test('two amendments of one item: one is begun, the other hears of it', async () => {
    const id = await reviewed();
    expect(
      await cameAbout(
        () => amendItem(publisher, id),
        () => amendItem(officer, id),
      ),
    ).toBe(1);
    expect(await count(sql`SELECT count(*)::int AS n FROM item_versions WHERE item_id = ${id}`)).toBe(2);
  });

  test('two saves of one draft from the same page: one is kept whole', async () => {
    const id = await beginItem(publisher, {
      unitId: office.unitId,
      content: { ...anItem, columnId: office.columnId },
    });
    const draft = (await openVersion(db, agencyId, id))!;
    const save = (title: string) => () =>
      saveDraft(publisher, id, draft.revision, { ...draft, title, abstract: title });
    expect(await cameAbout(save('甲稿'), save('乙稿'))).toBe(1);
    const kept = (await openVersion(db, agencyId, id))!;
    expect([kept.revision, kept.abstract]).toEqual([draft.revision + 1, kept.title]);
  });

  test('many begin, some of them in vain: index numbers have neither gap nor repeat', async () => {
    const begin = (columnId: number) => () =>
      beginItem(office.as('publisher', '2020-01-02'), {
        unitId: office.unitId,
        content: { ...anItem, columnId },
      });
    const ends = await Promise.allSettled(
      Array.from({ length: 24 }, (_, n) => begin(n % 4 === 3 ? 987_654 : office.columnId)()),
    );
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(18);
    const { rows } = await sql<{
      serial: string;
    }>`SELECT split_part(index_number, '/2020-', 2) AS serial FROM items
      WHERE agency_id = ${agencyId} AND index_number LIKE '%/2020-%' ORDER BY index_number`.execute(db);
    expect(rows.map(({ serial }) => Number(serial))).toEqual(Array.from({ length: 18 }, (_, n) => n + 1));
  });

  test('one file imported twice: every line once', async () => {
    async function* lines(): AsyncGenerator<SheetRecord[]> {
      for (let part = 0; part < 6; part++)
        yield Array.from({ length: 50 }, (_, n) => ({
          line: part * 50 + n + 1,
          values: {
            sourceId: `twice-${part * 50 + n}`,
            title: `第${part * 50 + n}号历史信息`,
            body: '<p>历史</p>',
            publishedOn: '2018-02-01',
            unit: 'AJJ',
            column: 'notices',
          },
        }));
    }
    const ends = await Promise.allSettled(
      [1, 2].map(() => importItems(officer, lines, { fileName: 'twice.jsonl' })),
    );
    expect(ends.map((end) => (end.status === 'rejected' ? String(end.reason) : 'done'))).toEqual([
      'done',
      'done',
    ]);
    const n = sql`SELECT count(*)::int AS n FROM items WHERE source_id LIKE 'twice-%'`;
    expect(await count(n)).toBe(300);
    expect(
      await count(
        sql`SELECT count(*)::int AS n FROM channel_posts p JOIN items i ON i.id = p.item_id WHERE i.source_id LIKE 'twice-%'`,
      ),
    ).toBe(300);
  });
});

describe('withdrawn while an amendment waits for its hour', () => {
  test('it does not come back by itself', async () => {
    const id = await reviewed();
    await amended(id, HOUR);
    await withdrawItem(officer, id, { reason: '内容含个人信息', ground: '《条例》第十五条' });
    expect(await dueVersions(db, new Date('2018-03-08'))).not.toContainEqual({ agencyId, itemId: id });
    await publishDue(later, [id]);
    expect((await findItem(db, agencyId, id))?.state).toBe('withdrawn');
    expect((await openVersion(db, agencyId, id))?.state).toBe('draft');
  });

  test('nor when both happen in the same moment', async () => {
    for (let round = 0; round < 4; round++) {
      const id = await reviewed();
      await amended(id, HOUR);
      const acts = [
        () => publishItem(later, id),
        () => withdrawItem(officer, id, { reason: '内容含个人信息', ground: '《条例》第十五条' }),
      ];
      await cameAbout(...(round % 2 ? acts : acts.toReversed()));
      expect((await findItem(db, agencyId, id))?.state).toBe('withdrawn');
      expect(await found(id)).toBe(0);
    }
  });
});

test('a process that dies between the last review and the publication leaves it to the next run of the job', async () => {
  const id = await reviewed(HOUR);
  // As the first of the two transactions leaves it where nothing was scheduled.
  await updateVersion(db, agencyId, { itemId: id, version: 1 }, { publish_at: null });
  const job = catalogueJobs.find(({ name }) => name === 'publish-scheduled-items')!;
  await job.run({ connection: { db }, clock: clockAt(on) }, {});
  expect((await findItem(db, agencyId, id))?.state).toBe('published');
});

test('after all of it the ledger is whole', async () => {
  expect(await verifyLedger(db)).toMatchObject({ ok: true });
});
