import { civilDate, instantOf } from '../../core/clock.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { discardFile } from '../../core/vault/index.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import { maskEmail, maskName } from './applicant.ts';
import type { RequestCtx } from './case-actions.ts';
import { registerForm } from './intake-actions.ts';
import {
  type MailAttachment,
  type MailLetter,
  type MailLine,
  type MailReason,
  type MailSender,
  type MailState,
  mailReasons,
} from './mail-model.ts';
import { openBody, openDetails, openHead } from './mail-sealing.ts';
import {
  clearMail,
  countNewMail,
  decideMail,
  filesOfMail,
  findMail,
  firstRequests,
  lockMail,
  lockPutAside,
  type MailRow,
  mailOfForm,
  mailPage,
  takeMailFiles,
} from './mail-store.ts';
import type { FormInput, Receipt } from './model.ts';
import { printedDay, readOptionalText, readText } from './texts.ts';

/** Letters that wait are counted up to this number. */
export const MOST_MAIL_COUNTED = 1000;
const USUAL_ROWS = 50;
/** A letter that is no request is kept this long in case somebody thinks again. */
const DAYS_PUT_ASIDE = 30;

/** The ledger names a letter by its number: sender and subject are personal. */
export const mailSubject = (id: number) => ({ kind: 'request-mail', id, label: `邮件 ${id}` });

/** How many letters wait to be looked at, at most `MOST_MAIL_COUNTED`. */
export async function countMail(ctx: Pick<RequestCtx, 'db' | 'agencyId'>): Promise<number> {
  return countNewMail(ctx.db, ctx.agencyId, MOST_MAIL_COUNTED);
}

/** One page of letters, newest first, their senders masked. `behind` is the cursor a page before gave. */
export async function listMail(
  ctx: RequestCtx,
  state: MailState,
  page: { behind?: string } = {},
): Promise<{ items: MailLine[]; next: string | null }> {
  demand(ctx.actor, 'requests.register');
  const found = await mailPage(ctx.db, ctx.agencyId, state, {
    behind: readCursor(page.behind),
    limit: USUAL_ROWS + 1,
  });
  const rows = found.slice(0, USUAL_ROWS);
  const last = rows.at(-1);
  return {
    items: (await linesOf(ctx, rows)).map((line) => ({ ...line, sender: masked(line.sender) })),
    next: found.length > USUAL_ROWS && last ? `${last.receivedAt.getTime()}.${last.id}` : null,
  };
}

function masked(sender: MailSender | null): MailSender | null {
  return sender && { name: maskName(sender.name, true), address: maskEmail(sender.address) };
}

function readCursor(text: string | undefined): { at: Date; id: number } | null {
  const [, at, id] = /^(\d{1,14})\.(\d{1,9})$/.exec(text ?? '') ?? [];
  return at === undefined || id === undefined ? null : { at: new Date(Number(at)), id: Number(id) };
}

async function linesOf(ctx: RequestCtx, rows: readonly MailRow[]): Promise<MailLine[]> {
  const forms = rows.flatMap(({ formId }) => (formId === null ? [] : [formId]));
  const requests = new Map(
    (await firstRequests(ctx.db, ctx.agencyId, forms)).map(({ formId, ...request }) => [formId, request]),
  );
  return rows.map((row) => {
    const head = openHead(ctx.vault, ctx.agencyId, row);
    return {
      id: row.id,
      sender: head?.sender ?? null,
      subject: head?.subject ?? '',
      receivedOn: civilDate(row.receivedAt),
      receivedAt: row.receivedAt.toISOString(),
      files: row.files,
      state: row.state,
      reason: row.reason,
      decidedBy: row.decidedBy ?? '',
      decidedAt: row.decidedAt?.toISOString() ?? null,
      request: row.formId === null ? null : (requests.get(row.formId) ?? null),
    };
  });
}

