import { awaitsOpinion, type CaseView } from '../../areas/requests/index.ts';
import type { Timeliness } from '../../law/index.ts';
import { CountCalendar, daysLeft, Facts, formatDate, Light, usePage } from '../../ui/index.ts';
import { shortened } from './case-law.ts';

/** Working days that are worth a warning. */
const SOON = 3;

/** The due date as a light with its words; nothing once the request is concluded or while no clock runs. */
export function DueLight({ view, left }: { view: CaseView; left: number | null }) {
  const { today } = usePage();
  const { dueOn, concludedOn } = view.case;
  if (concludedOn !== null || dueOn === null || left === null) return null;
  const tone = left < 0 ? 'red' : left <= SOON ? 'amber' : 'green';
  return <Light tone={tone}>{daysLeft(dueOn, today, left)}</Light>;
}

/** The clock in words, with every reason and the days it counted. */
export function CaseClock(props: { view: CaseView; timeliness: Timeliness | null }) {
  const { view, timeliness } = props;
  const { today } = usePage();
  const { clock, days } = view;
  const { receivedOn, regime, dueOn, provisional, submittedOn, concludedOn } = view.case;
  return (
    <section class="case-part" aria-labelledby="clock-title">
      <h2 id="clock-title">期限</h2>
      <Facts
        items={[
          { label: '提交', value: formatDate(submittedOn) },
          { label: '收到申请', value: receivedOn ? formatDate(receivedOn) : '待确认' },
          ...(clock && clock.start !== 'received'
            ? [{ label: startWords[clock.start], value: formatDate(clock.from.toString()) }]
            : []),
          {
            label: '答复期限',
            value: dueOn ? (
              <>
                {formatDate(dueOn)}
                {provisional && '（暂定）'}
              </>
            ) : (
              standing[clock?.state ?? 'none']
            ),
          },
          { label: '适用', value: regime ? regimes[regime] : '—' },
        ]}
      />
      {concludedOn !== null && (
        <p class="clock-words">
          {formatDate(concludedOn)}办结{timeliness && `，${timelinessWords(timeliness)}`}
        </p>
      )}
      {concludedOn === null && awaitsOpinion(view.case, today) && (
        <p class="help">正在征求意见，这段时间的工作日不计入期限；意见提前收到的，期限随之提前。</p>
      )}
      {provisional && concludedOn === null && (
        <p class="help">期限跨入还没有公布放假安排的年份，公布后自动重算。</p>
      )}
      {clock && clock.reasons.length > 0 && (
        <ul class="clock-reasons">
          {clock.reasons.map(({ text, article }) => (
            <li key={text}>
              {text}
              {article && <span class="help">{shortened(article)}</span>}
            </li>
          ))}
        </ul>
      )}
      {days.length > 0 && (
        <details class="case-calendar">
          <summary>逐日怎样计算</summary>
          <CountCalendar days={days} today={today} />
        </details>
      )}
    </section>
  );
}

const startWords = { corrected: '补正后重新起算', paid: '缴费后重新起算' } as const;

const standing = {
  none: '确认收到之后起算',
  running: '—',
  'awaiting-correction': '等待补正，暂停计算',
  'awaiting-payment': '等待缴费，暂停计算',
  lapsed: '已视为放弃申请',
  'open-ended': '等待第三方意见，暂停计算',
} as const;

const regimes = { R2008: '2008年《条例》（15个工作日）', R2019: '2019年《条例》（20个工作日）' } as const;

const timelinessWords = ({ state, lateBy }: Timeliness) =>
  state === 'late' ? `超期 ${lateBy} 个工作日` : '按期';
