import { type SqlBool, sql } from 'kysely';
import type { Db } from '../../core/db.ts';
import type { Item } from './model.ts';
import './schema.ts';

/** A document as whoever picks it sees it; one that is not public yet may be picked as well. */
export type Document = Pick<
  Item,
  'id' | 'title' | 'documentNumber' | 'indexNumber' | 'state' | 'normative' | 'formedOn'
>;

const documents = (db: Db, agencyId: number) =>
  db
    .selectFrom('items')
    .select([
      'id',
      'title',
      'document_number as documentNumber',
      'index_number as indexNumber',
      'state',
      'normative',
      'formed_on as formedOn',
    ])
    .where('agency_id', '=', agencyId);

/** Items whose title holds the text or whose document or index number it is part of, the newest first. */
export function findDocuments(db: Db, agencyId: number, text: string, limit: number): Promise<Document[]> {
  const part = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return documents(db, agencyId)
    .where('state', '<>', 'discarded')
    .where((where) =>
      where.or([
        where('title', 'ilike', part),
        sql<SqlBool>`translate(document_number, '[]【】（）()', '〔〕〔〕〔〕〔〕') ILIKE translate(${part}, '[]【】（）()', '〔〕〔〕〔〕〔〕')`,
        where('index_number', '=', text),
      ]),
    )
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

export async function documentsWith(db: Db, agencyId: number, ids: readonly number[]): Promise<Document[]> {
  if (ids.length === 0) return [];
  return documents(db, agencyId)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute();
}

/** 解读比例: how many normative documents published in a year are public, and how many of them have a public interpretation. */
export interface InterpretedShare {
  documents: number;
  interpreted: number;
}

const isInterpreted = sql<SqlBool>`EXISTS (SELECT FROM item_versions v JOIN items o ON o.agency_id = v.agency_id
  AND o.id = v.item_id AND o.live_version = v.version AND o.state = 'published'
  WHERE v.agency_id = i.agency_id AND v.state = 'published' AND v.interprets <> '{}' AND v.interprets @> ARRAY[i.id])`;

const normativeOf = (db: Db, agencyId: number, year: number) =>
  db
    .selectFrom('items as i')
    .where('i.agency_id', '=', agencyId)
    .where('i.normative', '<>', 'none')
    .where('i.state', '=', 'published')
    .where('i.published_on', '>=', `${year}-01-01`)
    .where('i.published_on', '<=', `${year}-12-31`);

export async function interpretedShare(db: Db, agencyId: number, year: number): Promise<InterpretedShare> {
  const row = await normativeOf(db, agencyId, year)
    .select([
      sql<number>`count(*)::int`.as('documents'),
      sql<number>`(count(*) FILTER (WHERE ${isInterpreted}))::int`.as('interpreted'),
    ])
    .executeTakeFirstOrThrow();
  return row;
}

export interface UninterpretedDocument {
  id: number;
  title: string;
  documentNumber: string;
  unitName: string;
  publishedOn: string;
  interpretationPlan: string;
}

/** Normative documents published in a year that nothing public interprets, the newest first. */
export async function uninterpretedDocuments(
  db: Db,
  agencyId: number,
  year: number,
  limit: number,
): Promise<UninterpretedDocument[]> {
  const rows = await normativeOf(db, agencyId, year)
    .innerJoin('units as u', (join) =>
      join.onRef('u.agency_id', '=', 'i.agency_id').onRef('u.id', '=', 'i.unit_id'),
    )
    .innerJoin('item_versions as live', (join) =>
      join
        .onRef('live.agency_id', '=', 'i.agency_id')
        .onRef('live.item_id', '=', 'i.id')
        .onRef('live.version', '=', 'i.live_version'),
    )
    .where(sql<SqlBool>`NOT ${isInterpreted}`)
    .select([
      'i.id',
      'i.title',
      'i.document_number as documentNumber',
      'u.name as unitName',
      'i.published_on as publishedOn',
      'live.interpretation_plan as interpretationPlan',
    ])
    .orderBy('i.published_on', 'desc')
    .orderBy('i.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ publishedOn, ...row }) => ({ ...row, publishedOn: publishedOn ?? '' }));
}
