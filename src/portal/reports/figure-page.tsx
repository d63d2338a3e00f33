import type { CellInReport, CompiledReport } from '../../annual-report/index.ts';
import { blankText } from '../../annual-report/render/index.ts';
import type { EvidencePage } from '../../core/figure.ts';
import { Alert, Facts, formatDate, formatNumber, Pager, Stat, Stats, Table } from '../../ui/index.ts';
import { PortalPage } from '../shell.tsx';
import { reportsColumn } from './list-page.tsx';

/** What stands behind a published figure, as it was frozen when the report was signed. */
export function FigurePage(props: {
  report: CompiledReport;
  /** Address of the version it belongs to. */
  base: string;
  figure: CellInReport;
  evidence: EvidencePage;
}) {
  const { report, base, figure, evidence } = props;
  const { row, cell, name } = figure;
  const value = cell.value === null ? blankWords(report, figure) : signedNumber(figure);
  const isPrinted = report.tables.some(({ id, spec }) => id === figure.table && !spec.unprinted);
  return (
    <PortalPage
      title={`${report.year}年 ${name}`}
      labels={{ column: reportsColumn }}
      breadcrumbs={[
        { label: '年度报告', href: '/reports' },
        { label: `${report.year}年度`, href: base },
        { label: '数字的依据' },
      ]}
      lead={
        isPrinted ? (
          <>
            《<a href={`${base}#row-${figure.table}-${row.spec.code}`}>{report.title}</a>》统计表中的一格
          </>
        ) : (
          <>
            《<a href={base}>{report.title}</a>》正文载明的数字
          </>
        )
      }
    >
      <Stats>
        <Stat label={name} value={value} unit={cell.value === null ? '' : figure.unit} />
      </Stats>
      <Facts
        items={[
          ...(row.spec.definition ? [{ label: '口径', value: row.spec.definition }] : []),
          {
            label: '台账记录',
            value: cell.records.count === 0 ? '没有' : `${formatNumber(cell.records.count)} 条`,
          },
          {
            label: '部门填报',
            value: cell.returns.count === 0 ? '没有' : `${formatNumber(cell.returns.count)} 条，均经审核`,
          },
          {
            label: '形成方式',
            value:
              cell.origin === 'sum'
                ? '由分项相加'
                : cell.origin === 'figure'
                  ? '按记录和填报统计'
                  : '没有记录和填报',
          },
        ]}
      />
      {cell.value === null && (
        <Alert tone="info" title={cell.notApplicable ? '本机关没有这项职权' : '空白不等于 0'}>
          {cell.notApplicable
            ? '只有有规章制定权的机关填报这一行，报告印作“/”。'
            : blankText(report) === ''
              ? '本项没有记录或填报单位留空，报告如实印为空白。'
              : `本项没有记录或填报单位留空，报告按统计表格式印作 ${blankText(report)}。`}
        </Alert>
      )}
      {figure.parts.length > 0 && (
        <Table
          caption="分项"
          captionHidden={false}
          columns={[{ label: '分项' }, { label: '数值', numeric: true }]}
        >
          {figure.parts.map((part) => (
            <tr key={`${part.row}/${part.column}`}>
              <td>
                <a href={`${base}/figures/${part.row}/${part.column}`}>{part.label}</a>
              </td>
              <td class="numeric">{part.value === null ? '空白' : formatNumber(part.value)}</td>
            </tr>
          ))}
        </Table>
      )}
      {evidence.records.length > 0 && (
        <Table
          caption="依据（签发时冻结）"
          captionHidden={false}
          stack
          columns={[
            { label: '日期' },
            { label: '责任部门' },
            { label: '事项' },
            { label: '数量', numeric: true },
          ]}
        >
          {evidence.records.map((record) => (
            <tr key={`${record.kind}-${record.id}`}>
              <td data-label="日期">{formatDate(record.on)}</td>
              <td data-label="责任部门">{record.unitName ?? '—'}</td>
              <td data-label="事项">{record.title}</td>
              <td data-label="数量" class="numeric">
                {formatNumber(record.quantity)}
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pager
        nextHref={
          evidence.next === null
            ? null
            : `${base}/figures/${row.spec.code}/${figure.column.id}?after=${encodeURIComponent(evidence.next)}`
        }
      />
    </PortalPage>
  );
}

function signedNumber({ cell, column }: CellInReport): string {
  const value = cell.value ?? 0;
  return `${column.signed && value > 0 ? '+' : ''}${formatNumber(value)}`;
}

function blankWords(report: CompiledReport, { cell }: CellInReport): string {
  return cell.notApplicable ? '/' : blankText(report) || '空白';
}
