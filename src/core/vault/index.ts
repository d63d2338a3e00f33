export { DATA_KEYS_ACCEPTED, type DataKey, newDataKey, parseDataKeys } from './data-key.ts';
export { enrolKeys, knownKeys, retireKeys } from './key-store.ts';
export { openSealedFiles, type SealedFile, type SealedFiles } from './sealed-files.ts';
export { openVault, type Vault } from './vault.ts';