/** A letter with all it says; that it was opened is recorded. @throws NotFound */
export async function openMail(ctx: RequestCtx, id: number): Promise<MailLetter> {
  demand(ctx.actor, 'requests.register');
  return transact(ctx, async (ctx) => {
    const row = await demandMail(ctx, id);
    const letter = await letterOf(ctx, row);
    await record(ctx, { act: 'requests.open-mail', subject: mailSubject(id) });
    return letter;
  });
}

async function letterOf(ctx: RequestCtx, row: MailRow): Promise<MailLetter> {
  const { db, agencyId, vault } = ctx;
  const [line] = await linesOf(ctx, [row]);
  const body = openBody(vault, agencyId, row);
  const files = await filesOfMail(db, agencyId, row.id);
  const attachments = files.map((file): MailAttachment => {
    const { name, type, bytes } = openDetails(vault, agencyId, row.id, file);
    return { id: file.id, name, type, bytes };
  });
  return {
    ...line!,
    text: body?.text ?? '',
    notes: body?.notes ?? [],
    attachments,
    clearedOn: row.clearedOn,
  };
}

async function demandMail(ctx: RequestCtx, id: number): Promise<MailRow> {
  const row = await findMail(ctx.db, ctx.agencyId, id);
  if (!row) throw new NotFound('没有找到这封邮件。');
  return row;
}

/** An attachment of a letter, for downloading; recorded. @throws NotFound, also for another letter's */
export async function openMailFile(
  ctx: RequestCtx,
  id: number,
  fileId: number,
): Promise<MailAttachment & { sealedDigest: string }> {
  demand(ctx.actor, 'requests.register');
  return transact(ctx, async (ctx) => {
    await demandMail(ctx, id);
    const files = await filesOfMail(ctx.db, ctx.agencyId, id);
    const file = files.find((one) => one.id === fileId);
    if (!file) throw new NotFound('没有找到这个附件。');
    const { name, type, bytes } = openDetails(ctx.vault, ctx.agencyId, id, file);
    await record(ctx, {
      act: 'requests.open-mail-file',
      subject: mailSubject(id),
      after: { file: fileId },
    });
    return { id: fileId, name, type, bytes, sealedDigest: file.sealedDigest };
  });
}

/** One letter, one form: the registration page sends this key, and sending it twice makes one. */
export const mailSubmission = (id: number) => `mailbox-letter-${String(id).padStart(9, '0')}`;

/**
 * Registers a letter as a request: by e-mail, on the day the mail server took it in, with its attachments. The letter is
 * marked in the same transaction; registered already, it gives the receipt of then.
 * @throws InvalidForm; NotFound; Refusal when somebody put it aside meanwhile
 */
export async function registerFromMail(ctx: RequestCtx, id: number, input: FormInput): Promise<Receipt> {
  demand(ctx.actor, 'requests.register');
  return transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    const row = await lockMail(db, agencyId, id);
    if (!row) throw new NotFound('没有找到这封邮件。');
    if (row.state === 'dismissed') {
      throw new Refusal(
        'requests-mail-dismissed',
        `这封邮件已由${row.decidedBy}认定不是申请，没有登记。确是申请的，请先在“不是申请”中恢复。`,
      );
    }
    const attached = (await takeMailFiles(db, agencyId, [id])).map((file) => {
      const { name, type, bytes, digest } = openDetails(ctx.vault, agencyId, id, file);
      return { kind: 'attachment' as const, sealedDigest: file.sealedDigest, digest, name, type, bytes };
    });
    const receipt = await registerForm(ctx, {
      ...input,
      channel: 'email',
      oral: false,
      submittedOn: civilDate(row.receivedAt),
      submissionKey: mailSubmission(id),
      origin: 'mailbox',
      files: [...attached, ...input.files],
    });
    if (row.state === 'new') {
      await decideMail(db, agencyId, id, { state: 'registered', formId: receipt.formId, ...decidedBy(ctx) });
      await record(ctx, {
        act: 'requests.register-mail',
        subject: mailSubject(id),
        after: { request: receipt.number, files: attached.length },
      });
    }
    return receipt;
  });
}

