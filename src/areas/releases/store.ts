import { sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { FindingKind } from './inspection/kinds.ts';
import type { Decision, ReleaseSubject } from './model.ts';
import './schema.ts';

export interface ContentRow {
  id: number;
  subject: ReleaseSubject;
}

/** The content with one of these digests, whatever it belongs to. */
export async function findContent(
  db: Db,
  agencyId: number,
  digests: readonly string[],
): Promise<ContentRow | null> {
  const row = await db
    .selectFrom('release_contents')
    .select(['id', 'subject_kind', 'subject_id'])
    .where('agency_id', '=', agencyId)
    .where('digest', 'in', [...digests])
    .executeTakeFirst();
  return row ? { id: row.id, subject: { kind: row.subject_kind, id: row.subject_id } } : null;
}

/** Binds content to a subject; null when it is bound already, perhaps just now by somebody else. */
export async function insertContent(
  db: Db,
  agencyId: number,
  content: { subject: ReleaseSubject; digest: string; sha256Sealed: string },
): Promise<number | null> {
  const row = await db
    .insertInto('release_contents')
    .values({
      agency_id: agencyId,
      subject_kind: content.subject.kind,
      subject_id: content.subject.id,
      digest: content.digest,
      sha256_sealed: content.sha256Sealed,
    })
    .onConflict((conflict) => conflict.columns(['agency_id', 'digest']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

export interface CheckRow {
  id: number;
  subject: ReleaseSubject;
  contentId: number;
  digest: string;
  nameSealed: string;
  bytes: number;
  findingsSealed: string;
  open: number;
  passed: boolean;
  version: number;
  checkedBy: string;
  checkedAt: Date;
}

const selectChecks = (db: Db, agencyId: number) =>
  db
    .selectFrom('release_checks as k')
    .innerJoin('release_contents as c', (join) =>
      join.onRef('c.agency_id', '=', 'k.agency_id').onRef('c.id', '=', 'k.content_id'),
    )
    .where('k.agency_id', '=', agencyId)
    .select([
      'k.id',
      'k.subject_kind',
      'k.subject_id',
      'k.content_id as contentId',
      'c.digest',
      'k.name_sealed as nameSealed',
      'k.bytes',
      'k.findings_sealed as findingsSealed',
      'k.open',
      'k.passed',
      'k.version',
      'k.checked_by as checkedBy',
      'k.checked_at as checkedAt',
    ]);

type Selected = Awaited<ReturnType<ReturnType<typeof selectChecks>['executeTakeFirstOrThrow']>>;

const toCheck = ({ subject_kind, subject_id, ...row }: Selected): CheckRow => ({
  ...row,
  subject: { kind: subject_kind, id: subject_id },
});

export async function findCheck(db: Db, agencyId: number, id: number): Promise<CheckRow | null> {
  const row = await selectChecks(db, agencyId).where('k.id', '=', id).executeTakeFirst();
  return row ? toCheck(row) : null;
}

export async function lockCheck(db: Db, agencyId: number, id: number): Promise<CheckRow | null> {
  const row = await selectChecks(db, agencyId).where('k.id', '=', id).forUpdate('k').executeTakeFirst();
  return row ? toCheck(row) : null;
}

export async function checkOfContent(db: Db, agencyId: number, contentId: number): Promise<CheckRow | null> {
  const row = await selectChecks(db, agencyId)
    .where('k.content_id', '=', contentId)
    .forUpdate('k')
    .executeTakeFirst();
  return row ? toCheck(row) : null;
}

/** Checks of a subject's files by the digest of their content; items share theirs. */
export async function checksByDigest(
  db: Db,
  agencyId: number,
  subject: ReleaseSubject,
  digests: readonly string[],
): Promise<CheckRow[]> {
  if (digests.length === 0) return [];
  const rows = await selectChecks(db, agencyId)
    .where('k.subject_kind', '=', subject.kind)
    .$if(subject.kind !== 'item', (query) => query.where('k.subject_id', '=', subject.id))
    .where('c.digest', 'in', [...digests])
    .execute();
  return rows.map(toCheck);
}

interface CheckedFile {
  contentId: number;
  nameSealed: string;
  bytes: number;
  findingsSealed: string;
  open: number;
  checkedBy: string;
  checkedAt: Date;
}

const columnsOf = (file: CheckedFile) => ({
  content_id: file.contentId,
  name_sealed: file.nameSealed,
  bytes: file.bytes,
  findings_sealed: file.findingsSealed,
  open: file.open,
  checked_by: file.checkedBy,
  checked_at: file.checkedAt,
});

export async function insertCheck(
  db: Db,
  agencyId: number,
  subject: ReleaseSubject,
  file: CheckedFile,
): Promise<number> {
  const { id } = await db
    .insertInto('release_checks')
    .values({ agency_id: agencyId, subject_kind: subject.kind, subject_id: subject.id, ...columnsOf(file) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** What the check looks at now, or how much of it is still open. */
export async function updateCheck(
  db: Db,
  agencyId: number,
  id: number,
  change: CheckedFile | { open: number },
): Promise<void> {
  await db
    .updateTable('release_checks')
    .set('contentId' in change ? columnsOf(change) : change)
    .set({ version: sql`version + 1` })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

export interface DecisionRow {
  decision: Decision;
  findingSealed: string;
  reasonSealed: string | null;
  by: string;
  at: Date;
}

/** In the order they were taken. */
export async function decisionsOf(db: Db, agencyId: number, checkId: number): Promise<DecisionRow[]> {
  return db
    .selectFrom('release_decisions')
    .select([
      'decision',
      'finding_sealed as findingSealed',
      'reason_sealed as reasonSealed',
      'decided_by as by',
      'decided_at as at',
    ])
    .where('agency_id', '=', agencyId)
    .where('check_id', '=', checkId)
    .orderBy('id')
    .execute();
}

export async function insertDecisions(
  db: Db,
  agencyId: number,
  checkId: number,
  decisions: readonly (DecisionRow & { kind: FindingKind })[],
): Promise<void> {
  if (decisions.length === 0) return;
  await db
    .insertInto('release_decisions')
    .values(
      decisions.map(({ kind, decision, findingSealed, reasonSealed, by, at }) => ({
        agency_id: agencyId,
        check_id: checkId,
        kind,
        decision,
        finding_sealed: findingSealed,
        reason_sealed: reasonSealed,
        decided_by: by,
        decided_at: at,
      })),
    )
    .execute();
}

/** Takes away what checks of a subject say of its files; that they were checked, and what belongs to whom, stays. */
export async function clearChecks(
  db: Db,
  agencyId: number,
  { kind, id }: ReleaseSubject,
  empty: { nameSealed: string; findingsSealed: string },
): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    UPDATE release_checks SET name_sealed = ${empty.nameSealed}, findings_sealed = ${empty.findingsSealed}
    WHERE agency_id = ${agencyId} AND subject_kind = ${kind} AND subject_id = ${id} RETURNING id`.execute(db);
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.id);
  await db
    .deleteFrom('release_decisions')
    .where('agency_id', '=', agencyId)
    .where('check_id', 'in', ids)
    .execute();
}
