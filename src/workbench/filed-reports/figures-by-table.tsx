import type { ComponentChildren } from 'preact';
import { Fragment } from 'preact';
import { type Column, Table } from '../../ui/index.ts';

/** Figures line by line under the name of the statutory table they stand in; `row` draws one line as a table row. */
export function FiguresByTable<Line extends { table: string; key: string }>(props: {
  caption: string;
  columns: readonly Column[];
  lines: readonly Line[];
  row: (line: Line) => ComponentChildren;
}) {
  const { caption, columns, lines, row } = props;
  return (
    <Table caption={caption} captionHidden={false} columns={[...columns]}>
      {[...Map.groupBy(lines, ({ table }) => table)].map(([table, own]) => (
        <Fragment key={table}>
          <tr class="figures-table">
            <th scope="colgroup" colSpan={columns.length}>
              {table}
            </th>
          </tr>
          {own.map((line) => (
            <Fragment key={line.key}>{row(line)}</Fragment>
          ))}
        </Fragment>
      ))}
    </Table>
  );
}
