import { type Clock, instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { type Db, transact } from '../../core/db.ts';
import type { Mailer } from '../../core/mail.ts';
import { NotFound } from '../../core/refusal.ts';
import {
  findNotification,
  insertNotifications,
  listNotifications,
  lockUnmailed,
  type Notification,
  setMailed,
  setRead,
  type UnmailedNotification,
} from './store.ts';

/** Letters of one run; the rest waits for the next. */
const MAIL_BATCH = 200;
const TITLE_LENGTH = 300;

/**
 * Tells members of staff of the context's agency something; call it inside the transaction of the act it tells of.
 * `href` is the workbench page where the thing is done. Nobody is told of his own act, nor twice of the same thing while
 * the first message is unread. Mail follows by the job `mail-notifications`. Returns how many were told.
 */
export async function notify(
  ctx: Ctx,
  staffIds: readonly number[],
  message: { title: string; href: string },
): Promise<number> {
  const { actor } = ctx;
  const others = actor.kind === 'staff' ? staffIds.filter((id) => id !== actor.staffId) : staffIds;
  const at = instantOf(ctx.clock);
  const { href } = message;
  const title = message.title.slice(0, TITLE_LENGTH);
  return insertNotifications(ctx.db, { agencyId: ctx.agencyId, staffIds: others, at, title, href });
}

/** One page of the actor's own messages, newest first. `next` is the `before` of the following page. */
export async function ownNotifications(
  ctx: Ctx,
  page: { unreadOnly?: boolean; before?: number | null; limit?: number },
): Promise<{ items: Notification[]; next: number | null }> {
  const { unreadOnly = false, before = null, limit = 50 } = page;
  const found = await listNotifications(ctx.db, owner(ctx), { unreadOnly, before, limit: limit + 1 });
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** Marks one of the actor's messages read and returns where it leads. */
export async function openNotification(ctx: Ctx, id: number): Promise<string> {
  const found = await findNotification(ctx.db, { ...owner(ctx), id });
  if (!found) throw new NotFound('没有找到这条通知');
  await setRead(ctx.db, { ...owner(ctx), id }, instantOf(ctx.clock));
  return found.href;
}

/** Returns how many were unread. */
export async function markAllRead(ctx: Ctx): Promise<number> {
  return setRead(ctx.db, { ...owner(ctx), id: null }, instantOf(ctx.clock));
}

/** Sends what is unread and unmailed, one letter a person. A letter that fails is tried again at the next run. */
export async function mailNotifications(host: {
  db: Db;
  clock: Clock;
  mail: Mailer;
  publicUrl: string;
}): Promise<number> {
  return transact(host, async ({ db, clock, mail, publicUrl }) => {
    const waiting = await lockUnmailed(db, MAIL_BATCH);
    const people = Map.groupBy(waiting, (row) => `${row.agency_id}/${row.staff_id}`);
    let letters = 0;
    let failure: unknown;
    for (const messages of people.values()) {
      const [first] = messages;
      if (!first) continue;
      try {
        await mail.send(letter(first, messages, publicUrl));
      } catch (error) {
        failure = error;
        continue;
      }
      letters += 1;
      const now = instantOf(clock);
      await setMailed(
        db,
        first.agency_id,
        messages.map(({ id }) => id),
        now,
      );
    }
    if (letters === 0 && failure) throw failure;
    return letters;
  });
}

function letter(person: UnmailedNotification, messages: readonly UnmailedNotification[], publicUrl: string) {
  const base = publicUrl.replace(/\/$/, '');
  const lines = messages.map(({ title, href }) => `· ${title}\n  ${base}${href}`);
  return {
    to: person.email,
    subject: messages.length === 1 ? person.title : `您有 ${messages.length} 条待办通知`,
    text: `${person.name}：\n\n${lines.join('\n\n')}\n\n本邮件由政府信息公开系统自动发送，请勿回复。`,
  };
}

function owner(ctx: Ctx): { agencyId: number; staffId: number } {
  if (ctx.actor.kind !== 'staff') throw new NotFound();
  return { agencyId: ctx.agencyId, staffId: ctx.actor.staffId };
}
