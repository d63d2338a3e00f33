import type { Ctx } from '../../core/context.ts';
import { NotFound } from '../../core/refusal.ts';
import { demand } from '../organisations/index.ts';
import { batchesPage, countBatch, findBatch } from './batch-store.ts';
import { filesPage, findFile } from './file-store.ts';
import type { Batch, BatchProgress, FiledFile, FileState, Page, UnitSuggestion } from './model.ts';
import { pageSize } from './paging.ts';
import { keyInFileName, nameKey } from './unit-names.ts';
import { suggestUnits } from './unit-store.ts';

/** @throws NotFound */
export async function batchProgress(ctx: Ctx, batchId: number): Promise<BatchProgress> {
  demand(ctx.actor, 'filed-reports.read');
  const found = await findBatch(ctx.db, ctx.agencyId, batchId);
  if (!found) throw new NotFound('没有找到这一批文件。');
  const { byId: _, ...batch } = found;
  const { states, checking, outcomes } = await countBatch(ctx.db, ctx.agencyId, batchId);
  const of = (state: FileState) => states.get(state) ?? 0;
  const counts = {
    waiting: of('waiting'),
    read: of('read'),
    unreadable: of('unreadable'),
    unfiled: of('unfiled'),
    same: of('same'),
    discarded: of('discarded'),
  };
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { batch, total, counts, checking, outcomes, finished: counts.waiting === 0 && checking === 0 };
}

/** Newest first. */
export async function listBatches(
  ctx: Ctx,
  page: { after?: string | null; limit?: number } = {},
): Promise<Page<Batch & { files: number }>> {
  demand(ctx.actor, 'filed-reports.read');
  return batchesPage(ctx.db, ctx.agencyId, { after: page.after ?? null, limit: pageSize(page.limit) });
}

/** In the order they came. */
export async function batchFiles(
  ctx: Ctx,
  batchId: number,
  page: { state?: FileState; after?: string | null; limit?: number } = {},
): Promise<Page<FiledFile>> {
  demand(ctx.actor, 'filed-reports.read');
  const { state, after = null, limit } = page;
  const filter = { batchId, ...(state ? { state } : {}) };
  return filesPage(ctx.db, ctx.agencyId, filter, { after, limit: pageSize(limit) });
}

/** Files that need a person: not readable, or read but of no unit or year that is known. Oldest first. */
export async function filesApart(
  ctx: Ctx,
  state: 'unreadable' | 'unfiled',
  page: { after?: string | null; limit?: number } = {},
): Promise<Page<FiledFile & { suggestions: UnitSuggestion[] }>> {
  demand(ctx.actor, 'filed-reports.read');
  const found = await filesPage(
    ctx.db,
    ctx.agencyId,
    { state },
    { after: page.after ?? null, limit: pageSize(page.limit) },
  );
  const items = [];
  for (const file of found.items) items.push(await withSuggestions(ctx, file));
  return { items, next: found.next };
}

/** @throws NotFound */
export async function readFiledFile(
  ctx: Ctx,
  fileId: number,
): Promise<FiledFile & { suggestions: UnitSuggestion[] }> {
  demand(ctx.actor, 'filed-reports.read');
  const file = await findFile(ctx.db, ctx.agencyId, fileId);
  if (!file) throw new NotFound('没有找到这个文件。');
  return withSuggestions(ctx, file);
}

async function withSuggestions(
  ctx: Ctx,
  file: FiledFile,
): Promise<FiledFile & { suggestions: UnitSuggestion[] }> {
  if (file.unitId !== null || (file.state !== 'unfiled' && file.state !== 'unreadable'))
    return { ...file, suggestions: [] };
  const keys = [nameKey(file.agencyInText ?? ''), keyInFileName(file.name)].filter((key) => key !== '');
  const best = new Map<number, UnitSuggestion>();
  for (const key of keys) {
    for (const one of await suggestUnits(ctx.db, ctx.agencyId, key))
      if (one.likeness > (best.get(one.unitId)?.likeness ?? 0)) best.set(one.unitId, one);
  }
  return { ...file, suggestions: [...best.values()].sort((a, b) => b.likeness - a.likeness).slice(0, 5) };
}
