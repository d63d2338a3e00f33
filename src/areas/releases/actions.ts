import { instantOf } from '../../core/clock.ts';
import { transact } from '../../core/db.ts';
import { NotFound, Refusal } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import type { GateFinding } from './inspection/finding.ts';
import { findingKinds } from './inspection/kinds.ts';
import type { ReleaseCtx, ReleaseHost, ReleaseRef, ReleaseSubject } from './model.ts';
import { countKinds, demandFindings, letThroughOf, openFindings, readReason } from './rules.ts';
import {
  decisionPlace,
  digestsOf,
  openDecision,
  openSealedFindings,
  releasePlace,
  sealFindings,
} from './sealing.ts';
import {
  type CheckRow,
  type ContentRow,
  checkOfContent,
  decisionsOf,
  findContent,
  insertCheck,
  insertContent,
  insertDecisions,
  lockCheck,
  updateCheck,
} from './store.ts';

/** A file that is to leave, as its room keeps it. */
export interface OutgoingFile {
  name: string;
  bytes: Uint8Array;
}

/**
 * Inspects a file that is to leave with this subject, and binds its content to it. Asked again about the same content, it
 * looks again and keeps what was decided. Returns the check's id.
 * @throws UnreadableFile when it cannot be inspected; Refusal when the content belongs to another subject
 */
export async function checkForRelease(
  ctx: ReleaseCtx,
  { inspecting }: ReleaseHost,
  { subject, file }: { subject: ReleaseSubject; file: OutgoingFile },
): Promise<number> {
  demand(ctx.actor, 'releases.check');
  await transact(ctx, (ctx) => bind(ctx, subject, file.bytes));
  const findings = await inspecting.inspect(file.bytes, { name: file.name, today: ctx.clock.today() });
  return transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    const { id: contentId, subject: owner } = await bind(ctx, subject, file.bytes);
    const known = await checkOfContent(db, agencyId, contentId);
    const decisions = known ? await loadDecisions(ctx, known.id) : [];
    const open = openFindings(findings, decisions).length;
    const checked = { ...checkedFile(ctx, owner, { ...file, findings, open }), contentId };
    const id = known ? known.id : await insertCheck(db, agencyId, owner, checked);
    if (known) await updateCheck(db, agencyId, id, checked);
    await record(ctx, {
      act: 'releases.check',
      subject: subjectOf(id),
      after: { [subject.kind]: subject.id, bytes: file.bytes.length, found: told(findings), open },
    });
    return id;
  });
}

/** The content's place among those known; what one item shows another may show too. @throws Refusal when it belongs to another subject */
async function bind(ctx: ReleaseCtx, subject: ReleaseSubject, bytes: Uint8Array): Promise<ContentRow> {
  const { db, agencyId, vault } = ctx;
  const { sha256, digests } = digestsOf(ctx, bytes);
  for (;;) {
    const known = await findContent(db, agencyId, digests);
    if (known) {
      if (known.subject.kind === subject.kind && (known.subject.id === subject.id || subject.kind === 'item'))
        return known;
      throw new Refusal(
        'releases-other-subject',
        '这份文件的内容属于另一件事项，不能在这里发出。确实要提供同一份公开文件的，请由原件重新导出。',
      );
    }
    const id = await insertContent(db, agencyId, {
      subject,
      digest: digests[0] as string,
      sha256Sealed: vault.seal(sha256, releasePlace('content', agencyId, subject)),
    });
    if (id !== null) return { id, subject };
  }
}

function checkedFile(
  ctx: ReleaseCtx,
  subject: ReleaseSubject,
  { name, bytes, findings, open }: OutgoingFile & { findings: readonly GateFinding[]; open: number },
) {
  return {
    nameSealed: ctx.vault.seal(name, releasePlace('name', ctx.agencyId, subject)),
    bytes: bytes.length,
    findingsSealed: sealFindings(ctx, subject, findings),
    open,
    checkedBy: ctx.actor.name,
    checkedAt: instantOf(ctx.clock),
  };
}

/** What one click cleans: not what somebody has decided to leave in. */
async function cleanable(
  ctx: ReleaseCtx,
  checkId: number,
  findings: readonly GateFinding[],
): Promise<string[]> {
  const decisions = await loadDecisions(ctx, checkId);
  return findings
    .filter((finding) => finding.cleaning !== null && letThroughOf(finding, decisions) === null)
    .map(({ key }) => key);
}

/**
 * Takes findings out of the file: the named ones, or all that can be and were not let through. `bytes` are those that were checked; `keep` puts the
 * new file into its room, in the same transaction.
 * @throws Refusal when the file is another, or somebody acted in between; UnreadableFile
 */
