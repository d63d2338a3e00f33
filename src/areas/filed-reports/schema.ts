import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { FormatId } from '../../annual-report/formats/format.ts';
import type { DocumentKind } from '../../annual-report/reading/document.ts';
import type {
  CorrectionState,
  FileState,
  FindingVerdict,
  FoundBy,
  Judgement,
  MessageSide,
  ReportFinding,
  ReportState,
  UnitKind,
} from './model.ts';
import type { StoredReading } from './stored-reading.ts';

interface ReportingUnitTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  name: string;
  kind: UnitKind;
  parent_id: number | null;
  code: string;
  expected_from: number;
  expected_to: number | null;
  position: number;
}

interface ReportingUnitNameTable {
  agency_id: number;
  key: string;
  unit_id: number;
  name: string;
  official: boolean;
}

interface FiledBatchTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  year: number | null;
  by_id: number | null;
  by_name: string;
  at: Date;
}

interface FiledFileTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  batch_id: number;
  name: string;
  digest: string;
  bytes: number;
  added_at: Date;
  state: FileState;
  same_as: number | null;
  unit_id: number | null;
  year: number | null;
  version: number | null;
  found_by: FoundBy | null;
  kind: DocumentKind | null;
  format: FormatId | null;
  report: ColumnType<StoredReading | null, string | null | undefined, string | null>;
  agency_in_text: string | null;
  year_in_text: number | null;
  fault: Generated<string>;
  read_at: Date | null;
  took_ms: number | null;
  reading_due: boolean;
  attempts: Generated<number>;
}

interface FiledReportTable {
  agency_id: number;
  unit_id: number;
  year: number;
  version: Generated<number>;
  file_id: number | null;
  state: ReportState;
  wrong: Generated<number>;
  doubtful: Generated<number>;
  unassessable: Generated<number>;
  notices: Generated<number>;
  settled: Generated<number>;
  check_due: Generated<boolean>;
  checked_at: Date | null;
}

interface FiledFindingTable {
  agency_id: number;
  unit_id: number;
  year: number;
  key: string;
  position: number;
  rule: string;
  severity: ReportFinding['severity'];
  verdict: FindingVerdict;
  rank: number;
  finding: ColumnType<ReportFinding, string, string>;
}

interface FiledVerdictTable {
  agency_id: number;
  unit_id: number;
  year: number;
  key: string;
  judgement: Judgement;
  note: string;
  by_id: number | null;
  by_name: string;
  at: Date;
}

interface FiledCorrectionTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  unit_id: number;
  year: number;
  state: CorrectionState;
  version: number;
  due_on: string;
  opened_at: Date;
  opened_by: string;
  closed_at: Date | null;
  closed_by: string | null;
  close_reason: Generated<string>;
}

interface FiledCorrectionMessageTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  correction_id: number;
  side: MessageSide;
  by_name: string;
  at: Date;
  text: string;
  version: number | null;
}

declare module '../../core/db.ts' {
  interface Database {
    reporting_units: ReportingUnitTable;
    reporting_unit_names: ReportingUnitNameTable;
    filed_batches: FiledBatchTable;
    filed_files: FiledFileTable;
    filed_reports: FiledReportTable;
    filed_findings: FiledFindingTable;
    filed_verdicts: FiledVerdictTable;
    filed_corrections: FiledCorrectionTable;
    filed_correction_messages: FiledCorrectionMessageTable;
  }
}
