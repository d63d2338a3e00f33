export { DATA_KEYS_ACCEPTED, type DataKey, newDataKey, parseDataKeys } from './data-key.ts';
export { discardFile, FILE_REMOVAL_LOCK, removeDiscarded } from './file-removals.ts';
export { vaultJobs } from './jobs.ts';
export { enrolKeys, knownKeys, retireKeys } from './key-store.ts';
export type { SealedRow, SealedTable } from './reseal.ts';
export { type Rotated, rotateKeys } from './rotate.ts';
export { openSealedFiles, type SealedFile, type SealedFiles } from './sealed-files.ts';
export { openVault, type Vault } from './vault.ts';
