import type { CaseView } from '../../areas/requests/index.ts';
import { Badge, Card, formatDateTime } from '../../ui/index.ts';
import { reviewKinds } from './case-words.ts';

/** Opinions on the reply, the newest first. */
export function ReviewList({ reviews }: { reviews: CaseView['reviews'] }) {
  if (reviews.length === 0) return null;
  return (
    <Card title="审核意见">
      <ul class="review-list">
        {reviews.toReversed().map(({ id, kind, result, opinion, byName, at }) => (
          <li key={id}>
            <p>
              <strong>{reviewKinds[kind]}</strong>{' '}
              <Badge tone={result === 'approved' ? 'success' : 'warning'}>
                {result === 'approved' ? '通过' : '退回'}
              </Badge>
            </p>
            <p>{opinion}</p>
            <p class="help">
              {byName}，{formatDateTime(at)}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
