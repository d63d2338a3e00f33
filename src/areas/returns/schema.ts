import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { Status } from './rules.ts';

export interface ReturnTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  unit_id: number;
  from_on: string;
  to_on: string;
  origin: 'form' | 'import';
  status: Status;
  accepted: GeneratedAlways<boolean>;
  hands: ColumnType<number[], number[] | undefined, number[]>;
  made_by: number | null;
  made_at: Date;
  submitted_by: number | null;
  submitted_at: Date | null;
  reviewed_by: number | null;
  reviewed_at: Date | null;
  reason: Generated<string>;
  version: Generated<number>;
  last_desk: Generated<string>;
  desk_from: Generated<number>;
}

export interface ReturnLineTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  return_id: number;
  unit_id: number;
  figure_id: number;
  accepted: boolean;
  from_on: string;
  to_on: string;
  /** Decimal text goes in, so that no digit is lost; null is 留空. */
  quantity: ColumnType<number | null, string | null, string | null>;
  millionths: GeneratedAlways<number | null>;
  note: Generated<string>;
  source_id: string | null;
}

export interface ReturnFigureTable {
  id: GeneratedAlways<number>;
  code: string;
}

export interface ReturnFileTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  return_id: number;
  digest: string;
  name: string;
  type: string;
  bytes: number;
  added_by: number | null;
  added_at: Date;
  removed_at: Date | null;
}

export interface ReturnReminderTable {
  agency_id: number;
  unit_id: number;
  /** First day of the month reminded of. */
  month: string;
  reminded_on: string;
  by_name: string;
}

declare module '../../core/db.ts' {
  interface Database {
    returns: ReturnTable;
    return_lines: ReturnLineTable;
    return_figures: ReturnFigureTable;
    return_files: ReturnFileTable;
    return_reminders: ReturnReminderTable;
  }
}
