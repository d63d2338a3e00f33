import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import { type ParsedMail, simpleParser } from 'mailparser';
import { plainName } from '../uploads/index.ts';
import { visibleLine, visibleText } from '../visible-text.ts';

/** A letter from the mailbox, read and bounded. Everything in it is the sender's word. */
export interface ReceivedLetter {
  /** As the sender's program wrote it; empty when there is none. */
  messageId: string;
  from: { name: string; address: string };
  subject: string;
  /** Plain text; of a letter in HTML what its text says. */
  text: string;
  /** When the office's mail server took it in, whatever date the letter bears. */
  receivedAt: Date;
  /** Names are for people only; what each is must be told from its content. */
  attachments: readonly { name: string; content: Buffer }[];
  /** What is not here, a sentence each; the letter in the mailbox has it. */
  leftOut: readonly string[];
  /** Sent by a program: an answer while away, a returned letter, a circular. */
  automatic: boolean;
}

/** A letter as the mail server gives it. */
export interface RawLetter {
  /** From its first byte, perhaps not to its last. */
  source: Buffer;
  /** Whole length in bytes. */
  size: number;
  receivedAt: Date;
}

const MOST_ATTACHMENTS = 20;
const LONGEST_TEXT = 100_000;
const LONGEST_HTML = 1_000_000;

/** Reads a letter of any origin; one that no rule of mail fits is still a letter, without text. */
export async function readLetter({ source, size, receivedAt }: RawLetter): Promise<ReceivedLetter> {
  const leftOut: string[] = [];
  const mail = await simpleParser(readableHead(source), {
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
    maxHtmlLengthToParse: LONGEST_HTML,
    checksumAlgo: false,
  }).catch(() => null);
  if (!mail) leftOut.push('邮件的格式无法识别，请到邮箱中查看原件。');
  else if (mail.textConversionError) leftOut.push('网页格式的正文过长，未取，请到邮箱中查看原件。');
  const whole = source.length >= size;
  const attached = mail?.attachments ?? [];
  if (!whole) leftOut.push(`邮件长 ${megabytes(size)}，超过上限，附件未取，请到邮箱中查看原件。`);
  else if (attached.length > MOST_ATTACHMENTS) {
    leftOut.push(`共有 ${attached.length} 个附件，只取前 ${MOST_ATTACHMENTS} 个，其余请到邮箱中查看。`);
  }
  const text = visibleText(mail?.text ?? '')
    .replaceAll('\u00a0', ' ')
    .trim();
  if (text.length > LONGEST_TEXT) leftOut.push(`正文过长，只取前 ${LONGEST_TEXT} 字，请到邮箱中查看全文。`);
  const sender = mail?.from?.value[0];
  return {
    messageId: visibleLine(mail?.messageId ?? '').slice(0, 500),
    from: {
      name: visibleLine(sender?.name ?? '').slice(0, 200),
      address: visibleLine(sender?.address ?? '').slice(0, 320),
    },
    subject: visibleLine(mail?.subject ?? '').slice(0, 300),
    text: text.slice(0, LONGEST_TEXT).toWellFormed(),
    receivedAt,
    attachments: (whole ? attached.slice(0, MOST_ATTACHMENTS) : []).map(
      ({ filename, contentType, content }) => ({
        name: plainName(filename ?? (contentType === 'message/rfc822' ? '转发的邮件.eml' : '')),
        content,
      }),
    ),
    leftOut,
    automatic: mail !== null && isAutomatic(mail),
  };
}

/** Everything by which two copies of one letter are alike: its id, sender, subject, text and attachments. */
export function identityOf({ messageId, from, subject, text, attachments, leftOut }: ReceivedLetter): string {
  const files = attachments.map(({ name, content }) => [
    name,
    createHash('sha256').update(content).digest('hex'),
  ]);
  return JSON.stringify([messageId, from.address, subject, text, files, leftOut]);
}

/** RFC 3834 and what is older than it. */
function isAutomatic({ headers }: ParsedMail): boolean {
  const said = (name: string) => {
    const value = headers.get(name);
    return typeof value === 'string' ? value.trim().toLowerCase() : value === undefined ? '' : 'present';
  };
  const submitted = said('auto-submitted');
  if (submitted !== '' && !submitted.startsWith('no')) return true;
  if (/^(bulk|junk|list|auto_reply)\b/.test(said('precedence'))) return true;
  if (['x-autoreply', 'x-autorespond', 'list'].some((name) => said(name) !== '')) return true;
  const type = headers.get('content-type');
  return typeof type === 'object' && 'value' in type && type.value === 'multipart/report';
}

/** Old Chinese programs write GBK into headers as it is; no other mail has bytes there that are not UTF-8. */
function readableHead(source: Buffer): Buffer {
  const end = source.indexOf('\r\n\r\n');
  const head = end === -1 ? source : source.subarray(0, end);
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head);
    return source;
  } catch {
    return Buffer.concat([Buffer.from(iconv.decode(head, 'gb18030')), source.subarray(head.length)]);
  }
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 102.4) / 10} MB`;
