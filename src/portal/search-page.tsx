import { type Facet, MOST_PARTIAL, type Piece, type SearchHit } from '../core/search-index/index.ts';
import { searchKinds } from '../find-for-systems.ts';
import { Empty, FilterLinks, formatDate, formatNumber, Icon, Pager } from '../ui/index.ts';
import {
  type FacetOption,
  facetNames,
  LAST_PAGE,
  PAGE,
  type PublicQuery,
  type PublicSearch,
  validityName,
} from './public-search.ts';
import { SearchForm } from './search-form.tsx';
import { PortalPage } from './shell.tsx';

const DESCRIPTION = '在本站已发布的信息、年度报告、统计指标和已公开的申请答复中查找。';
/** Options of one filter that are listed; the rest is found by typing. */
const OPTIONS = 10;

export function SearchPage({ ask, found }: { ask: PublicQuery; found: PublicSearch }) {
  const { query } = ask;
  return (
    <PortalPage
      title={query ? `搜索“${query}”` : '站内搜索'}
      heading={false}
      ownSearch
      labels={{
        column: { name: '站内搜索', description: DESCRIPTION, keywords: '搜索,查找', type: '站内搜索' },
      }}
    >
      <h1 class="visually-hidden">{query ? `“${query}”的搜索结果` : '站内搜索'}</h1>
      <div class="search-page">
        <SearchForm query={query} large />
      </div>
      {query === '' ? (
        <SearchHelp />
      ) : found.total === 0 && Object.keys(ask.filters).length === 0 ? (
        <Nothing ask={ask} found={found} />
      ) : (
        <Results ask={ask} found={found} />
      )}
    </PortalPage>
  );
}

function addressOf(
  ask: PublicQuery,
  change: Partial<Record<Facet | 'sort' | 'page' | 'words', string>>,
): string {
  const sort = ask.sort === 'date' ? { sort: 'date' } : {};
  const all: Record<string, string | number | undefined> = {
    q: ask.query,
    ...ask.filters,
    ...sort,
    ...(ask.everyWord ? { words: 'all' } : {}),
    ...change,
  };
  const said = Object.entries(all).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return `/search?${new URLSearchParams(said)}`;
}

function SearchHelp() {
  return (
    <div class="search-page search-help">
      <p>{DESCRIPTION}</p>
      <ul>
        <li>几个词用空格隔开，找同时含有它们的内容；没有的，列出含有其中一部分的，并写明不含哪些词。</li>
        <li>加引号按原样查找：“公共租赁住房”。</li>
        <li>词前加减号表示排除：公告 -招聘。</li>
        <li>发文字号用哪种括号都能找到：昆高发[2018]12号。</li>
      </ul>
    </div>
  );
}

function Nothing({ ask, found }: { ask: PublicQuery; found: PublicSearch }) {
  return (
    <div class="search-page">
      <Pages pages={found.pages} />
      <Empty
        title={ask.everyWord ? `没有包含“${ask.query}”全部词语的结果` : `没有找到“${ask.query}”`}
        icon="search"
      >
        <Meant meant={found.meant} />
        {ask.everyWord && <AnyWord ask={ask} />}
        <p>
          请换一个更短或更常用的词，例如只写“解读”“公积金”，去掉引号和减号。也可以浏览
          <a href="/catalogue">公开目录</a>和<a href="/sitemap">网站地图</a>；要的信息没有公开的，可以
          <a href="/requests">申请公开</a>。
        </p>
      </Empty>
    </div>
  );
}

function Meant({ meant }: { meant: string | null }) {
  if (meant === null) return null;
  return (
    <p class="search-meant">
      您是不是要找：<a href={`/search?${new URLSearchParams({ q: meant })}`}>{meant}</a>
    </p>
  );
}

function Results({ ask, found }: { ask: PublicQuery; found: PublicSearch }) {
  const { total, hits } = found;
  const chosen = Object.keys(ask.filters).length;
  const partly = hits.filter(({ partial }) => partial);
  const last = Math.min(Math.ceil(total / PAGE), LAST_PAGE);
  const before = Math.min(ask.page - 1, last);
  return (
    <div class="split split-left search-results">
      <div class="search-facets" id="filters" tabIndex={-1}>
        {chosen > 0 && (
          <p>
            <a href={addressOf({ ...ask, filters: {} }, { page: '' })}>清除全部筛选</a>
          </p>
        )}
        {(Object.keys(facetNames) as Facet[]).map((facet) => (
          <FacetFilter
            key={facet}
            facet={facet}
            ask={ask}
            options={found.options[facet]}
            about={found.counted?.exact === false}
          />
        ))}
      </div>
      <div>
        <p class="search-jump">
          <a href="#filters">
            <Icon name="filter" />
            筛选{chosen > 0 && `（已选 ${chosen} 项）`}
          </a>
        </p>
        <Meant meant={found.meant} />
        <div class="search-summary">
          <p class="result-count">
            {found.loose ? `${chosen > 0 ? '这些筛选条件下' : ''}没有同时包含全部词语的结果` : countOf(found)}
            {ask.everyWord && (
              <>
                ，都包含全部词语。
                <AnyWord ask={ask} />
              </>
            )}
          </p>
          <p class="search-sorts">
            {(['relevance', 'date'] as const).map((sort) => (
              <a
                key={sort}
                href={addressOf(ask, { sort: sort === 'date' ? 'date' : '', page: '' })}
                aria-current={ask.sort === sort ? 'true' : undefined}
              >
                {sort === 'date' ? '按日期' : '按相关'}
              </a>
            ))}
          </p>
        </div>
        <Pages pages={found.pages} />
        {hits.length === 0 && total > 0 ? (
          <Empty title={`没有第 ${ask.page} 页`} icon="search">
            <a href={addressOf(ask, { page: '' })}>从第一页看起</a>
          </Empty>
        ) : hits.length === 0 ? (
          <Empty title="这些筛选条件下没有结果" icon="search">
            请去掉一些筛选条件。
          </Empty>
        ) : (
          <>
            <ResultList hits={hits.filter(({ partial }) => !partial)} found={found} />
            {partly.length > 0 && <Partly ask={ask} found={found} />}
            <ResultList hits={partly} found={found} />
          </>
        )}
        <Pager
          previousHref={before >= 1 ? addressOf(ask, { page: before === 1 ? '' : String(before) }) : null}
          nextHref={ask.page < last ? addressOf(ask, { page: String(ask.page + 1) }) : null}
          note={last > 1 ? `第 ${ask.page} 页，共 ${last}${found.more ? '+' : ''} 页` : undefined}
        />
      </div>
    </div>
  );
}

