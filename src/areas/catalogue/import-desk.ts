import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { type FileStore, openFiles } from '../../core/files.ts';
import type { Jobs } from '../../core/jobs.ts';
import { NotFound, Refusal } from '../../core/refusal.ts';
import {
  importSheetLimits,
  readRecords,
  type Sheet,
  type SheetFile,
  type SheetLimits,
  sheetKind,
  UnreadableFile,
} from '../../core/spreadsheet/index.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import {
  type HistoryImport,
  importedItems,
  insertUpload,
  isImportFileWanted,
  lockImport,
  nextPart,
  notesOfLines,
  openImportOf,
  putImport,
} from './import-desk-store.ts';
import { fieldOf } from './import-lines.ts';
import { importFields, type LineNote } from './import-model.ts';
import { demandMove, type ImportMove } from './import-rules.ts';

const MB = 2 ** 20;
/** Of one file that is uploaded. */
export const HISTORY_BYTES = 200 * MB;
/** A workbook of so many bytes unpacks to more; rows are read one by one. */
export const historyLimits: SheetLimits = {
  ...importSheetLimits,
  fileBytes: HISTORY_BYTES,
  unpackedBytes: 2048 * MB,
};

/** Where uploaded files wait until they are imported or given up: a place of their own, so that they may be taken away then. */
export const openHistoryFiles = (varDir: string): FileStore =>
  openFiles(`${varDir}/imports`, { maxBytes: HISTORY_BYTES });

export type HistoryCtx = Ctx & { jobs: Pick<Jobs, 'enqueue'>; historyFiles: FileStore };

/**
 * Takes a file in and has it checked; nothing is imported yet. The same file while its import is not over leads to that one.
 * @throws UnreadableFile when it is no table of history
 */
export async function receiveHistory(
  ctx: HistoryCtx,
  file: { name: string; path: string },
): Promise<{ id: number; known: boolean }> {
  demand(ctx.actor, 'catalogue.import');
  const kind = await historyKind(file);
  const kept = await ctx.historyFiles.put(createReadStream(file.path));
  const upload = { name: file.name, digest: kept.sha256, bytes: kept.bytes, kind };
  return transact(ctx, async (ctx) => {
    const { db, agencyId, actor } = ctx;
    const by = {
      id: actor.kind === 'staff' ? actor.staffId : null,
      name: actor.name,
      at: instantOf(ctx.clock),
    };
    const id = await insertUpload(db, agencyId, upload, by);
    if (id === null) return takeUpAgain(ctx, upload, by.id);
    await record(ctx, {
      act: 'catalogue.receive-history',
      subject: { kind: 'item-import', id, label: file.name },
      after: { digest: kept.sha256, bytes: kept.bytes },
    });
    await ctx.jobs.enqueue(db, 'import-history');
    return { id, known: false };
  });
}

/** One that was begun on the command line has its file here from now on, and goes on in the name of whoever brought it. */
async function takeUpAgain(
  { db, agencyId, jobs }: HistoryCtx,
  { digest, bytes, kind }: { digest: string; bytes: number; kind: Sheet['kind'] },
  byId: number | null,
): Promise<{ id: number; known: boolean }> {
  const open = await openImportOf(db, agencyId, digest);
  if (!open) throw new Refusal('import-busy', '同一个文件的导入刚刚结束，请刷新后再试。');
  if (open.bytes === null) {
    await putImport(db, agencyId, open.id, { bytes, kind, acting_id: byId });
    await jobs.enqueue(db, 'import-history');
  }
  return { id: open.id, known: true };
}

/** What a file is by its content, once it is sure that it has records with a source and a title. */
async function historyKind(file: SheetFile): Promise<Sheet['kind']> {
  const kind = await sheetKind(file, historyLimits);
  for await (const [first] of readRecords(file, historyLimits)) {
    if (!first) continue;
    const fields = new Set(Object.keys(first.values).map(fieldOf));
    const [lacking] = importFields.filter(({ name, required }) => required && !fields.has(name));
    if (!lacking || first.problem !== undefined) return kind;
    const where = kind === 'jsonl' ? '第一行' : '表头';
    throw new UnreadableFile(
      'damaged',
      `${where}里没有“${lacking.label}”（${lacking.name}）。请按模板写明各列的名称后重新上传。`,
    );
  }
  throw new UnreadableFile('empty', '文件里没有可以导入的行。请检查是否选对了文件或工作表。');
}

/** Confirms an import that was checked, or lets one that was stopped or failed go on. */
export async function startImport(ctx: HistoryCtx, id: number): Promise<void> {
  await move(ctx, id, 'start', async (ctx, standing) => {
    const { db, agencyId, actor } = ctx;
    const state = standing.found === null ? 'checking' : 'running';
    const acting = actor.kind === 'staff' ? actor.staffId : null;
    await putImport(db, agencyId, id, { state, acting_id: acting, failure: '', seen_at: null, attempts: 0 });
    await ctx.jobs.enqueue(db, 'import-history');
    return {
      act: 'catalogue.start-import',
      after: { digest: standing.digest, lines: standing.found?.read ?? 0, linesDone: standing.linesDone },
    };
  });
}

