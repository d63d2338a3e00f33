import type { ChildReport, FiledReport } from '../../areas/filed-reports/index.ts';
import { Alert, Card, Empty, formatNumber, Table } from '../../ui/index.ts';
import { reportAddress } from './addresses.ts';
import { type BelowLine, sumBelow } from './below.ts';
import { FiguresByTable } from './figures-by-table.tsx';
import { type Powers, ReportFrame } from './report-frame.tsx';
import { cellAnchor } from './report-marks.ts';
import { countOf, Standing } from './standing.tsx';

/** A body's numbers beside the sum of those below it: a report that contains them cannot be smaller. */
export function ChildrenPage(props: { filed: FiledReport; powers: Powers; below: readonly ChildReport[] }) {
  const { filed, powers, below } = props;
  const { unit, year, shown, children } = filed;
  const read = below.flatMap(({ report }) => (report ? [report] : []));
  return (
    <ReportFrame filed={filed} view="/children" powers={powers}>
      {children.filed < children.expected && (
        <Alert tone="info" title={`下级 ${children.expected} 个单位，收到 ${children.filed} 份报告`}>
          下级没有报齐时，合计只会偏小，不能据此判断本级多报。
        </Alert>
      )}
      {shown && read.length > 0 ? (
        <Numbers lines={sumBelow(shown.report, read)} unitId={unit.id} year={year} />
      ) : (
        <Card>
          <Empty title={shown ? '下级的报告还没有读出来' : '本级的报告还没有读出来'} icon="sitemap">
            两级的报告都读出后，这里自动对照数字。
          </Empty>
        </Card>
      )}
      <Card title="下级单位" flush>
        <Table
          caption={`${unit.name}以下的单位`}
          queue
          stack
          columns={[{ label: '单位' }, { label: `${year}年` }]}
        >
          {below.map((child) => (
            <tr key={child.unitId}>
              <td data-label="单位">
                <a href={reportAddress(child.unitId, year)}>{child.name}</a>
              </td>
              <td data-label={`${year}年`}>
                <Standing state={child.state} count={countOf(child)} />
              </td>
            </tr>
          ))}
        </Table>
      </Card>
    </ReportFrame>
  );
}

function Numbers(props: { lines: readonly BelowLine[]; unitId: number; year: number }) {
  const { lines, unitId, year } = props;
  const smaller = lines.filter(({ verdict }) => verdict === 'smaller').length;
  const first = lines.filter(({ main, verdict }) => main || verdict === 'smaller');
  const rest = lines.filter((line) => !first.includes(line));
  return (
    <Card title="本级与下级合计" flush>
      {lines.length === 0 ? (
        <Empty title="没有可以对照的数字" icon="equal" />
      ) : (
        <>
          <Lines
            caption={smaller > 0 ? `有 ${smaller} 格本级小于下级合计` : '各格本级都不小于下级合计'}
            lines={first}
            unitId={unitId}
            year={year}
          />
          {rest.length > 0 && (
            <details class="figures-more">
              <summary>{`分项（${rest.length} 格）`}</summary>
              <Lines caption="分项" lines={rest} unitId={unitId} year={year} />
            </details>
          )}
        </>
      )}
    </Card>
  );
}

function Lines(props: { caption: string; lines: readonly BelowLine[]; unitId: number; year: number }) {
  const { caption, lines, unitId, year } = props;
  return (
    <FiguresByTable
      caption={caption}
      columns={[
        { label: '指标', width: 'wide' },
        { label: '本级', numeric: true },
        { label: '下级合计', numeric: true },
        { label: '相差', numeric: true },
        { label: '下级份数', numeric: true },
      ]}
      lines={lines}
      row={(line) => (
        <tr class={line.verdict === 'smaller' ? 'line-striking' : undefined}>
          <th scope="row">
            <a class="quiet-link" href={`${reportAddress(unitId, year)}#${cellAnchor(line.key)}`}>
              {line.name}
            </a>
          </th>
          <td class="numeric">
            <strong>{line.own === null ? line.ownWords : formatNumber(line.own)}</strong>
          </td>
          <td class="numeric">{formatNumber(line.sum)}</td>
          <td class="numeric">
            {line.own === null ? '—' : formatNumber(line.difference)}
            {line.verdict === 'smaller' && <span class="striking-note">小于下级合计</span>}
          </td>
          <td class="numeric">{line.counted}</td>
        </tr>
      )}
    />
  );
}
