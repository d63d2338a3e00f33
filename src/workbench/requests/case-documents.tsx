import type { ComponentChildren } from 'preact';
import {
  type CaseView,
  disputeKinds,
  reasonsVerdicts,
  rectificationOutcomes,
} from '../../areas/requests/index.ts';
import { replyKind, yuan } from '../../law/index.ts';
import { Badge, Facts, formatDate, formatDateTime } from '../../ui/index.ts';
import { approvalAddress, caseAddress } from './case-addresses.ts';
import type { OfficeNames } from './case-names.ts';
import { resultWords } from './case-results.ts';
import { dispatchMethods, feeMethods, opinions, parties, replyStates, searchOutcomes } from './case-words.ts';
import { Precedents } from './reply-precedents.tsx';
import { ReviewList } from './reply-review-list.tsx';

interface Props {
  view: CaseView;
  names: OfficeNames;
}

function Part(props: { id: string; title: string; state?: ComponentChildren; children: ComponentChildren }) {
  return (
    <section class="case-part" id={props.id} aria-labelledby={`${props.id}-title`}>
      <h2 id={`${props.id}-title`}>
        {props.title}
        {props.state && <span class="case-part-state">{props.state}</span>}
      </h2>
      {props.children}
    </section>
  );
}

/** What is asked for, in the applicant's words, with what was made clear later. */
export function Asked({ view }: Props) {
  const { content, standing, corrections } = view;
  return (
    <Part id="asked" title="所需政府信息">
      {content === null ? (
        <p>申请内容已按保管期限销毁，只保留名称：{view.case.title}</p>
      ) : (
        <>
          <p class="song asked-content">{content.content}</p>
          {content.purpose && <p class="help">用途：{content.purpose}（不影响是否公开）</p>}
        </>
      )}
      {standing.corrections.map((correction) => {
        const texts = corrections.get(correction.id);
        return (
          <div key={correction.id} class="exchange">
            <p class="exchange-head">
              {formatDate(correction.noticedOn)}告知补正，期限到{formatDate(correction.dueOn)}
            </p>
            <p class="song">{texts?.asked}</p>
            {correction.answeredOn && (
              <>
                <p class="exchange-head">{formatDate(correction.answeredOn)}收到补正</p>
                <p class="song">{texts?.answer}</p>
              </>
            )}
            {correction.lapsedOn && (
              <p class="exchange-head">{formatDate(correction.lapsedOn)}按逾期未补正处理</p>
            )}
          </div>
        );
      })}
    </Part>
  );
}

/** Which units are at work, and what they found. */
export function Searches({ view, names }: Props) {
  const { assignments } = view.standing;
  if (assignments.length === 0 && view.searches.length === 0) return null;
  const current = new Map(assignments.map((assignment) => [assignment.id, assignment]));
  return (
    <Part id="searches" title="承办和检索">
      <ul class="case-list">
        {assignments.map(({ id, unitId, handlerId, lead, outcome }) => {
          const found = view.searches.find((search) => search.id === id);
          return (
            <li key={id}>
              <p>
                <strong>{names.unit(unitId)}</strong>
                <span class="help-inline">
                  {lead ? '主办' : '协办'}
                  {handlerId !== null && `，${names.person(handlerId)}`}
                </span>{' '}
                {outcome ? (
                  <Badge tone={outcome === 'none' ? 'warning' : 'success'}>{searchOutcomes[outcome]}</Badge>
                ) : (
                  <Badge>还没有登记检索结果</Badge>
                )}
              </p>
              {found?.findings && <p class="song">{found.findings}</p>}
              {found?.answeredAt && <p class="help">{formatDateTime(found.answeredAt)}登记</p>}
            </li>
          );
        })}
        {view.searches
          .filter(({ id, findings }) => !current.has(id) && findings !== '')
          .map(({ id, unitId, findings }) => (
            <li key={id}>
              <p>
                <strong>{names.unit(unitId)}</strong>
                <span class="help-inline">曾经承办</span>
              </p>
              <p class="song">{findings}</p>
            </li>
          ))}
      </ul>
    </Part>
  );
}

