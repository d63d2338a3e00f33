import { Readable } from 'node:stream';
import type { Db } from '../../core/db.ts';
import { type CellValue, type OutColumn, streamCsv, streamXlsx } from '../../core/spreadsheet/index.ts';
import type { ColumnNode } from './column-actions.ts';
import { findItem } from './item-store.ts';
import { type CatalogueColumn, type Item, type Version, validities } from './model.ts';
import type { WholeItem } from './public-item-store.ts';
import type { PublicReader } from './public-reader.ts';
import { type PublicFilter, type PublicItem, type PublicPlace, publicItemsBeside } from './public-store.ts';
import { findVersion } from './version-store.ts';

/** Public address of an item; its index number is its name there for ever. */
export const itemHref = (indexNumber: string): string =>
  `/items/${indexNumber.split('/').map(encodeURIComponent).join('/')}`;

/** Public address of a file of an item. */
export const itemFileHref = (itemId: number, digest: string): string => `/files/items/${itemId}/${digest}`;

export interface PublicItemView extends WholeItem {
  item: Item & { publishedOn: string; publishedAt: Date };
  /** Columns from the top down to the item's own. */
  path: CatalogueColumn[];
  /** Further columns it stands in, topics among them, each from the top down. */
  further: ColumnNode[][];
}

/**
 * What stands at an address: an item, the mark that one was withdrawn, or null. Drafts are as if they were not there. `tree` holds
 * closed columns too.
 */
export async function readPublicItem(
  reader: PublicReader,
  agencyId: number,
  indexNumber: string,
  tree: readonly ColumnNode[],
): Promise<{ kind: 'item'; view: PublicItemView } | { kind: 'withdrawn'; item: Item } | null> {
  const whole = await reader.item(agencyId, indexNumber);
  if (!whole) return null;
  const { item } = whole;
  if (item.state === 'withdrawn') return { kind: 'withdrawn', item };
  const { publishedOn, publishedAt, columnId } = item;
  if (publishedOn === null || publishedAt === null) return null;
  const path = columnId === null ? [] : pathTo(tree, columnId);
  const further = whole.furtherColumns.map((id) => pathTo(tree, id)).filter((to) => to.length > 0);
  return { kind: 'item', view: { ...whole, item: { ...item, publishedOn, publishedAt }, path, further } };
}

/** One version readers have seen, with the one before it; null when the public never saw it. */
export async function readSeenVersion(
  db: Db,
  agencyId: number,
  view: Pick<PublicItemView, 'item' | 'versions'>,
  number: number,
): Promise<{ version: Version; before: Version | null } | null> {
  const at = view.versions.findIndex(({ version }) => version === number);
  if (at < 0) return null;
  const earlier = view.versions[at + 1];
  const [version, before] = await Promise.all([
    findVersion(db, agencyId, view.item.id, number),
    earlier ? findVersion(db, agencyId, view.item.id, earlier.version) : null,
  ]);
  return version ? { version, before } : null;
}

/** The columns from the top down to the one with that id; nothing when it is not there. */
export function pathTo(tree: readonly ColumnNode[], id: number): ColumnNode[] {
  for (const node of tree) {
    if (node.id === id) return [node];
    const below = pathTo(node.below, id);
    if (below.length > 0) return [node, ...below];
  }
  return [];
}

/** The ids of a column and of all below it. */
export function withBelow(node: ColumnNode): number[] {
  return [node.id, ...node.below.flatMap(withBelow)];
}

/** The newest item of these columns whole, e.g. the guide in force. */
export async function newestWhole(
  db: Db,
  agencyId: number,
  columnIds: readonly number[],
): Promise<{ item: Item; version: Version } | null> {
  const filter = { ...everything, columnIds };
  const [newest] = await publicItemsBeside(db, agencyId, filter, { limit: 1 });
  const item = newest ? await findItem(db, agencyId, newest.id) : null;
  const version = item?.liveVersion ? await findVersion(db, agencyId, item.id, item.liveVersion) : null;
  return item && version ? { item, version } : null;
}

export const everything: PublicFilter = {
  columnIds: null,
  unitId: null,
  year: null,
  genre: null,
  validity: null,
};

/** Rows read at once; nothing else is held. */
const ROWS_AT_ONCE = 500;
/** What one sheet of a workbook holds, less its head. */
const SHEET_ROWS = 1_000_000;

