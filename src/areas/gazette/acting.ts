import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { NotFound } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { notify } from '../notifications/index.ts';
import { demand, findAgencyById, may, type Role, staffWithRole } from '../organisations/index.ts';
import { type IssueChange, lockIssue, updateIssue } from './issue-store.ts';
import type { Issue } from './model.ts';
import {
  demandNone,
  groundOfMove,
  type IssueMove,
  type IssueMover,
  issueMoves,
  issueObstacle,
} from './rules.ts';
import { type GazetteSettings, gazetteSettingsOf } from './settings.ts';

interface Outcome {
  /** Other words for the ledger than the move itself, e.g. `gazette.add`. */
  act?: string;
  before?: unknown;
  after?: unknown;
  reason?: string;
  label?: string;
}

/** The one way an issue is moved: locks it, asks the table, lets `change` write, records. Nothing told, nothing recorded. */
export async function acting(
  ctx: Ctx,
  issueId: number,
  move: IssueMove,
  change: (ctx: Ctx, issue: Issue) => Promise<Outcome | null>,
): Promise<void> {
  demand(ctx.actor, issueMoves[move].act);
  await transact(ctx, async (ctx) => {
    const issue = await lockIssue(ctx.db, ctx.agencyId, issueId);
    if (!issue) throw new NotFound('没有找到这一期公报。');
    demandNone(issueObstacle(move, issue, issueMover(ctx, move)), move);
    const told = await change(ctx, issue);
    if (told === null) return;
    const { label = issue.name, act = `gazette.${move}`, ...rest } = told;
    await record(ctx, {
      act,
      ground: groundOfMove(move),
      subject: { kind: 'gazette-issue', id: issueId, label },
      ...rest,
    });
  });
}

/** The actor as the rules of a move look at him. */
export function issueMover({ actor }: Ctx, move: IssueMove): IssueMover {
  return { staffId: staffIdOf(actor), may: may(actor, issueMoves[move].act) };
}

/** Whether the actor may make the move with the issue as it stands now. */
export const mayMove = (ctx: Ctx, move: IssueMove, issue: Parameters<typeof issueObstacle>[1]): boolean =>
  issueObstacle(move, issue, issueMover(ctx, move)) === null;

export async function settingsOfGazette(ctx: Pick<Ctx, 'db' | 'agencyId'>): Promise<GazetteSettings> {
  const agency = await findAgencyById(ctx.db, ctx.agencyId);
  return gazetteSettingsOf(agency ?? { name: '', settings: {} });
}

export async function tell(ctx: Ctx, issueId: number, roles: readonly Role[], title: string): Promise<void> {
  const on = ctx.clock.today().toString();
  const people = await Promise.all(roles.map((role) => staffWithRole(ctx.db, ctx.agencyId, role, on)));
  const ids = [...new Set(people.flat().map(({ id }) => id))];
  await notify(ctx, ids, { title, href: `/workbench/gazette/${issueId}` });
}

/** Writes an issue; who changes it joins those who may not review it. */
export async function touch(ctx: Ctx, issue: Issue, change: IssueChange = {}): Promise<void> {
  const own = staffIdOf(ctx.actor);
  const hands = own === null || issue.hands.includes(own) ? {} : { hands: [...issue.hands, own] };
  await updateIssue(ctx.db, ctx.agencyId, issue.id, {
    ...change,
    ...hands,
    changed_at: instantOf(ctx.clock),
  });
}

export const staffIdOf = (actor: Ctx['actor']): number | null =>
  actor.kind === 'staff' ? actor.staffId : null;
