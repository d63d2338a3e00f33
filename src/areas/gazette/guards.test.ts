import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { openGazette, SECTION } from '../../../tests/support/gazette.ts';
import { addEntries, beginIssue } from './compose-actions.ts';
import { noteErratum } from './erratum-actions.ts';

/** What SQL typed by hand may try on an issue; PostgreSQL refuses it. */

const { db } = await freshDatabase();
const DAY = '2019-02-01';

/** An office with an issue that is out, one that is approved, one that nobody has reviewed, and a proposed correction. */
async function openScene() {
  const { agencyId, officer, publicItem, ready, out, corrected } = await openGazette(db);
  const printed = await out(DAY);
  const approved = await ready([await publicItem()], DAY);
  const unreviewed = await beginIssue(officer(DAY), { name: '未审核' });
  await addEntries(officer(DAY), unreviewed, { itemIds: [await publicItem()], section: SECTION });
  await corrected(printed, { notice: '更正一处文字。', itemId: null });
  const proposed = await noteErratum(officer(DAY), printed, { notice: '另一处文字。', itemId: null });
  return { agencyId, out: printed, approved, unreviewed, proposed };
}

// What is refused changes nothing, so these share one office.
const scene = await openScene();

const numbers = (total: number, number: number, day = '2019-02-02') =>
  `state = 'published', year = 2019, number = ${number}, total = ${total}, issued_on = '${day}', published_at = now(), digest = 'x'`;
test.each<[string, () => string, RegExp]>([
  [
    'changes its title',
    () => `UPDATE gazette_issues SET title = '别的公报' WHERE id = ${scene.out}`,
    /does not change/,
  ],
  [
    'gives it another number',
    () => `UPDATE gazette_issues SET number = 77 WHERE id = ${scene.out}`,
    /does not change/,
  ],
  [
    'takes it back',
    () => `UPDATE gazette_issues SET state = 'draft' WHERE id = ${scene.out}`,
    /does not change/,
  ],
  ['deletes it', () => `DELETE FROM gazette_issues WHERE id = ${scene.out}`, /not deleted/],
  [
    'takes an entry out',
    () => `DELETE FROM gazette_entries WHERE issue_id = ${scene.out}`,
    /not being composed/,
  ],
  [
    'prints another version',
    () => `UPDATE gazette_entries SET section = '其他' WHERE issue_id = ${scene.out}`,
    /not being composed/,
  ],
  [
    'moves an entry',
    () => `UPDATE gazette_entries SET issue_id = ${scene.unreviewed} WHERE issue_id = ${scene.out}`,
    /another issue/,
  ],
  [
    'publishes without a review',
    () => `UPDATE gazette_issues SET ${numbers(999, 99)} WHERE id = ${scene.unreviewed}`,
    /no approving review/,
  ],
  [
    'inserts one that is out',
    () =>
      `INSERT INTO gazette_issues (agency_id, name, state, created_at, changed_at) VALUES (${scene.agencyId}, 'x', 'published', now(), now())`,
    /begins as a draft/,
  ],
  [
    'leaves a gap',
    () => `UPDATE gazette_issues SET ${numbers(999, 3)} WHERE id = ${scene.approved}`,
    /row of numbers/,
  ],
  [
    'rewrites a review',
    () => `UPDATE gazette_reviews SET opinion = 'x' WHERE issue_id = ${scene.out}`,
    /do not change/,
  ],
  [
    'shows a correction nobody has reviewed',
    () => `UPDATE gazette_errata SET state = 'published' WHERE id = ${scene.proposed}`,
    /another person/,
  ],
  [
    'shows it in the name of its author',
    () =>
      `UPDATE gazette_errata SET state = 'published', decided_by = author_id, decided_at = now() WHERE id = ${scene.proposed}`,
    /another person/,
  ],
  [
    'rewrites it before it is reviewed',
    () => `UPDATE gazette_errata SET notice = '别的文字' WHERE id = ${scene.proposed}`,
    /do not change/,
  ],
  ['rewrites an erratum', () => `DELETE FROM gazette_errata WHERE issue_id = ${scene.out}`, /do not change/],
])('%s: refused', async (_, statement, said) => {
  await expect(sql.raw(statement()).execute(db)).rejects.toThrow(said);
});

test('dates an issue before the last: refused; in its place: taken', async () => {
  const { approved } = await openScene();
  const dated = (day: string) =>
    sql.raw(`UPDATE gazette_issues SET ${numbers(2, 2, day)} WHERE id = ${approved}`).execute(db);
  await expect(dated('2019-01-31')).rejects.toThrow(/row of numbers/);
  await dated('2019-02-02');
});

test('gives it its file once', async () => {
  const { out } = await openScene();
  const set = (digest: string) =>
    sql
      .raw(`UPDATE gazette_issues SET pdf_digest = '${digest.repeat(64)}', pdf_bytes = 9 WHERE id = ${out}`)
      .execute(db);
  await set('a');
  await expect(set('b')).rejects.toThrow(/does not change/);
});
