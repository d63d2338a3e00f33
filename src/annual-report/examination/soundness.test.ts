import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  boundCells,
  figureCells,
  soundTables,
  valueAt,
  withCell,
} from '../../../tests/support/sound-tables.ts';
import type { FormatId } from '../formats/format.ts';
import { type CellValues, formatById } from '../formats/index.ts';
import type { Finding } from '../model.ts';
import { reportAsRead } from './fixtures/read-report.ts';
import { examineReport } from './index.ts';

const ids: readonly FormatId[] = ['2014', '2019', '2021'];

/** Rows that no equation holds to others: a number there can be changed without anything in the same report telling so. */
const unbound: Readonly<Record<FormatId, readonly string[]>> = {
  '2014': [
    '1.1',
    '1.1.1',
    '1.1.2',
    '1.2.1',
    '1.2.2',
    '1.2.3',
    '1.2.4',
    '1.2.5',
    '2.1',
    '2.2.1',
    '2.2.1.1',
    '2.2.2',
    '2.2.2.1',
    '2.2.3',
    '2.2.4',
    '2.2.5',
    '6',
    '7',
    '8.1',
    '8.2',
    '8.4',
    '9.1',
    '9.2',
    '9.3',
  ],
  '2019': ['P1.1', 'P1.2', 'P5.1', 'P5.2', 'P6.1', 'P6.2', 'P8.1', 'P9.1'],
  '2021': ['P1.1', 'P1.2', 'P5.1', 'P6.1', 'P6.2', 'P8.1'],
};

const examine = (format: FormatId, values: CellValues, marks = {}) =>
  examineReport({ report: reportAsRead({ format, values, marks }) });
const isAt = ({ cells }: Finding, row: string, column: string) =>
  cells.some((cell) => cell.row === row && cell.column === column);

describe.each(ids)('reports in the format of %s', (id) => {
  const format = formatById(id)!;
  const sound = soundTables(id);
  const bound = boundCells(format);
  const cells = figureCells(format);
  const held = cells.filter(({ key }) => bound.has(key));
  const free = cells.filter(({ key }) => !bound.has(key));

  test('a table that satisfies every identity is clean', () => {
    fc.assert(
      fc.property(sound, (values) => {
        expect(examine(id, values)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('any single changed cell that an equation holds is found at that cell, and is wrong', () => {
    fc.assert(
      fc.property(
        sound,
        fc.constantFrom(...held),
        fc.integer({ min: 1, max: 99 }),
        fc.boolean(),
        (values, { row, column }, by, isMore) => {
          const changed = withCell(values, row, column, valueAt(values, row, column) + (isMore ? by : -by));
          const found = examine(id, changed).filter((finding) => isAt(finding, row, column));
          expect(found.some(({ verdict }) => verdict === 'wrong')).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('the cells that no equation holds are those listed, and each of them can change unseen', () => {
    expect([...new Set(free.map(({ row }) => row))]).toEqual(unbound[id]);
    const tables = fc.sample(sound, { numRuns: 40, seed: 7 });
    for (const { row, column, key } of free) {
      const unseen = tables.some((values) =>
        [1, -1, 2].some((by) => {
          const changed = withCell(values, row, column, valueAt(values, row, column) + by);
          return examine(id, changed).length === 0;
        }),
      );
      expect(unseen, key).toBe(true);
    }
  });

  test('a number that cannot be is found in every cell', () => {
    fc.assert(
      fc.property(
        sound,
        fc.constantFrom(...cells),
        fc.constantFrom(-3, 2.5, 0.1234567),
        (values, { row, column, signed }, value) => {
          const isAmount = /^(?:7|8\.4)$/u.test(row) || column === 'amount';
          fc.pre(value === 0.1234567 || !(signed && value === -3));
          fc.pre(!(isAmount && value === 2.5));
          const found = examine(id, withCell(values, row, column, value));
          expect(
            found.some(
              (finding) =>
                finding.rule === 'S14' && finding.severity === 'error' && isAt(finding, row, column),
            ),
          ).toBe(true);
        },
      ),
      { numRuns: 80 },
    );
  });

  test('a cell that shows words is told, and makes nothing wrong', () => {
    fc.assert(
      fc.property(
        sound,
        fc.constantFrom(...cells),
        fc.constantFrom('text', 'absent'),
        (values, { key, row, column }, state) => {
          const found = examine(id, values, { [key]: { state, text: state === 'text' ? '详见附件' : '' } });
          expect(found.filter((finding) => isAt(finding, row, column))).toMatchObject([
            { rule: 'B3', verdict: 'unassessable', severity: 'notice' },
          ]);
          expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
        },
      ),
      { numRuns: 80 },
    );
  });

  test('a blank is never an error of its own making: it is told, or a sum that needed it is in doubt', () => {
    fc.assert(
      fc.property(sound, fc.constantFrom(...cells), (values, { key, row, column }) => {
        const value = valueAt(values, row, column);
        const found = examine(id, withCell(values, row, column, null));
        const at = found.filter((finding) => isAt(finding, row, column));
        if (id !== '2014' || (bound.has(key) && value !== 0)) expect(at).not.toEqual([]);
        // Only a total left blank beside filled parts is wrong.
        const isTotal = format.checks.some(
          (check) =>
            (check.kind === 'sum' && check.total === row) ||
            (check.kind === 'column-sum' && check.total === column && check.rows.includes(row)),
        );
        if (!isTotal) expect(at.filter(({ verdict }) => verdict === 'wrong')).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
