import { format2014 } from './2014.ts';
import { format2019 } from './2019.ts';
import { format2021 } from './2021.ts';
import type { Format, FormatId } from './format.ts';

export {
  type Crosswalk,
  type CrosswalkLine,
  cellsOfPick,
  crosswalks,
  samePairs,
} from './crosswalk.ts';
export {
  cellName,
  countedTables,
  type FigureNeed,
  figureNeeds,
  type PlacedFigure,
  placedFigures,
  rowName,
} from './figures.ts';
export type * from './format.ts';
export { buildTables, type CellValues, type FigureRow, figureRows } from './tables.ts';

/** Every known format, oldest first; their reporting years do not overlap. */
export const formats: readonly Format[] = [format2014, format2019, format2021];

/** The format that governs a reporting year (报告年度), or null where none is known. */
export function formatForYear(year: number): Format | null {
  return formats.find(({ years }) => year >= years.from && (years.to === null || year <= years.to)) ?? null;
}

export function formatById(id: FormatId): Format | null {
  return formats.find((format) => format.id === id) ?? null;
}
