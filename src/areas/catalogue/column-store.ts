import type { Db } from '../../core/db.ts';
import type { CatalogueColumn } from './model.ts';
import './schema.ts';

const columns = [
  'id',
  'parent_id as parentId',
  'slug',
  'name',
  'kind',
  'page_type as pageType',
  'description',
  'keywords',
  'unit_id as unitId',
  'update_days as updateDays',
  'required',
  'review_steps as reviewSteps',
  'position',
  'closed_on as closedOn',
] as const;

export async function findColumn(db: Db, agencyId: number, id: number): Promise<CatalogueColumn | null> {
  const row = await db
    .selectFrom('catalogue_columns')
    .select(columns)
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Every column of the agency in order of its place; the tree is built by `parentId`. */
export async function listColumns(db: Db, agencyId: number): Promise<CatalogueColumn[]> {
  return db
    .selectFrom('catalogue_columns')
    .select(columns)
    .where('agency_id', '=', agencyId)
    .orderBy('position')
    .orderBy('id')
    .execute();
}

/** The column at that address, or at which that address now leads. */
export async function findColumnBySlug(
  db: Db,
  agencyId: number,
  slug: string,
): Promise<CatalogueColumn | null> {
  const row = await db
    .selectFrom('catalogue_columns')
    .select(columns)
    .where('agency_id', '=', agencyId)
    .where('slug', '=', slug)
    .executeTakeFirst();
  if (row) return row;
  const old = await db
    .selectFrom('catalogue_old_slugs')
    .select('column_id as columnId')
    .where('agency_id', '=', agencyId)
    .where('slug', '=', slug)
    .executeTakeFirst();
  return old ? findColumn(db, agencyId, old.columnId) : null;
}

export type ColumnValues = Omit<CatalogueColumn, 'id' | 'closedOn'>;

const valuesOf = (given: ColumnValues) => ({
  parent_id: given.parentId,
  slug: given.slug,
  name: given.name,
  kind: given.kind,
  page_type: given.pageType,
  description: given.description,
  keywords: given.keywords,
  unit_id: given.unitId,
  update_days: given.updateDays,
  required: [...given.required],
  review_steps: [...given.reviewSteps],
  position: given.position,
});

export async function insertColumn(db: Db, agencyId: number, given: ColumnValues): Promise<number> {
  const { id } = await db
    .insertInto('catalogue_columns')
    .values({ agency_id: agencyId, ...valuesOf(given), closed_on: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateColumn(db: Db, agencyId: number, id: number, given: ColumnValues): Promise<void> {
  await db
    .updateTable('catalogue_columns')
    .set(valuesOf(given))
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

export async function closeColumnRow(db: Db, agencyId: number, id: number, on: string | null): Promise<void> {
  await db
    .updateTable('catalogue_columns')
    .set({ closed_on: on })
    .where('agency_id', '=', agencyId)
    .where('id', '=', id)
    .execute();
}

/** Keeps an old address leading to its column. */
export async function keepOldSlug(db: Db, agencyId: number, slug: string, columnId: number): Promise<void> {
  await db
    .insertInto('catalogue_old_slugs')
    .values({ agency_id: agencyId, slug, column_id: columnId })
    .onConflict((conflict) => conflict.columns(['agency_id', 'slug']).doUpdateSet({ column_id: columnId }))
    .execute();
}
