import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import type { Figure } from '../../core/figure.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { notify } from '../notifications/index.ts';
import { demand, findUnit, may, staffWithRole, type Unit } from '../organisations/index.ts';
import { type Line, linesOf, overlapsOf, replaceLines } from './line-store.ts';
import {
  type Move,
  type Mover,
  moved,
  moves,
  obstacle,
  type Period,
  periodProblem,
  quantityProblem,
  seesAllUnits,
  submissionProblem,
} from './rules.ts';
import {
  findByPeriod,
  findReturn,
  insertDraft,
  listReturns,
  lockReturn,
  lockUnitOf,
  type Return,
  updateReturn,
} from './store.ts';

const GROUND = '国办发〔2014〕32号';

export function moverOf({ actor }: Ctx): Mover {
  return {
    staffId: actor.kind === 'staff' ? actor.staffId : null,
    unitId: actor.kind === 'staff' ? actor.unitId : null,
    mayFill: may(actor, 'returns.fill'),
    mayReview: may(actor, 'returns.review'),
  };
}

/** The unit whose returns the actor is bound to; null when he sees all. */
export function ownUnitOnly({ actor }: Ctx): number | null {
  return actor.kind === 'staff' && !seesAllUnits(actor.roles) ? (actor.unitId ?? 0) : null;
}

/** A return the actor may see. @throws NotFound also for those of other units */
export async function readReturn(ctx: Ctx, id: number): Promise<Return> {
  demand(ctx.actor, 'returns.read');
  const found = await findReturn(ctx.db, ctx.agencyId, id);
  const bound = ownUnitOnly(ctx);
  if (!found || (bound !== null && bound !== found.unitId)) throw new NotFound('没有找到这份填报。');
  return found;
}

/** The unit named, or the actor's own. @throws NotFound for units the actor may not see */
export async function readUnit(ctx: Ctx, unitId: number | null): Promise<Unit> {
  const bound = ownUnitOnly(ctx);
  const wanted = unitId ?? (ctx.actor.kind === 'staff' ? ctx.actor.unitId : null);
  const unit =
    wanted !== null && (bound === null || bound === wanted)
      ? await findUnit(ctx.db, ctx.agencyId, wanted)
      : null;
  if (!unit) throw new NotFound('没有找到这个单位。');
  return unit;
}

/** What an open form sends: the version it was drawn from, its own mark, and every line it holds. */
export interface DraftForm {
  unitId: number;
  period: Period;
  /** 0 when the form was drawn before the return existed. */
  version: number;
  desk: string;
  lines: readonly Line[];
}

/** Somebody else saved the return since the form was drawn; `theirs` is what stands there now. */
export class EditedMeanwhile extends Refusal {
  readonly theirs: Return;
  readonly lines: readonly Line[];

  constructor(theirs: Return, lines: readonly Line[]) {
    super(
      'returns-edited-meanwhile',
      '您填写期间，他人保存了这份填报。您填的内容都还在，请核对标出的指标后再保存。',
    );
    this.theirs = theirs;
    this.lines = lines;
  }
}

/**
 * Saves a unit's draft, beginning it when there is none. Autosaves (`quiet`) leave no ledger line of their own: what is
 * submitted is recorded whole.
 * @throws InvalidForm by field `q.<figure>`; EditedMeanwhile; Refusal when the return is not the unit's to fill
 */
export async function saveDraft(
  ctx: Ctx,
  figures: ReadonlyMap<string, Figure>,
  form: DraftForm,
  options: { quiet?: boolean } = {},
): Promise<Return> {
  demand(ctx.actor, 'returns.fill');
  const unit = await readUnit(ctx, form.unitId);
  checkPeriod(ctx, form.period, unit);
  checkLines(figures, form.lines);
  return transact(ctx, async (trx) => {
    const { id, begun } = await draftFor(trx, unit, form.period);
    const held = await lockReturn(trx.db, trx.agencyId, id);
    if (!held) throw new NotFound('没有找到这份填报。');
    moved('fill', held, moverOf(trx));
    const before = await linesOf(trx.db, trx.agencyId, id);
    const continued = form.desk !== '' && held.lastDesk === form.desk && form.version >= held.deskFrom;
    if (held.version !== form.version && !continued) throw new EditedMeanwhile(held, before);
    const changes = changesBetween(before, form.lines);
    const saved = { ...held, version: held.version + 1 };
    await replaceLines(trx.db, trx.agencyId, held, form.lines);
    await updateReturn(trx.db, trx.agencyId, id, {
      hands: withHand(held.hands, trx),
      version: saved.version,
      last_desk: form.desk,
      desk_from: held.lastDesk === form.desk ? held.deskFrom : held.version,
    });
    if (begun) await note(trx, held, 'start', {});
    if (!options.quiet && changes !== null) await note(trx, held, 'fill', changes);
    return saved;
  });
}

