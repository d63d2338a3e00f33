import { cellKey } from '../../annual-report/compile.ts';
import type { CompiledTable } from '../../annual-report/model.ts';
import type { CellState, ReadCell, ReadReport } from '../../annual-report/reading/index.ts';
import { type Grid, type GridCell, type GridRow, gridOf } from '../../annual-report/render/index.ts';
import { Card, Empty, formatNumber, ScrollRegion } from '../../ui/index.ts';
import { type CellMark, cellAnchor } from './report-marks.ts';

const stateWords: Readonly<Record<CellState, string>> = {
  number: '数字',
  zero: '零',
  blank: '空白',
  'not-applicable': '不适用',
  text: '文字',
  absent: '表中没有这一格',
};

/** The tables of a report as they were read, each cell by its state, those of the opened finding in strong colour. */
export function ReadTables(props: { report: ReadReport; marks: ReadonlyMap<string, CellMark> }) {
  const { report, marks } = props;
  if (report.tables.length === 0) {
    return (
      <Card title="统计表">
        <Empty title="没有读出统计表" icon="table-off">
          读不出的原因列在下面的“没有读出的内容”中，请对照原件人工核对。
        </Empty>
      </Card>
    );
  }
  return (
    <>
      {report.tables.map((table) => (
        <Card key={table.id} title={table.title} id={`table-${table.id}`} flush>
          <Sheet table={table} cells={report.cells} marks={marks} />
        </Card>
      ))}
      <Legend report={report} marks={marks} />
    </>
  );
}

function Sheet(props: {
  table: CompiledTable;
  cells: ReadReport['cells'];
  marks: ReadonlyMap<string, CellMark>;
}) {
  const { table, cells, marks } = props;
  const grid = gridOf(table, '');
  const single = table.sections.every(({ spec }) => spec.columns.length === 1);
  return (
    <ScrollRegion class="report-sheet" label={table.title}>
      <table class={`sheet read-sheet ${single ? 'sheet-single' : 'sheet-wide'}`}>
        <caption class="visually-hidden">{table.title}</caption>
        {grid.sections.map((section, index) => (
          <tbody key={index}>
            <Head grid={grid} section={section} />
            {section.rows.map((row) => (
              <SheetRow key={row.code} table={table.id} row={row} cells={cells} marks={marks} />
            ))}
          </tbody>
        ))}
      </table>
    </ScrollRegion>
  );
}

function Head({ grid, section }: { grid: Grid; section: Grid['sections'][number] }) {
  return (
    <>
      {section.heading !== null && (
        <tr class="sheet-section">
          <th scope="colgroup" colSpan={grid.widths.length}>
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
            >
              {cell.text}
            </th>
          ))}
        </tr>
      ))}
    </>
  );
}

function SheetRow(props: {
  table: string;
  row: GridRow;
  cells: ReadReport['cells'];
  marks: ReadonlyMap<string, CellMark>;
}) {
  const { table, row, cells, marks } = props;
  return (
    <tr class={`sheet-row level-${Math.min(row.level, 3)} ${row.kind === 'heading' ? 'heading' : ''}`}>
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
        const key = cellKey(table, row.code, cell.column ?? '');
        return <ValueCell key={index} id={key} cell={cell} read={cells[key]} mark={marks.get(key)} />;
      })}
    </tr>
  );
}

function ValueCell(props: {
  id: string;
  cell: GridCell;
  read: ReadCell | undefined;
  mark: CellMark | undefined;
}) {
  const { id, cell, read, mark } = props;
  if (!read) return <td class="numeric read-none" colSpan={cell.span} />;
  const names = [
    'numeric read-cell',
    `read-${read.state}`,
    mark && `read-touched read-${mark.weight}`,
    mark?.opened === 'main' && 'read-opened',
    mark?.opened === 'other' && 'read-part',
  ].filter(Boolean);
  return (
    <td class={names.join(' ')} colSpan={cell.span} id={cellAnchor(id)}>
      <span class="read-value">{valueWords(read)}</span>
      {mark && <span class="visually-hidden">（{mark.words}）</span>}
    </td>
  );
}

function valueWords(read: ReadCell) {
  if (read.state === 'blank') return '空白';
  if (read.state === 'absent') return <span class="visually-hidden">{stateWords.absent}</span>;
  if (read.text !== '') return read.text;
  return formatNumber(read.value);
}

function Legend({ report, marks }: { report: ReadReport; marks: ReadonlyMap<string, CellMark> }) {
  const found = new Set(Object.values(report.cells).map(({ state }) => state));
  const special = (['blank', 'not-applicable', 'text', 'absent'] as const).filter((state) =>
    found.has(state),
  );
  if (special.length === 0 && marks.size === 0) return null;
  return (
    <p class="read-legend">
      {marks.size > 0 && (
        <span>
          <i class="read-swatch read-wrong read-opened" aria-hidden="true" />
          正在查看的问题所在的格
        </span>
      )}
      {marks.size > 0 && (
        <span>
          <i class="read-swatch read-part" aria-hidden="true" />
          参与计算的格
        </span>
      )}
      {special.map((state) => (
        <span key={state}>
          <i class={`read-swatch read-${state}`} aria-hidden="true" />
          {stateWords[state]}
        </span>
      ))}
      <span>空白和“/”不当作 0。</span>
    </p>
  );
}
