import type { Line } from '../../areas/returns/index.ts';
import type { Figure } from '../../core/figure.ts';
import { fieldId, Icon, Table } from '../../ui/index.ts';
import type { GridInput } from './forms.ts';
import { areaName, quantityText } from './state.tsx';

export interface GridProps {
  figures: readonly Figure[];
  input: GridInput;
  errors: Readonly<Record<string, string>>;
  previous: ReadonlyMap<string, string | null>;
  lastYear: ReadonlyMap<string, string | null>;
  /** What somebody else saved meanwhile, by figure; shown beside what differs. */
  theirs?: ReadonlyMap<string, Line> | null;
}

/** The grid: one row a figure, grouped by area. Complete without script; with it, paste and arrow keys. */
export function Grid(props: GridProps) {
  const groups = [...Map.groupBy(props.figures, ({ area }) => area)];
  return (
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
      {groups.map(([area, figures]) => (
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
  );
}

function GridRow({ figure, ...props }: GridProps & { figure: Figure }) {
  const { code, label, unit, measure } = figure;
  const row = props.input.get(code) ?? { quantity: '', blank: false, note: '' };
  const error = props.errors[`q.${code}`] ?? props.errors[`n.${code}`];
  const id = fieldId(`q.${code}`);
  const theirs = props.theirs?.get(code);
  const stated = theirs === undefined ? undefined : theirs.quantity;
  const mine = row.blank ? null : row.quantity === '' ? undefined : row.quantity;
  const differs = props.theirs !== null && props.theirs !== undefined && stated !== mine;
  return (
    <tr class={error ? 'grid-row grid-row-invalid' : differs ? 'grid-row grid-row-differs' : 'grid-row'}>
      <th scope="row">
        <label for={id}>{label}</label>
        {error && (
          <p class="field-error" id={`${id}-error`}>
            <Icon name="alert-circle" />
            {error}
          </p>
        )}
        {differs && <p class="grid-theirs">他人刚保存为:{theirs ? quantityText(stated) : '未填'}</p>}
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
