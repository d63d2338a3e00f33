import { type Clock, civilDate, instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { Db } from '../../core/db.ts';
import { type ProbeLimits, probe } from '../../core/http/outside.ts';
import { readBody } from './body-text.ts';
import { faultOf, outsideLinks } from './link-rules.ts';
import { deadHrefs, dueHrefs, forgetHrefs, markHref, noteHrefs } from './link-store.ts';
import type { DeadLink } from './model.ts';

/** Where a sanitised body leads to, each address once. */
export const linksOf = (body: string): string[] =>
  body.includes('<a') ? [...new Set(readBody(body).links.map(({ href }) => href))] : [];

/** Notes where a saved body leads to outside; a job asks there later. Nothing is fetched here. */
export async function noteLinks(ctx: Ctx, body: string): Promise<void> {
  await noteHrefs(ctx.db, ctx.agencyId, outsideLinks(linksOf(body)), instantOf(ctx.clock));
}

/** Those of these addresses that did not open when they were asked last. */
export async function deadLinks(ctx: Ctx, hrefs: readonly string[]): Promise<DeadLink[]> {
  const dead = await deadHrefs(ctx.db, ctx.agencyId, outsideLinks(hrefs));
  return dead.map(({ href, fault, checkedAt }) => ({
    href,
    why: fault,
    checkedOn: checkedAt === null ? null : civilDate(checkedAt),
  }));
}

const MOST_ASKED = 200;
const AT_ONCE = 5;
const KEPT_MS = 180 * 86_400_000;

/** Asks the addresses whose turn has come; safe to run twice. Returns how many were asked. */
export async function checkLinks(
  { db, clock }: { db: Db; clock: Clock },
  limits: Partial<ProbeLimits> = {},
): Promise<number> {
  const now = instantOf(clock);
  await forgetHrefs(db, new Date(now.getTime() - KEPT_MS));
  const due = await dueHrefs(db, now, MOST_ASKED);
  const waiting = [...due];
  const answers: { key: (typeof due)[number]; answer: Awaited<ReturnType<typeof probe>> }[] = [];
  const ask = async () => {
    for (let key = waiting.shift(); key; key = waiting.shift())
      answers.push({ key, answer: await probe(key.href, limits) });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  const online = answers.some(({ answer }) => 'status' in answer);
  for (const { key, answer } of answers) await markHref(db, key, faultOf(answer, online), now);
  return due.length;
}
