import type { Ctx } from '../../core/context.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { documentsWith } from './interpretation-store.ts';

/** What an item interprets must be other items of its agency. @throws InvalidForm `interprets` */
export async function demandDocuments(
  ctx: Ctx,
  itemId: number | null,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return;
  if (itemId !== null && ids.includes(itemId))
    throw new InvalidForm({ interprets: '解读的文件不能是本信息自己，请去掉。' });
  const found = await documentsWith(ctx.db, ctx.agencyId, ids);
  if (found.length < new Set(ids).size)
    throw new InvalidForm({ interprets: '有的文件不存在，请重新查找并选择。' });
}