/** Letters to third parties and other agencies, and what they answered. */
export function Consultations({ view }: Props) {
  const { consultations } = view.standing;
  if (consultations.length === 0) return null;
  return (
    <Part
      id="consultations"
      title={consultations.every(({ party }) => party === 'assistant') ? '协办' : '征求意见和协办'}
    >
      <ul class="case-list">
        {consultations.map((entry) => {
          const known = view.parties.get(entry.id);
          return (
            <li key={entry.id}>
              <p>
                <strong>{known?.party?.name ?? '（名称已销毁）'}</strong>
                <span class="help-inline">{parties[entry.party]}</span>{' '}
                <Badge tone={entry.opinion === null ? 'info' : 'neutral'}>
                  {entry.opinion !== null
                    ? opinions[entry.opinion]
                    : entry.party === 'assistant'
                      ? '等待回复'
                      : '等待意见'}
                </Badge>
              </p>
              {known?.party?.information && (
                <p class="help">
                  {entry.party === 'assistant' ? '协办' : '关于'}：{known.party.information}
                </p>
              )}
              <p class="help">
                {formatDate(entry.sentOn)}发出
                {entry.dueOn && `，请于${formatDate(entry.dueOn)}前回复`}
                {entry.deliveredOn && `，${formatDate(entry.deliveredOn)}送达`}
                {entry.answeredOn &&
                  `，${formatDate(entry.answeredOn)}收到${entry.party === 'assistant' ? '回复' : '意见'}`}
                {entry.overruledOn && `，${formatDate(entry.overruledOn)}书面告知决定公开`}
              </p>
              {known?.answer && <p class="song">{known.answer}</p>}
              {entry.party !== 'assistant' &&
                entry.answeredOn === null &&
                entry.deliveredOn === null &&
                isOpen(view, 'record-opinion') && (
                  <p>
                    <a href={`${caseAddress(view.case.id)}/consultation-delivery?consultation=${entry.id}`}>
                      登记征求意见书送达
                    </a>
                  </p>
                )}
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

/** What the applicant was asked under 711/35, what he said, what the office found. */
export function ReasonsPart({ view }: Props) {
  const { reasons } = view.standing;
  if (reasons === null || view.reasons === null) return null;
  const { facts, answer, finding } = view.reasons;
  return (
    <Part
      id="reasons"
      title="说明理由"
      state={
        <Badge tone={reasons.verdict === null ? 'warning' : 'neutral'}>
          {reasons.verdict !== null
            ? reasonsVerdicts[reasons.verdict]
            : reasons.answeredOn === null
              ? '等待说明'
              : '等待认定'}
        </Badge>
      }
    >
      <p class="exchange-head">
        {formatDate(reasons.noticedOn)}要求说明，期限到{formatDate(reasons.dueOn)}
      </p>
      <p class="song">{facts}</p>
      {reasons.answeredOn && (
        <>
          <p class="exchange-head">{formatDate(reasons.answeredOn)}收到说明</p>
          <p class="song">{answer}</p>
        </>
      )}
      {reasons.judgedOn && (
        <>
          <p class="exchange-head">
            {formatDate(reasons.judgedOn)}认定
            {reasons.delayedUntil && `，延迟至${formatDate(reasons.delayedUntil)}答复`}
          </p>
          <p class="song">{finding}</p>
        </>
      )}
    </Part>
  );
}

/** Demands to correct a record about oneself (711/41), and what became of them. */
export function Rectifications({ view }: Props) {
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

const isOpen = ({ moves }: CaseView, move: string) =>
  moves.some((one) => one.move === move && one.obstacle === null);

const extensionStates = { proposed: '等待审批', approved: '已批准', refused: '没有批准' } as const;

export function Extension({ view, names }: Props) {
  const { extension } = view.standing;
  if (extension === null) return null;
  const { days, reason, state, proposedBy, proposedOn, decidedOn, notifiedOn } = extension;
  const by = names.person(proposedBy);
  return (
    <Part
      id="extension"
      title="延期"
      state={
        <Badge tone={state === 'proposed' ? 'warning' : state === 'approved' ? 'success' : 'neutral'}>
          {extensionStates[state]}
        </Badge>
      }
    >
      <Facts
        items={[
          { label: '延长', value: `${days} 个工作日` },
          { label: '理由', value: reason },
          { label: '提请', value: `${formatDate(proposedOn)}${by && `，${by}`}` },
          ...(decidedOn ? [{ label: '决定', value: formatDate(decidedOn) }] : []),
          ...(notifiedOn ? [{ label: '告知申请人', value: formatDate(notifiedOn) }] : []),
        ]}
      />
    </Part>
  );
}

export function FeePart({ view }: Props) {
  const { fee } = view.standing;
  if (fee === null) return null;
  const state = fee.lapsedOn ? '逾期未缴' : fee.refundedOn ? '已退费' : fee.paidOn ? '已缴清' : '等待缴费';
  return (
    <Part
      id="fee"
      title="信息处理费"
      state={<Badge tone={fee.paidOn ? 'success' : fee.lapsedOn ? 'danger' : 'warning'}>{state}</Badge>}
    >
      <Facts
        items={[
          { label: '方式', value: feeMethods[fee.method] },
          { label: '金额', value: `${yuan(fee.amount)} 元` },
          { label: '通知', value: formatDate(fee.noticedOn) },
          { label: '送达', value: fee.deliveredOn ? formatDate(fee.deliveredOn) : '还没有登记' },
          ...(fee.dueOn ? [{ label: '缴费期限', value: formatDate(fee.dueOn) }] : []),
          ...(fee.paidOn
            ? [{ label: '缴清', value: `${formatDate(fee.paidOn)}，票据 ${fee.receiptNumber}` }]
            : []),
          ...(fee.refundedOn
            ? [
                {
                  label: '退费',
                  value: `${formatDate(fee.refundedOn)}，${yuan(fee.refunded)} 元，${fee.refundReason}`,
                },
              ]
            : []),
        ]}
      />
    </Part>
  );
}

export function ReplyPart({ view, names }: Props) {
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

export function Disputes({ view }: Props) {
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

export function Feedback({ view }: Props) {
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

export function CasePrecedents({ view }: Props) {
  return view.case.concludedOn === null ? <Precedents view={view} /> : null;
}
