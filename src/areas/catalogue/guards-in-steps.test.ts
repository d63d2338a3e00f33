import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { openPublishingOffice } from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import {
  type Attempt,
  NO_REVIEW,
  openForgeries,
  STAYS,
  UNTOLD,
  URGENT,
} from '../../../tests/support/forged-items.ts';
import { amendItem, saveDraft } from './draft-actions.ts';
import { reviewItem } from './review-actions.ts';
import { openVersion } from './version-store.ts';

/** The same in several steps, each of them harmless. */

const { db } = await freshDatabase();
const {
  office,
  agencyId,
  on,
  publisher,
  passed,
  itemThatIs,
  run,
  shows,
  becomes,
  reviewedBy,
  set,
  show,
  both,
} = await openForgeries(db);
const moved = new Map<number, number>();

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

describe('SQL typed by hand finds no way round review in several steps', () => {
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
