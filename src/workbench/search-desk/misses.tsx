import { may } from '../../areas/organisations/index.ts';
import type { SearchMiss } from '../../core/search-index/index.ts';
import {
  Button,
  Empty,
  Form,
  formatDate,
  formatNumber,
  LinkButton,
  Pager,
  SelectField,
  Table,
  TextField,
  usePage,
} from '../../ui/index.ts';
import { DeskView } from './frame.tsx';
import {
  type DeskQuery,
  deskAddress,
  EXPORT,
  handlingOf,
  periods,
  publicSearch,
  SEARCH_DESK,
} from './request.ts';

const groups = { open: '待处理', handled: '已处理' } as const;
const sorts = { often: '次数多的在前', newest: '最近的在前' } as const;
const options = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }));

/** What citizens looked for in vain, so that editors can help: by a synonym, a better title, or by publishing it. */
export function MissesPage(props: {
  query: DeskQuery;
  misses: readonly SearchMiss[];
  counts: { queries: number; times: number };
  next: boolean;
}) {
  const { query, misses, counts, next } = props;
  return (
    <DeskView
      view={SEARCH_DESK}
      lead="公众在门户上检索而没有结果的词。不记录是谁检索的；像人名、号码的不保存；半年没有人再检索的自动清除。"
      actions={
        counts.queries > 0 && (
          <LinkButton href={deskAddress(query, { page: 1 }, EXPORT)} icon="download">
            导出
          </LinkButton>
        )
      }
    >
      <Filters query={query} />
      {misses.length === 0 ? (
        <Nothing query={query} />
      ) : (
        <>
          <p class="result-count">
            {formatNumber(counts.queries)} 个检索词，共检索 {formatNumber(counts.times)} 次
          </p>
          <Table
            caption="没有结果的检索"
            stack
            columns={[
              { label: '检索词' },
              { label: '次数', numeric: true },
              { label: '第一次' },
              { label: '最近一次' },
              { label: query.group === 'open' ? '办理' : '处理情况' },
            ]}
          >
            {misses.map((miss) => (
              <Row key={miss.query} miss={miss} />
            ))}
          </Table>
        </>
      )}
      <Pager
        previousHref={query.page > 1 ? deskAddress(query, { page: query.page - 1 }) : null}
        nextHref={next ? deskAddress(query, { page: query.page + 1 }) : null}
        note={query.page > 1 || next ? `第 ${query.page} 页` : undefined}
      />
    </DeskView>
  );
}

function Filters({ query }: { query: DeskQuery }) {
  return (
    <Form action={SEARCH_DESK} method="get" layout="inline" label="筛选检索">
      <SelectField name="group" label="状态" value={query.group} options={options(groups)} />
      <SelectField
        name="period"
        label="时间"
        value={query.period}
        blank={periods['']}
        options={options(periods).filter(({ value }) => value !== '')}
      />
      <SelectField name="sort" label="排序" value={query.sort} options={options(sorts)} />
      <TextField name="q" label="检索词" value={query.text} width={12} maxlength={40} type="search" />
      <Button>筛选</Button>
    </Form>
  );
}

function Nothing({ query }: { query: DeskQuery }) {
  if (query.text !== '' || query.period !== '')
    return (
      <Empty
        title="没有符合条件的检索"
        icon="search"
        action={<a href={deskAddress({ ...query, text: '', period: '', page: 1 })}>清除条件</a>}
      />
    );
  return query.group === 'open' ? (
    <Empty title="没有待处理的检索" icon="circle-check">
      公众在门户上检索而没有结果时，检索词会出现在这里。
    </Empty>
  ) : (
    <Empty title="还没有处理过">处理过的检索会留在这里；以后又检索不到的，会回到待处理。</Empty>
  );
}

function Row({ miss }: { miss: SearchMiss }) {
  const { actor } = usePage();
  const { query, times, firstOn, lastOn, handledOn, handledBy, handledNote } = miss;
  return (
    <tr>
      <th scope="row" data-label="检索词">
        <a href={publicSearch(query)}>{query}</a>
      </th>
      <td class="numeric" data-label="次数">
        {formatNumber(times)}
      </td>
      <td data-label="第一次">{formatDate(firstOn)}</td>
      <td data-label="最近一次">{formatDate(lastOn)}</td>
      <td data-label={handledOn ? '处理情况' : '办理'}>
        {handledOn && (
          <span>
            {handledBy}，{formatDate(handledOn)}
            {handledNote && `：${handledNote}`}{' '}
          </span>
        )}
        {actor !== null && may(actor, 'search.edit') && (
          <a href={handlingOf(query)} aria-label={`处理“${query}”`}>
            {handledOn ? '查看' : '处理'}
          </a>
        )}
      </td>
    </tr>
  );
}
