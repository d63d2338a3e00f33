import type { Generated, GeneratedAlways } from 'kysely';
import type { ErratumState, IssueReviewResult, IssueState } from './model.ts';

interface GazetteIssueTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  name: string;
  state: IssueState;
  round: Generated<number>;
  year: number | null;
  number: number | null;
  total: number | null;
  issued_on: string | null;
  published_at: Date | null;
  title: Generated<string>;
  host: Generated<string>;
  editor: Generated<string>;
  digest: Generated<string>;
  pdf_digest: string | null;
  pdf_bytes: number | null;
  author_id: number | null;
  hands: number[];
  created_at: Date;
  changed_at: Date;
  submitted_at: Date | null;
}

interface GazetteEntryTable {
  agency_id: number;
  issue_id: number;
  item_id: number;
  version: number | null;
  section: string;
  position: number;
}

interface GazetteReviewTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  issue_id: number;
  round: number;
  result: IssueReviewResult;
  reviewer_id: number;
  reviewer_name: string;
  opinion: string;
  at: Date;
}

interface GazetteErratumTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  issue_id: number;
  item_id: number | null;
  notice: string;
  state: Generated<ErratumState>;
  noted_on: string;
  author_id: number | null;
  by_name: string;
  at: Date;
  decided_by: Generated<number | null>;
  decided_name: Generated<string>;
  decided_at: Generated<Date | null>;
  opinion: Generated<string>;
}

interface GazettePrintFailureTable {
  agency_id: number;
  issue_id: number;
  reason: string;
  at: Date;
}

declare module '../../core/db.ts' {
  interface Database {
    gazette_issues: GazetteIssueTable;
    gazette_entries: GazetteEntryTable;
    gazette_reviews: GazetteReviewTable;
    gazette_errata: GazetteErratumTable;
    gazette_print_failures: GazettePrintFailureTable;
  }
}
