import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { ChannelKind, PostState } from './model.ts';

interface ChannelAccountTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  kind: ChannelKind;
  name: string;
  platform_id: Generated<string>;
  address: Generated<string>;
  unit_id: number | null;
  main: Generated<boolean>;
  opened_on: string;
  closed_on: string | null;
  alarmed_on: string | null;
}

interface ChannelConnectionTable {
  agency_id: number;
  account_id: number;
  settings: string;
  token: string | null;
  token_until: Date | null;
  connected_at: Date;
}

interface ChannelPostTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  item_id: number | null;
  account_id: number | null;
  channel: ChannelKind;
  title: string;
  address: Generated<string>;
  state: PostState;
  publish_at: Date | null;
  posted_on: string | null;
  posted_at: Date | null;
  reads: number | null;
  attempts: Generated<number>;
  stage: Generated<string>;
  remote_id: Generated<string>;
  sending_since: Date | null;
  error: Generated<string>;
  source_id: string | null;
  by_id: number | null;
  by_name: string;
  created_at: Date;
}

interface ChannelPostImportTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  staff_id: number;
  file_name: string;
  rows: ColumnType<unknown[], string, never>;
  read_at: Date;
}

declare module '../../core/db.ts' {
  interface Database {
    channel_accounts: ChannelAccountTable;
    channel_connections: ChannelConnectionTable;
    channel_posts: ChannelPostTable;
    channel_post_imports: ChannelPostImportTable;
  }
}
