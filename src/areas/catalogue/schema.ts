import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { Sheet } from '../../core/spreadsheet/index.ts';
import type { TextState } from './attachment-text-store.ts';
import type { ImportCheck, ImportState, LineNote } from './import-model.ts';
import type {
  Attribute,
  ChannelKind,
  ColumnKind,
  ItemState,
  LetStand,
  NormativeKind,
  ReviewResult,
  ReviewStep,
  Validity,
  VersionState,
} from './model.ts';

interface CatalogueColumnTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  parent_id: number | null;
  slug: string;
  name: string;
  kind: ColumnKind;
  page_type: Generated<string>;
  description: Generated<string>;
  keywords: Generated<string>;
  unit_id: number | null;
  update_days: number | null;
  required: Generated<string[]>;
  review_steps: Generated<ReviewStep[]>;
  position: number;
  closed_on: string | null;
}

interface ColumnPictureTable {
  agency_id: number;
  column_id: number;
  digest: string;
  type: 'image/png' | 'image/jpeg';
  bytes: number;
  width: number;
  height: number;
  alt: string;
  set_at: Date;
}

interface CatalogueOldSlugTable {
  agency_id: number;
  slug: string;
  column_id: number;
}

interface IndexNumberTable {
  agency_id: number;
  year: number;
  last: number;
}

interface ItemImportTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  file_digest: string | null;
  file_name: string;
  state: Generated<ImportState>;
  by_id: number | null;
  by_name: string;
  acting_id: Generated<number | null>;
  bytes: Generated<number | null>;
  kind: Generated<Sheet['kind'] | null>;
  lines_checked: Generated<number>;
  found: ColumnType<ImportCheck | null, string | undefined, string>;
  rejected: Generated<number>;
  noted: Generated<number>;
  postponed: Generated<number>;
  postponed_done: Generated<number>;
  going_since: Generated<Date | null>;
  going_from: Generated<number>;
  seen_at: Generated<Date | null>;
  attempts: Generated<number>;
  failure: Generated<string>;
  lines_done: Generated<number>;
  imported: Generated<number>;
  unchanged: Generated<number>;
  started_at: Date;
  finished_at: Generated<Date | null>;
}

interface ItemImportPartTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  import_id: number;
  first_line: number;
  last_line: number;
  lines: number[];
  items: number[];
  unchanged: Generated<number[]>;
  postponed: Generated<number[]>;
}

interface ItemImportNoteTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  import_id: number;
  line: number;
  kind: LineNote['kind'];
  field: string;
  problem: string;
}

interface ItemTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  index_number: string;
  unit_id: number;
  source_id: string | null;
  state: ItemState;
  live_version: number | null;
  title: Generated<string>;
  abstract: Generated<string>;
  column_id: number | null;
  genre: Generated<string>;
  subject: Generated<string>;
  document_number: Generated<string>;
  issuing_body: Generated<string>;
  formed_on: string | null;
  published_on: string | null;
  published_at: Date | null;
  amended_on: string | null;
  normative: Generated<NormativeKind>;
  validity: Generated<Validity>;
  validity_on: string | null;
  replaced_by: number | null;
  valid_until: Generated<string | null>;
  withdrawn_on: string | null;
  withdrawal_reason: Generated<string>;
  withdrawal_ground: Generated<string>;
}

interface ItemVersionTable {
  agency_id: number;
  item_id: number;
  version: number;
  state: VersionState;
  step: Generated<ReviewStep | 'secrecy' | ''>;
  revision: Generated<number>;
  title: Generated<string>;
  abstract: Generated<string>;
  body: Generated<string>;
  plain: Generated<string>;
  column_id: number | null;
  further_columns: Generated<number[]>;
  genre: Generated<string>;
  subject: Generated<string>;
  document_number: Generated<string>;
  issuing_body: Generated<string>;
  source: Generated<string>;
  keywords: Generated<string[]>;
  formed_on: string | null;
  normative: Generated<NormativeKind>;
  attribute: Generated<Attribute>;
  attribute_reason: Generated<string>;
  next_review_on: string | null;
  channels: Generated<ChannelKind[]>;
  publish_at: Date | null;
  urgent_reason: Generated<string>;
  review_due_on: string | null;
  amendment: Generated<string>;
  interpretation_plan: Generated<string>;
  interprets: Generated<number[]>;
  let_stand: ColumnType<LetStand[], string | undefined, string>;
  author_id: number | null;
  hands: Generated<number[]>;
  created_at: Date;
  saved_at: Date;
  submitted_at: Date | null;
  published_at: Date | null;
  digest: Generated<string>;
}

interface ItemFileTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  item_id: number;
  version: number;
  position: number;
  kind: 'attachment' | 'picture';
  name: string;
  digest: string;
  type: string;
  bytes: number;
  plain: Generated<string>;
  released: Generated<boolean>;
}

interface ItemFileTextTable {
  agency_id: number;
  digest: string;
  state: Generated<TextState>;
  reason: Generated<string>;
  characters: Generated<number>;
  attempts: Generated<number>;
  asked_at: Date;
  begun_at: Date | null;
  done_at: Date | null;
}

interface ItemReviewTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  item_id: number;
  version: number;
  step: ReviewStep | 'secrecy' | 'import';
  result: ReviewResult;
  reviewer_id: number | null;
  reviewer_name: string;
  on_behalf_of: number | null;
  opinion: Generated<string>;
  basis: Generated<string>;
  concluding: Generated<boolean>;
  /** Of history that was loaded: the part of the import that it came with. */
  import_part: Generated<number | null>;
  at: Date;
}

interface ReviewDelegationTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  from_id: number;
  to_id: number;
  from_on: string;
  to_on: string;
  revoked_on: string | null;
}

interface ItemValidityTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  item_id: number;
  validity: Validity;
  from_on: string;
  replaced_by: number | null;
  ground: string;
  by_name: string;
  at: Date;
  clean_up_id: Generated<number | null>;
}

interface ContentRevisionTable {
  agency_id: number;
  revision: number;
}

declare module '../../core/db.ts' {
  interface Database {
    catalogue_columns: CatalogueColumnTable;
    catalogue_old_slugs: CatalogueOldSlugTable;
    column_pictures: ColumnPictureTable;
    index_numbers: IndexNumberTable;
    item_imports: ItemImportTable;
    item_import_parts: ItemImportPartTable;
    item_import_notes: ItemImportNoteTable;
    items: ItemTable;
    item_versions: ItemVersionTable;
    item_files: ItemFileTable;
    item_file_texts: ItemFileTextTable;
    item_reviews: ItemReviewTable;
    review_delegations: ReviewDelegationTable;
    item_validity: ItemValidityTable;
    content_revisions: ContentRevisionTable;
  }
}
