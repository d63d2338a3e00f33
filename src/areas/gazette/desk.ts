import type { Ctx } from '../../core/context.ts';
import { NotFound } from '../../core/refusal.ts';
import { findEntries } from '../../core/search-index/index.ts';
import { demand } from '../organisations/index.ts';
import { issueMover, mayMove, settingsOfGazette, staffIdOf } from './acting.ts';
import { candidatesAmong, entriesOf, entryCounts, waitingItems } from './entry-store.ts';
import { errataOf } from './erratum-store.ts';
import {
  findIssue,
  issuesOfYear,
  lastNumbers,
  openIssues,
  reviewsOfIssue,
  yearsOfIssues,
} from './issue-store.ts';
import type { Candidate, Entry, Erratum, Issue, IssueNumber, IssueReview } from './model.ts';
import { type PrintFailure, printFailures } from './print-failure-store.ts';
import {
  arranged,
  bySection,
  correctionObstacle,
  type IssueMove,
  issueMoves,
  issueObstacle,
  nextNumbers,
} from './rules.ts';
import type { GazetteSettings } from './settings.ts';

/** Offered at once; the rest comes when these are in. */
const OFFERED = 100;
const FOUND = 30;

export interface IssueLine {
  issue: Issue;
  entries: number;
  /** Its file could not be typeset. */
  printFailed: boolean;
}

/** What is on the desk, and what came out in a year (the newest one without). */
export async function gazetteDesk(
  ctx: Ctx,
  year: number | null,
): Promise<{
  open: IssueLine[];
  out: IssueLine[];
  years: { year: number; count: number }[];
  year: number | null;
}> {
  demand(ctx.actor, 'gazette.read');
  const { db, agencyId } = ctx;
  const years = await yearsOfIssues(db, agencyId);
  const shown = years.find((one) => one.year === year)?.year ?? years[0]?.year ?? null;
  const [open, out] = await Promise.all([
    openIssues(db, agencyId),
    shown === null ? [] : issuesOfYear(db, agencyId, shown),
  ]);
  const counts = await entryCounts(
    db,
    agencyId,
    [...open, ...out].map(({ id }) => id),
  );
  const unprinted = out.filter(({ pdfBytes }) => pdfBytes === null).map(({ id }) => id);
  const failed = new Set((await printFailures(db, agencyId, unprinted)).map(({ issueId }) => issueId));
  const line = (issue: Issue): IssueLine => ({
    issue,
    entries: counts.get(issue.id) ?? 0,
    printFailed: failed.has(issue.id),
  });
  return { open: open.map(line), out: out.map(line), years, year: shown };
}

export interface DeskIssue {
  issue: Issue;
  sections: { section: string; entries: Entry[] }[];
  entries: Entry[];
  reviews: IssueReview[];
  /** Each with why the actor cannot decide on it; null where he can. */
  errata: (Erratum & { whyNotDecided: string | null })[];
  /** Why its file could not be typeset the last time; null where there is none. */
  printFailure: PrintFailure | null;
  /** Moves that are open to the actor now. */
  moves: IssueMove[];
  /** Why the actor cannot review it though it waits for a review; null where he can or nobody has to. */
  whyNoReview: string | null;
  settings: GazetteSettings;
  /** The numbers it would get today; null once it is out. */
  next: IssueNumber | null;
}

/** An issue with everything that the desk shows of it. @throws NotFound */
export async function deskIssue(ctx: Ctx, id: number): Promise<DeskIssue> {
  demand(ctx.actor, 'gazette.read');
  const { db, agencyId } = ctx;
  const issue = await findIssue(db, agencyId, id);
  if (!issue || issue.state === 'discarded') throw new NotFound('没有找到这一期公报。');
  const today = ctx.clock.today();
  const [found, reviews, errata, settings, last, [printFailure = null]] = await Promise.all([
    entriesOf(db, agencyId, id),
    reviewsOfIssue(db, agencyId, id),
    errataOf(db, agencyId, id),
    settingsOfGazette(ctx),
    lastNumbers(db, agencyId, today.year),
    issue.pdfBytes === null ? printFailures(db, agencyId, [id]) : [],
  ]);
  const entries = issue.state === 'draft' ? arranged(found, settings.sections) : found;
  const all = Object.keys(issueMoves) as IssueMove[];
  const review = issueObstacle('approve', issue, issueMover(ctx, 'approve'));
  return {
    issue,
    entries,
    sections: bySection(entries),
    reviews,
    errata: errata.map((erratum) => ({
      ...erratum,
      whyNotDecided: correctionObstacle(erratum, staffIdOf(ctx.actor))?.message ?? null,
    })),
    printFailure,
    moves: all.filter((move) => mayMove(ctx, move, issue)),
    whyNoReview: issue.state === 'in-review' && review?.code === 'gazette-own-hand' ? review.message : null,
    settings,
    next: issue.state === 'published' ? null : nextNumbers(today.year, last, settings.first),
  };
}

/** Items that chose the gazette and wait for it. */
export function waitingFor(ctx: Ctx, issueId: number): Promise<Candidate[]> {
  demand(ctx.actor, 'gazette.compose');
  return waitingItems(ctx.db, ctx.agencyId, issueId, OFFERED);
}

/** Other public items by any words, best first. */
export async function findCandidates(ctx: Ctx, issueId: number, query: string): Promise<Candidate[]> {
  demand(ctx.actor, 'gazette.compose');
  const { hits } = await findEntries(ctx.db, ctx.agencyId, {
    query,
    limit: FOUND,
    filters: { kind: 'item' },
  });
  return candidatesAmong(
    ctx.db,
    ctx.agencyId,
    issueId,
    hits.map(({ ref }) => Number(ref)),
  );
}

/** Whether an issue came out: first numbers count for nothing any more. */
export const hasIssues = async (ctx: Pick<Ctx, 'db' | 'agencyId'>): Promise<boolean> =>
  (await lastNumbers(ctx.db, ctx.agencyId, 0)) !== null;