function checkPeriod(ctx: Ctx, period: Period, unit: Unit): void {
  const problem = periodProblem(period, ctx.clock.today(), unit.closedOn);
  if (problem) throw new InvalidForm({ period: problem });
}

function checkLines(figures: ReadonlyMap<string, Figure>, lines: readonly Line[]): void {
  const faults: Record<string, string> = {};
  const seen = new Set<string>();
  for (const { figure: code, quantity, note: text } of lines) {
    const figure = figures.get(code);
    const name = `q.${code}`;
    if (!figure) faults[name] = `没有“${code}”这个指标`;
    else if (figure.source === 'records') faults[name] = `“${figure.label}”由系统按记录统计，不接受填报`;
    else if (seen.has(code)) faults[name] = `“${figure.label}”填了两次，请只保留一个`;
    else if (quantity !== null) {
      const problem = quantityProblem(figure, quantity);
      if (problem) faults[name] = `${figure.label}:${problem}`;
    }
    if (text.length > 500) faults[`n.${code}`] = '备注最多 500 字';
    seen.add(code);
  }
  if (Object.keys(faults).length > 0) throw new InvalidForm(faults);
}

async function draftFor(ctx: Ctx, unit: Unit, period: Period): Promise<{ id: number; begun: boolean }> {
  const by = ctx.actor.kind === 'staff' ? ctx.actor.staffId : null;
  const existing = await findByPeriod(ctx.db, ctx.agencyId, unit.id, period);
  if (existing) return { id: existing.id, begun: false };
  const id = await insertDraft(ctx.db, ctx.agencyId, {
    unitId: unit.id,
    period,
    by,
    at: instantOf(ctx.clock),
  });
  if (id !== null) return { id, begun: true };
  const other = await findByPeriod(ctx.db, ctx.agencyId, unit.id, period);
  if (!other) throw new Refusal('returns-busy', '这份填报正在被他人建立，请稍候再试。');
  return { id: other.id, begun: false };
}

/** One move by one person: asks the table, writes, records, tells those who must know. Returns the state reached. */
export async function moveReturn(ctx: Ctx, id: number, move: Move, reason = ''): Promise<Return> {
  await readReturn(ctx, id);
  const why = reason.trim();
  return transact(ctx, async (trx) => {
    const held = await lockReturn(trx.db, trx.agencyId, id);
    if (!held) throw new NotFound('没有找到这份填报。');
    const status = moved(move, held, moverOf(trx));
    if (moves[move].reason && why === '')
      throw new InvalidForm({ reason: `请写明${moves[move].label}的理由` });
    if (why.length > 500) throw new InvalidForm({ reason: '理由最多 500 字' });
    if (move === 'submit') await checkSubmission(trx, held);
    const by = trx.actor.kind === 'staff' ? trx.actor.staffId : null;
    await updateReturn(trx.db, trx.agencyId, id, {
      status,
      version: held.version + 1,
      last_desk: '',
      ...(why === '' ? {} : { reason: why }),
      ...(move === 'submit'
        ? {
            submitted_by: by,
            submitted_at: instantOf(trx.clock),
            hands: withHand(held.hands, trx),
            reviewed_by: null,
            reviewed_at: null,
          }
        : {}),
      ...(moves[move].by === 'reviewer' ? { reviewed_by: by, reviewed_at: instantOf(trx.clock) } : {}),
    });
    await tell(trx, held, move, why);
    const lines = move === 'submit' || move === 'accept' ? await linesOf(trx.db, trx.agencyId, id) : null;
    await note(trx, held, move, {
      before: { status: held.status },
      after: { status, ...(lines ? { lines: byFigure(lines) } : {}) },
      reason: why,
    });
    return { ...held, status, reason: why };
  });
}

async function checkSubmission(ctx: Ctx, held: Return): Promise<void> {
  const early = submissionProblem(held, ctx.clock.today());
  if (early) throw new Refusal('returns-too-early', `${early}。`);
  await lockUnitOf(ctx.db, ctx.agencyId, held.unitId);
  const overlaps = await overlapsOf(ctx.db, ctx.agencyId, held);
  const [first] = overlaps;
  if (first) {
    throw new Refusal(
      'returns-overlap',
      `有 ${overlaps.length} 项指标已在另一份填报（${first.from} 至 ${first.to}）中报送，重复报送会重复计数。请先请信息公开专员退回或撤销那一份，或在本表中删去这些指标。`,
    );
  }
}

