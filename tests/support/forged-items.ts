import { type RawBuilder, sql } from 'kysely';
import { amendItem, beginItem, saveDraft, submitItem } from '../../src/areas/catalogue/draft-actions.ts';
import { addItemFiles } from '../../src/areas/catalogue/file-actions.ts';
import { publishUrgently, withdrawItem } from '../../src/areas/catalogue/publishing-actions.ts';
import { openVersion } from '../../src/areas/catalogue/version-store.ts';
import type { Db } from '../../src/core/db.ts';
import { anItem, openPublishingOffice, passReviews } from './catalogue.ts';

/** How far an item has come. */
export type Where = 'draft' | 'in review' | 'approved' | 'published' | 'urgent' | 'withdrawn' | 'amended';
/** What somebody types at a database console about an item, all in one transaction. */
export type Attempt = (id: number) => RawBuilder<unknown>[];

/** What the database answers. */
export const UNTOLD = 'the ledger knows nothing of a review';
export const STAYS = 'a published version does not change';
export const NO_REVIEW = 'has no approving review by another person';
/** For a version that calls itself urgent. */
export const URGENT = sql`, urgent_reason = '紧急', review_due_on = current_date + 3`;

const SCHEDULED = '2018-12-31T09:00:00+08:00';

/** An office with items as far as they are wanted, and what somebody with a database console and no account of it may type. */
export async function openForgeries(db: Db) {
  const office = await openPublishingOffice(db);
  const { agencyId } = office;
  const on = '2018-03-06';
  const publisher = office.as('publisher', on);
  const officer = office.as('disclosure-officer', on);
  const passed = { result: 'passed', opinion: '' } as const;

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
  return {
    office,
    agencyId,
    on,
    publisher,
    officer,
    passed,
    itemThatIs,
    review,
    run,
    shows,
    becomes,
    reviewedBy,
    toldOf,
    aPart,
    partReview,
    imported,
    aPast,
    history,
    version,
    set,
    show,
    files,
    both,
  };
}
