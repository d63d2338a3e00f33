import { disputeKinds, rectificationOutcomes } from '../../areas/requests/index.ts';
import { replyKind } from '../../law/index.ts';
import { Badge, Facts, formatDate, formatDateTime } from '../../ui/index.ts';
import { approvalAddress, caseAddress } from './case-addresses.ts';
import { isOpen, Part, type PartProps } from './case-part.tsx';
import { resultWords } from './case-results.ts';
import { dispatchMethods, replyStates } from './case-words.ts';
import { Precedents } from './reply-precedents.tsx';
import { ReviewList } from './reply-review-list.tsx';

export function ReplyPart({ view, names }: PartProps) {
  const { reply } = view.standing;
  const { resultCode } = view.case;
  if (reply === null) {
    return resultCode === null ? null : (
      <Part id="reply" title="结果">
        <p>{resultWords(resultCode)}</p>
      </Part>
    );
  }
  const author = names.person(reply.authorId);
  return (
    <Part
      id="reply"
      title="答复"
      state={<Badge tone={reply.state === 'signed' ? 'success' : 'info'}>{replyStates[reply.state]}</Badge>}
    >
      <Facts
        items={[
          { label: '答复种类', value: replyKind(reply.kindCode)?.label ?? reply.kindCode },
          ...(author ? [{ label: '起草', value: author }] : []),
          ...(reply.state === 'in-review'
            ? [
                { label: '合法性审核', value: reply.legalDone ? '已通过' : '等待审核' },
                { label: '保密审查', value: reply.secrecyDone ? '已通过' : '等待审查' },
              ]
            : []),
          ...(reply.signedOn
            ? [
                {
                  label: '签发',
                  value: [formatDate(reply.signedOn), names.person(reply.signedBy)]
                    .filter(Boolean)
                    .join('，'),
                },
              ]
            : []),
          ...(reply.dispatchedOn && reply.method
            ? [
                {
                  label: '发出',
                  value: `${formatDate(reply.dispatchedOn)}，${dispatchMethods[reply.method]}`,
                },
              ]
            : []),
          ...(reply.dispatchedOn
            ? [{ label: '送达', value: reply.deliveredOn ? formatDate(reply.deliveredOn) : '还没有登记' }]
            : []),
        ]}
      />
      {reply.state === 'draft' && view.replyContent?.reason && (
        <p class="song draft-reason">{view.replyContent.reason}</p>
      )}
      <ReviewList reviews={view.reviews} />
      {(reply.state !== 'draft' || view.reviews.length > 0) && (
        <p class="letter-files">
          <span>审查呈批单</span>
          <a href={approvalAddress(view.case.id, 'pdf')} download>
            PDF
          </a>
          <a href={approvalAddress(view.case.id, 'docx')} download>
            Word
          </a>
        </p>
      )}
    </Part>
  );
}

/** Demands to correct a record about oneself (711/41), and what became of them. */
export function Rectifications({ view }: PartProps) {
  const { rectifications } = view.standing;
  if (rectifications.length === 0) return null;
  return (
    <Part id="rectifications" title="更正要求">
      <ul class="case-list">
        {rectifications.map(({ id, askedOn, decidedOn, outcome }) => {
          const texts = view.rectifications.get(id);
          return (
            <li key={id}>
              <p>
                <strong>{formatDate(askedOn)}提出</strong>{' '}
                <Badge tone={outcome === null ? 'warning' : 'neutral'}>
                  {outcome === null ? '等待答复' : rectificationOutcomes[outcome]}
                </Badge>
              </p>
              {texts?.asked && <p class="song">{texts.asked}</p>}
              {decidedOn && <p class="help">{formatDate(decidedOn)}答复</p>}
              {texts?.decision && <p class="song">{texts.decision}</p>}
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

export function Disputes({ view }: PartProps) {
  if (view.disputes.length === 0) return null;
  return (
    <Part id="disputes" title="投诉、复议、诉讼">
      <ul class="case-list">
        {view.disputes.map(({ id, kind, body, openedOn, closedOn, outcome, note }) => (
          <li key={id}>
            <p>
              <strong>{disputeKinds[kind]}</strong>
              <span class="help-inline">{body}</span>{' '}
              <Badge tone={closedOn ? 'neutral' : 'warning'}>{closedOn ? outcome : '未结'}</Badge>
            </p>
            <p class="help">
              {formatDate(openedOn)}提出{closedOn && `，${formatDate(closedOn)}办结`}
            </p>
            {note && <p class="song">{note}</p>}
            {closedOn === null && isOpen(view, 'open-dispute') && (
              <p>
                <a href={`${caseAddress(view.case.id)}/dispute-outcome?dispute=${id}`}>登记结果</a>
              </p>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}

export function Feedback({ view }: PartProps) {
  const { feedback } = view;
  if (feedback === null) return null;
  return (
    <Part
      id="feedback"
      title="申请人的评价"
      state={
        <Badge tone={feedback.answered ? 'success' : 'warning'}>
          {feedback.answered ? '答复的是所申请的信息' : '不是所申请的信息'}
        </Badge>
      }
    >
      {feedback.comment && <p class="song">{feedback.comment}</p>}
      <p class="help">{formatDateTime(feedback.at)}</p>
    </Part>
  );
}

export function CasePrecedents({ view }: PartProps) {
  return view.case.concludedOn === null ? <Precedents view={view} /> : null;
}
