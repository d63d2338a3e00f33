import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { visibleText } from '../../core/visible-text.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { findFinding, findingsOf, findVerdict, writeVerdict } from './finding-store.ts';
import type { Judgement } from './model.ts';
import { reportSubject } from './placement.ts';
import { lockStanding, writeStanding } from './report-store.ts';
import { isYear, judgements, standingOf } from './rules.ts';
import { demandUnit } from './unit-actions.ts';

const NOTE_LENGTH = 1000;

/**
 * The office's judgement of a finding; null takes it back. It survives re-checking, re-reading and new versions as long as
 * the same contradiction is found. @throws InvalidForm; NotFound when the newest check has no such finding
 */
export async function judgeFinding(
  ctx: Ctx,
  of: { unitId: number; year: number; key: string },
  verdict: { judgement: Judgement | null; note: string },
): Promise<void> {
  demand(ctx.actor, 'filed-reports.judge');
  const unit = await demandUnit(ctx, of.unitId);
  const note = visibleText(verdict.note).trim();
  const { judgement } = verdict;
  if (judgement !== null && !(judgement in judgements))
    throw new InvalidForm({ judgement: '请选择认定结果。' });
  if (note.length > NOTE_LENGTH) throw new InvalidForm({ note: `说明最多 ${NOTE_LENGTH} 字。` });
  if ((judgement === 'dismissed' || judgement === 'explained') && note.length < 2)
    throw new InvalidForm({ note: `认定为“${judgements[judgement]}”时，请写明理由。` });
  await transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    const standing = isYear(of.year) ? await lockStanding(db, agencyId, of.unitId, of.year) : null;
    const finding = standing && (await findFinding(db, agencyId, of));
    if (!finding) throw new NotFound('最近一次核查没有这项发现，可能报告已更新，请刷新页面。');
    const before = await findVerdict(db, agencyId, of);
    if (before === null && judgement === null) return;
    if (before?.judgement === judgement && before.note === note) return;
    await writeVerdict(db, agencyId, of, judgement === null ? null : { judgement, note, ...stamp(ctx) });
    const findings = await findingsOf(db, agencyId, of.unitId, of.year);
    const weighed = findings.map(({ finding, judged }) => ({ finding, judged: judged?.judgement ?? null }));
    // Before its first check is done a report stays what it is.
    const { state, ...counts } = standingOf(weighed);
    await writeStanding(
      db,
      agencyId,
      of,
      { ...counts, state: standing.state === 'waiting' ? 'waiting' : state },
      null,
    );
    await record(ctx, {
      act: 'filed-reports.judge',
      subject: reportSubject(unit, of.year),
      before: before && { judgement: judgements[before.judgement], note: before.note },
      after: {
        rule: finding.rule,
        message: finding.message,
        judgement: judgement === null ? '撤回认定' : judgements[judgement],
        note,
      },
    });
  });
}

function stamp({ actor, clock }: Ctx): { byId: number | null; byName: string; at: Date } {
  return {
    byId: actor.kind === 'staff' ? actor.staffId : null,
    byName: actor.name,
    at: instantOf(clock),
  };
}
