import { Temporal } from 'temporal-polyfill';
import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { visibleLine, visibleText } from '../../core/visible-text.ts';
import { parseDay } from '../../law/index.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import {
  correctionsPage,
  findCorrection,
  insertCorrection,
  insertMessage,
  lockCorrection,
  updateCorrection,
} from './correction-store.ts';
import { dueProposal } from './due-proposal.ts';
import { countConfirmed } from './finding-store.ts';
import type { Correction, Page } from './model.ts';
import { pageSize } from './paging.ts';
import { reportSubject } from './placement.ts';
import { lockStanding } from './report-store.ts';
import { type CorrectionMove, dueDateProblem, isYear, movedCorrection } from './rules.ts';
import { demandUnit } from './unit-actions.ts';

const GROUND = '《政府信息公开条例》第四十七条、第五十条';
const TEXT_LENGTH = 4000;

/**
 * Asks a unit to correct its report. `dueOn` is that of `dueProposal` when absent. Returns the correction's id.
 * @throws InvalidForm; Refusal when one is open already
 */
export async function openCorrection(
  ctx: Ctx,
  request: { unitId: number; year: number; text: string; dueOn?: string },
): Promise<number> {
  demand(ctx.actor, 'filed-reports.ask');
  const unit = await demandUnit(ctx, request.unitId);
  if (!isYear(request.year)) throw new NotFound('没有这个年度的报告。');
  const text = readText(request.text);
  const dueOn = await readDue(ctx, request.dueOn);
  return transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    const standing = await lockStanding(db, agencyId, unit.id, request.year);
    if (!standing) throw new Refusal('nothing-filed', '这个单位还没有报送这一年度的报告，请先催报。');
    const { version } = standing;
    const { year } = request;
    const opened = { openedAt: now(ctx), openedBy: ctx.actor.name };
    const id = await insertCorrection(db, agencyId, { unitId: unit.id, year, version, dueOn, ...opened });
    if (id === null)
      throw new Refusal('correction-open', '这份报告已有一项没有办结的更正，请在原来的往来中继续。');
    await say(ctx, id, { side: 'office', byName: ctx.actor.name, text });
    await record(ctx, {
      act: 'filed-reports.ask',
      ground: GROUND,
      subject: reportSubject(unit, year),
      after: { version, due: dueOn, message: text },
    });
    return id;
  });
}

/**
 * Adds to the conversation: the office's words, or what the unit answered by letter or telephone (`byName` says who).
 * The unit's answer makes the case answered unless `answers` is false; the office's next question opens it again.
 * @throws InvalidForm, Refusal
 */
export async function addMessage(
  ctx: Ctx,
  correctionId: number,
  message: { side: 'office' | 'unit'; byName?: string; text: string; dueOn?: string; answers?: boolean },
): Promise<void> {
  demand(ctx.actor, 'filed-reports.ask');
  const text = readText(message.text);
  const byName = message.side === 'office' ? ctx.actor.name : visibleLine(message.byName ?? '');
  if (byName.length < 1 || byName.length > 100)
    throw new InvalidForm({ byName: '请写明是哪位答复的，最多 100 个字。' });
  const due = message.dueOn === undefined ? undefined : await readDue(ctx, message.dueOn);
  const proposed = (await dueProposal(ctx)).dueOn;
  await changing(ctx, correctionId, async (ctx, held) => {
    const move: CorrectionMove =
      message.side === 'office' ? 'ask' : message.answers === false ? 'remark' : 'answer';
    const state = movedCorrection(move, held.state);
    // Asked once more after an answer, the unit has its days again.
    const dueOn = due ?? (move === 'ask' && held.state === 'answered' ? proposed : held.dueOn);
    await updateCorrection(ctx.db, ctx.agencyId, correctionId, { state, due_on: dueOn });
    await say(ctx, correctionId, { side: message.side, byName, text });
    const verb = message.side === 'office' ? 'ask' : 'answer';
    return { verb, before: { state: held.state }, after: { state, due: dueOn, by: byName, message: text } };
  });
}

/** @throws InvalidForm without a reason or for a day that is not later than today */
export async function changeDueDate(
  ctx: Ctx,
  correctionId: number,
  change: { dueOn: string; reason: string },
): Promise<void> {
  demand(ctx.actor, 'filed-reports.ask');
  const reason = readReason(change.reason);
  const dueOn = await readDue(ctx, change.dueOn);
  await changing(ctx, correctionId, async (ctx, held) => {
    movedCorrection('change-due', held.state);
    await updateCorrection(ctx.db, ctx.agencyId, correctionId, { due_on: dueOn });
    const text = `期限由 ${held.dueOn} 调整为 ${dueOn}：${reason}`;
    await say(ctx, correctionId, { side: 'office', byName: ctx.actor.name, text });
    return { verb: 'change-due', before: { due: held.dueOn }, after: { due: dueOn }, reason };
  });
}

