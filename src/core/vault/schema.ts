export interface DataKeyTable {
  id: string;
  fingerprint: string;
  first_used_at: Date;
  retired_at: Date | null;
}

declare module '../db.ts' {
  interface Database {
    data_keys: DataKeyTable;
  }
}
