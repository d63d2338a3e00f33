import { describe, expect, it } from 'vitest';
import type { ReportStatus } from './model.ts';
import { afterReviews, decide, type Move, moves, obstacle, type ReportState } from './rules.ts';

const AUTHOR = 7;
const COLLEAGUE = 8;
const statuses: ReportStatus[] = ['draft', 'checked', 'reviewed', 'signed', 'published'];
const state = (status: ReportStatus, more: Partial<ReportState> = {}): ReportState => ({
  status,
  compiled: true,
  unexplainedErrors: 0,
  sentBack: false,
  authors: [AUTHOR],
  ...more,
});

/** Which step leads where, from every status; an empty place is a refusal. A review's own outcome decides where it leads. */
const road: Record<Move, Partial<Record<ReportStatus, ReportStatus | 'as reviewed'>>> = {
  compile: { draft: 'draft', checked: 'draft', reviewed: 'draft' },
  edit: { draft: 'draft', checked: 'draft', reviewed: 'draft' },
  check: { draft: 'checked' },
  'review-content': { checked: 'as reviewed' },
  'review-secrecy': { checked: 'as reviewed' },
  sign: { reviewed: 'signed' },
  publish: { signed: 'published' },
  correct: { signed: 'draft', published: 'draft' },
};

describe('every step from every status', () => {
  for (const move of Object.keys(moves) as Move[]) {
    for (const status of statuses) {
      const leads = road[move][status];
      it(`${move} from ${status}: ${leads ?? 'refused'}`, () => {
        if (leads === undefined) {
          expect(() => decide(move, state(status), COLLEAGUE)).toThrow(moves[move].label);
        } else {
          expect(decide(move, state(status), COLLEAGUE)).toBe(leads === 'as reviewed' ? null : leads);
        }
      });
    }
  }
});

describe('nobody reviews or signs what he wrote', () => {
  it.each(['review-content', 'review-secrecy', 'sign'] as const)('%s', (move) => {
    const from = state(moves[move].from[0] as ReportStatus);
    expect(obstacle(move, from, AUTHOR)).toContain('须由其他人员办理');
    expect(obstacle(move, from, COLLEAGUE)).toBeNull();
  });

  it('but an author may check off, publish and correct', () => {
    expect(obstacle('check', state('draft'), AUTHOR)).toBeNull();
    expect(obstacle('publish', state('signed'), AUTHOR)).toBeNull();
    expect(obstacle('correct', state('published'), AUTHOR)).toBeNull();
  });
});

it.each([
  ['nothing was compiled', { compiled: false }, '请先汇编'],
  ['an error has no explanation', { unexplainedErrors: 2 }, '还有 2 处勾稽错误'],
  ['a review failed and nothing was changed since', { sentBack: true }, '请按审核意见修改'],
])('a draft is not checked off while %s', (_, more, words) => {
  expect(obstacle('check', state('draft', more), COLLEAGUE)).toContain(words);
});

it.each<[{ kind: string; result: string }[], ReportStatus]>([
  [[], 'checked'],
  [[{ kind: 'content', result: 'pass' }], 'checked'],
  [[{ kind: 'secrecy', result: 'pass' }], 'checked'],
  [
    [
      { kind: 'content', result: 'pass' },
      { kind: 'content', result: 'pass' },
    ],
    'checked',
  ],
  [
    [
      { kind: 'content', result: 'pass' },
      { kind: 'secrecy', result: 'pass' },
    ],
    'reviewed',
  ],
  [
    [
      { kind: 'content', result: 'pass' },
      { kind: 'secrecy', result: 'fail' },
    ],
    'draft',
  ],
  [[{ kind: 'content', result: 'fail' }], 'draft'],
])('reviews %j lead to %s', (reviews, status) => {
  expect(afterReviews(reviews)).toBe(status);
});
