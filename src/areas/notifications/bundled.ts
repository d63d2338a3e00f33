import type { Ctx } from '../../core/context.ts';
import { notify } from './actions.ts';

/** Messages of one run to one person beyond which he gets a single one that leads to a list. */
const MOST_SINGLE = 5;

export interface Letter {
  title: string;
  href: string;
}

/**
 * Gives each person his letters of one run; who would get many at once gets one: `many` says how many, and leads to them. Inside
 * a transaction. Returns how many messages went out.
 */
export async function notifyBundled(
  ctx: Ctx,
  mailbox: ReadonlyMap<number, readonly Letter[]>,
  many: { title(count: number): string; href: string },
): Promise<number> {
  let messages = 0;
  for (const [staffId, letters] of mailbox) {
    if (letters.length > MOST_SINGLE) {
      messages += await notify(ctx, [staffId], { title: many.title(letters.length), href: many.href });
      continue;
    }
    for (const letter of letters) messages += await notify(ctx, [staffId], letter);
  }
  return messages;
}
