import { cellKey } from '../../annual-report/compile.ts';
import { type Format, figureRows, formatForYear } from '../../annual-report/formats/index.ts';
import { type ProactiveYear, proactiveCells, proactiveYear } from './own-proactive.ts';
import { type RequestYear, requestCells, requestYear, type Values } from './own-requests.ts';
import { statisticsCells } from './own-statistics.ts';
import type { Streams } from './random.ts';
import { childrenOf, type SetUnit, setUnits, type UnitKind } from './units.ts';

/** Requests a body of this kind receives itself in a usual year; everything else follows from it. */
const sizes: Readonly<Record<UnitKind, number>> = {
  city: 90,
  county: 46,
  department: 18,
  zone: 24,
  subdistrict: 5,
  township: 4,
};
const firstYear = 2017;
const lastYear = 2022;

/** What happened at every unit in every year, by unit code and year; every identity of the formats holds. */
export type History = ReadonlyMap<string, ReadonlyMap<number, Values>>;

export function simulate(streams: Streams): History {
  const history = new Map<string, Map<number, Values>>();
  for (const unit of setUnits.toReversed()) {
    const own = ownYears(unit, streams);
    for (const child of childrenOf(unit))
      for (const [year, values] of history.get(child.code) ?? []) addTo(own.get(year)!, values);
    history.set(unit.code, own);
  }
  for (const years of history.values())
    for (const [year, values] of years) {
      inTenThousands(values, formatForYear(year)!);
      addTotals(values, formatForYear(year)!);
    }
  return history;
}

function ownYears(unit: SetUnit, streams: Streams): Map<number, Values> {
  const years = new Map<number, Values>();
  let requests: RequestYear | null = null;
  let proactive: ProactiveYear | null = null;
  for (let year = firstYear; year <= lastYear; year++) {
    const format = formatForYear(year)!;
    const random = streams(`${unit.code} ${year}`);
    const size = sizes[unit.kind] * (0.8 + (year - firstYear) * 0.08);
    requests = requestYear(random, size, requests);
    // The table of 2014 to 2018 does not print what was carried over; reports on 2018 start from nothing.
    if (year === firstYear) requests.carriedOut = requests.carriedOut.map(() => 0);
    proactive = proactiveYear(random, unit, sizes[unit.kind], proactive);
    years.set(
      year,
      format.id === '2014'
        ? statisticsCells(random, size, requests)
        : { ...proactiveCells(format.id, proactive), ...requestCells(random, format.id, requests) },
    );
  }
  return years;
}

function addTo(values: Values, more: Values): void {
  for (const [key, value] of Object.entries(more)) values[key] = (values[key] ?? 0) + value;
}

/** From 元 to 万元. */
function inTenThousands(values: Values, format: Format): void {
  for (const { table, section, row } of figureRows(format))
    for (const column of section.columns) {
      const key = cellKey(table.id, row.code, column.id);
      if ((column.measure ?? row.kind) === 'amount' && key in values) values[key] = values[key]! / 10_000;
    }
}

/** Totals of columns first, then of rows, inner before outer. */
function addTotals(values: Values, format: Format): void {
  for (const { table, section, row } of figureRows(format).toReversed())
    for (const { id } of section.columns) {
      if (!row.sumOf) continue;
      const parts = row.sumOf.map((code) => values[cellKey(table.id, code, id)] ?? 0);
      if (!section.columns.some(({ sumOf, id: own }) => own === id && sumOf))
        values[cellKey(table.id, row.code, id)] = parts.reduce((total, part) => total + part, 0);
    }
  for (const { table, section, row } of figureRows(format))
    for (const { id, sumOf } of section.columns)
      if (sumOf)
        values[cellKey(table.id, row.code, id)] = sumOf.reduce(
          (total, column) => total + (values[cellKey(table.id, row.code, column)] ?? 0),
          0,
        );
}
