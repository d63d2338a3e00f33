import type { ComponentChildren } from 'preact';
import type { CompiledRow, CompiledTable } from '../../model.ts';
import { type Grid, type GridCell, type GridRow, gridOf, gridWidth } from '../grid.ts';

export interface StatisticsTableProps {
  table: CompiledTable;
  /** How a cell nobody reported is printed; see `blankText`. */
  blank: string;
  caption: string;
  /** The heading above says the same already. */
  captionHidden?: boolean;
  /** What stands in a value cell instead of its bare text, e.g. a link to its evidence. */
  cell?: (value: { row: CompiledRow; column: string; text: string }) => ComponentChildren;
}

/** The statistics table as it is printed; wide ones scroll sideways under a fixed first column. */
export function StatisticsTable({ table, blank, caption, captionHidden, cell }: StatisticsTableProps) {
  const grid = gridOf(table, blank);
  const rows = new Map(table.sections.flatMap((section) => section.rows.map((row) => [row.spec.code, row])));
  const show = (code: string, value: GridCell): ComponentChildren => {
    const row = rows.get(code);
    return cell && row && value.column ? cell({ row, column: value.column, text: value.text }) : value.text;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard (WCAG 2.1.1)
    <section class="report-table-frame" aria-label={caption} tabIndex={0}>
      <table class={`report-table${shapeOf(grid)}`}>
        <caption class={captionHidden ? 'report-caption-hidden' : undefined}>{caption}</caption>
        {grid.sections.map((section, index) => (
          <SectionRows key={index} grid={grid} section={section} show={show} />
        ))}
      </table>
      {grid.note && <p class="report-note">注：{grid.note}</p>}
    </section>
  );
}

/** Several columns stand centred under their headings; many need less room each. */
function shapeOf({ columns }: Grid): string {
  if (columns > 10) return ' report-table-columns report-table-wide report-table-many';
  if (columns > 4) return ' report-table-columns report-table-wide';
  return columns > 1 ? ' report-table-columns' : '';
}

interface SectionRowsProps {
  grid: Grid;
  section: Grid['sections'][number];
  show: (code: string, cell: GridCell) => ComponentChildren;
}

function SectionRows({ grid, section, show }: SectionRowsProps) {
  const header = (
    <>
      {section.heading !== null && (
        <tr>
          <th class="report-section" colSpan={gridWidth(grid)} scope="colgroup">
            {section.heading}
          </th>
        </tr>
      )}
      {section.header.map((cells, index) => (
        <tr key={index}>
          {cells.map((cell, position) => (
            <th
              key={position}
              colSpan={cell.span}
              rowSpan={cell.rows}
              scope={cell.span > 1 ? 'colgroup' : 'col'}
            >
              {cell.text}
            </th>
          ))}
        </tr>
      ))}
    </>
  );
  const body = section.rows.map((row) => <BodyRow key={row.code} row={row} show={show} />);
  return grid.sections.length === 1 ? (
    <>
      <thead>{header}</thead>
      <tbody>{body}</tbody>
    </>
  ) : (
    <tbody>
      {header}
      {body}
    </tbody>
  );
}

function BodyRow({ row, show }: { row: GridRow; show: SectionRowsProps['show'] }) {
  return (
    <tr class={`report-row report-row-${row.kind} report-level-${Math.min(row.level, 3)}`}>
      {row.cells.map((cell, index) =>
        cell.role === 'label' ? (
          <th key={index} colSpan={cell.span} scope={row.kind === 'heading' ? 'rowgroup' : 'row'}>
            {cell.text}
          </th>
        ) : (
          <td key={index} colSpan={cell.span} class={`report-${cell.role}`}>
            {cell.role === 'value' ? show(row.code, cell) : cell.text}
          </td>
        ),
      )}
    </tr>
  );
}
