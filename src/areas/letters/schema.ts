import type { GeneratedAlways } from 'kysely';
import type { DeliveryMethod } from '../../law/index.ts';

interface LetterCounterTable {
  agency_id: number;
  series: string;
  year: number;
  last: number;
}

export interface LetterTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  form_id: number;
  request_id: number | null;
  kind: string;
  reply_code: string | null;
  series: string;
  year: number;
  serial: number;
  number: string;
  code: string;
  issued_on: string;
  issued_at: Date;
  issued_by: string;
  issued_by_id: number | null;
  signed_by: string | null;
  content: string | null;
  digest: string;
  pdf_file: string | null;
  pdf_sha256: string | null;
  pdf_sm3: string | null;
  pdf_bytes: number | null;
  delivered_on: string | null;
  delivered_to: string | null;
  voided_at: Date | null;
  voided_by: string | null;
  void_reason: string | null;
  disposed_on: string | null;
}

interface LetterDispatchTable {
  agency_id: number;
  letter_id: number;
  attempt: number;
  method: DeliveryMethod;
  sent_on: string;
  tracking_number: string | null;
  by_name: string;
  at: Date;
}

interface LetterCorrectionTable {
  agency_id: number;
  letter_id: number;
  number: number;
  sent_on: string | null;
  method: DeliveryMethod | null;
  delivered_on: string | null;
  reason: string | null;
  by_name: string;
  at: Date;
}

interface LetterTemplateTable {
  agency_id: number;
  key: string;
  version: number;
  title: string | null;
  body: string | null;
  by_name: string;
  by_id: number | null;
  at: Date;
}

declare module '../../core/db.ts' {
  interface Database {
    letter_counters: LetterCounterTable;
    letters: LetterTable;
    letter_dispatches: LetterDispatchTable;
    letter_corrections: LetterCorrectionTable;
    letter_templates: LetterTemplateTable;
  }
}
