import { type RawBuilder, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { anItem, openPublishingOffice, passReviews } from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import type { Db } from '../../core/db.ts';
import { amendItem, beginItem, recallItem, saveDraft, submitItem } from './draft-actions.ts';
import { addItemFiles } from './file-actions.ts';
import { findItem } from './item-store.ts';
import { publishUrgently, withdrawItem } from './publishing-actions.ts';
import { reviewAfterwards, reviewItem } from './review-actions.ts';
import { findVersion, openVersion } from './version-store.ts';

/** What somebody with a database console and no account of the office may try; everything here is refused by PostgreSQL. */

const { db } = await freshDatabase();
const office = await openPublishingOffice(db);
const { agencyId } = office;
const on = '2018-03-06';
const publisher = office.as('publisher', on);
const officer = office.as('disclosure-officer', on);
const passed = { result: 'passed', opinion: '' } as const;

type Where = 'draft' | 'in review' | 'approved' | 'published' | 'urgent' | 'withdrawn' | 'amended';
const SCHEDULED = '2018-12-31T09:00:00+08:00';

/** An item that has come so far, by the acts of the office. */
async function itemThatIs(where: Where): Promise<number> {
  const content = { ...anItem, columnId: office.columnId };
  const id = await beginItem(publisher, {
    unitId: office.unitId,
    content: { ...content, publishAt: where === 'approved' ? SCHEDULED : null },
  });
  const file = { name: '附件.pdf', digest: 'a'.repeat(64), type: 'application/pdf', bytes: 10 };
  await addItemFiles(publisher, id, [{ kind: 'attachment', ...file }]);
  await sql`UPDATE item_files SET released = true WHERE item_id = ${id}`.execute(db);
  if (where === 'draft') return id;
  if (where === 'urgent') {
    await publishUrgently(officer, id, '台风红色预警');
    return id;
  }
  await submitItem(publisher, id);
  if (where === 'in review') return id;
  await review(id);
  if (where === 'withdrawn')
    await withdrawItem(officer, id, { reason: '内容含个人信息', ground: '《条例》第十五条' });
  if (where === 'amended') {
    await amendItem(publisher, id);
    const draft = (await openVersion(db, agencyId, id))!;
    await saveDraft(publisher, id, draft.revision, {
      ...draft,
      amendment: '更正',
      abstract: '更正后的概述。',
    });
    await submitItem(publisher, id);
    await review(id);
  }
  return id;
}

const review = (id: number) => passReviews(office, id, on);

const run = (statements: readonly RawBuilder<unknown>[]) =>
  db.transaction().execute(async (trx: Db) => {
    for (const statement of statements) await statement.execute(trx);
  });

type Attempt = (id: number) => RawBuilder<unknown>[];
const shows =
  (version: number): Attempt =>
  (id) => [
    sql`UPDATE items i SET state = 'published', live_version = ${version}, published_on = coalesce(i.published_on, ${on}::date),
    published_at = coalesce(i.published_at, now()), withdrawn_on = NULL, title = v.title, abstract = v.abstract, genre = v.genre,
    subject = v.subject, document_number = v.document_number, issuing_body = v.issuing_body, formed_on = v.formed_on
    FROM item_versions v WHERE v.item_id = i.id AND v.version = ${version} AND i.id = ${id}`,
  ];
const becomes =
  (state: string, more = sql``): Attempt =>
  (id) => [
    sql`UPDATE item_versions SET state = ${state}, published_at = now(), digest = 'x' ${more} WHERE item_id = ${id}`,
  ];
const reviewedBy =
  (who: 'publisher' | 'unit-head', step = 'final'): Attempt =>
  (id) => [
    sql`INSERT INTO item_reviews (agency_id, item_id, version, step, result, reviewer_id, reviewer_name, concluding, at)
    VALUES (${agencyId}, ${id}, 1, ${step}, 'passed', ${office.staffId(who)}, '某人', true, now())`,
  ];
/** A forged line in the ledger of a review by somebody. */
const toldOf =
  (who: 'publisher' | 'unit-head', act = 'review-final'): Attempt =>
  (id) => [
    sql`INSERT INTO ledger_acts (agency_id, seq, at, actor_kind, actor_id, actor_name, act, subject_kind, subject_id,
        previous_digest, digest)
      SELECT h.agency_id, h.seq + 1, now(), 'staff', ${office.staffId(who)}, '某人', ${`catalogue.${act}`}, 'item', ${String(id)},
        h.digest, repeat('0', 64) FROM ledger_heads h WHERE h.agency_id = ${agencyId}`,
  ];
/** A forged import of items: its run, its part, and the line in the ledger as far as `told`. */
const aPart = (items: RawBuilder<unknown>, told: boolean): RawBuilder<unknown>[] => [
  sql`INSERT INTO item_imports (agency_id, file_name, started_at) VALUES (${agencyId}, 'x.csv', now())`,
  sql`INSERT INTO item_import_parts (agency_id, import_id, first_line, last_line, lines, items)
    SELECT ${agencyId}, max(id), 1, 1, '{1}', ARRAY[${items}] FROM item_imports`,
  sql`INSERT INTO ledger_acts (agency_id, seq, at, actor_kind, actor_name, act, subject_kind, subject_id, after, previous_digest, digest)
    SELECT h.agency_id, h.seq + 1, now(), 'system', '导入', 'catalogue.import', 'item-import', p.import_id::text,
      jsonb_build_object('part', p.id, 'imported', cardinality(p.items)), h.digest, repeat('0', 64)
    FROM ledger_heads h JOIN item_import_parts p ON p.id = (SELECT max(id) FROM item_import_parts)
    WHERE h.agency_id = ${agencyId} AND ${told}`,
];
const partReview = (item: RawBuilder<unknown>, part = sql`(SELECT max(id) FROM item_import_parts)`) =>
  sql`INSERT INTO item_reviews (agency_id, item_id, version, step, result, reviewer_name, concluding, at, import_part)
    VALUES (${agencyId}, ${item}, 1, 'import', 'passed', '导入', true, now(), ${part})`;
const imported: Attempt = (id) => [...aPart(sql`${id}::bigint`, true), partReview(sql`${id}::bigint`)];
const aPast = sql`currval(pg_get_serial_sequence('items', 'id'))`;
/** A published item that nobody wrote, as history is, and what it takes for its review. */
const history = (...review: RawBuilder<unknown>[]): Attempt => {
  return () => [
    sql`INSERT INTO items (agency_id, index_number, unit_id, source_id, state, title)
      VALUES (${agencyId}, 'FORGED/2018-00001', ${office.unitId}, 'forged', 'draft', '伪造的历史信息')`,
    sql`INSERT INTO item_versions (agency_id, item_id, version, state, title, created_at, saved_at, published_at, digest)
      VALUES (${agencyId}, ${aPast}, 1, 'published', '伪造的历史信息', now(), now(), now(), 'x')`,
    ...review,
    sql`UPDATE items SET state = 'published', live_version = 1, published_on = '2018-03-05', published_at = now()
      WHERE id = ${aPast}`,
  ];
};
const version =
  (state: string): Attempt =>
  (id) => [
    sql`INSERT INTO item_versions (agency_id, item_id, version, state, title, created_at, saved_at, published_at, digest, author_id)
    VALUES (${agencyId}, ${id}, 9, ${state}, '伪造的一版', now(), now(), now(), 'x', ${office.staffId('publisher')})`,
  ];
const set =
  (assignment: RawBuilder<unknown>): Attempt =>
  (id) => [sql`UPDATE item_versions SET ${assignment} WHERE item_id = ${id}`];
const show =
  (assignment: RawBuilder<unknown>): Attempt =>
  (id) => [sql`UPDATE items SET ${assignment} WHERE id = ${id}`];
const files =
  (statement: (id: number) => RawBuilder<unknown>): Attempt =>
  (id) => [statement(id)];
const both =
  (...attempts: Attempt[]): Attempt =>
  (id) =>
    attempts.flatMap((attempt) => attempt(id));

const UNTOLD = 'the ledger knows nothing of a review';
const STAYS = 'a published version does not change';
const moved = new Map<number, number>();
const NO_REVIEW = 'has no approving review by another person';
const URGENT = sql`, urgent_reason = '紧急', review_due_on = current_date + 3`;

describe('SQL typed by hand publishes nothing that was not reviewed', () => {
  test.each<[string, Where, Attempt, string]>([
    ['a draft becomes published', 'draft', both(becomes('published'), shows(1)), NO_REVIEW],
    ['a draft becomes approved, for the job to publish', 'draft', becomes('approved'), NO_REVIEW],
    ['a draft becomes a version of the past', 'draft', becomes('superseded'), NO_REVIEW],
    ['what is in review becomes published', 'in review', both(becomes('published'), shows(1)), NO_REVIEW],
    ['a published version is inserted', 'draft', version('published'), NO_REVIEW],
    ['a version of the past is inserted', 'published', version('superseded'), NO_REVIEW],
    ['an item shows its draft', 'draft', shows(1), 'has no published version'],
    [
      'its author reviews it',
      'in review',
      both(toldOf('publisher'), reviewedBy('publisher'), becomes('published'), shows(1)),
      NO_REVIEW,
    ],
    [
      'a review that the ledger does not know',
      'draft',
      both(reviewedBy('unit-head'), becomes('published'), shows(1)),
      UNTOLD,
    ],
    ['a draft passes for loaded history', 'draft', both(imported, becomes('published'), shows(1)), NO_REVIEW],
    [
      'a draft loses its author to pass for loaded history',
      'draft',
      both(imported, becomes('published', sql`, author_id = NULL`), shows(1)),
      'in review does not change',
    ],
    ['history without a review', 'draft', history(), NO_REVIEW],
    [
      'history that no import brought',
      'draft',
      history(partReview(aPast, sql`NULL`)),
      'no import brought item',
    ],
    [
      'history under an import of something else',
      'draft',
      history(...aPart(sql`${aPast} - 1`, true), partReview(aPast)),
      'no import brought item',
    ],
    [
      'history by an import that the ledger knows nothing of',
      'draft',
      history(...aPart(aPast, false), partReview(aPast)),
      'the ledger knows nothing of part',
    ],
    [
      'an import gets further items afterwards',
      'draft',
      () => [
        ...aPart(sql`1::bigint`, true),
        sql`UPDATE item_import_parts SET items = items || 2::bigint, lines = lines || 2`,
      ],
      'stays on record',
    ],
    [
      'an import is forgotten',
      'draft',
      () => [...aPart(sql`1::bigint`, true), sql`DELETE FROM item_imports`],
      'stays on record',
    ],
    [
      'an import that is over goes on',
      'draft',
      () => [
        sql`INSERT INTO item_imports (agency_id, file_name, started_at, state, finished_at)
          VALUES (${agencyId}, 'x.csv', now(), 'finished', now())`,
        sql`UPDATE item_imports SET state = 'running', finished_at = NULL`,
      ],
      'stays on record',
    ],
    [
      'it is called urgent, which the ledger does not know',
      'draft',
      both(becomes('published', URGENT), shows(1)),
      NO_REVIEW,
    ],
    ['who wrote in it is forgotten', 'in review', set(sql`hands = '{}'`), 'stays on record'],
    [
      'the text is changed while it is in review',
      'in review',
      set(sql`body = '<p>改</p>'`),
      'in review does not change',
    ],
    [
      'the text is changed after its approval',
      'approved',
      set(sql`body = '<p>改</p>'`),
      'in review does not change',
    ],
    [
      'the text is changed in the statement that publishes it',
      'approved',
      becomes('published', sql`, title = '改'`),
      'in review does not change',
    ],
    [
      'a file is changed after its approval',
      'approved',
      files((id) => sql`UPDATE item_files SET digest = ${'b'.repeat(64)} WHERE item_id = ${id}`),
      'in review do not change',
    ],
    [
      'a file is taken away in review',
      'in review',
      files((id) => sql`DELETE FROM item_files WHERE item_id = ${id}`),
      'in review do not change',
    ],
    ['a withdrawn item returns as it was', 'withdrawn', shows(1), 'returns with a new version only'],
    [
      'a version of the past returns',
      'amended',
      (id) => [
        sql`UPDATE item_versions SET state = 'superseded' WHERE item_id = ${id} AND version = 2`,
        sql`UPDATE item_versions SET state = 'published' WHERE item_id = ${id} AND version = 1`,
        ...shows(1)(id),
      ],
      'by its publication only',
    ],
  ])('%s', async (_name, where, attempt, told) => {
    const id = await itemThatIs(where);
    await expect(run(attempt(id))).rejects.toThrow(told);
  });

  test('an approval of the text before its recall is none of the text after it', async () => {
    const id = await itemThatIs('approved');
    await recallItem(publisher, id);
    const draft = (await openVersion(db, agencyId, id))!;
    await saveDraft(publisher, id, draft.revision, { ...draft, body: '<p>另一个内容</p>' });
    await expect(run(both(becomes('published'), shows(1))(id))).rejects.toThrow(NO_REVIEW);
  });

  test('nor does an approval of other files count', async () => {
    const id = await itemThatIs('approved');
    await recallItem(publisher, id);
    await sql`UPDATE item_files SET digest = ${'b'.repeat(64)} WHERE item_id = ${id}`.execute(db);
    await expect(run(both(becomes('published'), shows(1))(id))).rejects.toThrow(NO_REVIEW);
  });
});

describe('SQL typed by hand changes nothing that was published', () => {
  test.each<[string, Where, Attempt, string]>([
    ...(['published', 'amended', 'withdrawn'] as const).flatMap(
      (where): [string, Where, Attempt, string][] => [
        [`its text (${where})`, where, set(sql`body = '<p>改</p>'`), STAYS],
        [`its title (${where})`, where, set(sql`title = '改'`), STAYS],
        [`its day (${where})`, where, set(sql`published_at = now() - interval '1 year'`), STAYS],
        [`its state, to be written on (${where})`, where, set(sql`state = 'draft'`), STAYS],
        [
          `its existence (${where})`,
          where,
          files((id) => sql`DELETE FROM item_versions WHERE item_id = ${id}`),
          'is not deleted',
        ],
        [
          `its files (${where})`,
          where,
          files((id) => sql`DELETE FROM item_files WHERE item_id = ${id}`),
          'do not change',
        ],
        [
          `its reviews (${where})`,
          where,
          files((id) => sql`UPDATE item_reviews SET opinion = '改' WHERE item_id = ${id}`),
          'does not change',
        ],
        [
          `that it was reviewed (${where})`,
          where,
          files((id) => sql`DELETE FROM item_reviews WHERE item_id = ${id}`),
          'does not change',
        ],
        [
          `its index number (${where})`,
          where,
          show(sql`index_number = 'X/2018-00001'`),
          'index number does not change',
        ],
        [
          `its day in the lists (${where})`,
          where,
          show(sql`published_on = '2017-01-01'`),
          'day of publication',
        ],
        [
          `that there was an item (${where})`,
          where,
          files((id) => sql`DELETE FROM items WHERE id = ${id}`),
          'foreign key',
        ],
      ],
    ),
    ['what lists show of it', 'published', show(sql`title = '改'`), 'does not say'],
    ['its document number in the lists', 'published', show(sql`document_number = '改'`), 'does not say'],
    [
      'it is laid aside with nothing in its place',
      'published',
      set(sql`state = 'superseded'`),
      'still shows version 1',
    ],
    [
      'a file is added',
      'published',
      files(
        (
          id,
        ) => sql`INSERT INTO item_files (agency_id, item_id, version, position, kind, name, digest, type, bytes)
      VALUES (${agencyId}, ${id}, 1, 2, 'attachment', 'x', ${'c'.repeat(64)}, 'text/plain', 1)`,
      ),
      'do not change',
    ],
    [
      'its urgency is called off without the review',
      'urgent',
      set(sql`urgent_reason = '', review_due_on = NULL`),
      'still owes the review',
    ],
    ['its review is put off', 'urgent', set(sql`review_due_on = '2099-01-01'`), STAYS],
    [
      'it is made urgent afterwards',
      'published',
      set(sql`urgent_reason = '急', review_due_on = '2099-01-01'`),
      STAYS,
    ],
    [
      'its author does the later review',
      'urgent',
      both(
        toldOf('publisher', 'review-afterwards'),
        reviewedBy('publisher'),
        set(sql`urgent_reason = '', review_due_on = NULL`),
      ),
      'still owes the review',
    ],
  ])('%s', async (_name, where, attempt, told) => {
    const id = await itemThatIs(where);
    await expect(run(attempt(id))).rejects.toThrow(told);
  });

  test.each(['items', 'item_versions', 'item_reviews', 'item_files', 'item_imports'])(
    'all of %s at once',
    async (table) => {
      await expect(sql`TRUNCATE ${sql.table(table)} CASCADE`.execute(db)).rejects.toThrow('is not truncated');
    },
  );

  test('a published version stays while ordinary triggers are silenced', async () => {
    const id = await itemThatIs('published');
    const silenced = sql`SET LOCAL session_replication_role = replica`;
    await expect(run([silenced, ...set(sql`title = '改'`)(id)])).rejects.toThrow(STAYS);
  });
});

test('what the office does is none of this: urgent, reviewed later, amended, withdrawn and published anew', async () => {
  const id = await itemThatIs('urgent');
  await reviewAfterwards(office.as('secrecy-reviewer', on), id, passed);
  expect(await findVersion(db, agencyId, id, 1)).toMatchObject({ reviewDueOn: null });
  await withdrawItem(officer, id, { reason: '内容含个人信息', ground: '《条例》第十五条' });
  await amendItem(publisher, id);
  const draft = (await openVersion(db, agencyId, id))!;
  await saveDraft(publisher, id, draft.revision, { ...draft, amendment: '去掉个人信息' });
  await submitItem(publisher, id);
  await review(id);
  expect(await findItem(db, agencyId, id)).toMatchObject({ state: 'published', liveVersion: 2 });
});

/** An item whose amendment is only written: nobody has reviewed what it says now. */
async function amendedFrom(where: 'published' | 'withdrawn' | 'urgent'): Promise<number> {
  const id = await itemThatIs(where);
  await amendItem(publisher, id);
  const draft = (await openVersion(db, agencyId, id))!;
  await saveDraft(publisher, id, draft.revision, {
    ...draft,
    amendment: '更正',
    body: '<p>没有人审查过</p>',
  });
  return id;
}

const amends =
  (more = sql``): Attempt =>
  (id) => [
    sql`UPDATE item_versions SET state = 'superseded' WHERE item_id = ${id} AND state = 'published'`,
    sql`UPDATE item_versions SET state = 'published', published_at = now(), digest = 'x' ${more}
      WHERE item_id = ${id} AND version = 2`,
    ...shows(2)(id),
  ];
const joins =
  (version: number): Attempt =>
  (id) => [
    sql`INSERT INTO item_files (agency_id, item_id, version, position, kind, name, digest, type, bytes, released)
      VALUES (${agencyId}, ${id}, ${version}, 2, 'attachment', 'x', ${'c'.repeat(64)}, 'text/plain', 1, true)`,
  ];

describe('nor by several steps, each of them harmless', () => {
  test.each<[string, () => Promise<number>, Attempt, string]>([
    [
      'an amendment with a forged review, the earlier ones being in the ledger',
      () => amendedFrom('published'),
      (id) => [
        sql`INSERT INTO item_reviews (agency_id, item_id, version, step, result, reviewer_id, reviewer_name, concluding, at)
          VALUES (${agencyId}, ${id}, 2, 'final', 'passed', ${office.staffId('disclosure-officer')}, '某人', true, now())`,
        ...amends()(id),
      ],
      UNTOLD,
    ],
    [
      'the last review forged after the first',
      async () => {
        const id = await itemThatIs('in review');
        await reviewItem(office.as('unit-head', on), id, { step: 'first', ...passed });
        return id;
      },
      both(reviewedBy('unit-head'), becomes('published'), shows(1)),
      UNTOLD,
    ],
    [
      'a review forged after a refusal',
      async () => {
        const id = await itemThatIs('in review');
        await reviewItem(office.as('unit-head', on), id, {
          step: 'first',
          result: 'refused',
          opinion: '重写',
        });
        return id;
      },
      both(reviewedBy('unit-head'), becomes('published'), shows(1)),
      UNTOLD,
    ],
    ['a review added to what is public', () => itemThatIs('published'), reviewedBy('unit-head'), UNTOLD],
    [
      'an amendment called urgent because the item once was',
      () => amendedFrom('urgent'),
      amends(URGENT),
      NO_REVIEW,
    ],
    [
      'a withdrawn item returns by way of another version',
      () => amendedFrom('withdrawn'),
      (id) => [sql`UPDATE items SET live_version = 2 WHERE id = ${id}`, ...shows(1)(id)],
      'by its publication only',
    ],
    [
      'a file joins a published version whose row is touched first',
      () => itemThatIs('published'),
      both(set(sql`state = state`), joins(1)),
      'do not change',
    ],
    [
      'a file joins in the transaction that publishes',
      () => itemThatIs('approved'),
      both(becomes('published'), shows(1), joins(1)),
      'do not change',
    ],
    [
      'a file moves over from a draft',
      async () => {
        const [from, to] = [await itemThatIs('draft'), await itemThatIs('published')];
        moved.set(to, from);
        return to;
      },
      (id) => [sql`UPDATE item_files SET item_id = ${id} WHERE item_id = ${moved.get(id) ?? 0}`],
      'does not move',
    ],
    [
      'a file whose release is taken back is published',
      () => itemThatIs('approved'),
      both(
        (id) => [sql`UPDATE item_files SET released = false WHERE item_id = ${id}`],
        becomes('published'),
        shows(1),
      ),
      'release gate',
    ],
    [
      'it is called a normative document in the lists',
      () => itemThatIs('published'),
      show(sql`normative = 'normative'`),
      'does not say',
    ],
    [
      'it leaves its column in the lists',
      () => itemThatIs('published'),
      show(sql`column_id = NULL`),
      'does not say',
    ],
    [
      'its withdrawal is dated back',
      () => itemThatIs('withdrawn'),
      show(sql`withdrawn_on = '2017-01-01'`),
      'of a withdrawal',
    ],
    [
      'the reason of its withdrawal is changed',
      () => itemThatIs('withdrawn'),
      show(sql`withdrawal_reason = '无'`),
      'of a withdrawal',
    ],
    [
      'its withdrawal is called off',
      () => itemThatIs('withdrawn'),
      show(sql`withdrawn_on = NULL`),
      'of a withdrawal',
    ],
    ['a version is given another number', () => itemThatIs('published'), set(sql`version = 7`), STAYS],
  ])('%s', async (_name, made, attempt, told) => {
    const id = await made();
    await expect(run(attempt(id))).rejects.toThrow(told);
  });

  test('an item goes to no other agency, with or without its versions', async () => {
    const other = await openPublishingOffice(db, 'elsewhere');
    const id = await itemThatIs('published');
    const goes = (table: string, more = sql``) =>
      sql`UPDATE ${sql.table(table)} SET agency_id = ${other.agencyId} ${more} WHERE ${sql.ref(table === 'items' ? 'id' : 'item_id')} = ${id}`;
    const item = goes('items', sql`, unit_id = ${other.unitId}, column_id = NULL`);
    await expect(run([item])).rejects.toThrow('foreign key');
    await expect(run([goes('item_versions'), item])).rejects.toThrow(STAYS);
  });
});
