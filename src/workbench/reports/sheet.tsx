import { cellAt, findingKey, lastYearsCells, type ReportDesk } from '../../annual-report/index.ts';
import type { CompiledRow, CompiledTable, Finding, ReportChart } from '../../annual-report/model.ts';
import {
  blankText,
  chartDataUri,
  type Grid,
  type GridCell,
  type GridRow,
  gridOf,
} from '../../annual-report/render/index.ts';
import { Alert, Badge, Card, DrawerLink, formatNumber, Icon, ScrollRegion } from '../../ui/index.ts';
import { valueWords } from './words.ts';

/** The statistics tables as they will be printed; each cell opens its evidence, findings stand beside their rows. */
export function ReportTables({ desk }: { desk: ReportDesk }) {
  if (!desk.compile) {
    return (
      <Alert tone="info" title="尚未汇编">
        点“汇编数据”，系统会从台账和已审核的填报中统计全年数字；每个数字都可以点开查看依据。
      </Alert>
    );
  }
  const empty = Object.values(desk.compile.cells).every(({ value }) => value === null);
  return (
    <>
      {empty && (
        <Alert tone="warning" title={`${desk.report.year}年没有任何记录和填报`}>
          统计表全部为空白。请先由各部门填报并登记台账，再重新汇编；确为零的项目请填报 0（零报告），空白不等于
          0。
        </Alert>
      )}
      {desk.report.tables.map((table) => (
        <Card key={table.id} title={table.title} flush>
          <Sheet desk={desk} table={table} />
        </Card>
      ))}
      {desk.report.charts.length > 0 && (
        <Card title="图表">
          <div class="chart-row">
            {desk.report.charts.map((chart) => (
              <Chart key={chart.id} chart={chart} />
            ))}
          </div>
        </Card>
      )}
    </>
  );
}

function Sheet({ desk, table }: { desk: ReportDesk; table: CompiledTable }) {
  const grid = gridOf(table, blankText(desk.report) || '空白');
  const before = lastYearsCells(desk);
  const single = table.sections.every(({ spec }) => spec.columns.length === 1);
  const compared = single && Object.keys(before).length > 0;
  const rows = new Map(table.sections.flatMap(({ rows }) => rows.map((row) => [row.spec.code, row])));
  const notes = new Map(
    [...rows.keys()].map((code) => [
      code,
      desk.report.findings.filter((finding) => standsAt(finding, table, code)),
    ]),
  );
  const noted = [...notes.values()].some((list) => list.length > 0);
  return (
    <ScrollRegion class="report-sheet" label={table.title}>
      <table class={`sheet ${single ? 'sheet-single' : 'sheet-wide'}${noted ? ' sheet-noted' : ''}`}>
        <caption class="visually-hidden">{table.title}</caption>
        {grid.sections.map((section, index) => (
          <tbody key={index}>
            <Header grid={grid} section={section} year={desk.report.year} compared={compared} noted={noted} />
            {section.rows.map((row) => (
              <SheetRow
                key={row.code}
                desk={desk}
                table={table}
                row={row}
                compiled={rows.get(row.code)}
                before={compared ? (before[`${table.id}/${row.code}/value`]?.value ?? null) : undefined}
                notes={noted ? (notes.get(row.code) ?? []) : null}
              />
            ))}
          </tbody>
        ))}
      </table>
    </ScrollRegion>
  );
}

/** A finding stands once, at the first row it names; the others of its rows are only tinted. */
function standsAt(finding: Finding, table: CompiledTable, row: string): boolean {
  const [first] = finding.cells;
  return first?.table === table.id && first.row === row;
}

function Header(props: {
  grid: Grid;
  section: Grid['sections'][number];
  year: number;
  compared: boolean;
  noted: boolean;
}) {
  const { grid, section, year, compared, noted } = props;
  const extra = (compared ? 2 : 0) + (noted ? 1 : 0);
  return (
    <>
      {section.heading !== null && (
        <tr class="sheet-section">
          <th scope="colgroup" colSpan={grid.widths.length + extra}>
            {section.heading}
          </th>
        </tr>
      )}
      {section.header.map((cells, depth) => (
        <tr key={depth} class="sheet-head">
          {cells.map((cell, index) => (
            <th
              key={index}
              scope={cell.span > 1 ? 'colgroup' : 'col'}
              colSpan={cell.span}
              rowSpan={cell.rows}
              class={compared && depth === 0 && index === cells.length - 1 ? 'numeric' : undefined}
            >
              {cell.text}
            </th>
          ))}
          {depth === 0 && compared && (
            <>
              <th scope="col" class="numeric" rowSpan={section.header.length}>
                {year - 1}年
              </th>
              <th scope="col" class="numeric" rowSpan={section.header.length}>
                增减
              </th>
            </>
          )}
          {depth === 0 && noted && (
            <th scope="col" rowSpan={section.header.length} class="margin">
              核对
            </th>
          )}
        </tr>
      ))}
    </>
  );
}

