import { expect, test } from 'vitest';
import { openingGroup } from './list-query.ts';

test.each([
  ['a reviewer without drafts of his own', { 'to-review': 3, drafts: 0 }, true, 'to-review'],
  [
    'one who writes and reviews: others wait for his review',
    { 'to-review': 1, drafts: 9 },
    true,
    'to-review',
  ],
  ['a publisher with drafts', { 'to-review': 0, drafts: 2, 'in-review': 5 }, true, 'drafts'],
  ['a publisher whose items are with the reviewers', { 'in-review': 2, approved: 1 }, true, 'in-review'],
  ['what waits for its hour', { approved: 1, withdrawn: 4 }, true, 'approved'],
  ['nothing to do', { withdrawn: 4 }, true, 'published'],
  ['nothing at all', {}, true, 'published'],
  ['one who does not write never sees drafts first', { drafts: 1, 'in-review': 1 }, false, 'in-review'],
] as const)('the list that opens: %s', (_, counts, mayWrite, group) => {
  expect(openingGroup({ counts, mayWrite })).toBe(group);
});
