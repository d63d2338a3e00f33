import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildTables, type CheckSpec, formatForYear } from '../formats/index.ts';
import { columnFormat } from './fixtures/columns.ts';
import { checkReport } from './index.ts';

const format = formatForYear(2018)!;
const isSum = (check: CheckSpec): check is Extract<CheckSpec, { kind: 'sum' }> => check.kind === 'sum';
const sums = format.checks.filter(isSum);
const covered = [...new Set(sums.flatMap(({ total, parts }) => [total, ...parts]))];
const leaves = covered.filter((code) => !sums.some(({ total }) => total === code));

/** Any leaf values, with the totals that follow from them. */
const consistent = fc
  .array(fc.nat(500), { minLength: leaves.length, maxLength: leaves.length })
  .map((counts) => {
    const values: Record<string, number> = Object.fromEntries(
      leaves.map((code, index) => [code, counts[index]!]),
    );
    for (const { total, parts } of sums.toSorted((a, b) => b.total.length - a.total.length))
      values[total] = parts.reduce((sum, part) => sum + values[part]!, 0);
    return values;
  });

const errors = (values: Record<string, number | null>) =>
  checkReport({ format, year: 2018, tables: buildTables(format, values) }).filter(
    ({ severity }) => severity === 'error',
  );

test('a table that satisfies every identity has no errors', () => {
  fc.assert(
    fc.property(consistent, (values) => {
      expect(errors(values)).toEqual([]);
    }),
  );
});

test('changing any single cell that an identity covers is found at that cell', () => {
  fc.assert(
    fc.property(
      consistent,
      fc.constantFrom(...covered),
      fc.integer({ min: 1, max: 99 }),
      (values, code, by) => {
        const found = errors({ ...values, [code]: values[code]! + by });
        expect(found.flatMap(({ cells }) => cells.map(({ row }) => row))).toContain(code);
      },
    ),
  );
});

test('blanking any single cell that is not 0 is found at that cell', () => {
  fc.assert(
    fc.property(consistent, fc.constantFrom(...covered), (values, code) => {
      fc.pre(values[code] !== 0);
      expect(
        errors({ ...values, [code]: null }).flatMap(({ cells }) => cells.map(({ row }) => row)),
      ).toContain(code);
    }),
  );
});

type Columns = { person: number; company: number; other: number };
const counts = fc.record({ person: fc.nat(50), company: fc.nat(50), other: fc.nat(50) });
const withTotal = ({ person, company, other }: Columns) => ({
  person,
  company,
  other,
  total: person + company + other,
});
const plus = (a: Columns, b: Columns): Columns => ({
  person: a.person + b.person,
  company: a.company + b.company,
  other: a.other + b.other,
});

/** Requests of the columned format in balance: 1 + 2 = 3.7 + 4 with 4 = what is left. */
const balanced = fc.tuple(counts, counts, counts, counts).map(([fresh, disclosed, partly, open]) => {
  const carried = { person: 50, company: 50, other: 50 };
  const concluded = plus(disclosed, partly);
  const received = plus(plus(concluded, open), fresh);
  return {
    '1': withTotal(received),
    '2': withTotal(carried),
    '3.1': withTotal(disclosed),
    '3.2': withTotal(partly),
    '3.7': withTotal(concluded),
    '4': withTotal(plus(plus(open, fresh), carried)),
  };
});

test('a columned table in balance is clean, and any changed cell of it is found at that cell', () => {
  fc.assert(
    fc.property(
      balanced,
      fc.constantFrom('1', '2', '3.1', '3.2', '3.7', '4'),
      fc.constantFrom('person', 'company', 'other', 'total'),
      fc.integer({ min: 1, max: 9 }),
      (values, row, column, by) => {
        const check = (given: typeof values) =>
          checkReport({ format: columnFormat, year: 2022, tables: buildTables(columnFormat, given) });
        expect(check(values)).toEqual([]);
        const changed = structuredClone(values);
        const cells = changed[row as keyof typeof values];
        cells[column as keyof typeof cells] += by;
        const found = check(changed).flatMap((finding) =>
          finding.cells.map((cell) => `${cell.row}.${cell.column}`),
        );
        expect(found).toContain(`${row}.${column}`);
      },
    ),
  );
});
