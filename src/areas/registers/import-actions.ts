import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { Refusal } from '../../core/refusal.ts';
import { demand } from '../organisations/index.ts';
import { digestOf, readerOf, writeEntry } from './actions.ts';
import * as waiting from './import-store.ts';
import { type EntryValues, fieldOf, type Register } from './register.ts';
import { type EntryContext, type Given, readEntry } from './rules.ts';
import { findTwins, lockRegister } from './store.ts';

/** One row of a file, as text by field name; `problem` where the row as such cannot be taken. */
export interface GivenRow {
  line: number;
  given: Given;
  problem?: string;
}

export interface RowFault {
  line: number;
  /** Label of the field; '' for the row as a whole. */
  field: string;
  problem: string;
}

/** What a file would change, row by row. */
export interface ImportPreview {
  fresh: { line: number; values: EntryValues; digest: string }[];
  /** Already registered, or the same as an earlier row of the file. */
  unchanged: { line: number; why: string }[];
  rejected: RowFault[];
}

export interface ImportOutcome {
  read: number;
  imported: number;
  unchanged: number;
  rejected: RowFault[];
}

const DAY_MS = 86_400_000;

/** Tells what importing these rows would do, without doing it. */
export async function previewImport(
  ctx: Ctx,
  register: Register,
  rows: readonly GivenRow[],
): Promise<ImportPreview> {
  demand(ctx.actor, 'registers.write');
  const { context } = await readerOf(ctx);
  return sortRows(ctx, register, rows, context);
}

/**
 * Adds the rows of one file in one transaction: all of them or, when any row has a fault, none (`skipInvalid` leaves
 * faulty rows out). Rows that are already there stay as they are, so the same file again changes nothing.
 */
export async function importEntries(
  ctx: Ctx,
  register: Register,
  rows: readonly GivenRow[],
  options: { dryRun?: boolean; skipInvalid?: boolean; fileName?: string } = {},
): Promise<ImportOutcome> {
  demand(ctx.actor, 'registers.write');
  return transact(ctx, async (ctx) => {
    await lockRegister(ctx.db, register, ctx.agencyId);
    const { context, unitNames } = await readerOf(ctx);
    const { fresh, unchanged, rejected } = await sortRows(ctx, register, rows, context);
    const outcome = { read: rows.length, imported: fresh.length, unchanged: unchanged.length, rejected };
    if (rejected.length > 0 && !options.skipInvalid) return { ...outcome, imported: 0 };
    if (options.dryRun) return outcome;
    const reason = options.fileName ? `从文件导入：${options.fileName}` : '从文件导入';
    for (const entry of fresh) await writeEntry(ctx, register, entry, unitNames, reason);
    return outcome;
  });
}

/** Keeps a previewed file until its sender confirms; returns what `confirmImport` takes. */
export async function holdImport(
  ctx: Ctx,
  register: Register,
  file: { name: string; rows: readonly GivenRow[] },
): Promise<number> {
  demand(ctx.actor, 'registers.write');
  const now = ctx.clock.now().epochMilliseconds;
  return transact(ctx, (ctx) =>
    waiting.keepImport(ctx.db, {
      agencyId: ctx.agencyId,
      register: register.key,
      staffId: senderOf(ctx),
      fileName: file.name,
      rows: file.rows,
      now: new Date(now),
      abandonedBefore: new Date(now - DAY_MS),
    }),
  );
}

/** Imports a file its sender has seen previewed. @throws Refusal when it is gone, or no longer fits what is registered */
export async function confirmImport(ctx: Ctx, register: Register, id: number): Promise<ImportOutcome> {
  demand(ctx.actor, 'registers.write');
  return transact(ctx, async (ctx) => {
    const key = { agencyId: ctx.agencyId, register: register.key, staffId: senderOf(ctx), id };
    const file = await waiting.takeImport(ctx.db, key);
    if (!file)
      throw new Refusal('import-gone', '这个文件已经导入过，或者预览时间过长已失效。请重新选择文件。');
    const outcome = await importEntries(ctx, register, file.rows, { fileName: file.fileName });
    if (outcome.rejected.length > 0)
      throw new Refusal(
        'import-outdated',
        '预览之后部门或日期条件有变化，文件中有的行不再合格。请重新选择文件。',
      );
    return outcome;
  });
}

async function sortRows(
  ctx: Ctx,
  register: Register,
  rows: readonly GivenRow[],
  context: EntryContext,
): Promise<ImportPreview> {
  const preview: ImportPreview = { fresh: [], unchanged: [], rejected: [] };
  const read: ImportPreview['fresh'] = [];
  for (const { line, given, problem } of rows) {
    if (problem !== undefined) {
      preview.rejected.push({ line, field: '', problem });
      continue;
    }
    const { values, errors } = readEntry(register, given, context);
    if (values) read.push({ line, values, digest: digestOf(values) });
    for (const [name, fault] of Object.entries(errors ?? {}))
      preview.rejected.push({ line, field: fieldOf(register, name).label, problem: fault });
  }
  const digests = read.map(({ digest }) => digest);
  const registered = await findTwins(ctx.db, register, ctx.agencyId, digests);
  const lines = new Map<string, number>();
  for (const entry of read) {
    const before = lines.get(entry.digest);
    if (registered.has(entry.digest)) preview.unchanged.push({ line: entry.line, why: '已经登记' });
    else if (before !== undefined) preview.unchanged.push({ line: entry.line, why: `与第 ${before} 行相同` });
    else preview.fresh.push(entry);
    if (before === undefined) lines.set(entry.digest, entry.line);
  }
  return preview;
}

function senderOf(ctx: Ctx): number {
  if (ctx.actor.kind !== 'staff') throw new Error('only a person can confirm what a person previewed');
  return ctx.actor.staffId;
}
