export type { ReceivedLetter } from './letter.ts';
export { type MailboxReading, type MailboxResult, readMailbox } from './read-mailbox.ts';
