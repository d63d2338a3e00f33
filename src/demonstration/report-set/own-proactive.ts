import { cellKey } from '../../annual-report/compile.ts';
import type { FormatId } from '../../annual-report/formats/index.ts';
import type { Values } from './own-requests.ts';
import type { Random } from './random.ts';
import { makesRules, type SetUnit } from './units.ts';

export interface ProactiveYear {
  /** 规章 and 行政规范性文件. */
  documents: { issued: number; repealed: number; inForce: number; disclosed: number }[];
  /** 许可、其他服务、处罚、强制、收费: items of the list at the start of the year, their change, decisions taken. */
  powers: { items: number; change: number; decisions: number }[];
  /** In 元, so that sums are exact. */
  fees: number;
  purchases: number;
  spent: number;
}

const changes = [0, 0, 0, 0, 1, 2, 3, 10, -1, -2, -5];

export function proactiveYear(
  random: Random,
  unit: SetUnit,
  size: number,
  previous: ProactiveYear | null,
): ProactiveYear {
  const document = (mean: number, before: ProactiveYear['documents'][number] | undefined) => {
    const issued = random.around(mean);
    const start = before ? before.inForce : random.around(mean * 8);
    const repealed = random.chance(0.4) ? Math.min(start, random.around(mean * 0.7)) : 0;
    return {
      issued,
      repealed,
      inForce: start + issued - repealed,
      disclosed: (before?.disclosed ?? start) + issued,
    };
  };
  const power = (items: number, decisions: number, before: ProactiveYear['powers'][number] | undefined) => {
    const start = before ? before.items + before.change : random.around(items);
    return {
      items: start,
      change: start === 0 ? 0 : Math.max(-start, random.pick(changes)),
      decisions: start === 0 ? 0 : random.around(decisions),
    };
  };
  const acts = unit.kind === 'township' || unit.kind === 'subdistrict' ? 0.2 : 1;
  const plans = [
    [size * 1.2, size * 160 * acts],
    [size * 0.8, size * 90],
    [size * 2 * acts, size * 25 * acts],
    [size * 0.2 * acts, size * 2 * acts],
    [size * 0.1 * acts, 0],
  ] as const;
  return {
    documents: [
      makesRules(unit)
        ? document(2.4, previous?.documents[0])
        : { issued: 0, repealed: 0, inForce: 0, disclosed: 0 },
      document(size * 0.12, previous?.documents[1]),
    ],
    powers: plans.map(([items, decisions], index) => power(items, decisions, previous?.powers[index])),
    fees: random.chance(0.75) ? random.around(size * acts) * 12_345 + random.int(0, 9999) : 0,
    purchases: random.around(size * 0.6),
    spent: random.around(size) * 98_700 + random.int(0, 99_999),
  };
}

/** Table 1; amounts in 元. */
export function proactiveCells(format: FormatId, year: ProactiveYear): Values {
  const cells: Values = {};
  const put = (row: string, columns: Readonly<Record<string, number>>) => {
    for (const [column, value] of Object.entries(columns)) cells[cellKey('proactive', row, column)] = value;
  };
  const [licences, services, penalties, measures, charges] = year.powers as [
    ProactiveYear['powers'][number],
    ...ProactiveYear['powers'],
  ];
  year.documents.forEach(({ issued, repealed, inForce, disclosed }, index) => {
    put(
      `P1.${index + 1}`,
      format === '2021'
        ? { issued, repealed, inForce }
        : { created: issued, disclosed: issued, totalDisclosed: disclosed },
    );
  });
  if (format === '2021') {
    put('P5.1', { decisions: licences.decisions });
    put('P6.1', { decisions: penalties!.decisions });
    put('P6.2', { decisions: measures!.decisions });
    put('P8.1', { amount: year.fees });
    return cells;
  }
  for (const [row, power] of [
    ['P5.1', licences],
    ['P5.2', services!],
    ['P6.1', penalties!],
    ['P6.2', measures!],
  ] as const)
    put(row, { previousItems: power.items, change: power.change, decisions: power.decisions });
  put('P8.1', { previousItems: charges!.items, change: charges!.change });
  put('P9.1', { items: year.purchases, amount: year.purchases === 0 ? 0 : year.spent });
  return cells;
}
