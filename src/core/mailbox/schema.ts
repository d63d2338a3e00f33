export interface MailboxLetterTable {
  digest: string;
  received_at: Date;
  taken_at: Date;
}

declare module '../db.ts' {
  interface Database {
    mailbox_letters: MailboxLetterTable;
  }
}
