import type { CellState, MatrixRow, UnitKind, YearSummary } from '../../areas/filed-reports/index.ts';
import {
  Button,
  Card,
  Empty,
  Form,
  formatNumber,
  Icon,
  LinkButton,
  Pager,
  SelectField,
  TextField,
} from '../../ui/index.ts';
import { CHECK, FINDINGS, ROOM, reportAddress, UNITS, UPLOAD, withQuery } from './addresses.ts';
import { Matrix } from './matrix.tsx';
import { RoomPage } from './room-page.tsx';
import { standings, unitKinds } from './words.ts';

export interface OverviewQuery {
  year: number;
  text: string;
  kind: UnitKind | undefined;
  state: CellState | 'overdue' | 'filed' | undefined;
}

export interface OverviewProps {
  query: OverviewQuery;
  years: readonly number[];
  /** The chosen year first. */
  shownYears: readonly number[];
  summary: YearSummary;
  rows: readonly MatrixRow[];
  previousHref: string | null;
  nextHref: string | null;
  mayFile: boolean;
  /** Neither a unit nor a report is there yet. */
  untouched: boolean;
}

/** Who has reported for the chosen year, who has not, and how the reports stand. */
export function OverviewPage(props: OverviewProps) {
  const { query, mayFile, untouched } = props;
  return (
    <RoomPage
      title={`${query.year}年度报告核查`}
      view="overview"
      year={query.year}
      actions={
        <>
          {mayFile && (
            <LinkButton href={withQuery(UPLOAD, { year: query.year })} tone="primary" icon="upload">
              上传年报
            </LinkButton>
          )}
          <LinkButton
            href={withQuery(`${FINDINGS}/export.xlsx`, { year: query.year })}
            icon="download"
            download
          >
            导出全部发现
          </LinkButton>
          <LinkButton href={CHECK} icon="file-search">
            检查一份报告
          </LinkButton>
        </>
      }
    >
      {untouched ? <Beginning mayFile={mayFile} /> : <Standings {...props} />}
    </RoomPage>
  );
}

function Standings(props: OverviewProps) {
  const { query, years, shownYears, summary, rows, previousHref, nextHref } = props;
  const { year, text, kind, state } = query;
  const narrowed = text !== '' || kind !== undefined || state !== undefined;
  return (
    <>
      <Tiles query={query} summary={summary} />
      <div class="toolbar" data-print="no">
        <Form action={ROOM} method="get" layout="inline" label="筛选单位">
          <SelectField
            name="year"
            label="报告年度"
            value={year}
            autosubmit
            options={years.map((one) => ({ value: String(one), label: `${one}年` }))}
          />
          <TextField name="text" label="单位名称" type="search" value={text} width={20} maxlength={60} />
          <SelectField
            name="kind"
            label="类别"
            blank="全部类别"
            value={kind}
            autosubmit
            options={Object.entries(unitKinds).map(([value, label]) => ({ value, label }))}
          />
          <SelectField
            name="state"
            label={`${year}年状况`}
            blank="全部状况"
            value={state}
            autosubmit
            options={[
              { value: 'filed', label: '已报' },
              ...Object.entries(standings).map(([value, { label }]) => ({ value, label })),
              { value: 'overdue', label: '更正逾期' },
            ]}
          />
          <Button>查询</Button>
          {narrowed && <LinkButton href={withQuery(ROOM, { year })}>清除条件</LinkButton>}
        </Form>
      </div>
      {rows.length === 0 ? (
        <Card>
          <Empty title="没有符合条件的单位" action={<a href={withQuery(ROOM, { year })}>清除条件</a>}>
            换一个名称，或放宽类别和状况。
          </Empty>
        </Card>
      ) : (
        <Matrix
          years={shownYears}
          rows={rows}
          chosen={year}
          hrefOf={(row, cell) => reportAddress(row.unit.id, cell.year)}
        />
      )}
      <Pager
        previousHref={previousHref}
        nextHref={nextHref}
        note={summary.expected > 0 ? `应报 ${formatNumber(summary.expected)} 个单位` : undefined}
      />
      {props.mayFile && rows.length > 0 && <Again year={year} />}
    </>
  );
}