function decidedBy({ actor, clock }: RequestCtx) {
  return {
    by: actor.kind === 'staff' ? actor.staffId : null,
    byName: actor.name,
    at: instantOf(clock),
  };
}

/** Puts a letter aside that is no request. @throws InvalidForm without a reason; Refusal when it was decided meanwhile */
export async function dismissMail(
  ctx: RequestCtx,
  id: number,
  given: { reason: string; note: string },
): Promise<void> {
  demand(ctx.actor, 'requests.register');
  const { reason } = given;
  if (!isReason(reason)) throw new InvalidForm({ reason: '请选择为什么不是申请。' });
  const note =
    reason === 'other'
      ? readText('note', given.note, '不是申请的理由', 200)
      : readOptionalText('note', given.note, '说明', 200);
  await transact(ctx, async (ctx) => {
    const row = await lockMail(ctx.db, ctx.agencyId, id);
    if (!row) throw new NotFound('没有找到这封邮件。');
    if (row.state === 'dismissed') return;
    if (row.state === 'registered')
      throw new Refusal('requests-mail-registered', `这封邮件已由${row.decidedBy}登记为申请。`);
    await decideMail(ctx.db, ctx.agencyId, id, { state: 'dismissed', reason, ...decidedBy(ctx) });
    await record(ctx, {
      act: 'requests.dismiss-mail',
      subject: mailSubject(id),
      after: { reason },
      reason: [mailReasons[reason], note].filter((part) => part !== '').join('：'),
    });
  });
}

const isReason = (text: string): text is MailReason => Object.hasOwn(mailReasons, text);

/** Takes back that a letter is no request. @throws Refusal once its content is gone */
export async function restoreMail(ctx: RequestCtx, id: number): Promise<void> {
  demand(ctx.actor, 'requests.register');
  await transact(ctx, async (ctx) => {
    const row = await lockMail(ctx.db, ctx.agencyId, id);
    if (!row) throw new NotFound('没有找到这封邮件。');
    if (row.state !== 'dismissed') return;
    if (row.clearedOn !== null) {
      throw new Refusal(
        'requests-mail-cleared',
        `这封邮件的内容已于${printedDay(row.clearedOn)}删除，请到邮箱中查看原件。`,
      );
    }
    await decideMail(ctx.db, ctx.agencyId, id, { state: 'new' });
    await record(ctx, {
      act: 'requests.restore-mail',
      subject: mailSubject(id),
      before: { reason: row.reason },
    });
  });
}

/** Takes away what letters say that were put aside long ago. Returns how many. */
export async function clearPutAside(ctx: RequestCtx): Promise<number> {
  const until = new Date(ctx.clock.now().epochMilliseconds - DAYS_PUT_ASIDE * 24 * 3600 * 1000);
  return transact(ctx, async (ctx) => {
    const ids = await lockPutAside(ctx.db, ctx.agencyId, until, 200);
    await clear(ctx, ids);
    for (const id of ids) await record(ctx, { act: 'requests.clear-mail', subject: mailSubject(id) });
    return ids.length;
  });
}

/** Takes away what the letter of a form says, within the disposal of that form. */
export async function clearMailOfForm(ctx: RequestCtx, formId: number): Promise<void> {
  await clear(ctx, await mailOfForm(ctx.db, ctx.agencyId, formId));
}

async function clear(ctx: RequestCtx, ids: readonly number[]): Promise<void> {
  const now = instantOf(ctx.clock);
  for (const { sealedDigest } of await takeMailFiles(ctx.db, ctx.agencyId, ids))
    await discardFile(ctx.db, sealedDigest, now);
  await clearMail(ctx.db, ctx.agencyId, ids, ctx.clock.today().toString());
}
