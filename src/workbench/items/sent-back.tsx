import { type ItemReview, reviewSteps } from '../../areas/catalogue/index.ts';
import { Alert, formatDateTime } from '../../ui/index.ts';

/** Why a draft came back to its author, above the text he is to correct. */
export function SentBack({ review }: { review: ItemReview | null }) {
  if (review === null) return null;
  const step =
    review.step === 'secrecy' || review.step === 'import' ? '保密部门确定' : reviewSteps[review.step];
  return (
    <Alert tone="warning" title={`${step}不通过，已退回修改`}>
      <p>{review.opinion}</p>
      <p class="help">{`${review.reviewerName}，${formatDateTime(review.at)}。改好后再次送审。`}</p>
    </Alert>
  );
}
