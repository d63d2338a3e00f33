import { listColumns, type Validity, validities } from '../areas/catalogue/index.ts';
import { listUnits } from '../areas/organisations/index.ts';
import type { Db } from '../core/db.ts';
import {
  didYouMean,
  type Facet,
  type FacetCount,
  type Filters,
  findEntries,
  type SearchHit,
  type SearchResult,
} from '../core/search-index/index.ts';
import { searchKinds } from '../find-for-systems.ts';
import { portalNavigation, sitePages } from './navigation.ts';

export const PAGE = 20;
/** The last page that is shown; who has not found it by then searches more narrowly. */
export const LAST_PAGE = 50;

/** What each page about the site itself says, for those who look for it by its content. */
const pageTexts: Readonly<Record<string, string>> = {
  '/': '政府信息公开首页',
  '/requests': '依申请公开：网上申请、进度查询、受理渠道、已公开的答复',
  '/reports': '历年政府信息公开工作年度报告，可在线阅读和下载',
  '/ledger': '操作台账的每日摘要，可用于核验台账未被改动',
  '/about': '主办单位、联系方式、电话、地址、办公时间、无障碍浏览、长者版、高对比度',
  '/sitemap': '本站全部栏目和页面',
};

export const facetNames: Readonly<Record<Facet, string>> = {
  kind: '类别',
  column: '栏目',
  unit: '部门',
  year: '年份',
  genre: '体裁',
  validity: '有效性',
};

export interface FacetOption {
  value: string;
  label: string;
  /** Null: it was chosen, and how many there are was not counted. */
  count: number | null;
}

/** By what names filters tell columns, those out of use too, and units; by id. */
export type SearchNames = Readonly<Record<'column' | 'unit', ReadonlyMap<string, string>>>;

export async function readSearchNames(db: Db, agencyId: number): Promise<SearchNames> {
  const [columns, units] = await Promise.all([listColumns(db, agencyId), listUnits(db, agencyId)]);
  const names = (list: readonly { id: number; name: string }[]) =>
    new Map(list.map(({ id, name }) => [String(id), name]));
  return { column: names(columns), unit: names(units) };
}

export interface PublicSearch extends SearchResult {
  options: Readonly<Record<Facet, FacetOption[]>>;
  pages: { label: string; href: string; text: string }[];
  /** Nothing was found, but this is near it. */
  meant: string | null;
}

export interface PublicQuery {
  query: string;
  filters: Filters;
  sort: 'relevance' | 'date';
  page: number;
  /** Only what holds every word. */
  everyWord: boolean;
}

/** Everything public that a query finds, a page of it, and how it divides. */
export async function findPublic(
  db: Db,
  agencyId: number,
  ask: PublicQuery,
  names: SearchNames,
): Promise<PublicSearch> {
  const { query, filters, sort, page, everyWord } = ask;
  const found = await findEntries(db, agencyId, {
    query,
    filters,
    sort,
    limit: PAGE,
    offset: (page - 1) * PAGE,
    everyWord,
    facets: true,
  });
  const near = found.total === 0 || found.loose ? await didYouMean(db, agencyId, query) : null;
  // Offered only when something holds all of it.
  const meant = near !== null && (await holdsAll(db, agencyId, near)) ? near : null;
  const of = (facet: Facet, label: (value: string) => string) =>
    withChosen(options(found.facets, facet, label), filters[facet], label);
  return {
    ...found,
    pages: page === 1 ? pagesAbout(query) : [],
    meant,
    options: {
      kind: of('kind', (kind) => searchKinds[kind] ?? ''),
      column: of('column', (id) => names.column.get(id) ?? ''),
      unit: of('unit', (id) => names.unit.get(id) ?? ''),
      year: of('year', (year) => `${year}年`).sort((a, b) => Number(b.value) - Number(a.value)),
      genre: of('genre', (genre) => genre),
      validity: of('validity', validityName),
    },
  };
}

const holdsAll = async (db: Db, agencyId: number, query: string) =>
  (await findEntries(db, agencyId, { query, limit: 1, everyWord: true })).total > 0;

/** Empty for what has none. */
export const validityName = (validity: string): string =>
  Object.hasOwn(validities, validity) ? validities[validity as Validity] : '';

const options = (
  counts: readonly FacetCount[],
  wanted: Facet,
  label: (value: string) => string,
): FacetOption[] =>
  counts
    .flatMap(({ facet, value, count }) => (facet === wanted ? [{ value, label: label(value), count }] : []))
    .filter((option) => option.label !== '')
    .sort((a, b) => b.count - a.count);

/** What was chosen stands among the options also where nothing found has it, so that it can be given up. */
function withChosen(
  options: readonly FacetOption[],
  chosen: string | number | undefined,
  label: (value: string) => string,
): FacetOption[] {
  const value = String(chosen ?? '');
  if (value === '' || label(value) === '' || options.some((option) => option.value === value))
    return [...options];
  return [{ value, label: label(value), count: null }, ...options];
}

function pagesAbout(query: string): PublicSearch['pages'] {
  const sought = query.normalize('NFKC').toLowerCase().trim();
  if (sought.length < 2) return [];
  return [...portalNavigation, ...sitePages]
    .map(({ label, href }) => ({ label, href, text: pageTexts[href] ?? '' }))
    .filter(({ label, text }) => `${label} ${text}`.toLowerCase().includes(sought))
    .slice(0, 3);
}

const FIRST = 20;

/** One thing that is public, for those who only ask whether there is any. */
export interface PublicHit {
  kind: string;
  title: string;
  excerpt: SearchHit['excerpt'];
  href: string;
  /** Civil date, empty without one. */
  date: string;
}

/** The first of what a query finds. */
export async function firstPublic(db: Db, agencyId: number, query: string): Promise<PublicHit[]> {
  const { hits } = await findEntries(db, agencyId, { query, limit: FIRST });
  return hits.map((hit) => ({
    kind: searchKinds[hit.kind] ?? '',
    title: hit.title.map(({ text }) => text).join(''),
    excerpt: hit.excerpt,
    href: hit.href,
    date: hit.publishedOn ?? '',
  }));
}
