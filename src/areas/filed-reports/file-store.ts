import { type SqlBool, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { FiledFile, FileState, Page } from './model.ts';
import { pageOf, readCursor } from './paging.ts';
import './schema.ts';

/** Files that are not there yet under these bytes, by digest. */
export async function filesByDigest(
  db: Db,
  agencyId: number,
  digests: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('filed_files')
    .select(['digest', 'id'])
    .where('agency_id', '=', agencyId)
    .where(sql<SqlBool>`digest = ANY(${[...digests]}::text[])`)
    .where('state', 'not in', ['same', 'discarded'])
    .execute();
  return new Map(rows.map(({ digest, id }) => [digest, id]));
}

/** Keeps a file that is to be read, or one that equals another; returns its id. */
export async function insertFile(
  db: Db,
  agencyId: number,
  file: {
    batchId: number;
    name: string;
    digest: string;
    bytes: number;
    addedAt: Date;
    sameAs: number | null;
  },
): Promise<number> {
  const { id } = await db
    .insertInto('filed_files')
    .values({
      agency_id: agencyId,
      batch_id: file.batchId,
      name: file.name,
      digest: file.digest,
      bytes: file.bytes,
      added_at: file.addedAt,
      state: file.sameAs === null ? 'waiting' : 'same',
      reading_due: file.sameAs === null,
      same_as: file.sameAs,
      unit_id: null,
      year: null,
      version: null,
      found_by: null,
      kind: null,
      format: null,
      agency_in_text: null,
      year_in_text: null,
      read_at: null,
      took_ms: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

const fileRows = (db: Db, agencyId: number) =>
  db
    .selectFrom('filed_files as f')
    .innerJoin('filed_batches as b', (join) =>
      join.onRef('b.agency_id', '=', 'f.agency_id').onRef('b.id', '=', 'f.batch_id'),
    )
    .leftJoin('filed_files as s', (join) =>
      join.onRef('s.agency_id', '=', 'f.agency_id').onRef('s.id', '=', 'f.same_as'),
    )
    // What equals another file is where that one is.
    .leftJoin('reporting_units as u', (join) =>
      join
        .onRef('u.agency_id', '=', 'f.agency_id')
        .on('u.id', '=', sql<number>`coalesce(f.unit_id, s.unit_id)`),
    )
    .where('f.agency_id', '=', agencyId)
    .select([
      'f.id',
      'f.batch_id as batchId',
      'f.name',
      'f.digest',
      'f.bytes',
      'f.added_at as addedAt',
      'b.by_name as addedBy',
      'f.state',
      'f.same_as as sameAs',
      'u.id as unitId',
      'u.name as unitName',
      sql<number | null>`coalesce(f.year, s.year)`.as('year'),
      sql<number | null>`coalesce(f.version, s.version)`.as('version'),
      'f.found_by as foundBy',
      'f.kind',
      'f.format',
      'f.agency_in_text as agencyInText',
      'f.year_in_text as yearInText',
      'f.fault',
      'f.took_ms as tookMs',
      's.name as sameName',
    ]);

type FileRow = FiledFile & { sameName: string | null };

function toFile({ sameName, ...file }: FileRow): FiledFile {
  if (file.state !== 'same') return file;
  const place =
    file.unitName === null || file.year === null
      ? '尚未归档'
      : `${file.unitName} ${file.year} 年度${file.version === null ? '' : `第 ${file.version} 版`}`;
  return { ...file, fault: `与已接收的“${sameName ?? ''}”内容相同（${place}），没有改动。` };
}

export async function filesPage(
  db: Db,
  agencyId: number,
  filter: { batchId?: number; state?: FileState; unitId?: number; year?: number },
  page: { after: string | null; limit: number },
): Promise<Page<FiledFile>> {
  const cursor = readCursor(page.after, 1);
  let query = fileRows(db, agencyId)
    .orderBy('f.id')
    .limit(page.limit + 1);
  if (filter.batchId !== undefined) query = query.where('f.batch_id', '=', filter.batchId);
  if (filter.state !== undefined) query = query.where('f.state', '=', filter.state);
  if (filter.unitId !== undefined) query = query.where('f.unit_id', '=', filter.unitId);
  if (filter.year !== undefined) query = query.where('f.year', '=', filter.year);
  if (cursor) query = query.where('f.id', '>', cursor[0] as number);
  return pageOf(await query.execute(), page.limit, { item: toFile, cursor: ({ id }) => [id] });
}

export async function findFile(db: Db, agencyId: number, id: number): Promise<FiledFile | null> {
  const row = await fileRows(db, agencyId).where('f.id', '=', id).executeTakeFirst();
  return row ? toFile(row) : null;
}