function SheetRow(props: {
  desk: ReportDesk;
  table: CompiledTable;
  row: GridRow;
  compiled: CompiledRow | undefined;
  /** Last year's value; undefined where there is no last year to compare with. */
  before: number | null | undefined;
  notes: Finding[] | null;
}) {
  const { desk, table, row, compiled, before, notes } = props;
  const touched = desk.report.findings.some(
    (finding) =>
      finding.severity !== 'notice' &&
      !desk.explanations.has(findingKey(finding)) &&
      finding.cells.some((cell) => cell.table === table.id && cell.row === row.code),
  );
  const now = compiled?.cells.value?.value ?? null;
  return (
    <tr
      id={`row-${row.code}`}
      class={`sheet-row level-${Math.min(row.level, 3)} ${row.kind === 'heading' ? 'heading' : ''} ${touched ? 'touched' : ''}`}
    >
      {row.cells.map((cell, index) => {
        if (cell.role === 'label')
          return (
            <th key={index} scope="row" colSpan={cell.span}>
              {cell.text}
            </th>
          );
        if (cell.role === 'unit')
          return (
            <td key={index} class="unit">
              {cell.text}
            </td>
          );
        return (
          <td key={index} class="numeric" colSpan={cell.span}>
            <ValueCell desk={desk} table={table} row={compiled} cell={cell} />
          </td>
        );
      })}
      {before !== undefined &&
        (row.kind === 'heading' ? (
          <td colSpan={2} />
        ) : (
          <>
            <td class="numeric before">{before === null ? '空白' : formatNumber(before)}</td>
            <td class="numeric before">
              <Change now={now} before={before} />
            </td>
          </>
        ))}
      {notes && (
        <td class="margin">
          {notes.map((finding) => (
            <FindingMark
              key={findingKey(finding)}
              finding={finding}
              explained={desk.explanations.has(findingKey(finding))}
            />
          ))}
        </td>
      )}
    </tr>
  );
}

function Change({ now, before }: { now: number | null; before: number | null }) {
  if (now === null || before === null) return <>—</>;
  const change = Math.round((now - before) * 1e6) / 1e6;
  return <>{change === 0 ? '持平' : `${change > 0 ? '+' : '−'}${formatNumber(Math.abs(change))}`}</>;
}

function ValueCell(props: {
  desk: ReportDesk;
  table: CompiledTable;
  row: CompiledRow | undefined;
  cell: GridCell;
}) {
  const { desk, table, row, cell } = props;
  const column = cell.column ?? '';
  const compiled = row?.cells[column];
  if (!row || !compiled) return <>{cell.text}</>;
  const found = cellAt([table], { row: row.spec.code, column });
  const words = compiled.value === null ? cell.text : valueWords(compiled.value, found?.column.signed);
  const spoken = compiled.value === null && cell.text !== '空白' ? `空白，印作 ${cell.text}` : words;
  return (
    <DrawerLink
      href={`/workbench/reports/${desk.report.year}/cells/${table.id}/${row.spec.code}/${column}`}
      class={`cell cell-${compiled.origin}`}
      label={`${found?.name ?? row.spec.label} ${spoken}，查看依据`}
    >
      {words}
    </DrawerLink>
  );
}

const severities = {
  error: ['danger', '错误'],
  warning: ['warning', '存疑'],
  notice: ['neutral', '提示'],
} as const;

function FindingMark({ finding, explained }: { finding: Finding; explained: boolean }) {
  const [tone, word] = severities[finding.severity];
  const notice = finding.severity === 'notice' || explained;
  return (
    <details class={`finding finding-${finding.severity}`} open={!notice}>
      <summary>
        <Badge tone={explained ? 'neutral' : tone}>{explained ? `${word}·已说明` : word}</Badge>
        <span class="finding-rule">{finding.rule}</span>
        <Icon name="chevron-down" />
      </summary>
      <p>{finding.message}</p>
    </details>
  );
}

function Chart({ chart }: { chart: ReportChart }) {
  return (
    <figure class="report-chart">
      <figcaption>{chart.title}</figcaption>
      <img src={chartDataUri(chart)} alt={`${chart.title}，数据见图下表格`} loading="lazy" />
      <details>
        <summary>查看数据</summary>
        <table class="table">
          <caption class="visually-hidden">{chart.title}</caption>
          <thead>
            <tr>
              {chart.columns.map((column, index) => (
                <th key={column} scope="col" class={index > 0 ? 'numeric' : undefined}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {chart.rows.map((row, index) => (
              <tr key={index}>
                {row.map((value, position) => (
                  <td key={position} class={position > 0 ? 'numeric' : undefined}>
                    {value === null ? '空白' : typeof value === 'number' ? formatNumber(value) : value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