/** What is imported stays; the rest waits. */
export async function stopImport(ctx: HistoryCtx, id: number): Promise<void> {
  await move(ctx, id, 'stop', async ({ db, agencyId }, standing) => {
    await putImport(db, agencyId, id, { state: 'stopped', seen_at: null });
    return {
      act: 'catalogue.stop-import',
      after: { linesDone: standing.linesDone, imported: standing.imported },
    };
  });
}

/** What is imported stays; the rest is given up, and the file with it. */
export async function dropImport(ctx: HistoryCtx, id: number): Promise<void> {
  const { digest } = await move(ctx, id, 'drop', async ({ db, agencyId, clock }, standing) => {
    await putImport(db, agencyId, id, { state: 'dropped', finished_at: instantOf(clock) });
    return {
      act: 'catalogue.drop-import',
      after: { linesDone: standing.linesDone, imported: standing.imported },
    };
  });
  await forgetFile(ctx, digest);
}

/** Takes a file away once nobody needs it: another import, also of another agency, may be of the same one. */
export async function forgetFile(
  { db, historyFiles }: Pick<HistoryCtx, 'db' | 'historyFiles'>,
  digest: string | null,
): Promise<void> {
  if (digest !== null && !(await isImportFileWanted(db, digest))) await historyFiles.remove(digest);
}

/** A file lies here before its import is on record. */
const JUST_CAME_MS = 3_600_000;

/** Takes away what nobody needs: a crash came between the end of an import and the end of its file. */
export async function sweepFiles(ctx: Pick<HistoryCtx, 'db' | 'historyFiles'>): Promise<void> {
  for await (const digest of ctx.historyFiles.list()) {
    const path = await ctx.historyFiles.locate(digest).catch(() => null);
    // Gone meanwhile, or no file of ours.
    const kept = path && (await stat(path).catch(() => null));
    if (kept && Date.now() - kept.mtimeMs > JUST_CAME_MS) await forgetFile(ctx, digest);
  }
}

async function move(
  ctx: HistoryCtx,
  id: number,
  name: ImportMove,
  write: (ctx: HistoryCtx, standing: HistoryImport) => Promise<{ act: string; after: unknown }>,
): Promise<HistoryImport> {
  demand(ctx.actor, 'catalogue.import');
  return transact(ctx, async (ctx) => {
    const standing = await lockImport(ctx.db, ctx.agencyId, id);
    if (!standing) throw new NotFound('没有找到这次导入。');
    demandMove(name, standing);
    const told = await write(ctx, standing);
    await record(ctx, { ...told, subject: { kind: 'item-import', id, label: standing.fileName } });
    return standing;
  });
}

/** What became of a line. */
export interface LineReport {
  line: number;
  result: 'imported' | 'unchanged' | 'rejected';
  sourceId: string;
  indexNumber: string;
  title: string;
  notes: readonly LineNote[];
}

/** What became of each line, part by part; lines that waited for what they interpret come last. */
export async function* reportImport(
  { db, agencyId }: Pick<Ctx, 'db' | 'agencyId'>,
  id: number,
): AsyncGenerator<LineReport> {
  let seen = 0;
  for (
    let part = await nextPart(db, agencyId, id, 0);
    part;
    part = await nextPart(db, agencyId, id, part.id)
  ) {
    const { firstLine, lastLine, lines, items, unchanged } = part;
    const notes = Map.groupBy(
      await notesOfLines(db, agencyId, id, { first: firstLine, last: lastLine }),
      ({ line }) => line,
    );
    const known = new Map((await importedItems(db, agencyId, items)).map((item) => [item.id, item]));
    const nobody = { sourceId: '', indexNumber: '', title: '' };
    const rows: LineReport[] = lines.map((line, index) => {
      const item = known.get(items[index] as number);
      const { sourceId, indexNumber, title } = item ?? nobody;
      return {
        line,
        result: 'imported',
        sourceId: sourceId ?? '',
        indexNumber,
        title,
        notes: notes.get(line) ?? [],
      };
    });
    for (const line of unchanged)
      rows.push({ line, result: 'unchanged', ...nobody, notes: notes.get(line) ?? [] });
    // The second reading looks at no line that was rejected.
    if (firstLine > seen)
      for (const [line, told] of notes)
        if (told.some(({ kind }) => kind === 'rejected'))
          rows.push({ line, result: 'rejected', ...nobody, notes: told });
    seen = Math.max(seen, lastLine);
    yield* rows.sort((a, b) => a.line - b.line);
  }
}
