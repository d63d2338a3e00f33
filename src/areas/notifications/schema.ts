import type { Generated } from 'kysely';

export interface NotificationTable {
  agency_id: number;
  id: Generated<number>;
  staff_id: number;
  at: Date;
  title: string;
  href: string;
  read_at: Date | null;
  mailed_at: Date | null;
}

declare module '../../core/db.ts' {
  interface Database {
    notifications: NotificationTable;
  }
}