/** Closes a correction. A reason is needed while findings confirmed by the office remain. @throws InvalidForm, Refusal */
export async function closeCorrection(ctx: Ctx, correctionId: number, reason: string): Promise<void> {
  demand(ctx.actor, 'filed-reports.ask');
  await changing(ctx, correctionId, async (ctx, held) => {
    const state = movedCorrection('close', held.state);
    const confirmed = await countConfirmed(ctx.db, ctx.agencyId, held.unitId, held.year);
    if (confirmed > 0 && visibleText(reason).trim().length < 2)
      throw new InvalidForm({ reason: `还有 ${confirmed} 项认定属实的发现没有更正，办结须写明理由。` });
    const why = visibleText(reason).trim() === '' ? '' : readReason(reason);
    await updateCorrection(ctx.db, ctx.agencyId, correctionId, {
      state,
      closed_at: now(ctx),
      closed_by: ctx.actor.name,
      close_reason: why,
    });
    return { verb: 'close', before: { state: held.state }, after: { state, confirmed }, reason: why };
  });
}

/** @throws NotFound */
export async function readCorrection(ctx: Ctx, correctionId: number): Promise<Correction> {
  demand(ctx.actor, 'filed-reports.read');
  const found = await findCorrection(ctx.db, ctx.agencyId, correctionId, ctx.clock.today().toString());
  if (!found) throw new NotFound('没有找到这项更正。');
  return found;
}

/** By due date, the earliest first; closed ones by theirs, the latest first. Without messages. */
export async function listCorrections(
  ctx: Ctx,
  filter: { state: 'open' | 'answered' | 'closed' | 'overdue'; year?: number },
  page: { after?: string | null; limit?: number } = {},
): Promise<Page<Omit<Correction, 'messages'>>> {
  demand(ctx.actor, 'filed-reports.read');
  const today = ctx.clock.today().toString();
  const { after = null, limit } = page;
  return correctionsPage(ctx.db, ctx.agencyId, filter, today, { after, limit: pageSize(limit) });
}

interface Change {
  verb: 'ask' | 'answer' | 'change-due' | 'close';
  before: object;
  after: object;
  reason?: string;
}

/** Locks the correction, lets `change` write, and records what it answers. */
async function changing(
  ctx: Ctx,
  id: number,
  change: (ctx: Ctx, held: Omit<Correction, 'messages'>) => Promise<Change>,
): Promise<void> {
  await transact(ctx, async (ctx) => {
    const held = await lockCorrection(ctx.db, ctx.agencyId, id, ctx.clock.today().toString());
    if (!held) throw new NotFound('没有找到这项更正。');
    const { verb, before, after, reason } = await change(ctx, held);
    await record(ctx, {
      act: `filed-reports.${verb === 'answer' ? 'answer' : verb}`,
      subject: reportSubject({ id: held.unitId, name: held.unitName }, held.year),
      before,
      after,
      ...(reason ? { reason } : {}),
    });
  });
}

async function say(
  ctx: Ctx,
  correctionId: number,
  message: { side: 'office' | 'unit'; byName: string; text: string },
): Promise<void> {
  await insertMessage(ctx.db, ctx.agencyId, { correctionId, ...message, at: now(ctx), version: null });
}

function readText(given: string): string {
  const text = visibleText(given).trim();
  if (text === '') throw new InvalidForm({ text: '请写明内容。' });
  if (text.length > TEXT_LENGTH)
    throw new InvalidForm({ text: `内容最多 ${TEXT_LENGTH} 字，现在有 ${text.length} 字。` });
  return text;
}

function readReason(given: string): string {
  const reason = visibleText(given).trim();
  if (reason.length < 2 || reason.length > 500)
    throw new InvalidForm({ reason: '请用 2 至 500 个字写明理由。' });
  return reason;
}

async function readDue(ctx: Ctx, given: string | undefined): Promise<string> {
  if (given === undefined || given === '') return (await dueProposal(ctx)).dueOn;
  if (parseDay(given) === null) throw new InvalidForm({ dueOn: '请选择期限。' });
  const problem = dueDateProblem(given, ctx.clock.today());
  if (problem) throw new InvalidForm({ dueOn: problem });
  return Temporal.PlainDate.from(given).toString();
}

const now = ({ clock }: Ctx): Date => instantOf(clock);
