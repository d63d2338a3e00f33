import { describe, expect, test } from 'vitest';
import { cellsOfPick, countedTables, crosswalks, type Format, formatById, samePairs } from './index.ts';

const cellsOf = (format: Format): string[] =>
  countedTables(format).flatMap(({ sections }) =>
    sections.flatMap(({ rows, columns }) =>
      rows
        .filter(({ kind }) => kind !== 'heading')
        .flatMap(({ code }) => columns.map(({ id }) => `${code}/${id}`)),
    ),
  );

describe.each(crosswalks)('from the format on $from to that on $to', ({ from, to, lines }) => {
  const sides = [formatById(from)!, formatById(to)!] as const;
  const named = (side: 0 | 1) =>
    lines.flatMap((line) =>
      [line.before, line.after][side]!.flatMap((pick) => {
        const cells = cellsOfPick(sides[side], pick);
        expect(cells, JSON.stringify(pick)).not.toEqual([]);
        return cells.map(({ row, column }) => `${row}/${column}`);
      }),
    );

  test.each([0, 1] as const)('every cell appears, on side %i', (side) => {
    expect(cellsOf(sides[side]).filter((cell) => !named(side).includes(cell))).toEqual([]);
  });

  test('a cell that is the same as another is not also something else', () => {
    for (const side of [0, 1] as const) {
      const same = lines
        .filter(({ kind }) => kind === 'same')
        .flatMap((line) => [line.before, line.after][side]!)
        .flatMap((pick) => cellsOfPick(sides[side], pick))
        .map(({ row, column }) => `${row}/${column}`);
      expect(
        named(side)
          .filter((cell) => same.includes(cell))
          .toSorted(),
      ).toEqual(same.toSorted());
    }
  });

  test('what corresponds has two sides and a reason, what does not has one', () => {
    for (const { kind, before, after, note } of lines) {
      expect(note.length, note).toBeGreaterThan(3);
      expect([before.length > 0, after.length > 0].filter(Boolean), note).toHaveLength(
        kind === 'none' ? 1 : 2,
      );
    }
  });

  test('units agree where cells are the same', () => {
    const unitOf = (format: Format, { row, column }: { row: string; column: string }) => {
      const section = countedTables(format)
        .flatMap(({ sections }) => sections)
        .find(({ rows }) => rows.some(({ code }) => code === row));
      return (
        section?.columns.find(({ id }) => id === column)?.unit ??
        section?.rows.find(({ code }) => code === row)?.unit
      );
    };
    for (const [now, before] of samePairs(sides[0], sides[1])) {
      const [row = '', column = ''] = now.split('/');
      expect(unitOf(sides[1], { row, column }), now).toBe(unitOf(sides[0], before));
    }
  });
});

test('requests and disputes carry on from 2019 to 2021 cell by cell', () => {
  const pairs = samePairs(formatById('2019')!, formatById('2021')!);
  expect(pairs.get('4/naturalPerson')).toEqual({ row: '4', column: 'naturalPerson' });
  expect(pairs.get('R/directPending')).toEqual({ row: 'R', column: 'directPending' });
  expect(pairs.get('P1.2/issued')).toEqual({ row: 'P1.2', column: 'created' });
  expect(pairs.has('P1.2/inForce')).toBe(false);
});

test('a format corresponds to no other but its neighbour', () => {
  expect(samePairs(formatById('2014')!, formatById('2021')!).size).toBe(0);
});
