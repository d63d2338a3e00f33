import { cellKey } from '../../annual-report/compile.ts';
import type { FormatId } from '../../annual-report/formats/index.ts';
import type { Random } from './random.ts';

/** Values of cells by `table/row/column`. */
export type Values = Record<string, number>;

export const applicants = ['naturalPerson', 'company', 'research', 'publicWelfare', 'legalService', 'other'];
export const roads = ['reconsideration', 'direct', 'afterReconsideration'];
export const remedyOutcomes = ['Upheld', 'Corrected', 'Other', 'Pending'];

const applicantWeights = [78, 12, 1, 2, 5, 2];

/** Results and how common they are; group (六) depends on the format. */
const commonResults: readonly (readonly [string, number])[] = [
  ['3.1', 46],
  ['3.2', 9],
  ['3.3.1', 0.4],
  ['3.3.2', 0.6],
  ['3.3.3', 0.3],
  ['3.3.4', 1.5],
  ['3.3.5', 1],
  ['3.3.6', 1.2],
  ['3.3.7', 1],
  ['3.3.8', 1.5],
  ['3.4.1', 22],
  ['3.4.2', 3],
  ['3.4.3', 1.5],
  ['3.5.1', 4],
  ['3.5.2', 2],
  ['3.5.3', 0.3],
  ['3.5.4', 0.4],
  ['3.5.5', 0.3],
];

export const resultRows = (format: FormatId): readonly (readonly [string, number])[] =>
  format === '2021'
    ? [...commonResults, ['3.6.1', 1], ['3.6.3', 2], ['3.6.2', 0]]
    : [...commonResults, ['3.6', 3]];

export interface RequestYear {
  /** Per kind of applicant. */
  received: number[];
  carriedIn: number[];
  carriedOut: number[];
  remedies: number[][];
}

/** Requests and disputes of one unit in one year, following on the year before. */
export function requestYear(random: Random, size: number, previous: RequestYear | null): RequestYear {
  const received = random.share(random.around(size), applicantWeights);
  const carriedIn = previous?.carriedOut ?? applicants.map(() => 0);
  const carriedOut = received.map((count) => Math.min(count, Math.round(count * random.int(0, 9) * 0.01)));
  const disputes = [size * 0.04, size * 0.02, size * 0.01];
  const remedies = disputes.map((mean, road) => {
    const decided = random.share(random.around(mean), [60, 15, 25]);
    const leftOver = previous?.remedies[road]?.[3] ?? 0;
    decided[0]! += Math.max(0, leftOver - decided.reduce((sum, count) => sum + count, 0));
    return [...decided, random.chance(0.3) ? random.int(0, Math.ceil(mean / 3)) : 0];
  });
  return { received, carriedIn, carriedOut, remedies };
}

/** Tables 2 and 3 of the formats since 2019, totals left out. */
export function requestCells(random: Random, format: FormatId, year: RequestYear): Values {
  const results = resultRows(format);
  const cells: Values = {};
  applicants.forEach((column, index) => {
    const put = (row: string, value: number) => {
      cells[cellKey('requests', row, column)] = value;
    };
    const [received, carriedIn, carriedOut] = [year.received, year.carriedIn, year.carriedOut].map(
      (counts) => counts[index] ?? 0,
    ) as [number, number, number];
    put('1', received);
    put('2', carriedIn);
    put('4', carriedOut);
    const shares = random.share(
      received + carriedIn - carriedOut,
      results.map(([, weight]) => weight),
    );
    for (const [place, [row]] of results.entries()) put(row, shares[place] ?? 0);
  });
  for (const [road, counts] of year.remedies.entries())
    for (const [place, count] of counts.entries())
      cells[cellKey('remedies', 'R', `${roads[road]}${remedyOutcomes[place]}`)] = count;
  return cells;
}
