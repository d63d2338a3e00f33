import { randomBytes } from 'node:crypto';
import { instantOf } from '../../core/clock.ts';
import type { ReceivedLetter } from '../../core/mailbox/index.ts';
import { Refusal } from '../../core/refusal.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import { checkAttachment, type Scanner } from '../../core/uploads/index.ts';
import type { SealedFiles } from '../../core/vault/index.ts';
import { record } from '../../ledger/index.ts';
import { notify } from '../notifications/index.ts';
import { staffWithRole } from '../organisations/index.ts';
import type { RequestCtx } from './case-actions.ts';
import { mailSubject } from './mail-actions.ts';
import { sealDetails, sealLetter } from './mail-sealing.ts';
import { insertMail, insertMailFile } from './mail-store.ts';
import type { NewFile } from './model.ts';
import { sealUpload } from './sealed-upload.ts';

/** Where letters come from and where their attachments go. */
export interface Mailbox {
  url: string;
  scanner: Scanner;
  sealedFiles: SealedFiles;
  /** What is longer is taken without its attachments. */
  maxBytes: number;
}

/** Unread letters older than this are somebody's old mail. */
const DAYS_BACK = 60;
const AT_ONCE = 20;

/**
 * Takes the unread letters of the office's mailbox in as drafts. Each is taken once, with all of its attachments that may
 * be kept; one that fails stays unread for the next time.
 * @returns how many were taken, and whether more wait
 * @throws Error when the mailbox cannot be read, and the first fault of a letter once the others are taken
 */
export async function takeInMail(
  ctx: RequestCtx,
  mailbox: Mailbox,
): Promise<{ taken: number; more: boolean }> {
  // Only offices with a mailbox need what speaks to it.
  const { readMailbox } = await import('../../core/mailbox/index.ts');
  const { url, maxBytes } = mailbox;
  const since = new Date(ctx.clock.now().epochMilliseconds - DAYS_BACK * 24 * 3600 * 1000);
  const reading = { db: ctx.db, clock: ctx.clock, vault: ctx.vault, url, since, max: AT_ONCE, maxBytes };
  const { taken, more, failed } = await readMailbox(reading, (db, letter) =>
    takeIn({ ...ctx, db }, mailbox, letter),
  );
  const [first] = failed;
  if (first) throw first.error;
  return { taken, more };
}

async function takeIn(ctx: RequestCtx, mailbox: Mailbox, letter: ReceivedLetter): Promise<void> {
  const { files, refused } = await keepAttachments(ctx, mailbox, letter);
  try {
    await write(ctx, letter, files, refused);
  } catch (error) {
    await letGo(mailbox, files);
    throw error;
  }
}

async function letGo({ sealedFiles }: Mailbox, files: readonly NewFile[]): Promise<void> {
  for (const { sealedDigest } of files) await sealedFiles.remove(sealedDigest);
}

/** Seals what may be kept, and says of the rest why not. @throws what the scanner throws when it does not answer */
async function keepAttachments(ctx: RequestCtx, mailbox: Mailbox, { attachments }: ReceivedLetter) {
  const files: NewFile[] = [];
  const refused: string[] = [];
  try {
    for (const { name, content } of attachments) {
      try {
        const type = await checkAttachment(mailbox.scanner, { name, bytes: content });
        files.push(await sealUpload(ctx, mailbox.sealedFiles, { kind: 'attachment', name, type, content }));
      } catch (error) {
        const unscanned = error instanceof UnreadableFile && error.fault === 'unscanned';
        if (!(error instanceof Refusal) || unscanned) throw error;
        refused.push(refusalOf(name, error));
      }
    }
    return { files, refused };
  } catch (error) {
    await letGo(mailbox, files);
    throw error;
  }
}

/** For the officer: what the sender would have been told at the form. */
const refusalOf = (name: string, { message }: Refusal) =>
  `附件没有收存，需要的请发件人重新提供：${message.includes(name) ? '' : `“${name}”`}${message}`;

async function write(
  ctx: RequestCtx,
  letter: ReceivedLetter,
  files: readonly NewFile[],
  refused: readonly string[],
): Promise<void> {
  const { db, vault, agencyId } = ctx;
  const token = randomBytes(16).toString('hex');
  const { from, subject, text, receivedAt, automatic, leftOut } = letter;
  const id = await insertMail(db, agencyId, {
    token,
    letter: sealLetter(vault, agencyId, token, {
      sender: from,
      subject,
      text,
      notes: [...leftOut, ...refused],
    }),
    receivedAt,
    takenAt: instantOf(ctx.clock),
    files: files.length,
    reason: automatic ? 'automatic' : null,
    by: ctx.actor.name,
  });
  for (const { kind: _kind, sealedDigest, ...details } of files) {
    const sealed = sealDetails(vault, agencyId, id, details);
    await insertMailFile(db, agencyId, id, { sealedDigest, details: sealed });
  }
  if (!automatic) await tellOfficers(ctx);
  await record(ctx, {
    act: 'requests.take-mail',
    subject: mailSubject(id),
    after: { receivedAt: receivedAt.toISOString(), files: files.length, refused: refused.length, automatic },
  });
}

async function tellOfficers(ctx: RequestCtx): Promise<void> {
  const on = ctx.clock.today().toString();
  const people = await Promise.all(
    (['disclosure-officer', 'window-clerk'] as const).map((role) =>
      staffWithRole(ctx.db, ctx.agencyId, role, on),
    ),
  );
  const ids = new Set(people.flat().map(({ id }) => id));
  await notify(ctx, [...ids], {
    title: '申请邮箱收到邮件，请辨认是不是申请',
    href: '/workbench/requests/mail',
  });
}
