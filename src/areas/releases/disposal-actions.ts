import type { Ctx } from '../../core/context.ts';
import type { Vault } from '../../core/vault/index.ts';
import { releasePlace } from './sealing.ts';
import { clearChecks } from './store.ts';

/** Takes away what the gate found in the files of a case, within the disposal of that case. */
export async function disposeReleases(ctx: Ctx & { vault: Vault }, requestId: number): Promise<void> {
  const { db, vault, agencyId } = ctx;
  const subject = { kind: 'request', id: requestId } as const;
  await clearChecks(db, agencyId, subject, {
    nameSealed: vault.seal('', releasePlace('name', agencyId, subject)),
    findingsSealed: vault.seal('[]', releasePlace('findings', agencyId, subject)),
  });
}
