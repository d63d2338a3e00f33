import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addUnit, createAgency } from '../../src/areas/organisations/index.ts';
import { ROOT } from '../../src/config.ts';
import { clockAt } from '../../src/core/clock.ts';
import type { Ctx } from '../../src/core/context.ts';
import type { Db } from '../../src/core/db.ts';
import { putEntries, type SearchEntry } from '../../src/core/search-index/index.ts';
import { loadColumns, loadItems } from '../../src/demonstration/items/load.ts';

/** A document as it is judged. */
interface JudgedDocument {
  sourceId: string;
  title: string;
  body: string;
  publishedOn: string;
  documentNumber: string;
}

/** One query with the grade of each document that answers it, by its `sourceId`. */
export interface JudgedQuery {
  query: string;
  kind: string;
  grades: ReadonlyMap<string, number>;
}

/** A rule of the demonstration's judgements: documents that match every pattern have the grade. */
type Rule = Partial<Record<'title' | 'body' | 'publishedOn' | 'documentNumber', string>> & { grade: number };

interface JudgedLine {
  query: string;
  kind?: string;
  relevant: Rule[] | Record<string, number> | string[];
}

const linesOf = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);

/** The demonstration year, loaded as the program loads it, and the queries judged over it. */
export async function openDemonstration(db: Db): Promise<{ agencyId: number; judged: JudgedQuery[] }> {
  const folder = join(ROOT, 'data/kunming-2018');
  const actor = { kind: 'system' as const, name: '检索评测' };
  const system = { db, clock: clockAt('2019-01-02'), actor };
  const agencyId = await createAgency(system, {
    code: 'khtz',
    name: '昆明高新区管委会',
    shortName: '高新区',
  });
  const ctx: Ctx = { ...system, agencyId };
  const units = JSON.parse(readFileSync(join(folder, 'units.json'), 'utf8')) as {
    code: string;
    name: string;
  }[];
  for (const unit of units) await addUnit(ctx, unit);
  await loadColumns(ctx, folder);
  await loadItems(ctx, folder);
  const documents = await db
    .selectFrom('search_entries')
    .select([
      'source_id as sourceId',
      'title',
      'body',
      'published_on as publishedOn',
      'document_number as documentNumber',
    ])
    .where('agency_id', '=', agencyId)
    .where('source_id', 'is not', null)
    .execute();
  const known = documents.map(
    (one): JudgedDocument => ({
      ...one,
      sourceId: one.sourceId ?? '',
      publishedOn: one.publishedOn ?? '',
    }),
  );
  const lines = linesOf<JudgedLine>(join(import.meta.dirname, 'demonstration.jsonl'));
  return { agencyId, judged: lines.map((line) => judgedOf(line, known)) };
}

interface CollectionLine {
  id?: string;
  sourceId?: string;
  title?: string;
  text?: string;
  body?: string;
  publishedOn?: string;
  documentNumber?: string;
}

/** Any collection: documents and judged queries as JSON Lines. */
export async function openCollection(
  db: Db,
  files: { documents: string; queries: string },
): Promise<{ agencyId: number; judged: JudgedQuery[] }> {
  const system = { db, clock: clockAt('2026-11-27'), actor: { kind: 'system' as const, name: '检索评测' } };
  const agencyId = await createAgency(system, { code: 'judged', name: '评测文集', shortName: '评测文集' });
  const entries = linesOf<CollectionLine>(files.documents).map((line): SearchEntry => {
    const id = line.id ?? line.sourceId ?? '';
    return {
      kind: 'item',
      ref: id,
      sourceId: id,
      href: `/items/${id}`,
      title: line.title ?? '',
      body: (line.text ?? line.body ?? '').replaceAll(/<[^>]*>/g, ' '),
      documentNumber: line.documentNumber ?? '',
      publishedOn: line.publishedOn ?? null,
    };
  });
  await putEntries(db, agencyId, entries);
  return { agencyId, judged: linesOf<JudgedLine>(files.queries).map((line) => judgedOf(line, [])) };
}

function judgedOf(
  { query, kind = '', relevant }: JudgedLine,
  documents: readonly JudgedDocument[],
): JudgedQuery {
  if (!Array.isArray(relevant)) return { query, kind, grades: new Map(Object.entries(relevant)) };
  const grades = new Map<string, number>();
  for (const one of relevant) {
    if (typeof one === 'string') {
      grades.set(one, 1);
      continue;
    }
    const { grade, ...patterns } = one;
    const tests = Object.entries(patterns).map(
      ([field, pattern]) => [field as keyof typeof patterns, new RegExp(pattern, 'u')] as const,
    );
    for (const document of documents) {
      if (!tests.every(([field, pattern]) => pattern.test(document[field]))) continue;
      grades.set(document.sourceId, Math.max(grade, grades.get(document.sourceId) ?? 0));
    }
  }
  return { query, kind, grades };
}
