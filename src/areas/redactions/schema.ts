import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely';
import type { RegimeCode } from '../../law/index.ts';
import type { PageSize, SourceKind } from './engine/index.ts';
import type { JobState } from './model.ts';

interface RedactionJobTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  request_id: number | null;
  regime: RegimeCode;
  token: string;
  name_sealed: string;
  kind: SourceKind;
  working_digest: string | null;
  pages: JSONColumnType<PageSize[]>;
  state: JobState;
  version: Generated<number>;
  step: Generated<number>;
  pages_done: Generated<number>;
  export_by: ColumnType<string | null, string | null | undefined>;
  fault: Generated<string>;
  created_by: number | null;
  created_by_name: string;
  created_at: Date;
  discarded_at: ColumnType<Date | null, Date | null | undefined>;
}

interface RedactionOriginalTable {
  agency_id: number;
  job_id: number;
  position: number;
  sealed_digest: string | null;
  bytes: number;
}

interface RedactionBoxTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  job_id: number;
  page: number;
  x: number;
  y: number;
  w: number;
  h: number;
  ground: string;
  added_in: number;
  removed_in: ColumnType<number | null, number | null | undefined>;
}

interface RedactionOpeningTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  job_id: number;
  staff_id: number;
  staff_name: string;
  opened_at: Date;
}

interface RedactionExportTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  job_id: number;
  sealed_digest: string | null;
  sm3: string;
  bytes: number;
  boxes: number;
  made_by: string;
  made_at: Date;
  request_file_id: ColumnType<number | null, number | null | undefined>;
}

declare module '../../core/db.ts' {
  interface Database {
    redaction_jobs: RedactionJobTable;
    redaction_originals: RedactionOriginalTable;
    redaction_boxes: RedactionBoxTable;
    redaction_openings: RedactionOpeningTable;
    redaction_exports: RedactionExportTable;
  }
}
