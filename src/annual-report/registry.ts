import type { Figure } from '../core/figure.ts';
import { figures2014 } from './formats/index.ts';

/**
 * Every figure a format asks for, by code: those the areas declare, and for areas that keep no records yet a figure fed
 * by reviewed returns alone, marked `awaitsArea` so that the pages can say so.
 */
export function figureRegistry(declared: readonly Figure[]): ReadonlyMap<string, Figure> {
  const registry = new Map(declared.map((figure) => [figure.code, figure]));
  for (const need of figures2014) {
    if (!registry.has(need.code)) registry.set(need.code, { ...need, source: 'returns', awaitsArea: true });
  }
  return registry;
}
