import type { Temporal } from 'temporal-polyfill';
import type { Unit } from '../../areas/organisations/index.ts';
import { type LoadRow, WEEKS_AHEAD } from '../../areas/requests/index.ts';
import { Card, Empty, formatNumber, LinkButton, Table } from '../../ui/index.ts';
import { REQUESTS } from './case-addresses.ts';
import { drawLoad, type LoadBar, loadParts } from './load-chart.ts';
import { LOAD, RequestsPage } from './queue-frame.tsx';

/** Bars of the chart; the table below holds every line. */
const BARS = 20;

interface LoadLine {
  key: string;
  name: string;
  /** Where the line's requests are told apart further, or listed. */
  href: string;
  /** Query of the list that holds the line's requests. */
  query: Record<string, string>;
  counts: ReadonlyMap<string, number>;
  total: number;
}

interface Bucket {
  key: string;
  label: string;
  /** Query of the list for the bucket; null where the list cannot name it. */
  query: Record<string, string> | null;
}

/** Who has how much due when: units, or the handlers of one unit. */
export function LoadPage(props: {
  monday: Temporal.PlainDate;
  rows: readonly LoadRow[];
  unit: Unit | null;
  units: readonly Unit[];
  people: ReadonlyMap<number, string>;
}) {
  const { monday, unit } = props;
  const lines = unit === null ? unitLines(props) : handlerLines(props, unit);
  const buckets = bucketsFrom(monday);
  const what = unit === null ? '部门' : '承办人';
  const all = lines.reduce((sum, { total }) => sum + total, 0);
  return (
    <RequestsPage
      title={unit === null ? '办理负荷' : `${unit.name}的办理负荷`}
      view="load"
      lead={`${formatNumber(all)} 件在办申请，按答复期限所在的周计算。点数字看是哪些申请。`}
      actions={unit && <LinkButton href={LOAD}>全部部门</LinkButton>}
    >
      {lines.length === 0 ? (
        <Card>
          <Empty title="没有在办的申请" icon="circle-check" />
        </Card>
      ) : (
        <>
          <Chart lines={lines} title={`各${what}在办申请的到期分布`} />
          <Table
            caption={`各${what}每周到期的申请`}
            queue
            columns={[
              { label: what },
              ...buckets.map(({ label }) => ({ label, numeric: true })),
              { label: '合计', numeric: true },
            ]}
            foot={
              lines.length > 1 && (
                <tr>
                  <th scope="row" class="load-who">
                    合计
                  </th>
                  {buckets.map(({ key }) => (
                    <td key={key} class="numeric">
                      {formatNumber(lines.reduce((sum, { counts }) => sum + (counts.get(key) ?? 0), 0))}
                    </td>
                  ))}
                  <td class="numeric">{formatNumber(all)}</td>
                </tr>
              )
            }
          >
            {lines.map((line) => (
              <tr key={line.key}>
                <th scope="row" class="load-who">
                  <a href={line.href}>{line.name}</a>
                </th>
                {buckets.map((bucket) => (
                  <td key={bucket.key} class={bucket.key === 'overdue' ? 'numeric load-overdue' : 'numeric'}>
                    <Count count={line.counts.get(bucket.key) ?? 0} line={line} bucket={bucket} />
                  </td>
                ))}
                <td class="numeric">
                  <a href={listOf(line.query)}>{formatNumber(line.total)}</a>
                </td>
              </tr>
            ))}
          </Table>
        </>
      )}
    </RequestsPage>
  );
}

function Count({ count, line, bucket }: { count: number; line: LoadLine; bucket: Bucket }) {
  if (count === 0) return <span class="load-none">0</span>;
  const words = formatNumber(count);
  if (bucket.query === null) return <>{words}</>;
  return <a href={listOf({ ...line.query, ...bucket.query })}>{words}</a>;
}

const listOf = (query: Record<string, string>) => `${REQUESTS}?${new URLSearchParams(query)}`;

