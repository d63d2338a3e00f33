import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { copyEntries } from '../../core/search-index/index.ts';
import { indexNumber } from '../../law/index.ts';
import { record } from '../../ledger/index.ts';
import { recordPastPosts } from '../channels/index.ts';
import type { Rejection } from './import-lines.ts';
import type { LineNote } from './import-model.ts';
import type { ImportSetting, PreparedItem } from './import-preparing.ts';
import { differs, digestWith, linksOf, openReferenced } from './import-references.ts';
import { insertNotes, insertPart, lockRun, moveRun } from './import-run-store.ts';
import {
  checkNow,
  copyPastItems,
  holdImports,
  knownSources,
  type PastItem,
  referencedItems,
  takeItemIds,
} from './import-store.ts';
import { raiseContentRevision, takeIndexSerials } from './item-store.ts';
import { itemHref } from './public.ts';

const GROUND = '《中华人民共和国政府信息公开条例》';
/** Of one import. */
const MOST_NOTES = 100_000;

/** Lines of one transaction of an import. */
export interface GivenPart {
  run: number;
  /** Name of the file, for the ledger. */
  name: string;
  lines: { first: number; last: number };
  items: readonly PreparedItem[];
  rejected: readonly Rejection[];
  /** Lines that waited for what they interpret: they wait no longer. */
  last: boolean;
}

/** One transaction: the items, that they are public, how far the file has come, and the line in the ledger. */
export async function writePart(
  ctx: Ctx,
  given: GivenPart,
  setting: ImportSetting,
): Promise<{ imported: number; unchanged: number; notes: LineNote[] } | 'stopped'> {
  const nested = ctx.db.isTransaction;
  const { items, lines, last, name } = given;
  return transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    await holdImports(db, agencyId);
    const run = await lockRun(db, agencyId, given.run);
    if (run.state !== 'running') return 'stopped';
    // Another worker was faster.
    if (lines.last <= (last ? run.postponedDone : run.linesDone))
      return { imported: 0, unchanged: 0, notes: [] };
    const { fresh, unchanged, postponed, notes } = await sortOut(ctx, items, last);
    const rejected = last ? [] : given.rejected.map((one): LineNote => ({ ...one, kind: 'rejected' }));
    const part = await insertPart(db, agencyId, run.id, {
      firstLine: lines.first,
      lastLine: lines.last,
      lines: fresh.map(({ prepared }) => prepared.line),
      items: fresh.map(({ id }) => id),
      unchanged,
      postponed,
    });
    if (fresh.length > 0) {
      await writeItems(ctx, fresh, part, setting);
      // The act that the items belong to goes on: what it checks at its end is its own affair.
      if (!nested) await checkNow(db);
    }
    const told = [...rejected, ...notes].sort((a, b) => a.line - b.line);
    await insertNotes(
      db,
      agencyId,
      run.id,
      told.slice(0, Math.max(0, MOST_NOTES - run.rejected - run.noted)),
    );
    await moveRun(db, agencyId, {
      id: run.id,
      linesDone: last ? run.linesDone : lines.last,
      imported: run.imported + fresh.length,
      unchanged: run.unchanged + unchanged.length,
      rejected: run.rejected + rejected.length,
      noted: run.noted + notes.length,
      postponed: run.postponed + postponed.length,
      postponedDone: last ? lines.last : run.postponedDone,
    });
    const after = { imported: fresh.length, unchanged: unchanged.length, rejected: rejected.length };
    if (fresh.length > 0) {
      await raiseContentRevision(db, agencyId);
      await record(ctx, {
        act: 'catalogue.import',
        ground: GROUND,
        subject: { kind: 'item-import', id: run.id, label: name },
        after: { ...after, lines: `${lines.first}—${lines.last}`, part },
      });
    }
    return { imported: after.imported, unchanged: after.unchanged, notes };
  });
}

/**
 * Which of them are new, which there already (of one source twice, the first counts), and which wait because what they interpret
 * is not there yet.
 */
async function sortOut({ db, agencyId }: Ctx, items: readonly PreparedItem[], last: boolean) {
  const known = await knownSources(
    db,
    agencyId,
    items.map(({ sourceId }) => sourceId),
  );
  const references = items.flatMap(({ interpreting }) => interpreting?.references ?? []);
  const referenced = openReferenced(await referencedItems(db, agencyId, references));
  const ids = await takeItemIds(db, items.filter(({ sourceId }) => !known.has(sourceId)).length);
  const fresh: PastItem[] = [];
  const unchanged: number[] = [];
  const postponed: number[] = [];
  const notes: LineNote[] = [];
  for (const prepared of items) {
    const { sourceId, line } = prepared;
    const links = linksOf(prepared, referenced);
    const digest = digestWith(prepared, links.ids);
    const before = known.get(sourceId);
    if (before !== undefined) {
      unchanged.push(line);
      if (before !== digest) notes.push(differs(line));
      continue;
    }
    if (links.missing && !last) {
      postponed.push(line);
      continue;
    }
    const id = ids[fresh.length] as number;
    fresh.push({ id, prepared, interprets: links.ids, digest });
    known.set(sourceId, digest);
    const { documentNumber, normative } = prepared;
    if (references.length > 0) referenced.add({ id, sourceId, indexNumber: '', documentNumber, normative });
    notes.push(...links.notes);
  }
  return { fresh, unchanged, postponed, notes };
}

async function writeItems(
  ctx: Ctx,
  fresh: readonly PastItem[],
  part: number,
  { house, at }: ImportSetting,
): Promise<void> {
  const { db, agencyId, actor } = ctx;
  const numbers = await indexNumbersOf(ctx, fresh, house);
  const items = fresh.map((one) => ({ ...one, indexNumber: numbers.get(one.id) as string }));
  await copyPastItems(db, agencyId, items, { by: actor.name, basis: GROUND, at: new Date(at), part });
  await recordPastPosts(
    ctx,
    items.flatMap(({ id, indexNumber, prepared: { channels, title, publishedOn } }) =>
      channels.map((channel) => ({
        itemId: id,
        channel,
        title,
        address: channel === 'website' ? itemHref(indexNumber) : '',
        postedOn: publishedOn,
      })),
    ),
  );
  await copyEntries(
    db,
    agencyId,
    items.map(({ id, indexNumber, prepared }) => ({
      ref: String(id),
      href: itemHref(indexNumber),
      entry: prepared.entry,
    })),
  );
}

/** Each gets a serial of the year it was formed in, in the order of the file; by id. */
async function indexNumbersOf(
  { db, agencyId }: Ctx,
  items: readonly PastItem[],
  house: string,
): Promise<Map<number, string>> {
  const numbers = new Map<number, string>();
  // In one order, so that two imports do not wait for each other.
  const years = [...Map.groupBy(items, ({ prepared }) => prepared.year)].sort(([a], [b]) => a - b);
  for (const [year, ofYear] of years) {
    const first = await takeIndexSerials(db, agencyId, year, ofYear.length);
    for (const [index, { id }] of ofYear.entries()) numbers.set(id, indexNumber(house, year, first + index));
  }
  return numbers;
}
