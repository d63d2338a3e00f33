declare module 'hoodiecrow-imap' {
  import type { Server } from 'node:net';

  export interface StoredMessage {
    uid: number;
    flags: string[];
    raw: string;
  }

  export interface Hoodiecrow {
    server: Server;
    listen(port: number, host: string, done: () => void): void;
    close(done?: () => void): void;
    getMailbox(path: string): { messages: StoredMessage[] } | null;
    appendMessage(mailbox: string, flags: string[], internaldate: string, raw: string | Buffer): void;
  }

  export default function hoodiecrow(options: {
    plugins: string[];
    users: Record<string, { password: string }>;
    storage: Record<string, unknown>;
  }): Hoodiecrow;
}
