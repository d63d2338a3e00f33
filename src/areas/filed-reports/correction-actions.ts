import type { Ctx } from '../../core/context.ts';
import type { Correction, Page } from './model.ts';

/** The day an answer is due when asked for today: the agency's working days (10 unless set otherwise). */
export async function proposedDueDate(_ctx: Ctx): Promise<string> {
  throw new Error('not built yet');
}

/**
 * Asks a unit to correct its report. `dueOn` is `proposedDueDate` when absent. Returns the correction's id.
 * @throws InvalidForm; Refusal when one is open already
 */
export async function openCorrection(
  _ctx: Ctx,
  _request: { unitId: number; year: number; text: string; dueOn?: string },
): Promise<number> {
  throw new Error('not built yet');
}

/**
 * Adds to the conversation: the office's words, or what the unit answered by letter or telephone (`byName` says who).
 * The unit's answer makes the case answered, the office's next question opens it again. @throws InvalidForm, Refusal
 */
export async function addMessage(
  _ctx: Ctx,
  _correctionId: number,
  _message: { side: 'office' | 'unit'; byName?: string; text: string; dueOn?: string },
): Promise<void> {
  throw new Error('not built yet');
}

/** @throws InvalidForm without a reason or for a day that is not later than today */
export async function changeDueDate(
  _ctx: Ctx,
  _correctionId: number,
  _change: { dueOn: string; reason: string },
): Promise<void> {
  throw new Error('not built yet');
}

/** Closes a correction. A reason is needed while findings confirmed by the office remain. @throws InvalidForm, Refusal */
export async function closeCorrection(_ctx: Ctx, _correctionId: number, _reason: string): Promise<void> {
  throw new Error('not built yet');
}

/** @throws NotFound */
export async function readCorrection(_ctx: Ctx, _correctionId: number): Promise<Correction> {
  throw new Error('not built yet');
}

/** By due date, the earliest first; closed ones by their closing, the latest first. Without messages. */
export async function listCorrections(
  _ctx: Ctx,
  _filter: { state: 'open' | 'answered' | 'closed' | 'overdue'; year?: number },
  _page: { after?: string | null; limit?: number } = {},
): Promise<Page<Omit<Correction, 'messages'>>> {
  throw new Error('not built yet');
}
