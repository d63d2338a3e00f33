import {
  itemHref,
  normativeKinds,
  type RegisterCounts,
  type RegisterFilter,
  type RegisterPlace,
  type RegisterRow,
  validities,
} from '../../areas/catalogue/index.ts';
import {
  Button,
  Empty,
  FilterLinks,
  Form,
  formatDate,
  formatNumber,
  Icon,
  LinkButton,
  Pager,
  Stat,
  Stats,
  TextField,
  usePage,
} from '../../ui/index.ts';
import { catalogueCrumb } from '../catalogue/front-page.tsx';
import { ValidityBadge } from '../catalogue/validity-badge.tsx';
import { PortalPage } from '../shell.tsx';

export const NORMATIVE = '/normative';

const labels = {
  column: {
    name: '规范性文件',
    description: '本机关行政规范性文件和规章的目录及其有效性',
    keywords: '行政规范性文件,规章,有效性,文件清理',
    type: '政策文件',
  },
};

function href(filter: RegisterFilter, after: RegisterPlace | null = null, base: string = NORMATIVE): string {
  const query = new URLSearchParams();
  const values = {
    q: filter.text,
    kind: filter.kind ?? '',
    validity: filter.validity ?? '',
    unit: String(filter.unitId ?? ''),
    year: String(filter.year ?? ''),
    older: after ? `${after.formedOn}.${after.id}` : '',
  };
  for (const [name, value] of Object.entries(values)) if (value !== '') query.set(name, value);
  const text = query.toString();
  return text === '' ? base : `${base}?${text}`;
}

interface Props {
  filter: RegisterFilter;
  rows: readonly RegisterRow[];
  next: RegisterPlace | null;
  first: boolean;
  counts: RegisterCounts;
}

/** 规范性文件: what is in force, what is not any more, and since when. */
export function NormativePage(props: Props) {
  const { filter, rows, next, first, counts } = props;
  const { agency } = usePage();
  const of = (validity: keyof typeof validities) => counts.validities[validity] ?? 0;
  const narrowed = Object.values(filter).some((value) => value !== null && value !== '');
  return (
    <PortalPage
      title="规范性文件"
      labels={labels}
      breadcrumbs={[catalogueCrumb, { label: '规范性文件' }]}
      lead={`${agency.name}制发的行政规范性文件和规章，以及每一份现在是否有效。`}
    >
      <Stats>
        <Stat label="现行有效" value={of('in-force') + of('amended')} unit="件" />
        <Stat
          label="其中已修改"
          value={of('amended')}
          unit="件"
          href={href({ ...filter, validity: 'amended' })}
        />
        <Stat
          label="废止"
          value={of('repealed')}
          unit="件"
          href={href({ ...filter, validity: 'repealed' })}
        />
        <Stat label="失效" value={of('expired')} unit="件" href={href({ ...filter, validity: 'expired' })} />
      </Stats>
      <div class="split split-left catalogue-list normative">
        <section aria-label="文件目录" class="catalogue-items">
          <p class="catalogue-jump">
            <a href="#filters">
              <Icon name="filter" />
              按有效性、年份和部门筛选
            </a>
          </p>
          <Form action={NORMATIVE} method="get" layout="inline" label="查找规范性文件">
            {filter.validity && <input type="hidden" name="validity" value={filter.validity} />}
            <TextField
              name="q"
              label="文件名称或发文字号"
              type="search"
              width={40}
              maxlength={100}
              value={filter.text}
            />
            <Button icon="search">查找</Button>
          </Form>
          {rows.length === 0 ? (
            <Empty
              title={narrowed ? '没有符合条件的文件' : '还没有公开的规范性文件'}
              icon={narrowed ? 'filter-off' : 'file-text'}
              action={narrowed ? <LinkButton href={NORMATIVE}>查看全部</LinkButton> : undefined}
            />
          ) : (
            <ol class="normative-list">
              {rows.map((row) => (
                <Row key={row.id} row={row} />
              ))}
            </ol>
          )}
          <Pager
            previousHref={first ? null : href(filter)}
            nextHref={next && href(filter, next)}
            note={rows.length > 0 && `共 ${formatNumber(counts.found)} 件`}
          />
          {rows.length > 0 && (
            <ul class="downloads" aria-label="下载本目录">
              {(['csv', 'xlsx'] as const).map((kind) => (
                <li key={kind}>
                  <a href={href(filter, null, `${NORMATIVE}/documents.${kind}`)} download>
                    <Icon name={kind === 'csv' ? 'file-type-csv' : 'file-type-xls'} />
                    {kind === 'csv' ? 'CSV' : 'Excel'}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </section>
        <div class="catalogue-side" id="filters">
          <Filters {...props} />
        </div>
      </div>
    </PortalPage>
  );
}

function Row({ row }: { row: RegisterRow }) {
  const { validity, validityOn, validUntil } = row;
  return (
    <li>
      <p class="item-line">
        <a href={itemHref(row.indexNumber)}>{row.title}</a>
        <ValidityBadge validity={validity} />
      </p>
      <p class="item-line-facts">
        <span>{row.documentNumber}</span>
        <span>{`${formatDate(row.formedOn)}成文`}</span>
        <span>{row.unitName}</span>
        {validityOn && <span>{`${formatDate(validityOn)}${validities[validity]}`}</span>}
        {validUntil && <span>{`有效期至${formatDate(validUntil)}`}</span>}
      </p>
      {validity !== 'in-force' && row.ground && <p class="item-line-abstract">{`依据：${row.ground}`}</p>}
      {row.replacementTitle && row.replacementIndex && (
        <p class="item-line-abstract">
          {'现行文件：'}
          <a href={itemHref(row.replacementIndex)}>{row.replacementTitle}</a>
        </p>
      )}
    </li>
  );
}

function Filters({ filter, counts }: Props) {
  const dimension = <K extends 'kind' | 'validity' | 'unitId' | 'year'>(
    title: string,
    key: K,
    all: { value: NonNullable<RegisterFilter[K]>; label: string; count: number }[],
  ) =>
    all.length < 2 && filter[key] === null ? null : (
      <FilterLinks
        title={title}
        items={[
          { label: '全部', href: href({ ...filter, [key]: null }), current: filter[key] === null },
          ...all.map(({ value, label, count }) => ({
            label,
            count,
            href: href({ ...filter, [key]: value }),
            current: filter[key] === value,
          })),
        ]}
      />
    );
  return (
    <div class="catalogue-filters">
      {dimension(
        '有效性',
        'validity',
        (Object.keys(validities) as (keyof typeof validities)[])
          .filter((value) => (counts.validities[value] ?? 0) > 0)
          .map((value) => ({ value, label: validities[value], count: counts.validities[value] ?? 0 })),
      )}
      {dimension(
        '种类',
        'kind',
        (['normative', 'rule'] as const)
          .filter((value) => (counts.kinds[value] ?? 0) > 0)
          .map((value) => ({ value, label: normativeKinds[value], count: counts.kinds[value] ?? 0 })),
      )}
      {dimension(
        '成文年份',
        'year',
        counts.years.map(({ year, count }) => ({ value: year, label: `${year}年`, count })),
      )}
      {dimension(
        '起草部门',
        'unitId',
        counts.units.map(({ id, name, count }) => ({ value: id, label: name, count })),
      )}
    </div>
  );
}
