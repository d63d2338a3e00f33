import { expect, test } from 'vitest';
import type { Approval, ApprovalStep } from '../../areas/requests/index.ts';
import { approvalSheet } from './approval-sheet.ts';

const step = (
  kind: ApprovalStep['kind'],
  day: number,
  result: ApprovalStep['result'] = null,
): ApprovalStep => ({
  kind,
  at: `2024-03-${String(day).padStart(2, '0')}T02:00:00.000Z`,
  by: '张三',
  result,
  words: result === null ? '' : '说过的话',
});

function opinions(steps: ApprovalStep[]): string[] {
  const view = {
    case: {
      number: '2024-000001',
      applicantKind: 'natural-person',
      receivedOn: null,
      dueOn: null,
      title: '',
    },
    standing: { reply: null, assignments: [], consultations: [] },
    content: null,
    replyContent: null,
    letters: [],
    parties: new Map(),
  } as unknown as Approval['view'];
  const names = { unit: () => '', person: () => '' };
  const { blocks } = approvalSheet(
    { view, steps },
    {
      agency: '',
      on: '2024-03-20',
      by: '',
      names: names as unknown as Parameters<typeof approvalSheet>[1]['names'],
    },
  );
  const block = blocks.find(({ heading }) => heading === '意见');
  if (block?.kind !== 'facts') throw new Error('no opinions');
  return block.rows.map(({ value }) => value.split('\n')[0] ?? '');
}

const NONE = '（还没有意见）';

test.each<[string, ApprovalStep[], string[]]>([
  [
    'reviewed and signed',
    [
      step('submit', 1),
      step('legal', 2, 'approved'),
      step('secrecy', 3, 'approved'),
      step('signature', 4, 'approved'),
    ],
    ['拟同意上述答复意见，请审核。', '通过。说过的话', '通过。说过的话', '通过。说过的话'],
  ],
  [
    'sent back at the signature and submitted anew',
    [
      step('submit', 1),
      step('legal', 2, 'approved'),
      step('secrecy', 3, 'approved'),
      step('signature', 4, 'returned'),
      step('submit', 5),
      step('secrecy', 6, 'approved'),
    ],
    ['拟同意上述答复意见，请审核。', NONE, '通过。说过的话', NONE],
  ],
  [
    'taken back by its author',
    [step('submit', 1), step('legal', 2, 'approved'), step('recall', 3)],
    [NONE, NONE, NONE, NONE],
  ],
])('the opinions are those on the draft as it stands: %s', (_, steps, expected) => {
  expect(opinions(steps)).toEqual(expected);
});
