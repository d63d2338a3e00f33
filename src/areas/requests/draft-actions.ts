import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { instantOf } from '../../core/clock.ts';
import { type Db, transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { discardFile, type SealedFiles, type Vault } from '../../core/vault/index.ts';
import type { WorkingCalendar } from '../../law/index.ts';
import { currentCalendar } from '../calendars/index.ts';
import type { RequestCtx } from './case-actions.ts';
import { bitsFor, type Challenge, checkProof, issueChallenge } from './challenge.ts';
import {
  type DraftAnswers,
  type DraftStep,
  draftProblems,
  emptyAnswers,
  formOf,
  MAX_DRAFT_FILES,
  withAnswers,
} from './draft-rules.ts';
import {
  type DraftFileRow,
  deleteDraftFiles,
  deleteDraftRow,
  filesOfDraft,
  findDraft,
  insertDraftFile,
  lockDraft,
  lockExpired,
  saveDraft,
} from './draft-store.ts';
import { submitForm } from './intake-actions.ts';
import type { NewFile, Receipt } from './model.ts';
import { type CheckedUpload, sealUpload } from './sealed-upload.ts';
import { admitVisit, forgiveVisit, formsWithinHour } from './visit-limits.ts';
import { forgetVisits, spendProof } from './visit-store.ts';

const DAY_MS = 86_400_000;
const DRAFT_DAYS = 7;
/** How long the browser that sent a form may look at its receipt. */
export const RECEIPT_HOURS = 2;
/** Without script nothing is worked out; a form is then sent no sooner than this after it was begun. */
export const SLOW_SECONDS = 90;

/** What a visitor filled in so far. */
export interface Draft {
  /** Instant, ISO 8601. */
  startedAt: string;
  submissionKey: string;
  answers: DraftAnswers;
}

export interface DraftFile extends NewFile {
  id: number;
}

/** What a visitor's token leads to: a form being filled in, or the receipt of one that was sent. */
export type Visit =
  | { stage: 'draft'; draft: Draft; files: readonly DraftFile[]; savedAt: Date }
  | { stage: 'sent'; receipt: Omit<Receipt, 'fresh'>; sentAt: string };

type Kept =
  | { stage: 'draft'; draft: Draft }
  | { stage: 'sent'; receipt: Omit<Receipt, 'fresh'>; sentAt: string };

/** A token for a new draft; only the visitor's browser keeps it. */
export const newDraftToken = (): string => randomBytes(32).toString('base64url');

const digestOf = (token: string) => createHash('sha256').update(token).digest('hex');
export const draftContext = (agencyId: number, tokenDigest: string) =>
  `request-draft/${agencyId}/${tokenDigest}`;
export const draftFileContext = (agencyId: number, tokenDigest: string) =>
  `request-draft-file/${agencyId}/${tokenDigest}`;
const nowOf = ({ clock }: Pick<RequestCtx, 'clock'>) => instantOf(clock);

/** What the token leads to; null when it leads nowhere (any more). */
export async function findVisit(ctx: RequestCtx, token: string): Promise<Visit | null> {
  const { db, agencyId, vault } = ctx;
  const tokenDigest = digestOf(token);
  const row = await findDraft(db, agencyId, tokenDigest, nowOf(ctx));
  if (!row) return null;
  const kept = openKept(vault, agencyId, tokenDigest, row.sealed);
  if (kept.stage === 'sent') return kept;
  const files = await filesOfDraft(db, agencyId, tokenDigest);
  return {
    ...kept,
    savedAt: row.savedAt,
    files: files.map((file) => openDraftFile(vault, agencyId, tokenDigest, file)),
  };
}

/** Keeps what one page sent; begins the draft when there is none. A form that was sent stays as it is. */
export async function saveAnswers(
  ctx: RequestCtx,
  token: string,
  step: DraftStep,
  given: Readonly<Record<string, unknown>>,
): Promise<void> {
  await changeDraft(ctx, token, (draft) => ({ ...draft, answers: withAnswers(draft.answers, step, given) }));
}

/** What is wrong with a draft, by field; with `change`, as it would be after one page more. */
export async function problemsOfDraft(
  ctx: RequestCtx,
  draft: Pick<Draft, 'answers' | 'submissionKey'>,
  change?: { step: DraftStep; given: Readonly<Record<string, unknown>> },
): Promise<Readonly<Record<string, string>>> {
  const answers = change ? withAnswers(draft.answers, change.step, change.given) : draft.answers;
  const calendar = await currentCalendar(ctx.db, ctx.agencyId);
  return draftProblems({ ...draft, answers }, ctx.clock.today(), calendar);
}

/**
 * Keeps a file with the draft, sealed.
 * @throws InvalidForm when there are enough already; Refusal `file-too-large`, `requests-too-often`
 */
export async function addDraftFile(
  ctx: RequestCtx,
  sealedFiles: SealedFiles,
  token: string,
  upload: CheckedUpload & { kind: 'attachment' | 'identity' },
  address: string,
): Promise<void> {
  const { agencyId, vault } = ctx;
  const tokenDigest = digestOf(token);
  await admitVisit(ctx, 'file', address);
  const { kind: _kind, sealedDigest, ...details } = await sealUpload(ctx, sealedFiles, upload);
  try {
    await transact(ctx, async (ctx) => {
      await changeDraft(ctx, token, (draft) => draft);
      if ((await filesOfDraft(ctx.db, agencyId, tokenDigest)).length >= MAX_DRAFT_FILES) {
        throw new InvalidForm({
          file: `最多上传 ${MAX_DRAFT_FILES} 个文件；请先删除不需要的，或合并后再上传。`,
        });
      }
      await insertDraftFile(ctx.db, agencyId, tokenDigest, {
        kind: upload.kind,
        sealedDigest,
        detailsSealed: vault.seal(JSON.stringify(details), draftFileContext(agencyId, tokenDigest)),
      });
    });
  } catch (error) {
    await sealedFiles.remove(sealedDigest);
    throw error;
  }
}

export async function removeDraftFile(ctx: RequestCtx, token: string, id: number): Promise<void> {
  await transact(ctx, (ctx) => discardDraftFiles(ctx, digestOf(token), id));
}

/** Takes one waiting file, or all, away with its sealed bytes. */
export async function discardDraftFiles(ctx: RequestCtx, tokenDigest: string, id?: number): Promise<void> {
  const { db, agencyId } = ctx;
  await discardAll(db, await deleteDraftFiles(db, agencyId, tokenDigest, id), nowOf(ctx));
}

/** Forgets a draft with its files, or the receipt of a form that was sent. */
export async function deleteDraft(ctx: RequestCtx, token: string): Promise<void> {
  await transact(ctx, ({ db, agencyId }) => dropDraft(db, agencyId, digestOf(token), nowOf(ctx)));
}

/** The work to be done before the draft is sent; harder for an address that sends much. */
export async function draftChallenge(ctx: RequestCtx, token: string, address: string): Promise<Challenge> {
  const bits = bitsFor(await formsWithinHour(ctx, address));
  return issueChallenge(ctx.vault, digestOf(token), nowOf(ctx), bits);
}

/**
 * Hands the draft in. With it the receipt takes the draft's place, in one transaction: either both or neither. Sent
 * twice, it is handed in once.
 * @throws InvalidForm when an answer is wrong; Refusal `requests-proof-*`, `requests-too-soon`, `requests-too-often`
 */
export async function sendDraft(
  ctx: RequestCtx,
  token: string,
  visit: { address: string; challenge: string; solution: string },
): Promise<void> {
  const kind = visit.solution === '' ? 'send-slowly' : 'send';
  await admitVisit(ctx, kind, visit.address);
  try {
    const calendar = await currentCalendar(ctx.db, ctx.agencyId);
    await transact(ctx, (inside) => handIn(inside, token, visit, calendar));
  } catch (error) {
    await forgiveVisit(ctx, kind, visit.address);
    throw error;
  }
}

async function handIn(
  ctx: RequestCtx,
  token: string,
  visit: { challenge: string; solution: string },
  calendar: WorkingCalendar,
): Promise<void> {
  const { db, agencyId, clock, vault } = ctx;
  const now = nowOf(ctx);
  const tokenDigest = digestOf(token);
  const row = await lockDraft(db, agencyId, tokenDigest, now);
  if (!row) throw new NotFound('没有找到您填写的申请，可能已超过 7 天或已被删除，请重新填写。');
  const kept = openKept(vault, agencyId, tokenDigest, row.sealed);
  if (kept.stage === 'sent') return;
  const problems = draftProblems(kept.draft, clock.today(), calendar);
  if (Object.keys(problems).length > 0) throw new InvalidForm({ ...problems });
  await demandWork(ctx, tokenDigest, kept.draft, visit);
  const rows = await filesOfDraft(db, agencyId, tokenDigest);
  const files = rows.map((file) => openDraftFile(vault, agencyId, tokenDigest, file));
  const { formId, requestId, number, code } = await submitForm(ctx, formOf(kept.draft, files, clock.today()));
  await deleteDraftFiles(db, agencyId, tokenDigest);
  await keep(ctx, tokenDigest, {
    stage: 'sent',
    receipt: { formId, requestId, number, code },
    sentAt: now.toISOString(),
  });
}

/** A solved challenge, or patience. */
async function demandWork(
  ctx: RequestCtx,
  subject: string,
  draft: Draft,
  visit: { challenge: string; solution: string },
): Promise<void> {
  const now = nowOf(ctx);
  if (visit.solution === '') {
    const seconds = Math.ceil(SLOW_SECONDS - (now.getTime() - Date.parse(draft.startedAt)) / 1000);
    if (seconds <= 0) return;
    throw new Refusal(
      'requests-too-soon',
      `您的浏览器没有运行脚本，为防止机器批量提交，开始填写满 ${SLOW_SECONDS} 秒后才能提交。请再等 ${seconds} 秒，内容已经保存。`,
    );
  }
  const proof = checkProof(ctx.vault, subject, now, visit);
  if (!proof.proved) {
    throw new Refusal(
      'requests-proof-failed',
      '提交前的自动验证已经失效，请再点一次提交；填写的内容已经保存。',
    );
  }
  if (!(await spendProof(ctx.db, ctx.agencyId, proof.salt, proof.expiresAt))) {
    throw new Refusal('requests-proof-spent', '这次自动验证已经使用过，请再点一次提交；填写的内容已经保存。');
  }
}

/** Deletes drafts and receipts whose time is over, with the files nobody sent; and what limits remembered. */
export async function deleteExpiredDrafts(host: { db: Db; now: Date }): Promise<number> {
  const { db, now } = host;
  await forgetVisits(db, now);
  let deleted = 0;
  for (;;) {
    const gone = await transact({ db }, async ({ db }) => {
      const expired = await lockExpired(db, now, 200);
      for (const { agencyId, tokenDigest } of expired) await dropDraft(db, agencyId, tokenDigest, now);
      return expired.length;
    });
    deleted += gone;
    if (gone < 200) return deleted;
  }
}

async function changeDraft(ctx: RequestCtx, token: string, change: (draft: Draft) => Draft): Promise<void> {
  const tokenDigest = digestOf(token);
  await transact(ctx, async (ctx) => {
    const row = await lockDraft(ctx.db, ctx.agencyId, tokenDigest, nowOf(ctx));
    const kept = row && openKept(ctx.vault, ctx.agencyId, tokenDigest, row.sealed);
    if (kept?.stage === 'sent') return;
    const fresh = {
      startedAt: nowOf(ctx).toISOString(),
      submissionKey: randomUUID(),
      answers: emptyAnswers,
    };
    await keep(ctx, tokenDigest, { stage: 'draft', draft: change(kept?.draft ?? fresh) });
  });
}

async function keep(ctx: RequestCtx, tokenDigest: string, kept: Kept): Promise<void> {
  const now = nowOf(ctx);
  const life = kept.stage === 'draft' ? DRAFT_DAYS * DAY_MS : RECEIPT_HOURS * 3_600_000;
  await saveDraft(ctx.db, ctx.agencyId, {
    tokenDigest,
    sealed: ctx.vault.seal(JSON.stringify(kept), draftContext(ctx.agencyId, tokenDigest)),
    savedAt: now,
    expiresAt: new Date(now.getTime() + life),
  });
}

function openKept(vault: Vault, agencyId: number, tokenDigest: string, sealed: string): Kept {
  return JSON.parse(vault.open(sealed, draftContext(agencyId, tokenDigest))) as Kept;
}

/** A waiting file with its name in clear. */
export function openDraftFile(
  vault: Vault,
  agencyId: number,
  tokenDigest: string,
  row: DraftFileRow,
): DraftFile {
  const { id, kind, sealedDigest, detailsSealed } = row;
  const details = JSON.parse(vault.open(detailsSealed, draftFileContext(agencyId, tokenDigest))) as Pick<
    NewFile,
    'name' | 'type' | 'bytes' | 'digest'
  >;
  return { id, kind, sealedDigest, ...details };
}

async function dropDraft(db: Db, agencyId: number, tokenDigest: string, now: Date): Promise<void> {
  await discardAll(db, await deleteDraftFiles(db, agencyId, tokenDigest), now);
  await deleteDraftRow(db, agencyId, tokenDigest);
}

async function discardAll(db: Db, digests: readonly string[], now: Date): Promise<void> {
  for (const sha256 of digests) await discardFile(db, sha256, now);
}