/** Accepts many; those that cannot be are skipped and said why. Each is its own transaction. */
export async function acceptReturns(
  ctx: Ctx,
  ids: readonly number[],
): Promise<{ accepted: number[]; skipped: { id: number; reason: string }[] }> {
  demand(ctx.actor, 'returns.review');
  const accepted: number[] = [];
  const skipped: { id: number; reason: string }[] = [];
  for (const id of ids) {
    try {
      await moveReturn(ctx, id, 'accept');
      accepted.push(id);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      skipped.push({ id, reason: error.message });
    }
  }
  return { accepted, skipped };
}

/** Which of the returns could be accepted by this person now, and why the others not: the preview of `acceptReturns`. */
export async function previewAcceptance(
  ctx: Ctx,
  ids: readonly number[],
): Promise<{ ready: Return[]; skipped: { item: Return; reason: string }[] }> {
  demand(ctx.actor, 'returns.review');
  const ready: Return[] = [];
  const skipped: { item: Return; reason: string }[] = [];
  for (const id of ids) {
    const item = await findReturn(ctx.db, ctx.agencyId, id);
    if (!item) continue;
    const why = obstacle('accept', item, moverOf(ctx));
    if (why) skipped.push({ item, reason: why.message });
    else ready.push(item);
  }
  return { ready, skipped };
}

/** Returns that wait for the actor as member of a unit: sent back or unfinished ones. */
export async function unfinishedReturns(ctx: Ctx): Promise<Return[]> {
  if (ctx.actor.kind !== 'staff' || ctx.actor.unitId === null) return [];
  const { unitId } = ctx.actor;
  const returned = await listReturns(ctx.db, ctx.agencyId, { status: 'returned', unitId, limit: 50 });
  const drafts = await listReturns(ctx.db, ctx.agencyId, { status: 'draft', unitId, limit: 50 });
  return [...returned, ...drafts];
}

async function tell(ctx: Ctx, held: Return, move: Move, reason: string): Promise<void> {
  const href = `/workbench/returns/${held.id}`;
  const name = `${held.unitName}${periodName(held)}填报`;
  if (move === 'submit') {
    const officers = await staffWithRole(
      ctx.db,
      ctx.agencyId,
      'disclosure-officer',
      ctx.clock.today().toString(),
    );
    await notify(
      ctx,
      officers.map(({ id }) => id),
      { title: `待审核：${name}`, href },
    );
  } else if (moves[move].by === 'reviewer') {
    const words = move === 'accept' ? `已通过：${name}` : `${moves[move].label}:${name}，理由：${reason}`;
    await notify(ctx, held.hands, { title: words, href });
  }
}

async function note(
  ctx: Ctx,
  held: Return,
  verb: Move | 'start',
  what: { before?: unknown; after?: unknown; reason?: string },
): Promise<void> {
  await record(ctx, {
    act: `returns.${verb}`,
    ground: GROUND,
    subject: { kind: 'return', id: held.id, label: `${held.unitName}${periodName(held)}` },
    ...what,
  });
}

/** `2018年3月` for a whole month, else both days. */
export function periodName({ from, to }: Period): string {
  const [year, month] = from.split('-').map(Number);
  if (from.endsWith('-01') && to.slice(0, 7) === from.slice(0, 7) && Number(to.slice(8)) >= 28)
    return `${year}年${month}月`;
  return from.endsWith('-01-01') && to.endsWith('-12-31') ? `${year}年全年` : `${from} 至 ${to} `;
}

function changesBetween(
  before: readonly Line[],
  after: readonly Line[],
): { before: object; after: object } | null {
  const old = byFigure(before);
  const fresh = byFigure(after);
  const changed = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].filter(
    (code) => old[code] !== fresh[code],
  );
  if (changed.length === 0) return null;
  const pick = (all: Record<string, string>) =>
    Object.fromEntries(changed.flatMap((code) => (all[code] === undefined ? [] : [[code, all[code]]])));
  return { before: pick(old), after: pick(fresh) };
}

/** Lines as the ledger keeps them: quantity (留空 for a stated blank) with its note. */
function byFigure(lines: readonly Line[]): Record<string, string> {
  return Object.fromEntries(
    lines.map(({ figure, quantity, note: text }) => [
      figure,
      `${quantity ?? '留空'}${text === '' ? '' : `(${text})`}`,
    ]),
  );
}

function withHand(hands: readonly number[], { actor }: Ctx): number[] {
  return actor.kind === 'staff' ? [...new Set([...hands, actor.staffId])] : [...hands];
}
