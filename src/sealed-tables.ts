import { channelSealedTables } from './areas/channels/index.ts';
import { letterSealedTables } from './areas/letters/index.ts';
import { redactionSealedTables } from './areas/redactions/index.ts';
import { releaseSealedTables } from './areas/releases/index.ts';
import { requestSealedTables } from './areas/requests/index.ts';
import type { SealedTable } from './core/vault/index.ts';

/** Every table with sealed values or files, as its area declares it: what a change of keys goes through. */
export const sealedTables: readonly SealedTable[] = [
  ...requestSealedTables,
  ...redactionSealedTables,
  ...releaseSealedTables,
  ...letterSealedTables,
  ...channelSealedTables,
];