export async function cleanFindings(
  ctx: ReleaseCtx,
  { inspecting }: ReleaseHost,
  ref: ReleaseRef,
  { bytes, keys }: { bytes: Uint8Array; keys: readonly string[] | 'all' },
  keep: (ctx: ReleaseCtx, cleaned: OutgoingFile) => Promise<void>,
): Promise<void> {
  demand(ctx.actor, 'releases.check');
  const { agencyId, vault } = ctx;
  const seen = await transact(ctx, (ctx) => hold(ctx, ref));
  if (!digestsOf(ctx, bytes).digests.includes(seen.digest)) {
    throw new Refusal('releases-other-file', '文件已经不是检查过的那一份，请重新检查。');
  }
  const name = vault.open(seen.nameSealed, releasePlace('name', agencyId, seen.subject));
  const before = openSealedFindings(ctx, seen.subject, seen.findingsSealed);
  const wanted = keys === 'all' ? await cleanable(ctx, ref.id, before) : keys;
  demandFindings(before, wanted);
  const cleaned = await inspecting.clean(bytes, wanted, { name, today: ctx.clock.today() });
  const still = new Set(cleaned.left.map(({ key }) => key));
  const gone = before.filter(({ key }) => !still.has(key));
  if (gone.length === 0) {
    throw new Refusal('releases-not-cleaned', '所选的发现无法自动清理，请在原文件中处理后重新上传。');
  }
  await transact(ctx, async (ctx) => {
    const check = await hold(ctx, { id: ref.id, version: seen.version });
    const { id: contentId, subject } = await bind(ctx, check.subject, cleaned.bytes);
    const twin = await checkOfContent(ctx.db, agencyId, contentId);
    if (twin && twin.id !== check.id) {
      throw new Refusal('releases-twin', '清理后的文件与本件另一份检查过的文件完全相同，请直接使用那一份。');
    }
    const open = openFindings(cleaned.left, await loadDecisions(ctx, check.id)).length;
    await updateCheck(ctx.db, agencyId, check.id, {
      ...checkedFile(ctx, subject, {
        name: cleaned.name,
        bytes: cleaned.bytes,
        findings: cleaned.left,
        open,
      }),
      contentId,
    });
    await decide(ctx, check.id, gone, 'cleaned', null);
    await keep(ctx, { name: cleaned.name, bytes: cleaned.bytes });
    await record(ctx, {
      act: 'releases.clean',
      subject: subjectOf(check.id),
      after: { cleaned: told(gone), open },
    });
  });
}

/**
 * Lets findings stay in the file, for a reason that is kept sealed.
 * @throws InvalidForm; Refusal when a finding is no longer there or somebody acted in between
 */
export async function letThrough(
  ctx: ReleaseCtx,
  ref: ReleaseRef,
  { keys, reason: given }: { keys: readonly string[]; reason: string },
): Promise<void> {
  demand(ctx.actor, 'releases.let-through');
  await transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    const check = await hold(ctx, ref);
    const all = openSealedFindings(ctx, check.subject, check.findingsSealed);
    const findings = demandFindings(all, keys);
    const reason = readReason(given);
    await decide(ctx, check.id, findings, 'let-through', reason);
    const open = openFindings(all, await loadDecisions(ctx, check.id)).length;
    await updateCheck(db, agencyId, check.id, { open });
    await record(ctx, {
      act: 'releases.let-through',
      subject: subjectOf(check.id),
      after: { letThrough: told(findings), open },
    });
  });
}

async function decide(
  ctx: ReleaseCtx,
  checkId: number,
  findings: readonly GateFinding[],
  decision: 'cleaned' | 'let-through',
  reason: string | null,
): Promise<void> {
  const { db, agencyId, vault, actor, clock } = ctx;
  const at = instantOf(clock);
  const rows = findings.map((finding) => ({
    kind: finding.kind,
    decision,
    findingSealed: vault.seal(JSON.stringify(finding), decisionPlace('finding', agencyId, checkId)),
    reasonSealed: reason === null ? null : vault.seal(reason, decisionPlace('reason', agencyId, checkId)),
    by: actor.name,
    at,
  }));
  await insertDecisions(db, agencyId, checkId, rows);
}

async function loadDecisions(ctx: ReleaseCtx, checkId: number) {
  const rows = await decisionsOf(ctx.db, ctx.agencyId, checkId);
  return rows.map((row) => openDecision(ctx, checkId, row));
}

/** The check, locked. @throws NotFound; Refusal when somebody acted since the page was drawn */
async function hold(ctx: ReleaseCtx, { id, version }: ReleaseRef): Promise<CheckRow> {
  const check = await lockCheck(ctx.db, ctx.agencyId, id);
  if (!check) throw new NotFound('没有找到这份文件的出口检查。');
  if (version !== undefined && version !== check.version) {
    throw new Refusal(
      'releases-changed-meanwhile',
      '在您打开页面之后，这份文件已被他人处理。请刷新页面查看后再办理。',
    );
  }
  return check;
}

export const subjectOf = (id: number) => ({ kind: 'release', id, label: `第 ${id} 号出口检查` });

const told = (findings: readonly GateFinding[]) => countKinds(findings, findingKinds);
