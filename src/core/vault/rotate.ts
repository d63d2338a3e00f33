import type { Db } from '../db.ts';
import type { FileStore } from '../files.ts';
import { discardFile, removeDiscarded } from './file-removals.ts';
import { knownKeys, retireKeys } from './key-store.ts';
import { countRows, type Resealing, resealTable, type SealedTable } from './reseal.ts';
import type { SealedFiles } from './sealed-files.ts';

export interface Rotated {
  /** Rows sealed anew. */
  rows: number;
  /** Files sealed by an older key that left the disk. */
  removed: number;
  /** Keys that nothing needs any more. */
  retired: string[];
  /** What still needs an older key, a sentence each. */
  problems: string[];
}

export interface Rotation extends Resealing {
  files: FileStore;
  /** Take files that an older key sealed and no row names off the disk, instead of telling of them. */
  removeUnnamed: boolean;
}

/**
 * Seals anew, under the current key, all that older keys sealed in these tables and their files, and retires the keys
 * that nothing needs any more. Safe to stop at any time and to run again, also beside a running system.
 */
export async function rotateKeys(
  ctx: Rotation,
  tables: readonly SealedTable[],
  onProgress: (step: string) => void = () => {},
): Promise<Rotated> {
  const { db, vault, now } = ctx;
  const result: Rotated = { rows: 0, removed: 0, retired: [], problems: [] };
  for (const [index, table] of tables.entries()) {
    const total = await countRows(db, table);
    const { rows, problems } = await resealTable(ctx, table, (seen) =>
      onProgress(`${bar(seen, total)} 数据表 ${index + 1}/${tables.length} ${table.table} ${seen}/${total}`),
    );
    result.rows += rows;
    result.problems.push(...problems);
  }
  onProgress('核对加密文件');
  // Rows that did not open name their files still.
  const unnamed = result.problems.length > 0 ? [] : await unnamedFiles(ctx);
  for (const { sha256, key } of unnamed) {
    if (ctx.removeUnnamed) await discardFile(db, sha256, now);
    else result.problems.push(`文件 ${sha256} 仍用密钥 ${key} 加密，没有记录指向它`);
  }
  for (let removed = -1; removed !== 0; result.removed += removed) {
    removed = await removeDiscarded(db, ctx.files);
  }
  if (result.problems.length > 0) return result;
  const older = (await knownKeys(db)).filter(({ id, retired_at }) => id !== vault.currentKey && !retired_at);
  result.retired = older.map(({ id }) => id);
  await retireKeys(db, result.retired, now);
  return result;
}

/** Files that an older key sealed and no table named; those that only wait to be removed are not meant. */
async function unnamedFiles({ db, vault, files, sealedFiles }: Rotation) {
  const waiting = await waitingForRemoval(db);
  const found: { sha256: string; key: string }[] = [];
  for await (const sha256 of files.list()) {
    const key = await keyOf(sealedFiles, sha256);
    if (key === null || key === vault.currentKey || waiting.has(sha256)) continue;
    found.push({ sha256, key });
  }
  return found;
}

async function waitingForRemoval(db: Db): Promise<Set<string>> {
  const rows = await db.selectFrom('sealed_file_removals').select('sha256').execute();
  return new Set(rows.map(({ sha256 }) => sha256));
}

/** Null also for a file that was removed while we looked. */
const keyOf = (files: SealedFiles, sha256: string) => files.keyOf(sha256).catch(() => null);

const BAR = 20;

function bar(done: number, total: number): string {
  const filled = total === 0 ? BAR : Math.round((Math.min(done, total) / total) * BAR);
  return '█'.repeat(filled) + '░'.repeat(BAR - filled);
}
