import { mkdirSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Config } from '../config.ts';
import { fileSystemFault } from './setup-fault.ts';

export interface Letter {
  to: string;
  subject: string;
  text: string;
}

export interface Mailer {
  /** Hands the letter to the mail server, or writes it to `var/outbox` as an `.eml` file when there is none. */
  send(letter: Letter): Promise<void>;
  close(): void;
}

export function openMail(config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'varDir'>): Mailer {
  return config.smtpUrl
    ? byServer(config.smtpUrl, config.mailFrom)
    : toOutbox(join(config.varDir, 'outbox'), config.mailFrom);
}

function byServer(smtpUrl: string, from: string): Mailer {
  const transport = createTransport({ url: smtpUrl, connectionTimeout: 10_000, greetingTimeout: 10_000 });
  return {
    send: async (letter) => {
      await transport.sendMail({ from, ...letter });
    },
    close: () => transport.close(),
  };
}

function toOutbox(outbox: string, from: string): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true });
  let letters = 0;
  return {
    send: async (letter) => {
      const { message } = await transport.sendMail({ from, ...letter });
      letters += 1;
      const name = `${new Date().toISOString().replaceAll(':', '-')}-${process.pid}-${letters}.eml`;
      try {
        mkdirSync(outbox, { recursive: true });
        await writeFile(join(outbox, `${name}.half`), message as Buffer, { mode: 0o600 });
        await rename(join(outbox, `${name}.half`), join(outbox, name));
      } catch (error) {
        throw fileSystemFault(error, outbox);
      }
    },
    close: () => transport.close(),
  };
}
