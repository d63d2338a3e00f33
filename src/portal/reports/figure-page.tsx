import type { CompiledCell, CompiledReport, CompiledRow } from '../../annual-report/index.ts';
import type { EvidencePage } from '../../core/figure.ts';
import { Alert, Facts, formatDate, formatNumber, Pager, Stat, Stats, Table } from '../../ui/index.ts';
import { PortalPage } from '../shell.tsx';
import { reportsColumn } from './list-page.tsx';

export interface PublicFigure {
  row: CompiledRow;
  cell: CompiledCell;
  column: string;
  columnLabel: string | null;
  table: string;
  /** Rows that this one totals. */
  parts: { code: string; label: string; value: number | null }[];
}

/** One cell of a published report, or null when the table has none there. */
export function figureOf(report: CompiledReport, code: string, column: string): PublicFigure | null {
  const sections = report.tables.flatMap(({ id, sections }) =>
    sections.map((section) => ({ table: id, ...section })),
  );
  for (const section of sections) {
    const row = section.rows.find(({ spec }) => spec.code === code);
    const cell = row && Object.hasOwn(row.cells, column) ? row.cells[column] : undefined;
    if (!row || !cell) continue;
    return {
      row,
      cell,
      column,
      table: section.table,
      columnLabel:
        section.spec.columns.length > 1
          ? (section.spec.columns.find(({ id }) => id === column)?.label ?? null)
          : null,
      parts: (row.spec.sumOf ?? []).map((part) => {
        const found = section.rows.find(({ spec }) => spec.code === part);
        return { code: part, label: found?.spec.label ?? part, value: found?.cells[column]?.value ?? null };
      }),
    };
  }
  return null;
}

/** What stands behind a published figure, as it was frozen when the report was signed. */
export function FigurePage(props: {
  report: CompiledReport;
  /** Address of the version it belongs to. */
  base: string;
  figure: PublicFigure;
  evidence: EvidencePage;
}) {
  const { report, base, figure, evidence } = props;
  const { row, cell, column } = figure;
  const name = [row.spec.label, figure.columnLabel].filter(Boolean).join(' · ');
  return (
    <PortalPage
      title={`${report.year}年 ${name.replace(/^[\d一二三四五六七八九十（()）]+[.、]?/u, '').replace(/^其中[：:]/u, '')}`}
      labels={{ column: reportsColumn }}
      breadcrumbs={[
        { label: '年度报告', href: '/reports' },
        { label: `${report.year}年度`, href: base },
        { label: '数字的依据' },
      ]}
      lead={
        <>
          《<a href={`${base}#row-${figure.table}-${row.spec.code}`}>{report.title}</a>》统计表中的一格
        </>
      }
    >
      <Stats>
        <Stat
          label={name}
          value={cell.value === null ? '空白' : formatNumber(cell.value)}
          unit={cell.value === null ? '' : row.spec.unit}
        />
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
        <Alert tone="info" title="空白不等于 0">
          本项没有记录或填报单位留空，报告如实印为空白。
        </Alert>
      )}
      {figure.parts.length > 0 && (
        <Table
          caption="分项"
          captionHidden={false}
          columns={[{ label: '分项' }, { label: '数值', numeric: true }]}
        >
          {figure.parts.map((part) => (
            <tr key={part.code}>
              <td>
                <a href={`${base}/figures/${part.code}/${column}`}>{part.label}</a>
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
            : `${base}/figures/${row.spec.code}/${column}?after=${encodeURIComponent(evidence.next)}`
        }
      />
    </PortalPage>
  );
}
