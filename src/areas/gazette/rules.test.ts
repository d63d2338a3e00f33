import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Issue, issueStates } from './model.ts';
import {
  arranged,
  bySection,
  type IssueMove,
  issueMoves,
  issueObstacle,
  moved,
  nextNumbers,
  unready,
} from './rules.ts';

type Row = [
  name: string,
  year: number,
  last: Parameters<typeof nextNumbers>[1],
  first: [number, number, number],
  is: [number, number],
];

describe('numbers', () => {
  test.each<Row>([
    ['the first of a new gazette', 2018, null, [1, 1, 1], [1, 1]],
    [
      'the first here of an old gazette, in the year its numbers are told for',
      2018,
      null,
      [2018, 7, 131],
      [7, 131],
    ],
    ['the first here of an old gazette, in a later year', 2019, null, [2018, 7, 131], [1, 131]],
    ['the next of the year', 2018, { total: 12, ofYear: 3 }, [2018, 1, 1], [4, 13]],
    ['the first of the next year', 2019, { total: 12, ofYear: null }, [2018, 1, 1], [1, 13]],
    ['settings count for nothing after the first', 2018, { total: 12, ofYear: 3 }, [2018, 99, 999], [4, 13]],
  ])('%s', (_, year, last, [firstYear, number, total], is) => {
    const given = nextNumbers(year, last, { year: firstYear, number, total });
    expect([given.number, given.total]).toEqual(is);
  });

  it('has neither gap nor repeat, whatever years the issues come out in', () => {
    const days = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 60 });
    const start = fc.record({
      year: fc.constantFrom(2018, 2020),
      number: fc.integer({ min: 1, max: 30 }),
      total: fc.integer({ min: 1, max: 900 }),
    });
    fc.assert(
      fc.property(days, start, (steps, first) => {
        const out: { year: number; number: number; total: number }[] = [];
        let year = 2018;
        for (const step of steps) {
          year += step === 3 ? 1 : 0;
          const ofYear = out.filter((one) => one.year === year).at(-1)?.number ?? null;
          const last = out.length === 0 ? null : { total: out.at(-1)!.total, ofYear };
          out.push(nextNumbers(year, last, first));
        }
        expect(out.map(({ total }) => total)).toEqual(out.map((_, index) => first.total + index));
        for (const [of, issues] of Map.groupBy(out, (one) => one.year)) {
          const begins = issues[0] === out[0] && of === first.year ? first.number : 1;
          expect(issues.map(({ number }) => number)).toEqual(issues.map((_, index) => begins + index));
        }
      }),
    );
  });
});

describe('moves', () => {
  const issue = (state: Issue['state']) => ({ state, authorId: 1, hands: [1, 2] });
  const moves = Object.keys(issueMoves) as IssueMove[];

  test.each<[Issue['state'], IssueMove[]]>([
    ['draft', ['compose', 'submit', 'discard']],
    ['in-review', ['recall', 'approve', 'send-back', 'discard']],
    ['approved', ['recall', 'publish', 'discard']],
    ['published', ['print-again', 'correct', 'judge-correction']],
    ['discarded', []],
  ])('while it is %s: %j', (state, able) => {
    const mover = { staffId: 9, may: true };
    expect(moves.filter((move) => issueObstacle(move, issue(state), mover) === null)).toEqual(able);
  });

  test.each<[string, IssueMove, { staffId: number | null; may: boolean }, string | null]>([
    ['somebody else reviews', 'approve', { staffId: 3, may: true }, null],
    ['its author does not', 'approve', { staffId: 1, may: true }, 'gazette-own-hand'],
    ['nor whoever composed', 'send-back', { staffId: 2, may: true }, 'gazette-own-hand'],
    ['nor the system', 'approve', { staffId: null, may: true }, 'gazette-own-hand'],
    ['nor who may not', 'approve', { staffId: 3, may: false }, 'gazette-not-yours'],
  ])('%s', (_, move, mover, code) => {
    expect(issueObstacle(move, issue('in-review'), mover)?.code ?? null).toBe(code);
  });

  it('knows every state', () => {
    const reached = new Set(moves.flatMap((move) => issueMoves[move].to ?? []));
    expect([...reached].sort()).toEqual(Object.keys(issueStates).sort());
  });
});

describe('the order of entries', () => {
  const entry = (itemId: number, section: string, position: number) => ({ itemId, section, position });
  const given = [
    entry(1, '人事', 1),
    entry(2, '文件', 2),
    entry(3, '旧栏目', 3),
    entry(4, '文件', 4),
    entry(5, '人事', 5),
  ];
  const order = arranged(given, ['文件', '人事']);
  const ids = (entries: readonly { itemId: number }[]) => entries.map(({ itemId }) => itemId);

  it('goes by section, sections no longer kept last', () => {
    expect(ids(order)).toEqual([2, 4, 1, 5, 3]);
    expect(bySection(order).map(({ section, entries }) => [section, ids(entries)])).toEqual([
      ['文件', [2, 4]],
      ['人事', [1, 5]],
      ['旧栏目', [3]],
    ]);
  });

  test.each<[number, 'up' | 'down', number[]]>([
    [4, 'up', [4, 2, 1, 5, 3]],
    [2, 'down', [4, 2, 1, 5, 3]],
    [2, 'up', [2, 4, 1, 5, 3]],
    [4, 'down', [2, 4, 1, 5, 3]],
    [3, 'down', [2, 4, 1, 5, 3]],
    [99, 'up', [2, 4, 1, 5, 3]],
  ])('%i %s within its section', (itemId, way, is) => {
    expect(ids(moved(order, itemId, way))).toEqual(is);
  });
});

describe('what is not ready', () => {
  const entry = { title: '甲', itemState: 'published', version: 2, liveVersion: 2, characters: 100 };
  test.each<[string, Parameters<typeof unready>[0], 'submit' | 'publish', RegExp | null]>([
    ['sound', [entry], 'publish', null],
    ['empty', [], 'submit', /还没有编入/],
    ['withdrawn', [{ ...entry, itemState: 'withdrawn' }], 'submit', /《甲》已经撤下/],
    ['amended since', [{ ...entry, liveVersion: 3 }], 'publish', /修改过/],
    ['not yet chosen', [{ ...entry, version: null }], 'submit', null],
    ['too long', [{ ...entry, characters: 2_500_001 }], 'submit', /最多 250 万字/],
    ['the longest', [{ ...entry, characters: 2_500_000 }], 'submit', null],
  ])('%s', (_, entries, stage, said) => {
    const why = unready(entries, stage);
    if (said === null) expect(why).toBeNull();
    else expect(why).toMatch(said);
  });
});