function Chart({ lines, title }: { lines: readonly LoadLine[]; title: string }) {
  const bars = lines.slice(0, BARS).map(barOf);
  return (
    <figure class="load-chart">
      <figcaption>
        <span>{title}</span>
        <span class="load-legend">
          {loadParts.map(({ key, label }) => (
            <span key={key} class={`load-part load-part-${key}`}>
              {label}
            </span>
          ))}
        </span>
      </figcaption>
      <img
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawLoad(title, bars))}`}
        alt={`${title}，数据见下表`}
      />
      {lines.length > BARS && <p class="help">图中是最多的 {BARS} 个，全部见下表。</p>}
    </figure>
  );
}

function barOf({ name, counts, total }: LoadLine): LoadBar {
  const of = (key: string) => counts.get(key) ?? 0;
  const told = of('overdue') + of('0') + of('1') + of('none');
  return {
    name,
    overdue: of('overdue'),
    thisWeek: of('0'),
    nextWeek: of('1'),
    later: total - told,
    none: of('none'),
  };
}

function bucketsFrom(monday: Temporal.PlainDate): Bucket[] {
  const day = (date: Temporal.PlainDate) => `${date.month}月${date.day}日`;
  const weeks = Array.from({ length: WEEKS_AHEAD }, (_, week): Bucket => {
    const from = monday.add({ weeks: week });
    const to = from.add({ days: 6 });
    const label = week === 0 ? '本周' : week === 1 ? '下周' : `${day(from)}起一周`;
    return { key: String(week), label, query: { dueFrom: from.toString(), dueTo: to.toString() } };
  });
  const after = monday.add({ weeks: WEEKS_AHEAD }).toString();
  return [
    { key: 'overdue', label: '已逾期', query: { due: 'overdue' } },
    ...weeks,
    { key: 'later', label: '更晚', query: { dueFrom: after, dueTo: '9999-12-31' } },
    { key: 'none', label: '期限未计', query: null },
  ];
}

type Grouped = Omit<LoadLine, 'counts' | 'total'>;

function grouped(rows: readonly LoadRow[], groupOf: (row: LoadRow) => Grouped): LoadLine[] {
  const lines = new Map<string, Grouped & { counts: Map<string, number>; total: number }>();
  for (const row of rows) {
    const group = groupOf(row);
    const line = lines.get(group.key) ?? { ...group, counts: new Map<string, number>(), total: 0 };
    line.counts.set(row.bucket, (line.counts.get(row.bucket) ?? 0) + row.count);
    line.total += row.count;
    lines.set(group.key, line);
  }
  return [...lines.values()].sort((a, b) => b.total - a.total || a.name.localeCompare(b.name, 'zh-CN'));
}

function unitLines({ rows, units }: { rows: readonly LoadRow[]; units: readonly Unit[] }): LoadLine[] {
  const names = new Map(units.map(({ id, name }) => [id, name]));
  return grouped(
    rows,
    ({ unitId }): Grouped =>
      unitId === null
        ? {
            key: 'none',
            name: '未分办',
            href: `${REQUESTS}?group=registered`,
            query: { group: 'registered' },
          }
        : {
            key: String(unitId),
            name: names.get(unitId) ?? '已撤销的部门',
            href: `${LOAD}?unit=${unitId}`,
            query: { unit: String(unitId) },
          },
  );
}

function handlerLines(
  { rows, people }: { rows: readonly LoadRow[]; people: ReadonlyMap<number, string> },
  unit: Unit,
): LoadLine[] {
  const of = { unit: String(unit.id) };
  return grouped(rows, ({ handlerId }): Grouped => {
    const query = handlerId === null ? of : { ...of, handler: String(handlerId) };
    return {
      key: String(handlerId),
      name: handlerId === null ? '未指定承办人' : (people.get(handlerId) ?? '已离岗人员'),
      href: listOf(query),
      query,
    };
  });
}
