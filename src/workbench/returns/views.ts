import { randomBytes } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { askedFigures, returnForm } from '../../annual-report/index.ts';
import type { App } from '../../app.ts';
import {
  acceptedLines,
  filesOf,
  findByPeriod,
  isWholeMonth,
  linesOf,
  type Move,
  monthPeriod,
  moverOf,
  moves,
  obstacle,
  type Period,
  readReturn,
  readUnit,
} from '../../areas/returns/index.ts';
import type { Ctx } from '../../core/context.ts';
import { actsOf } from '../../ledger/index.ts';
import type { FillProps } from './fill.tsx';
import { gridOf } from './forms.ts';
import type { ShowProps } from './show.tsx';

/** The same kind of period one step and one year before. */
function neighbours(period: Period): { previous: Period; lastYear: Period } {
  const from = Temporal.PlainDate.from(period.from);
  const to = Temporal.PlainDate.from(period.to);
  if (isWholeMonth(period)) {
    const month = (date: Temporal.PlainDate) => monthPeriod(date.toString().slice(0, 7));
    return { previous: month(from.subtract({ months: 1 })), lastYear: month(from.subtract({ years: 1 })) };
  }
  const days = from.until(to).days + 1;
  const shifted = (by: Temporal.DurationLike): Period => ({
    from: from.subtract(by).toString(),
    to: to.subtract(by).toString(),
  });
  return { previous: shifted({ days }), lastYear: shifted({ years: 1 }) };
}

async function neighbourLines(ctx: Ctx, unitId: number, period: Period) {
  const { previous, lastYear } = neighbours(period);
  return {
    previous: await acceptedLines(ctx.db, ctx.agencyId, unitId, previous),
    lastYear: await acceptedLines(ctx.db, ctx.agencyId, unitId, lastYear),
  };
}

/** A period lies within one year. */
export const yearOfPeriod = ({ from }: Period): number => Number(from.slice(0, 4));

/** Every figure, those of the year called as its tables call them. */
export const calledAsOf = (figures: App['figures'], year: number): App['figures'] =>
  new Map([...figures, ...askedFigures(figures, year)]);

/** What the fill page shows of a unit's period as it stands. */
export async function fillView(
  app: App,
  ctx: Ctx,
  unitId: number | null,
  period: Period,
): Promise<FillProps> {
  const unit = await readUnit(ctx, unitId);
  const begun = await findByPeriod(ctx.db, ctx.agencyId, unit.id, period);
  return {
    unit,
    period,
    form: returnForm(app.figures, yearOfPeriod(period)),
    input: gridOf(begun ? await linesOf(ctx.db, ctx.agencyId, begun.id) : []),
    errors: {},
    ...(await neighbourLines(ctx, unit.id, period)),
    version: begun?.version ?? 0,
    desk: randomBytes(9).toString('base64url'),
    returnHref: begun ? `/workbench/returns/${begun.id}` : null,
    isOpen: !begun || moves.fill.from.includes(begun.status),
    reason: begun?.status === 'returned' ? begun.reason : null,
  };
}

export async function showView(app: App, ctx: Ctx, id: number): Promise<ShowProps> {
  const item = await readReturn(ctx, id);
  const mover = moverOf(ctx);
  const mayTry = (move: Move) => (moves[move].by === 'unit' ? mover.mayFill : mover.mayReview);
  const offered = (Object.keys(moves) as Move[])
    .filter((move) => moves[move].from.includes(item.status) && mayTry(move))
    .map((move) => ({ move, obstacle: obstacle(move, item, mover)?.message ?? null }));
  return {
    item,
    lines: await linesOf(ctx.db, ctx.agencyId, id, 500),
    figures: calledAsOf(app.figures, yearOfPeriod(item)),
    ...(await neighbourLines(ctx, item.unitId, item)),
    files: await filesOf(ctx.db, ctx.agencyId, id),
    history: await actsOf(ctx.db, ctx.agencyId, 'return', id),
    offered,
    mayAttach: obstacle('fill', item, mover) === null,
  };
}
