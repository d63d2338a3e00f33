import { type Citation, cite } from '../../law/index.ts';
import type { Act } from '../organisations/index.ts';
import type { VersionState } from './model.ts';

/** What can be done to a version of an item. */
export type Move =
  | 'save'
  | 'submit'
  | 'recall'
  | 'review-first'
  | 'review-second'
  | 'review-final'
  | 'record-determination'
  | 'review-afterwards'
  | 'publish'
  | 'publish-urgently'
  | 'discard';

interface MoveRule {
  label: string;
  from: readonly VersionState[];
  to: VersionState | null;
  act: Act;
  /** For people of the item's own unit only, unless they answer for the whole agency. */
  ownUnit: boolean;
  cite: Citation | null;
}

const law = (article: number): Citation => ({ statute: '711', article });
const rule = (
  label: string,
  act: Act,
  from: readonly VersionState[],
  to: VersionState | null,
  more: Partial<Pick<MoveRule, 'ownUnit' | 'cite'>> = {},
): MoveRule => ({ label, act, from, to, ownUnit: false, cite: null, ...more });

/** The one table of moves of versions; pages draw their buttons from it and every action asks it again. */
export const moves: Readonly<Record<Move, MoveRule>> = {
  save: rule('保存', 'catalogue.write', ['draft'], null, { ownUnit: true }),
  submit: rule('送审', 'catalogue.write', ['draft'], 'in-review', { ownUnit: true, cite: law(17) }),
  recall: rule('撤回送审', 'catalogue.write', ['in-review', 'approved'], 'draft', { ownUnit: true }),
  'review-first': rule('初审', 'catalogue.review-first', ['in-review'], null, {
    ownUnit: true,
    cite: law(17),
  }),
  'review-second': rule('复审', 'catalogue.review-second', ['in-review'], null, { cite: law(17) }),
  'review-final': rule('终审', 'catalogue.review-final', ['in-review'], null, { cite: law(17) }),
  'record-determination': rule('登记保密部门的确定', 'catalogue.review-final', ['in-review'], null, {
    cite: law(17),
  }),
  'review-afterwards': rule('补审', 'catalogue.review-final', ['published', 'superseded'], null, {
    cite: law(17),
  }),
  publish: rule('发布', 'catalogue.publish', ['approved'], 'published', { ownUnit: true, cite: law(26) }),
  'publish-urgently': rule(
    '紧急发布',
    'catalogue.publish-urgently',
    ['draft', 'in-review', 'approved'],
    'published',
    {
      cite: law(6),
    },
  ),
  discard: rule('删除草稿', 'catalogue.write', ['draft', 'in-review', 'approved'], 'discarded', {
    ownUnit: true,
  }),
};

/** Moves that may be lent for the days of an absence: reviews, never writing or publishing. */
export const lendable: ReadonlySet<Move> = new Set([
  'review-first',
  'review-second',
  'review-final',
  'record-determination',
  'review-afterwards',
]);

/** The article of a move as it is printed; '' where none rules it. */
export function groundOf(move: Move): string {
  const { cite: citation } = moves[move];
  return citation === null ? '' : cite(citation);
}
