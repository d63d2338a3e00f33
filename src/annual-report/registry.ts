import type { Figure } from '../core/figure.ts';
import { figureNeeds, formatForYear, formats } from './formats/index.ts';

/**
 * Every figure that a format names, by code: those the areas declare, and for areas that keep no records yet a figure fed
 * by reviewed returns alone, marked `awaitsArea` so that the pages can say so. A code that several formats name is one
 * figure, called as the oldest of them calls it.
 */
export function figureRegistry(declared: readonly Figure[]): ReadonlyMap<string, Figure> {
  const registry = new Map(declared.map((figure) => [figure.code, figure]));
  for (const need of formats.flatMap(figureNeeds)) {
    if (!registry.has(need.code)) registry.set(need.code, { ...need, source: 'returns', awaitsArea: true });
  }
  return registry;
}

/**
 * The figures that the report of a year asks for, in printed order and called as that report calls them. Years that no
 * format governs yet are asked as the oldest format asks.
 */
export function askedFigures(
  registry: ReadonlyMap<string, Figure>,
  year: number,
): ReadonlyMap<string, Figure> {
  const format = formatForYear(year) ?? formats[0];
  return new Map(
    (format ? figureNeeds(format) : []).flatMap((need) => {
      const figure = registry.get(need.code);
      return figure ? [[need.code, { ...figure, label: need.label }] as const] : [];
    }),
  );
}
