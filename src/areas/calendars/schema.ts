import type { ColumnType, Generated } from 'kysely';
import type { CalendarDay } from '../../law/index.ts';

export interface CalendarNoticeTable {
  agency_id: number;
  id: Generated<number>;
  year: number;
  title: string;
  number: string;
  issued_on: string | null;
  days: ColumnType<CalendarDay[], string, never>;
  imported_at: Date;
  imported_by: string;
  withdrawn_at: Date | null;
  withdrawn_by: string | null;
}

export interface CalendarLocalDayTable {
  agency_id: number;
  date: string;
  name: string;
  is_off_day: boolean;
  ground: string;
  added_at: Date;
  added_by: string;
}

export interface CalendarRevisionTable {
  agency_id: number;
  revision: number;
}

declare module '../../core/db.ts' {
  interface Database {
    calendar_notices: CalendarNoticeTable;
    calendar_local_days: CalendarLocalDayTable;
    calendar_revisions: CalendarRevisionTable;
  }
}
