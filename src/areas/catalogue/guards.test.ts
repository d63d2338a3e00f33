import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import {
  type Attempt,
  NO_REVIEW,
  openForgeries,
  STAYS,
  UNTOLD,
  URGENT,
  type Where,
} from '../../../tests/support/forged-items.ts';
import { amendItem, recallItem, saveDraft, submitItem } from './draft-actions.ts';
import { findItem } from './item-store.ts';
import { withdrawItem } from './publishing-actions.ts';
import { reviewAfterwards } from './review-actions.ts';
import { findVersion, openVersion } from './version-store.ts';

/** What somebody with a database console and no account of the office may try; everything here is refused by PostgreSQL. */

const { db } = await freshDatabase();
const {
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
} = await openForgeries(db);

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
