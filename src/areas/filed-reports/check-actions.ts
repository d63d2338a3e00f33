import type { Ctx } from '../../core/context.ts';
import type { FilingHost } from './filing-actions.ts';
import type { Judgement } from './model.ts';

/** Examines the newest version of a unit and year again, here and now. @throws NotFound */
export async function recheckReport(_ctx: Ctx, _unitId: number, _year: number): Promise<void> {
  throw new Error('not built yet');
}

/** Queues the examination of every report of a year. Returns how many. */
export async function recheckYear(
  _ctx: Ctx,
  _host: Pick<FilingHost, 'jobs'>,
  _year: number,
): Promise<number> {
  throw new Error('not built yet');
}

/**
 * The office's judgement of a finding; null takes it back. It survives re-checking, re-reading and new versions as long as
 * the same contradiction is found. @throws InvalidForm; NotFound when the newest check has no such finding
 */
export async function judgeFinding(
  _ctx: Ctx,
  _finding: { unitId: number; year: number; key: string },
  _verdict: { judgement: Judgement | null; note: string },
): Promise<void> {
  throw new Error('not built yet');
}
