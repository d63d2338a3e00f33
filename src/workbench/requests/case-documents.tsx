import { reasonsVerdicts } from '../../areas/requests/index.ts';
import { yuan } from '../../law/index.ts';
import { Badge, Facts, formatDate, formatDateTime } from '../../ui/index.ts';
import { caseAddress } from './case-addresses.ts';
import { isOpen, Part, type PartProps } from './case-part.tsx';
import { feeMethods, opinions, parties, searchOutcomes } from './case-words.ts';

/** What is asked for, in the applicant's words, with what was made clear later. */
export function Asked({ view }: PartProps) {
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
export function Searches({ view, names }: PartProps) {
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
export function Consultations({ view }: PartProps) {
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
export function ReasonsPart({ view }: PartProps) {
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

const extensionStates = { proposed: '等待审批', approved: '已批准', refused: '没有批准' } as const;

export function Extension({ view, names }: PartProps) {
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

export function FeePart({ view }: PartProps) {
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
