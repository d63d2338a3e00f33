import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../../config.ts';

const kinds = ['city', 'county', 'department', 'township', 'subdistrict', 'zone'] as const;

const unitFile = z.array(
  z.object({ code: z.string(), name: z.string(), kind: z.enum(kinds), parent: z.string().nullable() }),
);

/** A made-up body of 云岭省 that files reports; a parent's figures include those of its children. */
export type SetUnit = z.infer<typeof unitFile>[number];
export type UnitKind = SetUnit['kind'];

/** Parents before their children. */
export const setUnits: readonly SetUnit[] = unitFile.parse(
  JSON.parse(readFileSync(join(ROOT, 'data/yunling/units.json'), 'utf8')),
);

export const childrenOf = ({ code }: SetUnit): SetUnit[] => setUnits.filter(({ parent }) => parent === code);

/** Governments of 设区的市 alone may make rules (规章): 《立法法》（2015年）第八十二条. */
export const makesRules = ({ kind }: SetUnit): boolean => kind === 'city';

/** Which unit files a report on which year: three years for all, the two before for some. */
export function reportedYears(unit: SetUnit): number[] {
  const inBranch = (root: string) => unit.code === root || unit.code.startsWith(`${root}-`);
  const first = inBranch('CY-X01') || inBranch('CY-X02') ? [2018] : [];
  const second = inBranch('CY-X01') || unit.kind === 'zone' || unit.code === 'CY-B06' ? [2019] : [];
  return [...first, ...second, 2020, 2021, 2022];
}
