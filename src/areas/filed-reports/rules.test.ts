import { describe, expect, test } from 'vitest';
import {
  cellState,
  correctionDaysOf,
  type FilingFacts,
  isOverdue,
  movedCorrection,
  rankOf,
  standingOf,
  weightOf,
  whereToFile,
} from './rules.ts';

const town = { id: 1, name: '白水镇人民政府' };
const bureau = { id: 2, name: '青山县教育局' };
const facts: FilingFacts = {
  agencyInText: town.name,
  yearInText: 2022,
  unitInText: town,
  unitInFileName: null,
  fileNameEndsText: false,
  yearInFileName: null,
  batchYear: null,
};

describe('where a report is filed', () => {
  test.each<[string, Partial<FilingFacts>, string]>([
    ['by its text', {}, '1 2022 text'],
    ['by text and file name together', { unitInFileName: town }, '1 2022 text'],
    [
      'by the file name of a report that names nobody',
      { agencyInText: null, unitInText: null, unitInFileName: town },
      '1 2022 file-name',
    ],
    [
      'where the text tells the same with more words',
      { unitInText: null, unitInFileName: town, fileNameEndsText: true },
      '1 2022 file-name',
    ],
    ['to the year the sender named', { yearInText: null, batchYear: 2021 }, '1 2021 text'],
    ['to the year in the file name at last', { yearInText: null, yearInFileName: 2020 }, '1 2020 text'],
    ['the text goes before a file name of another year', { yearInFileName: 2020 }, '1 2022 text'],
    [
      'the sender goes before the file name',
      { yearInText: null, batchYear: 2021, yearInFileName: 2020 },
      '1 2021 text',
    ],
  ])('%s', (_, more, place) => {
    const found = whereToFile({ ...facts, ...more });
    expect(found.fault === null ? `${found.unitId} ${found.year} ${found.foundBy}` : found.fault).toBe(place);
  });

  test.each<[string, Partial<FilingFacts>, string]>([
    ['a name that is on no list', { unitInText: null }, '名单中没有这个名称'],
    [
      'a name that is on no list, though the file name is',
      { unitInText: null, unitInFileName: bureau },
      '名单中没有这个名称',
    ],
    ['text and file name of two units', { unitInFileName: bureau }, '文件名写的是“青山县教育局”'],
    ['nobody', { agencyInText: null, unitInText: null }, '没有写明单位'],
    ['another year than the sender said', { batchYear: 2021 }, '上传时选择的是 2021 年度'],
    ['no year', { yearInText: null }, '没有写明是哪个年度'],
    ['an impossible year', { yearInText: 1998 }, '不在可以报送的年份之内'],
  ])('a person is asked: %s', (_, more, words) => {
    expect(whereToFile({ ...facts, ...more }).fault).toContain(words);
  });
});

describe('what a finding weighs', () => {
  test.each([
    ['wrong', 'error', null, 'wrong', 0],
    ['uncertain', 'warning', null, 'doubtful', 2],
    ['uncertain', 'notice', null, 'notices', 3],
    ['unassessable', 'notice', null, 'unassessable', 4],
    ['uncertain', 'notice', 'confirmed', 'wrong', 3],
    ['wrong', 'error', 'dismissed', 'settled', 0],
    ['wrong', 'error', 'explained', 'settled', 0],
    ['unassessable', 'notice', 'explained', 'settled', 4],
  ] as const)('%s %s, judged %s: %s', (verdict, severity, judged, weight, rank) => {
    expect(weightOf({ verdict, severity }, judged)).toBe(weight);
    expect(rankOf({ verdict, severity })).toBe(rank);
  });

  const error = { finding: { verdict: 'wrong', severity: 'error' }, judged: null } as const;
  const doubt = { finding: { verdict: 'uncertain', severity: 'warning' }, judged: null } as const;
  const unread = { finding: { verdict: 'unassessable', severity: 'notice' }, judged: null } as const;
  const hint = { finding: { verdict: 'uncertain', severity: 'notice' }, judged: null } as const;
  test.each([
    [[], 'clean'],
    [[hint], 'clean'],
    [[hint, unread], 'doubtful'],
    [[doubt, hint], 'doubtful'],
    [[doubt, error], 'wrong'],
    [[{ ...error, judged: 'dismissed' as const }], 'clean'],
    [[{ ...hint, judged: 'confirmed' as const }], 'wrong'],
  ])('of %j the report is %s', (findings, state) => expect(standingOf(findings).state).toBe(state));
});

test.each([
  [null, 2020, 'not-expected'],
  [null, 2021, 'missing'],
  [null, 2023, 'missing'],
  [null, 2024, 'not-expected'],
  ['clean', 2024, 'clean'],
  ['unreadable', 2022, 'unreadable'],
] as const)('a cell with %s in %i is %s', (filed, year, state) => {
  expect(cellState(filed, { expectedFrom: 2021, expectedTo: 2023 }, year)).toBe(state);
});

describe('the moves of a correction', () => {
  test.each([
    ['ask', 'open', 'open'],
    ['ask', 'answered', 'open'],
    ['answer', 'open', 'answered'],
    ['answer', 'answered', 'answered'],
    ['remark', 'open', 'open'],
    ['remark', 'answered', 'answered'],
    ['change-due', 'open', 'open'],
    ['close', 'open', 'closed'],
    ['close', 'answered', 'closed'],
  ] as const)('%s leads from %s to %s', (move, from, to) => expect(movedCorrection(move, from)).toBe(to));
  test.each([
    ['ask', 'closed'],
    ['answer', 'closed'],
    ['remark', 'closed'],
    ['close', 'closed'],
    ['change-due', 'answered'],
    ['change-due', 'closed'],
  ] as const)('%s is refused when it is %s', (move, from) => {
    expect(() => movedCorrection(move, from)).toThrow('不能');
  });
  test.each([
    ['open', '2023-02-15', '2023-02-15', false],
    ['open', '2023-02-15', '2023-02-16', true],
    ['answered', '2023-02-15', '2023-02-16', false],
    ['closed', '2023-02-15', '2023-02-16', false],
  ] as const)('%s, due %s, on %s: overdue %s', (state, dueOn, today, overdue) => {
    expect(isOverdue({ state, dueOn }, today)).toBe(overdue);
  });
});

test.each([
  [{}, 10],
  [{ filedReports: null }, 10],
  [{ filedReports: { correctionDays: 15 } }, 15],
  [{ filedReports: { correctionDays: 0 } }, 10],
  [{ filedReports: { correctionDays: '5' } }, 10],
  [{ filedReports: { correctionDays: 61 } }, 10],
])('the days of %j are %i', (settings, days) => expect(correctionDaysOf(settings)).toBe(days));
