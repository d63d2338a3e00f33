import type { GeneratedAlways } from 'kysely';

interface RequestViewTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  staff_id: number;
  name: string;
  query: string;
}

interface RequestFeedTable {
  agency_id: number;
  staff_id: number;
  token_digest: string;
  scope: 'mine' | 'all';
  made_at: Date;
}

interface RequestReminderTable {
  agency_id: number;
  request_id: number;
  due_on: string;
  days_left: number;
  reminded_at: Date;
}

interface RequestRecountTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  calendar: string;
  begun_at: Date;
  ended_at: Date | null;
  counted: number;
}

interface RequestRecountChangeTable {
  agency_id: number;
  recount_id: number;
  request_id: number;
  due_before: string | null;
  due_after: string | null;
  provisional_before: boolean;
  provisional_after: boolean;
}

declare module '../../core/db.ts' {
  interface Database {
    request_views: RequestViewTable;
    request_feeds: RequestFeedTable;
    request_reminders: RequestReminderTable;
    request_recounts: RequestRecountTable;
    request_recount_changes: RequestRecountChangeTable;
  }
}
