import type { Clock } from '../../core/clock.ts';
import type { Connection, Db } from '../../core/db.ts';
import type { Job } from '../../core/jobs.ts';
import type { Scanner } from '../../core/uploads/index.ts';
import type { SealedFiles, Vault } from '../../core/vault/index.ts';
import { allAgencies } from '../organisations/index.ts';
import type { RequestCtx } from './case-actions.ts';
import { clearPutAside } from './mail-actions.ts';
import { takeInMail } from './mail-intake.ts';

interface MailHost {
  connection: Pick<Connection, 'db'>;
  clock: Clock;
  vault: Vault;
  sealedFiles: SealedFiles;
  scanner: Scanner;
  config: { imapUrl: string | null; imapAgency: string | null; maxUploadBytes: number };
}

/** Long before the queue takes a run for lost (15 minutes). */
const LONGEST_RUN_MS = 4 * 60_000;

export const mailJobs: readonly Job<MailHost>[] = [
  {
    name: 'read-request-mailbox',
    label: '收取申请邮箱中的邮件',
    schedule: '*/5 * * * *',
    async run(host) {
      const { imapUrl: url, imapAgency, maxUploadBytes: maxBytes } = host.config;
      if (url === null) return;
      const agencyId = await agencyOfMailbox(host.connection.db, imapAgency);
      const ctx = contextOf(host, agencyId, '收取申请邮件');
      const until = performance.now() + LONGEST_RUN_MS;
      const { scanner, sealedFiles } = host;
      for (let more = true; more && performance.now() < until; )
        ({ more } = await takeInMail(ctx, { url, scanner, sealedFiles, maxBytes }));
    },
  },
  {
    name: 'clear-dismissed-mail',
    label: '删除已认定不是申请的邮件内容',
    schedule: '50 3 * * *',
    async run(host) {
      for (const { id } of await allAgencies(host.connection.db)) {
        const ctx = contextOf(host, id, '清理申请邮件');
        for (let cleared = -1; cleared !== 0; ) cleared = await clearPutAside(ctx);
      }
    },
  },
];

/** The agency whose mailbox it is: the one named, else the first in the order of codes. */
async function agencyOfMailbox(db: Db, code: string | null): Promise<number> {
  const agencies = (await allAgencies(db)).filter(({ closedOn }) => closedOn === null);
  const found = code === null ? agencies[0] : agencies.find((agency) => agency.code === code);
  if (found) return found.id;
  throw new Error(
    code === null ? '还没有机关，邮件没有收取' : `IMAP_AGENCY "${code}" 不是本系统中的机关，邮件没有收取`,
  );
}

const contextOf = (
  { connection: { db }, clock, vault }: MailHost,
  agencyId: number,
  name: string,
): RequestCtx => ({ db, clock, vault, agencyId, actor: { kind: 'system', name } });
