import type { ColumnType, Generated } from 'kysely';
import type { CellSnapshot } from './compile.ts';
import type { FormatId } from './formats/format.ts';
import type { CompiledReport, ReportStatus } from './model.ts';

interface ReportTable {
  agency_id: number;
  id: Generated<number>;
  year: number;
  format: FormatId;
  consolidated: ColumnType<boolean, boolean | undefined, boolean>;
  status: ColumnType<ReportStatus, ReportStatus | undefined, ReportStatus>;
  version: ColumnType<number, number | undefined, number>;
  correction_reason: ColumnType<string, string | undefined, string>;
  foot: ColumnType<Record<string, string>, string | undefined, string>;
  revision: ColumnType<number, number | undefined, number>;
}

interface ReportCompileTable {
  agency_id: number;
  report_id: number;
  number: number;
  at: Date;
  by_staff_id: number | null;
  by_name: string;
  ledger_seq: number;
  cells: ColumnType<Record<string, CellSnapshot>, string, never>;
  digest: string;
  took_ms: number;
}

interface ReportChapterTable {
  agency_id: number;
  report_id: number;
  key: string;
  source: string;
  revision: ColumnType<number, number | undefined, number>;
  edited_by: number | null;
  edited_by_name: ColumnType<string, string | undefined, string>;
  edited_at: Date;
}

interface ReportAuthorTable {
  agency_id: number;
  report_id: number;
  version: number;
  staff_id: number;
}

interface ReportExplanationTable {
  agency_id: number;
  report_id: number;
  finding: string;
  explanation: string;
  by_name: string;
  at: Date;
}

interface ReportReviewTable {
  agency_id: number;
  id: Generated<number>;
  report_id: number;
  version: number;
  revision: number;
  kind: 'content' | 'secrecy';
  result: 'pass' | 'fail';
  comment: string;
  reviewer_id: number;
  reviewer_name: string;
  at: Date;
}

interface ReportVersionTable {
  agency_id: number;
  report_id: number;
  version: number;
  revision: number;
  snapshot: ColumnType<CompiledReport, string, never>;
  digest: string;
  evidence_digest: string;
  evidence_records: number;
  signed_by: number;
  signed_by_name: string;
  signed_at: Date;
  reason: ColumnType<string, string | undefined, never>;
  published_at: Date | null;
  published_on: string | null;
}

interface ReportEvidenceTable {
  agency_id: number;
  report_id: number;
  version: number;
  figure: string;
  part: number;
  records: number;
  body: Buffer;
  digest: string;
}

declare module '../core/db.ts' {
  interface Database {
    reports: ReportTable;
    report_compiles: ReportCompileTable;
    report_chapters: ReportChapterTable;
    report_authors: ReportAuthorTable;
    report_explanations: ReportExplanationTable;
    report_reviews: ReportReviewTable;
    report_versions: ReportVersionTable;
    report_evidence: ReportEvidenceTable;
  }
}
