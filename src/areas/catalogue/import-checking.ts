import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import type { SheetRecord } from '../../core/spreadsheet/index.ts';
import { fieldOf, type ImportLine, isRejection, lineReader, shown } from './import-lines.ts';
import type { ImportCheck, LineNote } from './import-model.ts';
import type { ImportSetting } from './import-preparing.ts';
import { differs, digestWith, linksOf, nowhere, openReferenced } from './import-references.ts';
import { knownSources, meetReferences, meetSources, metNowhere, referencedItems } from './import-store.ts';
import type { Preparing } from './import-threads.ts';

const COLUMNS_KEPT = 200;

interface Checking {
  setting: ImportSetting;
  preparing: Preparing;
  notesKept: number;
  progress?: ((read: number, fresh: number) => void) | undefined;
}

/** Reads a whole file and tells what an import of it would do; writes nothing. Memory does not grow with it. */
export async function rehearse(
  ctx: Ctx,
  chunks: AsyncIterable<SheetRecord[]>,
  { setting, preparing, notesKept, progress }: Checking,
): Promise<ImportCheck> {
  const found: ImportCheck = {
    read: 0,
    lastLine: 0,
    fresh: 0,
    unchanged: 0,
    differing: 0,
    rejected: 0,
    columns: [],
    notes: [],
  };
  const columns = new Map<string, string | null>();
  const keep = (notes: readonly LineNote[]) =>
    found.notes.push(...notes.slice(0, notesKept - found.notes.length));
  const readLine = lineReader(setting);
  await transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    for await (const chunk of chunks) {
      for (const { values } of chunk) meetColumns(columns, values);
      const read = chunk.map(readLine);
      const lines = read.flatMap((line) => (isRejection(line) ? [] : [line]));
      const rejected = read.filter(isRejection).map((one): LineNote => ({ ...one, kind: 'rejected' }));
      const met = await meetSources(db, lines);
      await meetReferences(db, referencesIn(lines));
      const known = await knownSources(db, agencyId, [...met]);
      const there = new Set(lines.filter(({ sourceId }) => known.has(sourceId)).map(({ line }) => line));
      const changed = await differing(
        ctx,
        chunk.filter(({ line }) => there.has(line)),
        { known, setting, preparing },
      );
      found.read += chunk.length;
      found.lastLine = chunk.at(-1)?.line ?? found.lastLine;
      found.rejected += rejected.length;
      found.fresh += met.size - known.size;
      found.unchanged += lines.length - met.size + known.size;
      found.differing += changed.length;
      keep([...rejected, ...changed].sort((a, b) => a.line - b.line));
      progress?.(found.read, found.fresh);
    }
    if (found.read === 0) return;
    const lost = await metNowhere(db, agencyId, notesKept - found.notes.length);
    keep(lost.map(({ line, reference }) => nowhere(line, reference)));
    found.notes.sort((a, b) => a.line - b.line);
  });
  found.columns = [...columns].map(([column, field]) => ({ column: shown(column), field }));
  return found;
}

function meetColumns(columns: Map<string, string | null>, values: Record<string, unknown>): void {
  for (const column in values) {
    if (columns.has(column) || columns.size >= COLUMNS_KEPT) continue;
    columns.set(column, fieldOf(column));
  }
}

const referencesIn = (lines: readonly ImportLine[]) =>
  lines.flatMap(({ line, interprets }) => interprets.map((reference) => ({ line, reference })));

/** Which of these lines, all of them there already, say something else now. Only these are worked out in full. */
async function differing(
  { db, agencyId }: Ctx,
  records: readonly SheetRecord[],
  about: Pick<Checking, 'setting' | 'preparing'> & { known: ReadonlyMap<string, string> },
): Promise<LineNote[]> {
  if (records.length === 0) return [];
  const { items } = await about.preparing.prepare(records, about.setting);
  const references = items.flatMap(({ interpreting }) => interpreting?.references ?? []);
  const referenced = openReferenced(await referencedItems(db, agencyId, references));
  return items
    .filter((item) => digestWith(item, linksOf(item, referenced).ids) !== about.known.get(item.sourceId))
    .map(({ line }) => differs(line));
}
