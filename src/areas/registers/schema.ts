import type { ColumnType, GeneratedAlways } from 'kysely';
import type { GivenRow } from './import-actions.ts';

export interface RegisterImportTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  register: string;
  staff_id: number;
  file_name: string;
  rows: ColumnType<GivenRow[], string, never>;
  read_at: Date;
}

declare module '../../core/db.ts' {
  interface Database {
    register_imports: RegisterImportTable;
  }
}
