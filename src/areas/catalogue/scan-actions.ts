import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { visibleText } from '../../core/visible-text.ts';
import { record } from '../../ledger/index.ts';
import { type Choice, putRight } from '../reviews/index.ts';
import { holdVersion, moverOf, now, staffOf, subjectOf } from './acting.ts';
import { cleaned } from './draft-actions.ts';
import { filesOfVersion } from './file-store.ts';
import { updateItem } from './item-store.ts';
import type { LetStand, Version } from './model.ts';
import { demandMove } from './rules.ts';
import { findingsOf, scanFacts, scannedOf } from './scanning.ts';
import { joinHands, updateVersion, writeContent } from './version-store.ts';

const gone = () =>
  new Refusal('catalogue-finding-gone', '这一处已经改过，页面上的检查结果已经更新。', { status: 409 });

/** Puts a finding right, or everything of its kind, and saves the draft. Saving is no act of the ledger. */
export async function fixFinding(ctx: Ctx, itemId: number, choice: Choice): Promise<void> {
  await writing(ctx, itemId, async (ctx, version) => {
    const files = await filesOfVersion(ctx.db, ctx.agencyId, itemId, version.version);
    const words = visibleText(choice.words).trim();
    const text = scannedOf(version, files);
    const right = putRight(text, await scanFacts(ctx, version), { ...choice, words });
    if (!right) throw gone();
    const { files: _files, normative: _normative, ...content } = right;
    const clean = cleaned({ ...version, ...content });
    await writeContent(ctx.db, ctx.agencyId, version, clean, { staffId: staffOf(ctx), at: now(ctx) });
    return clean.title;
  });
}

/** Lets a finding stand for a reason that reviewers read. @throws InvalidForm; Refusal when it is gone or must be put right */
export async function letStand(
  ctx: Ctx,
  itemId: number,
  given: { key: string; reason: string },
): Promise<void> {
  const reason = visibleText(given.reason).trim();
  if (reason.length < 4 || reason.length > 200)
    throw new InvalidForm({ reason: '请写明保留的理由，4 至 200 字。' });
  await writing(ctx, itemId, async (ctx, version) => {
    const findings = await findingsOf(ctx, version);
    const chosen = findings.find(({ finding }) => finding.key === given.key)?.finding;
    if (!chosen) throw gone();
    if (chosen.severity !== 'needs-reason')
      throw new Refusal('catalogue-must-fix', `${chosen.label}必须改正，不能说明理由保留。`, { status: 409 });
    const standing = new Set(findings.map(({ finding }) => finding.key));
    const kept = version.letStand.filter(({ key }) => key !== given.key && standing.has(key));
    const by = ctx.actor.name;
    await keep(ctx, version, [...kept, { key: given.key, reason, by, at: now(ctx).toISOString() }]);
    await record(ctx, {
      act: 'catalogue.let-stand',
      subject: subjectOf({ id: itemId, title: version.title }),
      after: { finding: chosen.label },
      reason,
    });
  });
}

/** Takes a reason back: the finding stands open again. */
export async function takeReasonBack(ctx: Ctx, itemId: number, key: string): Promise<void> {
  await writing(ctx, itemId, async (ctx, version) => {
    const kept = version.letStand.filter((one) => one.key !== key);
    if (kept.length === version.letStand.length) throw gone();
    await keep(ctx, version, kept);
    await record(ctx, {
      act: 'catalogue.take-reason-back',
      subject: subjectOf({ id: itemId, title: version.title }),
    });
  });
}

/** Whoever answers for what stands in a text has had a hand in it and does not review it. */
async function keep(ctx: Ctx, version: Version, reasons: readonly LetStand[]): Promise<void> {
  await updateVersion(ctx.db, ctx.agencyId, version, { let_stand: JSON.stringify(reasons) });
  const staffId = staffOf(ctx);
  if (staffId !== null) await joinHands(ctx.db, ctx.agencyId, version, staffId);
}

/** Changes a draft that is held; `change` gives the new title where there may be one. */
async function writing(
  ctx: Ctx,
  itemId: number,
  change: (ctx: Ctx, version: Version) => Promise<string | undefined>,
): Promise<void> {
  await transact(ctx, async (ctx) => {
    const { item, version } = await holdVersion(ctx, itemId);
    demandMove('save', item, version, await moverOf(ctx, 'save'));
    const title = await change(ctx, version);
    if (title !== undefined && item.liveVersion === null)
      await updateItem(ctx.db, ctx.agencyId, itemId, { title });
  });
}
