import {
  addMessage,
  judgeFinding,
  type ListedFinding,
  openCorrection,
  worstFindings,
  yearSummaries,
} from '../../areas/filed-reports/index.ts';
import { clockAt } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { castOn } from '../people.ts';
import { reportedYears, setUnits } from './units.ts';

const year = Math.max(...setUnits.flatMap(reportedYears));
/** Days of the office after the reports came in, in the order of its work. */
const days = { judged: `${year + 1}-02-13`, asked: `${year + 1}-02-14`, answered: `${year + 1}-02-22` };

/** Whether every report of the newest year has been read and checked. */
export async function isRead(ctx: Ctx): Promise<boolean> {
  const [summary] = await yearSummaries(ctx, [year]);
  return summary !== undefined && summary.expected > 0 && summary.missing === 0 && summary.waiting === 0;
}

/**
 * What the demonstration office has done about the newest year, by its own people: findings judged, one of them explained
 * away, two bodies asked to correct, one of which has answered. An office that has corrections already is left alone.
 */
export async function correspond(ctx: Ctx): Promise<void> {
  const [summary] = await yearSummaries(ctx, [year]);
  if (!summary || summary.corrections > 0) return;
  const { items } = await worstFindings(ctx, { year, verdict: 'wrong' }, { limit: 100 });
  const [first, second, third] = [...Map.groupBy(items, ({ unitId }) => unitId).values()];
  const judge = await personOf(ctx, 'shengban', days.judged);
  await judgeAll(judge, [...(first ?? []), ...(second ?? [])], 'confirmed', '');
  await judgeAll(
    judge,
    (third ?? []).slice(0, 1),
    'explained',
    '电话核实：该单位已在正文中说明口径，下年度改正。',
  );
  const asker = await personOf(ctx, 'shengdu', days.asked);
  if (first) await ask(asker, first);
  if (!second) return;
  const correctionId = await ask(asker, second);
  await addMessage(await personOf(ctx, 'shengdu', days.answered), correctionId, {
    side: 'unit',
    byName: `${second[0]!.unitName}办公室`,
    text: '已核对登记台账，系汇总时多计，更正后的报告正在履行审核程序，三日内重新报送。',
  });
}

async function judgeAll(
  ctx: Ctx,
  findings: readonly ListedFinding[],
  judgement: 'confirmed' | 'explained',
  note: string,
): Promise<void> {
  for (const { unitId, key } of findings) await judgeFinding(ctx, { unitId, year, key }, { judgement, note });
}

async function ask(ctx: Ctx, findings: readonly ListedFinding[]): Promise<number> {
  const list = findings.map(({ finding }, index) => `${index + 1}. ${finding.message}`).join('\n');
  const text = `经核查，你单位${year}年度报告有下列问题，请核对后重新报送：\n${list}`.slice(0, 1800);
  return openCorrection(ctx, { unitId: findings[0]!.unitId, year, text });
}

/** The context of one of the office's people on a day. */
async function personOf(ctx: Ctx, username: string, on: string): Promise<Ctx> {
  return { ...ctx, clock: clockAt(on), actor: (await castOn(ctx, on))(username) };
}