function Tiles({ query, summary }: { query: OverviewQuery; summary: YearSummary }) {
  const { year, state } = query;
  const filed = summary.waiting + summary.unreadable + summary.clean + summary.doubtful + summary.wrong;
  const to = (wanted?: string) => withQuery(ROOM, { year, state: wanted });
  const tiles = [
    { key: 'all', label: '应报', icon: 'building', value: summary.expected, href: to(), current: !state },
    {
      key: 'filed',
      label: '已报',
      icon: 'inbox',
      value: filed,
      href: to('filed'),
      current: state === 'filed',
    },
    ...(['missing', 'waiting', 'unreadable', 'clean', 'doubtful', 'wrong'] as const).map((key) => ({
      key,
      ...standings[key],
      value: summary[key],
      href: to(key),
      current: state === key,
    })),
    {
      key: 'overdue',
      label: '更正逾期',
      icon: 'clock-exclamation',
      value: summary.overdue,
      href: to('overdue'),
      current: state === 'overdue',
    },
  ];
  return (
    <nav class="tiles" aria-label={`${year}年报送情况`}>
      {tiles.map(({ key, label, icon, value, href, current }) => {
        const name = `tile tile-${key}${value === 0 ? ' tile-zero' : ''}`;
        const content = (
          <>
            <span class="tile-value">{formatNumber(value)}</span>
            <span class="tile-label">
              <Icon name={icon} />
              {label}
            </span>
          </>
        );
        return (
          <a key={key} class={name} href={href} aria-current={current ? 'true' : undefined}>
            {content}
          </a>
        );
      })}
    </nav>
  );
}

/** For the day after an upgrade, or when something looks stale. */
function Again({ year }: { year: number }) {
  return (
    <details class="again" data-print="no">
      <summary>重新核查、重新读取</summary>
      <p class="help">系统升级后规则或读取方法有改进时使用。已作的认定不变，有变动的报告在总览中更新。</p>
      <div class="again-forms">
        <Form action={`${ROOM}/checks`} layout="inline" label="重新核查">
          <input type="hidden" name="year" value={year} />
          <Button small>{`重新核查${year}年度全部报告`}</Button>
        </Form>
        <Form action={`${ROOM}/readings`} layout="inline" label="重新读取">
          <Button small>重新读取全部年度的文件</Button>
        </Form>
      </div>
    </details>
  );
}

/** Nothing is here yet: the two ways to begin, and the third that keeps nothing. */
function Beginning({ mayFile }: { mayFile: boolean }) {
  if (!mayFile) {
    return (
      <Card>
        <Empty title="还没有收到任何年报" icon="files">
          可由信息公开专员或督查员上传各单位的年度报告。
        </Empty>
      </Card>
    );
  }
  return (
    <section aria-labelledby="begin">
      <h2 id="begin" class="visually-hidden">
        从哪里开始
      </h2>
      <div class="begin-ways">
        <Way
          title="导入单位名单"
          href={`${UNITS}/import`}
          label="导入名单"
          words="有应报单位的表格时从这里开始：先看预览再导入，以后谁没有报一目了然，上下级关系也由名单带入。"
        />
        <Way
          title="直接上传年报"
          href={UPLOAD}
          label="上传年报"
          words="把收到的文件一次拖进来，或上传一个压缩包。读出的单位和年度自动归档，认不出的单独列出，由您指定。"
        />
        <Way
          title="只检查一份"
          href={CHECK}
          label="检查一份报告"
          words="当场读出统计表并列出问题，文件和结果都不保存。"
        />
      </div>
    </section>
  );
}

function Way(props: { title: string; href: string; label: string; words: string }) {
  return (
    <div class="begin-way">
      <h2>{props.title}</h2>
      <p>{props.words}</p>
      <div>
        <LinkButton href={props.href}>{props.label}</LinkButton>
      </div>
    </div>
  );
}
