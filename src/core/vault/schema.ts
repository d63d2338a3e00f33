export interface DataKeyTable {
  id: string;
  fingerprint: string;
  first_used_at: Date;
  retired_at: Date | null;
}

export interface SealedFileRemovalTable {
  sha256: string;
  discarded_at: Date;
}

declare module '../db.ts' {
  interface Database {
    data_keys: DataKeyTable;
    sealed_file_removals: SealedFileRemovalTable;
  }
}
