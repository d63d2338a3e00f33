import type { FormPart, FormRow } from '../../areas/returns/index.ts';
import type { Figure } from '../../core/figure.ts';
import { ScrollRegion } from '../../ui/index.ts';
import { cellState } from './cell-state.ts';
import type { GridProps } from './grid.tsx';
import { quantityText } from './state.tsx';

type GridPart = Extract<FormPart, { kind: 'grid' }>;

/** Rows by columns, e.g. results of requests by kind of applicant; `留空` is typed. */
export function Matrix({ part, ...props }: GridProps & { part: GridPart }) {
  const { title, columns, rows } = part;
  return (
    <ScrollRegion class="table-frame" label={title}>
      <table class="table grid-matrix" data-grid-matrix>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">指标</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <MatrixRow key={row.label} row={row} columns={columns} {...props} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function MatrixRow({ row, columns, ...props }: GridProps & { row: FormRow; columns: readonly string[] }) {
  const level = `grid-level-${Math.min(row.level, 2)}`;
  if (row.figures.length === 0)
    return (
      <tr class={`grid-heading ${level}`}>
        <th scope="rowgroup" colSpan={columns.length + 1}>
          {row.label}
        </th>
      </tr>
    );
  return (
    <tr class={`grid-row ${level}`}>
      <th scope="row">{row.label}</th>
      {row.figures.map((figure, index) => (
        <td key={columns[index]} data-column={index}>
          {figure && <MatrixCell figure={figure} {...props} />}
        </td>
      ))}
    </tr>
  );
}

function MatrixCell({ figure, ...props }: GridProps & { figure: Figure }) {
  const { code, label, measure, signed } = figure;
  const { row, error, id, theirs } = cellState(code, props);
  const before = props.previous.get(code);
  return (
    <>
      <input
        id={id}
        name={`q.${code}`}
        class="input grid-quantity"
        value={row.blank ? '留空' : row.quantity}
        inputmode={signed ? 'text' : measure === 'amount' ? 'decimal' : 'numeric'}
        autocomplete="off"
        maxlength={40}
        aria-label={label}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        data-grid-label={label}
        data-grid-code={code}
      />
      {row.note !== '' && <input type="hidden" name={`n.${code}`} value={row.note} />}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {theirs && <p class="grid-theirs">他人刚保存为:{theirs}</p>}
      {before !== undefined && <p class="grid-before">上期 {quantityText(before)}</p>}
    </>
  );
}
