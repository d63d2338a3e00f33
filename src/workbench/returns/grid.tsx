import type { FormPart, Line } from '../../areas/returns/index.ts';
import type { Figure } from '../../core/figure.ts';
import { Icon, Table } from '../../ui/index.ts';
import { cellState } from './cell-state.ts';
import type { GridInput } from './forms.ts';
import { Matrix } from './matrix-grid.tsx';
import { areaName, quantityText } from './state.tsx';

export interface GridProps {
  form: readonly FormPart[];
  input: GridInput;
  errors: Readonly<Record<string, string>>;
  previous: ReadonlyMap<string, string | null>;
  lastYear: ReadonlyMap<string, string | null>;
  /** What somebody else saved meanwhile, by figure; shown beside what differs. */
  theirs?: ReadonlyMap<string, Line> | null;
}

/** The form by area: rows by columns where the table is so, else one row a figure. Complete without script. */
export function Grid(props: GridProps) {
  const lists = props.form.filter((part) => part.kind === 'list');
  const grids = props.form.filter((part) => part.kind === 'grid');
  return (
    <>
      {grids.map((part) => (
        <Matrix key={part.title} part={part} {...props} />
      ))}
      <Table
        caption="填报指标"
        columns={[
          { label: '指标', width: 'wide' },
          { label: '单位' },
          { label: '数量' },
          { label: '留空' },
          { label: '上期', numeric: true },
          { label: '去年同期', numeric: true },
          { label: '备注' },
        ]}
      >
        {lists.map(({ area, figures }) => (
          <>
            <tr class="grid-group">
              <th colSpan={7} scope="colgroup">
                {areaName(area)}
              </th>
            </tr>
            {figures.map((figure) => (
              <GridRow key={figure.code} figure={figure} {...props} />
            ))}
          </>
        ))}
      </Table>
    </>
  );
}

function GridRow({ figure, ...props }: GridProps & { figure: Figure }) {
  const { code, label, unit, measure } = figure;
  const { row, error, id, theirs } = cellState(code, props);
  return (
    <tr class={error ? 'grid-row grid-row-invalid' : theirs ? 'grid-row grid-row-differs' : 'grid-row'}>
      <th scope="row">
        <label for={id}>{label}</label>
        {error && (
          <p class="field-error" id={`${id}-error`}>
            <Icon name="alert-circle" />
            {error}
          </p>
        )}
        {theirs && <p class="grid-theirs">他人刚保存为:{theirs}</p>}
      </th>
      <td>{unit}</td>
      <td>
        <input
          id={id}
          name={`q.${code}`}
          class="input grid-quantity"
          value={row.quantity}
          inputmode={measure === 'amount' ? 'decimal' : 'numeric'}
          autocomplete="off"
          maxlength={40}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          data-grid-label={label}
          data-grid-code={code}
        />
      </td>
      <td class="grid-blank">
        <input type="checkbox" name={`b.${code}`} value="1" checked={row.blank} aria-label={`${label}留空`} />
      </td>
      <td class="numeric">{quantityText(props.previous.get(code))}</td>
      <td class="numeric">{quantityText(props.lastYear.get(code))}</td>
      <td>
        <input
          name={`n.${code}`}
          class="input grid-note"
          value={row.note}
          maxlength={500}
          aria-label={`${label}备注`}
          autocomplete="off"
        />
      </td>
    </tr>
  );
}
