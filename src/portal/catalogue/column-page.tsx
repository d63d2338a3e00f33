import {
  type ColumnNode,
  type PublicCounts,
  type PublicItem,
  pathTo,
  type Validity,
  validities,
} from '../../areas/catalogue/index.ts';
import { Alert, FilterLinks, formatNumber, Icon, Once, Pager } from '../../ui/index.ts';
import { PortalPage } from '../shell.tsx';
import { ColumnTree, type Counts } from './column-tree.tsx';
import { ListDownloads } from './downloads.tsx';
import { CATALOGUE, isFiltered, listHref, placeText, type Wanted } from './filter.ts';
import { catalogueCrumb, NoItems } from './front-page.tsx';
import { ItemList } from './item-list.tsx';

/** Units and genres shown of each filter; whoever is in use is always among them. */
const SHOWN = 12;

export interface ListedPage {
  items: readonly PublicItem[];
  /** Whether there are newer, older items than these. */
  newer: boolean;
  older: boolean;
}

/** A column: its items from the newest on, filters beside them, the list as files below. */
export function ColumnPage(props: {
  node: ColumnNode;
  tree: readonly ColumnNode[];
  counts: Counts;
  wanted: Wanted;
  facets: PublicCounts;
  /** Items are counted to this number. */
  most: number;
  page: ListedPage;
}) {
  const { node, tree, counts, wanted, facets, most, page } = props;
  const base = `${CATALOGUE}/${node.slug}`;
  const path = pathTo(tree, node.id);
  const top = path[0] ?? node;
  const feed = `${base}/feed.xml`;
  const [first] = page.items;
  const last = page.items.at(-1);
  return (
    <PortalPage
      title={node.name}
      feed={{ href: feed, title: node.name }}
      labels={{ column: columnLabels(node) }}
      breadcrumbs={[
        catalogueCrumb,
        ...path.map(({ name, slug }) => ({ label: name, href: `${CATALOGUE}/${slug}` })),
      ]}
      lead={node.description || undefined}
    >
      {node.closedOn !== null && (
        <Alert tone="info" title="本栏目已停用">
          原有内容继续保留，不再更新。
        </Alert>
      )}
      <div class="split split-left catalogue-list">
        <section aria-label="信息列表" class="catalogue-items">
          <p class="catalogue-jump">
            <a href="#filters">
              <Icon name="filter" />
              栏目和筛选
            </a>
          </p>
          {page.items.length === 0 ? (
            <NoItems filteredBase={isFiltered(wanted) ? base : null} />
          ) : (
            <ItemList items={page.items} />
          )}
          <Pager
            previousHref={
              page.newer && first ? listHref(base, wanted, {}, { newer: placeText(first) }) : null
            }
            nextHref={page.older && last ? listHref(base, wanted, {}, { older: placeText(last) }) : null}
            note={page.items.length > 0 && `共 ${countWords(facets.total, most)} 条`}
          />
          {page.items.length > 0 && (
            <ListDownloads
              label="下载本列表"
              hrefOf={(kind) => listHref(`${base}/items.${kind}`, wanted)}
              feed={feed}
            />
          )}
        </section>
        <Once of={facets} name={`beside ${node.id}`} class="catalogue-side" id="filters">
          {() => (
            <>
              <nav aria-label="栏目">
                <ColumnTree
                  nodes={[top]}
                  counts={counts}
                  current={node.id}
                  open={new Set(path.map(({ id }) => id))}
                />
              </nav>
              <Filters base={base} wanted={wanted} facets={facets} bounded={facets.total >= most} />
            </>
          )}
        </Once>
      </div>
    </PortalPage>
  );
}

/** Page labels of a column; a name stands in for what nobody has described. */
export const columnLabels = (column: Pick<ColumnNode, 'name' | 'description' | 'keywords' | 'pageType'>) => ({
  name: column.name,
  description: column.description || `${column.name}栏目公开的政府信息`,
  keywords: column.keywords || `${column.name},政府信息公开`,
  type: column.pageType,
});

const countWords = (count: number, most: number): string =>
  count >= most ? `${formatNumber(most)}+` : formatNumber(count);

function Filters(props: { base: string; wanted: Wanted; facets: PublicCounts; bounded: boolean }) {
  const { base, wanted, facets, bounded } = props;
  const dimension = <K extends keyof Wanted>(
    title: string,
    key: K,
    all: { value: NonNullable<Wanted[K]>; label: string; count: number }[],
  ) => {
    const chosen = wanted[key];
    // A filter that tells nothing apart helps nobody.
    if (all.length < 2 && chosen === null) return null;
    const shown = all.filter(({ value }, index) => index < SHOWN || value === chosen);
    return (
      <FilterLinks
        title={title}
        items={[
          { label: '全部', href: listHref(base, wanted, { [key]: null }), current: chosen === null },
          ...shown.map(({ value, label, count }) => ({
            label,
            href: listHref(base, wanted, { [key]: value }),
            current: value === chosen,
            count: bounded ? `${formatNumber(count)}+` : count,
          })),
        ]}
      />
    );
  };
  return (
    <div class="catalogue-filters">
      {dimension(
        '年份',
        'year',
        facets.years.map(({ year, count }) => ({ value: year, label: `${year}年`, count })),
      )}
      {dimension(
        '部门',
        'unitId',
        facets.units.map(({ id, name, count }) => ({ value: id, label: name, count })),
      )}
      {dimension(
        '体裁',
        'genre',
        facets.genres.map(({ genre, count }) => ({ value: genre, label: genre, count })),
      )}
      {dimension(
        '有效性',
        'validity',
        facets.validities.map(({ validity, count }) => ({
          value: validity as Validity,
          label: validities[validity],
          count,
        })),
      )}
    </div>
  );
}
