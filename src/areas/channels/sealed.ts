import type { SealedRow, SealedTable } from '../../core/vault/index.ts';

/** Under which context a secret of an account is sealed. */
export const connectionContext = (agencyId: number, accountId: number, part: 'settings' | 'token'): string =>
  `channel-connection/${agencyId}/${accountId}/${part}`;

const ofConnection = (part: 'settings' | 'token') => (row: SealedRow) =>
  connectionContext(Number(row.agency_id), Number(row.account_id), part);

/** Where channels keep sealed values, for a change of keys. */
export const channelSealedTables: readonly SealedTable[] = [
  {
    table: 'channel_connections',
    key: ['agency_id', 'account_id'],
    texts: { settings: ofConnection('settings'), token: ofConnection('token') },
  },
];
