import type { Power } from './formats/format.ts';
import type { CompiledTable } from './model.ts';

/** What the agency may do, from its settings (`settings.report`). Most bodies have no power to make rules (规章). */
export function powersOf(settings: Readonly<Record<string, unknown>>): Power[] {
  const { ruleMaking } = (settings.report ?? {}) as Record<string, unknown>;
  return ruleMaking === true ? ['rule-making'] : [];
}

/** Marks the blanks of rows that need a power the body does not have; they are printed as `/`. */
export function markPowers(tables: readonly CompiledTable[], powers: readonly Power[]): CompiledTable[] {
  return tables.map((table) => ({
    ...table,
    sections: table.sections.map((section) => ({
      ...section,
      rows: section.rows.map((row) => {
        if (row.spec.power === undefined || powers.includes(row.spec.power)) return row;
        const cells = Object.entries(row.cells).map(([column, cell]) => [
          column,
          cell.value === null ? { ...cell, notApplicable: true as const } : cell,
        ]);
        return { ...row, cells: Object.fromEntries(cells) };
      }),
    })),
  }));
}