/** Every published item of a filter, the newest first, read as it is taken. */
export async function* publicItems(
  db: Db,
  agencyId: number,
  filter: PublicFilter,
): AsyncGenerator<PublicItem> {
  let olderThan: PublicPlace | null = null;
  for (;;) {
    const page: PublicItem[] = await publicItemsBeside(db, agencyId, filter, {
      olderThan,
      limit: ROWS_AT_ONCE,
    });
    yield* page;
    const last = page.at(-1);
    if (page.length < ROWS_AT_ONCE || !last) return;
    olderThan = { publishedOn: last.publishedOn, id: last.id };
  }
}

/** Fields of open data: the key of JSON, the head of tables. */
const fields: readonly {
  key: string;
  column: OutColumn;
  value(item: PublicItem, names: Names): CellValue;
}[] = [
  { key: 'indexNumber', column: { label: '索引号', width: 24 }, value: (item) => item.indexNumber },
  { key: 'title', column: { label: '名称', width: 56 }, value: (item) => item.title },
  {
    key: 'documentNumber',
    column: { label: '文号', width: 22 },
    value: (item) => item.documentNumber || null,
  },
  { key: 'issuingBody', column: { label: '发布机构', width: 22 }, value: (item) => item.issuingBody || null },
  { key: 'unit', column: { label: '公开部门', width: 18 }, value: (item) => item.unitName },
  { key: 'column', column: { label: '栏目', width: 22 }, value: (item, names) => names.column(item) },
  { key: 'subject', column: { label: '主题分类', width: 22 }, value: (item) => item.subject || null },
  { key: 'genre', column: { label: '体裁', width: 10 }, value: (item) => item.genre || null },
  { key: 'formedOn', column: { label: '成文日期', width: 12, kind: 'date' }, value: (item) => item.formedOn },
  {
    key: 'publishedOn',
    column: { label: '发布日期', width: 12, kind: 'date' },
    value: (item) => item.publishedOn,
  },
  {
    key: 'amendedOn',
    column: { label: '修改日期', width: 12, kind: 'date' },
    value: (item) => item.amendedOn,
  },
  { key: 'validity', column: { label: '有效性', width: 10 }, value: (item) => validities[item.validity] },
  { key: 'abstract', column: { label: '内容概述', width: 48 }, value: (item) => item.abstract || null },
  { key: 'address', column: { label: '网址', width: 48 }, value: (item, names) => names.address(item) },
];

interface Names {
  column(item: PublicItem): string | null;
  address(item: PublicItem): string;
}

export const openDataKinds = ['csv', 'json', 'xlsx'] as const;
export type OpenDataKind = (typeof openDataKinds)[number];

/**
 * A list as a file, streamed: memory does not grow with it. Text that a spreadsheet could take for a formula is kept from
 * being one. `base` is the public address without a slash at the end.
 */
export function openData(
  source: { db: Db; agencyId: number; columns: readonly CatalogueColumn[]; base: string },
  filter: PublicFilter,
  asked: { kind: OpenDataKind; title: string },
): { content: Readable; type: string } {
  const columnNames = new Map(source.columns.map(({ id, name }) => [id, name]));
  const names: Names = {
    column: ({ columnId }) => (columnId === null ? null : (columnNames.get(columnId) ?? null)),
    address: ({ indexNumber }) => source.base + itemHref(indexNumber),
  };
  const items = publicItems(source.db, source.agencyId, filter);
  if (asked.kind === 'json') {
    return { content: Readable.from(jsonText(items, names)), type: 'application/json; charset=utf-8' };
  }
  const rows = rowsOf(items, names, asked.kind === 'xlsx' ? SHEET_ROWS : Number.POSITIVE_INFINITY);
  if (asked.kind === 'csv') {
    const content = streamCsv(
      fields.map(({ column }) => column.label),
      rows,
    );
    return { content, type: 'text/csv; charset=utf-8' };
  }
  const sheet = {
    name: asked.title,
    heading: [asked.title],
    columns: fields.map(({ column }) => column),
    rows,
  };
  return {
    content: streamXlsx([sheet]),
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  };
}

async function* rowsOf(
  items: AsyncIterable<PublicItem>,
  names: Names,
  most: number,
): AsyncGenerator<readonly CellValue[]> {
  let given = 0;
  for await (const item of items) {
    if (given++ === most) return;
    yield fields.map(({ value }) => value(item, names));
  }
}

async function* jsonText(items: AsyncIterable<PublicItem>, names: Names): AsyncGenerator<string> {
  let before = '[\n';
  for await (const item of items) {
    const record = Object.fromEntries(fields.map(({ key, value }) => [key, value(item, names)]));
    yield before + JSON.stringify(record);
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}
