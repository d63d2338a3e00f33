export { type OpenBackup, openBackup } from './archive.ts';
export { type Backup, type BackupSource, backup } from './backup.ts';
export { type Restored, type RestoreTarget, restore } from './restore.ts';
