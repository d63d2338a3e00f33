import type { CaseView, Move } from '../../areas/requests/index.ts';
import { LinkButton } from '../../ui/index.ts';
import { caseAddress } from './case-addresses.ts';
import { movePath } from './move-forms.ts';

/** Acts that are seldom the next step. */
const aside: ReadonlySet<Move> = new Set([
  'cancel',
  'withdraw',
  'open-dispute',
  'recall-reply',
  'refund-fee',
  'ask-reasons',
  'ask-assistance',
  'correct-slip',
  'take-rectification',
]);

/**
 * What can be done now, in the order of the law; the likeliest next step first and larger. What cannot be done is listed with
 * the reason, so that nobody looks for a button in vain.
 */
export function CaseMoves({ view }: { view: CaseView }) {
  const open = view.moves.filter(({ obstacle }) => obstacle === null);
  const closed = view.moves.filter(({ obstacle }) => obstacle !== null);
  const next = nextMove(view);
  const main = open.filter(({ move }) => !aside.has(move));
  const rest = open.filter(({ move }) => aside.has(move));
  const href = (move: Move) => `${caseAddress(view.case.id)}/${movePath(move)}`;
  return (
    <nav class="case-moves" aria-label="可以办理的事项">
      {open.length === 0 && <p class="case-moves-none">这件申请现在没有需要您办理的事项。</p>}
      {main.length > 0 && (
        <ul>
          {main.map(({ move, label }) => (
            <li key={move}>
              <LinkButton href={href(move)} tone={move === next ? 'primary' : 'plain'}>
                {label}
              </LinkButton>
            </li>
          ))}
        </ul>
      )}
      {rest.length > 0 && (
        <p class="case-moves-aside">
          另外还可以：
          {rest.map(({ move, label }) => (
            <a key={move} href={href(move)}>
              {label}
            </a>
          ))}
        </p>
      )}
      {closed.length > 0 && (
        <details>
          <summary>现在不能办理的 {closed.length} 项和原因</summary>
          <dl class="closed-moves">
            {closed.map(({ move, label, obstacle }) => (
              <div key={move}>
                <dt>{label}</dt>
                <dd>
                  {obstacle?.message}
                  {obstacle?.article && <span class="help">{obstacle.article}</span>}
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </nav>
  );
}

/** The likeliest next step among those open; null when none stands out. */
function nextMove({ moves, standing, case: request, searches }: CaseView): Move | null {
  const open = new Set(moves.filter(({ obstacle }) => obstacle === null).map(({ move }) => move));
  const searched = searches.some(({ answeredAt }) => answeredAt !== null);
  const drafted = standing.reply !== null;
  const order: Readonly<Record<string, readonly Move[]>> = {
    unconfirmed: ['confirm'],
    registered: ['accept'],
    correcting: ['lapse-correction', 'take-correction'],
    handling: [
      'decide-extension',
      'judge-reasons',
      'record-opinion',
      ...(drafted ? (['submit-reply'] as const) : []),
      ...(searched ? (['draft-reply'] as const) : (['record-search', 'draft-reply'] as const)),
    ],
    unpaid: ['lapse-fee', ...(standing.fee?.deliveredOn ? [] : (['deliver-fee'] as const)), 'record-payment'],
    reviewing: ['review-legal', 'review-secrecy', 'decide-extension'],
    signing: ['sign', 'decide-extension'],
    signed: ['overrule', 'dispatch'],
    concluded: standing.reply?.deliveredOn
      ? ['decide-rectification', 'archive']
      : ['record-delivery', 'decide-rectification', 'archive'],
    archived: ['decide-rectification'],
    cancelled: [],
  };
  return order[request.state]?.find((move) => open.has(move)) ?? null;
}
