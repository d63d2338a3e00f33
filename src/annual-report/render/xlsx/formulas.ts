import type { ColumnSpec } from '../../formats/format.ts';
import type { CompiledRow, CompiledTable } from '../../model.ts';

/** 1 → A, 27 → AA. */
export function columnLetter(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? columnLetter(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26));
}

/**
 * The sum a total is made of, or null where it is not one: the cell is no total, or it was reported with a value that its
 * parts contradict, which a formula would silently correct.
 */
export function sumFormula(
  table: CompiledTable,
  row: CompiledRow,
  column: ColumnSpec,
  addressOf: (code: string, column: string) => string | undefined,
): string | null {
  const value = row.cells[column.id]?.value;
  const rows = table.sections.flatMap((section) => section.rows);
  const down = row.spec.sumOf?.map((code) => ({
    address: addressOf(code, column.id),
    value: rows.find(({ spec }) => spec.code === code)?.cells[column.id]?.value ?? 0,
  }));
  const across = column.sumOf?.map((id) => ({
    address: addressOf(row.spec.code, id),
    value: row.cells[id]?.value ?? 0,
  }));
  for (const parts of [down, across]) {
    if (!parts || parts.length === 0) continue;
    const sum = parts.reduce((total, part) => total + part.value, 0);
    const addresses = parts.flatMap(({ address }) => address ?? []);
    if (Math.abs(sum - (value ?? 0)) < 1e-6 && addresses.length > 0) return `SUM(${ranges(addresses)})`;
  }
  return null;
}

/** Addresses as the arguments of SUM: neighbours in a column as one range. */
function ranges(addresses: readonly string[]): string {
  const runs: { letter: string; from: number; to: number }[] = [];
  for (const address of addresses) {
    const letter = address.replace(/\d+$/, '');
    const row = Number(address.slice(letter.length));
    const last = runs.at(-1);
    if (last?.letter === letter && last.to === row - 1) last.to = row;
    else runs.push({ letter, from: row, to: row });
  }
  return runs
    .map(({ letter, from, to }) => (from === to ? `${letter}${from}` : `${letter}${from}:${letter}${to}`))
    .join(',');
}