function countOf({ total, more, counted, partial }: PublicSearch): string {
  if (counted === null) return `找到${more ? '超过' : ''} ${total} 条结果`;
  if (!counted.exact) return `找到约 ${formatNumber(roughly(counted.all))} 条结果`;
  // A filter may leave only what holds part of it.
  const whole = counted.all - partial;
  return `找到 ${formatNumber(whole)} 条${partial > 0 ? '包含全部词语的' : ''}结果`;
}

/** What the results below lack, and the way to do without them. */
function Partly({ ask, found }: { ask: PublicQuery; found: PublicSearch }) {
  const { words, partial, loose } = found;
  return (
    <div class="search-partly">
      <p>
        {partial >= MOST_PARTIAL
          ? `以下 ${partial} 条最接近，包含其中部分词语`
          : `以下 ${partial} 条包含其中部分词语`}
        ：{words.held.join('、')}
        {words.missing.map((word) => (
          <span key={word}>
            {' '}
            <s>{word}</s>
          </span>
        ))}
      </p>
      <p>
        <a href={addressOf(ask, { words: 'all', page: '' })}>
          {loose ? '一定要包含全部词语' : '只看包含全部词语的结果'}
        </a>
      </p>
    </div>
  );
}

function AnyWord({ ask }: { ask: PublicQuery }) {
  return <a href={addressOf(ask, { words: '', page: '' })}>也看包含部分词语的结果</a>;
}

function ResultList({ hits, found }: { hits: readonly SearchHit[]; found: PublicSearch }) {
  if (hits.length === 0) return null;
  return (
    <ol>
      {hits.map((hit) => (
        <Result
          key={hit.kind + hit.ref}
          hit={hit}
          missing={hit.missing.filter((word) => !found.words.missing.includes(word))}
        />
      ))}
    </ol>
  );
}

function FacetFilter(props: { facet: Facet; ask: PublicQuery; options: FacetOption[]; about: boolean }) {
  const { facet, ask, options, about } = props;
  const chosen = ask.filters[facet];
  if (options.length === 0 || (options.length === 1 && chosen === undefined)) return null;
  const every = {
    label: '全部',
    href: addressOf(ask, { [facet]: '', page: '' }),
    current: chosen === undefined,
  };
  return (
    <FilterLinks
      title={facetNames[facet]}
      items={[
        every,
        ...options.slice(0, OPTIONS).map(({ value, label, count }) => ({
          label,
          href: addressOf(ask, { [facet]: value, page: '' }),
          current: String(chosen) === value,
          count: count === null ? undefined : about ? `约 ${formatNumber(roughly(count))}` : count,
        })),
      ]}
    />
  );
}

/** An estimate says no more than it knows: two figures. */
function roughly(count: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(count, 1))) - 1);
  return Math.round(count / unit) * unit;
}

function Pages({ pages }: { pages: PublicSearch['pages'] }) {
  if (pages.length === 0) return null;
  return (
    <ul class="search-pages" aria-label="网站页面">
      {pages.map(({ label, href, text }) => (
        <li key={href}>
          <a href={href}>{label}</a> <span class="quiet">{text}</span>
        </li>
      ))}
    </ul>
  );
}

function Marked({ pieces }: { pieces: readonly Piece[] }) {
  return (
    <>{pieces.map((piece, index) => (piece.marked ? <mark key={index}>{piece.text}</mark> : piece.text))}</>
  );
}

/** `missing` words are told beside it. */
function Result({ hit, missing }: { hit: SearchHit; missing: readonly string[] }) {
  const notInForce = hit.validity === 'in-force' ? '' : validityName(hit.validity);
  return (
    <li class="result">
      <h2>
        <a href={hit.href}>
          <Marked pieces={hit.title} />
        </a>
      </h2>
      <p class="result-text">
        <Marked pieces={hit.excerpt} />
      </p>
      <p class="result-meta">
        <span>{searchKinds[hit.kind] ?? ''}</span>
        {hit.documentNumber && <span>{hit.documentNumber}</span>}
        {notInForce && <span class="result-validity">{notInForce}</span>}
        {hit.publishedOn && <time dateTime={hit.publishedOn}>{formatDate(hit.publishedOn)}发布</time>}
        {missing.length > 0 && (
          <span>
            不含：
            {missing.map((word, at) => (
              <span key={word}>
                {at > 0 && ' '}
                <s>{word}</s>
              </span>
            ))}
          </span>
        )}
      </p>
    </li>
  );
}
