import type { Vault } from '../../core/vault/index.ts';
import type { MailAttachment, MailSender } from './mail-model.ts';
import type { MailFileRow, MailRow, SealedLetter } from './mail-store.ts';

/** What the sealed parts of a letter are bound to. */
export const mailPlace = (part: keyof SealedLetter, agencyId: number, token: string) =>
  `request-mail-${part}/${agencyId}/${token}`;
export const mailFilePlace = (agencyId: number, draftId: number) =>
  `request-mail-file/${agencyId}/${draftId}`;

export interface PlainLetter {
  sender: MailSender;
  subject: string;
  text: string;
  notes: readonly string[];
}

export function sealLetter(vault: Vault, agencyId: number, token: string, plain: PlainLetter): SealedLetter {
  const seal = (part: keyof SealedLetter, text: string) => vault.seal(text, mailPlace(part, agencyId, token));
  return {
    sender: seal('sender', JSON.stringify(plain.sender)),
    subject: seal('subject', plain.subject),
    text: seal('text', plain.text),
    notes: seal('notes', JSON.stringify(plain.notes)),
  };
}

/** Sender and subject alone, for lists. Null once the content went. */
export function openHead(
  vault: Vault,
  agencyId: number,
  { token, sender, subject }: MailRow,
): Pick<PlainLetter, 'sender' | 'subject'> | null {
  if (sender === null || subject === null) return null;
  return {
    sender: JSON.parse(vault.open(sender, mailPlace('sender', agencyId, token))) as MailSender,
    subject: vault.open(subject, mailPlace('subject', agencyId, token)),
  };
}

export function openBody(
  vault: Vault,
  agencyId: number,
  { token, text, notes }: MailRow,
): Pick<PlainLetter, 'text' | 'notes'> | null {
  if (text === null || notes === null) return null;
  return {
    text: vault.open(text, mailPlace('text', agencyId, token)),
    notes: JSON.parse(vault.open(notes, mailPlace('notes', agencyId, token))) as string[],
  };
}

/** What is kept of an attachment beside its sealed bytes. */
export type FileDetails = Omit<MailAttachment, 'id'> & { digest: string };

export const sealDetails = (vault: Vault, agencyId: number, draftId: number, details: FileDetails): string =>
  vault.seal(JSON.stringify(details), mailFilePlace(agencyId, draftId));

export const openDetails = (vault: Vault, agencyId: number, draftId: number, row: MailFileRow): FileDetails =>
  JSON.parse(vault.open(row.details, mailFilePlace(agencyId, draftId))) as FileDetails;
