import { type ReportDesk, statusLabels } from '../../annual-report/index.ts';
import type { CompiledCell } from '../../annual-report/model.ts';
import type { EvidencePage, Figure } from '../../core/figure.ts';
import { Alert, Facts, formatDate, formatNumber, Pager, Table } from '../../ui/index.ts';
import { valueWords } from './words.ts';

export interface CellView {
  desk: ReportDesk;
  code: string;
  name: string;
  unit: string;
  definition: string | null;
  /** A change, shown with its sign. */
  signed: boolean;
  cell: CompiledCell;
  /** Last year's value; undefined where there is nothing to compare with. */
  before: number | null | undefined;
  figure: Figure | null;
  evidence: EvidencePage;
  /** Cells this one totals, with their values, when it is a sum. */
  parts: { label: string; value: number | null; href: string }[];
  /** What each subordinate agency's published report says, in a consolidated report. */
  subordinates: { name: string; value: number | null }[];
  moreHref: string | null;
}

/** Down from a figure to its evidence: how the value came about, then the records. */
export function CellEvidence(view: CellView) {
  const { cell, figure, evidence, parts, signed } = view;
  return (
    <div class="cell-evidence">
      <p class="cell-value">
        <strong>{valueWords(cell.value, signed)}</strong> {cell.value === null ? '' : view.unit}
      </p>
      <Facts
        items={[
          { label: '统计指标', value: view.name },
          ...(view.definition ? [{ label: '口径', value: view.definition }] : []),
          ...(view.before === undefined ? [] : [{ label: '上年', value: valueWords(view.before, signed) }]),
          { label: '数据来源', value: sourceWords(figure, cell) },
          {
            label: '台账记录',
            value:
              cell.records.count === 0
                ? '没有'
                : `${formatNumber(cell.records.count)} 条，计 ${formatNumber(cell.records.quantity)}`,
          },
          {
            label: '部门填报',
            value:
              cell.returns.count === 0
                ? '没有'
                : `${formatNumber(cell.returns.count)} 条已审核填报，${
                    cell.returns.quantity === null ? '' : `计 ${formatNumber(cell.returns.quantity)}`
                  }${cell.returns.blank ? '其中明确留空' : ''}`,
          },
          ...(cell.subordinates
            ? [
                {
                  label: '下级机构',
                  value: `${formatNumber(cell.subordinates.count)} 个机构，计 ${formatNumber(cell.subordinates.quantity)}`,
                },
              ]
            : []),
        ]}
      />
      {cell.value === null && (
        <Alert tone="info" title={cell.notApplicable ? '本机关没有这项职权，印作“/”' : '空白不等于 0'}>
          {cell.notApplicable
            ? '只有有规章制定权的机关填报这一行。'
            : cell.returns.blank
              ? '填报部门明确将本项留空。'
              : '全年没有记录，也没有部门填报。确为零的，请由责任部门填报 0(零报告)。'}
        </Alert>
      )}
      {parts.length > 0 && (
        <Table
          caption="合计的组成"
          captionHidden={false}
          columns={[{ label: '分项' }, { label: '数值', numeric: true }]}
        >
          {parts.map((part) => (
            <tr key={part.href}>
              <td>
                <a href={part.href}>{part.label}</a>
              </td>
              <td class="numeric">{valueWords(part.value)}</td>
            </tr>
          ))}
        </Table>
      )}
      {view.subordinates.length > 0 && (
        <Table
          caption="下级机构已发布的数"
          captionHidden={false}
          columns={[{ label: '机构' }, { label: '数值', numeric: true }]}
        >
          {view.subordinates.map(({ name, value }) => (
            <tr key={name}>
              <td>{name}</td>
              <td class="numeric">{value === null ? '空白' : formatNumber(value)}</td>
            </tr>
          ))}
        </Table>
      )}
      {evidence.records.length > 0 && (
        <Table
          caption="依据"
          captionHidden={false}
          columns={[
            { label: '日期' },
            { label: '事项' },
            { label: '责任部门' },
            { label: '数量', numeric: true },
          ]}
        >
          {evidence.records.map((record) => (
            <tr key={`${record.kind}-${record.id}`}>
              <td>{formatDate(record.on)}</td>
              <td>
                <a href={record.href}>{record.title}</a>
                {record.note && <div class="help">{record.note}</div>}
              </td>
              <td>{record.unitName ?? '—'}</td>
              <td class="numeric">{formatNumber(record.quantity)}</td>
            </tr>
          ))}
        </Table>
      )}
      <Pager nextHref={view.moreHref} />
      <p class="help">
        报告状态：{statusLabels[view.desk.report.status]}。数字取自第 {view.desk.compile?.number ?? 0}{' '}
        次汇编，依据为当前台账内容。
      </p>
    </div>
  );
}

function sourceWords(figure: Figure | null, cell: CompiledCell): string {
  if (cell.origin === 'sum') return '由分项相加';
  if (!figure) return '无';
  if (figure.awaitsArea) return '部门填报（该项工作的台账尚未启用，启用前以审核通过的填报为准）';
  return { records: '台账记录', returns: '部门填报', both: '台账记录与部门填报' }[figure.source];
}
