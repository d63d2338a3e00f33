import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { Jobs } from '../../core/jobs.ts';
import { Refusal } from '../../core/refusal.ts';
import { canonicalJson, holdChain, sm3 } from '../../ledger/index.ts';
import { enterPrinted } from '../channels/index.ts';
import { acting, settingsOfGazette } from './acting.ts';
import { entriesOf, entryDigests, holdItems } from './entry-store.ts';
import { findIssue, lastNumbers, updateIssue } from './issue-store.ts';
import { labelOf } from './print-actions.ts';
import { dropPrintFailure } from './print-failure-store.ts';
import { issueHref, issueTitle } from './public.ts';
import { issueWords, nextNumbers, unready } from './rules.ts';
import { indexIssue } from './search.ts';

export const PRINT_ISSUE = 'print-gazette-issue';

/**
 * Brings an approved issue out today: numbers it, enters its items as printed in the gazette, makes it findable and has it
 * typeset. Two at once wait for each other, so that numbers have neither gap nor repeat.
 * @throws Refusal `gazette-unready` when an item was amended or withdrawn since the review
 */
export const publishIssue = (ctx: Ctx & { jobs: Pick<Jobs, 'enqueue'> }, id: number): Promise<void> =>
  acting(ctx, id, 'publish', async (inside) => {
    const { db, agencyId } = inside;
    await holdChain(db, agencyId);
    await holdItems(db, agencyId, id);
    const entries = await entriesOf(db, agencyId, id);
    const why = unready(entries, 'publish');
    if (why !== null) throw new Refusal('gazette-unready', why);
    const today = ctx.clock.today();
    const settings = await settingsOfGazette(inside);
    const last = await lastNumbers(db, agencyId, today.year);
    if (last !== null && last.issuedOn > today.toString())
      throw new Refusal('gazette-before-last', `上一期已于 ${last.issuedOn} 出版，这一期不能早于它。`);
    const numbers = nextNumbers(today.year, last, settings.first);
    const { title, host, editor } = settings;
    const printed = { ...numbers, issuedOn: today.toString(), title, host, editor };
    const texts = await entryDigests(db, agencyId, id);
    const digest = sm3(canonicalJson({ ...printed, entries: texts }));
    await updateIssue(db, agencyId, id, {
      state: 'published',
      year: numbers.year,
      number: numbers.number,
      total: numbers.total,
      issued_on: printed.issuedOn,
      published_at: instantOf(ctx.clock),
      changed_at: instantOf(ctx.clock),
      title,
      host,
      editor,
      digest,
    });
    await enterPrinted(inside, { href: issueHref(numbers), items: entries });
    const issue = await findIssue(db, agencyId, id);
    if (!issue) throw new Error(`issue ${id} is gone`);
    await indexIssue(db, agencyId, id);
    await ctx.jobs.enqueue(db, PRINT_ISSUE, { agencyId, issueId: id });
    return {
      label: issueTitle({ ...numbers, title }),
      after: { issueNumber: issueWords(numbers), total: numbers.total, digest, entries: entries.length },
    };
  });

/** Has an issue typeset once more whose file could not be made. @throws Refusal `gazette-no-failure` */
export const printAgain = (ctx: Ctx & { jobs: Pick<Jobs, 'enqueue'> }, id: number): Promise<void> =>
  acting(ctx, id, 'print-again', async ({ db, agencyId }, issue) => {
    if (!(await dropPrintFailure(db, agencyId, id)))
      throw new Refusal('gazette-no-failure', '这一期的 PDF 已经排印好，或者正在排印。');
    await ctx.jobs.enqueue(db, PRINT_ISSUE, { agencyId, issueId: id });
    return { label: labelOf(issue) };
  });
