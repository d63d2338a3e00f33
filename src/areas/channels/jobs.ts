import type { Clock } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { Connection } from '../../core/db.ts';
import type { FileStore } from '../../core/files.ts';
import type { Job } from '../../core/jobs.ts';
import type { Vault } from '../../core/vault/index.ts';
import { notify } from '../notifications/index.ts';
import { allAgencies, staffWithRole } from '../organisations/index.ts';
import { listAccounts, updateAccount } from './account-store.ts';
import type { Connectors } from './connectors/index.ts';
import { alarmDue, silentSince } from './rules.ts';
import { sendDuePosts } from './sending.ts';

interface Host {
  connection: Pick<Connection, 'db'>;
  clock: Clock;
  vault: Vault;
  files: FileStore;
  connectors: Connectors;
  config: { publicUrl: string };
}

export const channelJobs: readonly Job<Host>[] = [
  {
    name: 'send-channel-posts',
    label: '发送到期的渠道发布',
    schedule: '* * * * *',
    async run({ connection: { db }, clock, vault, files, connectors, config: { publicUrl } }) {
      await sendDuePosts({ db, clock, vault, files, connectors, publicUrl });
    },
  },
  {
    name: 'tell-of-silent-accounts',
    label: '提醒超过 14 天没有更新的账号',
    schedule: '10 9 * * *',
    async run({ connection: { db }, clock }) {
      for (const { id, closedOn } of await allAgencies(db)) {
        if (closedOn !== null) continue;
        await tellOfSilence({ db, clock, agencyId: id, actor: { kind: 'system', name: '自动提醒' } });
      }
    },
  },
];

/** Tells the officers, and the publishers of the account's unit, once in 14 days while an account is silent. */
export async function tellOfSilence(ctx: Ctx): Promise<void> {
  const { db, agencyId, clock } = ctx;
  const today = clock.today();
  const [officers, publishers] = await Promise.all([
    staffWithRole(db, agencyId, 'disclosure-officer', today.toString()),
    staffWithRole(db, agencyId, 'publisher', today.toString()),
  ]);
  for (const account of await listAccounts(db, agencyId)) {
    const since = silentSince(account, today);
    if (since === null || !alarmDue(account.alarmedOn, today)) continue;
    const own = publishers.filter(({ unitId }) => unitId === account.unitId);
    await notify(
      ctx,
      [...officers, ...own].map(({ id }) => id),
      {
        title: `账号“${account.name}”自 ${since} 起没有更新`,
        href: `/workbench/channels/accounts/${account.id}`,
      },
    );
    await updateAccount(db, agencyId, account.id, { alarmed_on: today.toString() });
  }
}
