import type { MatrixCell, MatrixRow } from '../../areas/filed-reports/index.ts';
import { formatNearDay } from '../../ui/format.ts';
import { Light, ScrollRegion, usePage } from '../../ui/index.ts';
import { countOf, countWords, Standing } from './standing.tsx';
import { standings, unitKinds } from './words.ts';

/** Units down, years across; each cell a word, a shape, a colour and a count. */
export function Matrix(props: {
  years: readonly number[];
  rows: readonly MatrixRow[];
  chosen: number;
  hrefOf: (row: MatrixRow, cell: MatrixCell) => string;
}) {
  const { years, rows, chosen, hrefOf } = props;
  const corrections = rows.some(({ cells }) => cells.some(({ correction }) => correction !== null));
  return (
    <ScrollRegion class="table-frame" label="各单位各年度报告">
      <table class="table units-matrix" data-cell-walk>
        <caption class="visually-hidden">各单位各年度报告的核查情况</caption>
        <thead>
          <tr>
            <th scope="col">单位</th>
            {years.map((year) => (
              <th key={year} scope="col" class={year === chosen ? 'chosen-year' : undefined}>
                {year}年
              </th>
            ))}
            {corrections && <th scope="col">更正</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.unit.id}>
              <th scope="row">
                <span class="unit-name">{row.unit.name}</span>
                <span class="unit-kind">{unitKinds[row.unit.kind]}</span>
              </th>
              {row.cells.map((cell) => (
                <td key={cell.year} data-label={`${cell.year}年`}>
                  <Cell row={row} cell={cell} href={hrefOf(row, cell)} />
                </td>
              ))}
              {corrections && (
                <td data-label="更正">
                  <CorrectionDue cell={row.cells.find(({ year }) => year === chosen)} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Cell({ row, cell, href }: { row: MatrixRow; cell: MatrixCell; href: string }) {
  if (cell.state === 'not-expected') return <Standing state="not-expected" />;
  const words = [
    `${row.unit.name} ${cell.year}年：${standings[cell.state].label}`,
    cell.state === 'wrong' || cell.state === 'doubtful' ? countWords(cell) : '',
    cell.checking ? '正在重新核查' : '',
  ].filter(Boolean);
  return <Standing state={cell.state} count={countOf(cell)} href={href} describedAs={words.join('，')} />;
}

function CorrectionDue({ cell }: { cell: MatrixCell | undefined }) {
  const { today } = usePage();
  const correction = cell?.correction;
  if (!correction) return null;
  const due = formatNearDay(correction.dueOn, today);
  if (correction.overdue) return <Light tone="red">{`逾期（${due}）`}</Light>;
  return <span>{correction.state === 'answered' ? '已答复，待复核' : `${due}前更正`}</span>;
}
