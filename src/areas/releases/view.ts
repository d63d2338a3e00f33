import { NotFound, Refusal } from '../../core/refusal.ts';
import { demand, may } from '../organisations/index.ts';
import { findingKinds } from './inspection/kinds.ts';
import type { ReleaseCtx, ReleaseState, ReleaseSubject, ReleaseView } from './model.ts';
import { letThroughOf } from './rules.ts';
import { openDecision, openSealedFindings, releasePlace } from './sealing.ts';
import { checksByDigest, decisionsOf, findCheck } from './store.ts';

/** A check with all its findings and decisions. @throws NotFound */
export async function readRelease(ctx: ReleaseCtx, id: number): Promise<ReleaseView> {
  if (!may(ctx.actor, 'releases.let-through')) demand(ctx.actor, 'releases.check');
  const { db, agencyId, vault } = ctx;
  const check = await findCheck(db, agencyId, id);
  if (!check) throw new NotFound('没有找到这份文件的出口检查。');
  const { subject, version, digest, bytes, passed, checkedBy, checkedAt } = check;
  const decisions = (await decisionsOf(db, agencyId, id)).map((row) => openDecision(ctx, id, row));
  const findings = openSealedFindings(ctx, subject, check.findingsSealed).map((finding) => ({
    ...finding,
    label: findingKinds[finding.kind].label,
    letThrough: letThroughOf(finding, decisions),
  }));
  const name = vault.open(check.nameSealed, releasePlace('name', agencyId, subject));
  return { id, version, subject, digest, name, bytes, passed, checkedBy, checkedAt, findings, decisions };
}

/** How far files of a subject have come, by the keyed digest of their content; those never checked are absent. */
export async function releaseStates(
  ctx: ReleaseCtx,
  subject: ReleaseSubject,
  digests: readonly string[],
): Promise<Map<string, ReleaseState>> {
  const checks = await checksByDigest(ctx.db, ctx.agencyId, subject, digests);
  return new Map(checks.map(({ digest, id, passed, open }) => [digest, { checkId: id, passed, open }]));
}

/**
 * Makes sure that every one of these files, by the keyed digest of its content (`vault.digest('content', sha256)`), was
 * checked for this subject and has nothing open. A check for another subject does not count.
 * @throws Refusal saying how many are not checked and what is open
 */
export async function demandReleased(
  ctx: ReleaseCtx,
  subject: ReleaseSubject,
  digests: readonly string[],
): Promise<void> {
  const wanted = new Set(digests);
  const checks = await checksByDigest(ctx.db, ctx.agencyId, subject, [...wanted]);
  const unchecked = wanted.size - checks.length;
  const open = checks.filter(({ passed }) => !passed);
  if (unchecked === 0 && open.length === 0) return;
  const reasons = [
    ...(unchecked > 0 ? [`${unchecked} 份文件还没有做出口检查`] : []),
    ...(await Promise.all(
      open.map(async ({ id }) => {
        const { findings } = await readOpen(ctx, id);
        return `第 ${id} 号检查还有没处理的发现（${findings.join('、')}）`;
      }),
    )),
  ];
  throw new Refusal('releases-open', `文件不能发出：${reasons.join('；')}。请逐项清理或说明理由放行。`);
}

async function readOpen(ctx: ReleaseCtx, id: number): Promise<{ findings: string[] }> {
  const { findings } = await readRelease({ ...ctx, actor: { kind: 'system', name: ctx.actor.name } }, id);
  const labels = findings
    .filter(({ severity, letThrough }) => severity !== 'notice' && !letThrough)
    .map(({ label }) => label);
  return { findings: [...new Set(labels)] };
}
