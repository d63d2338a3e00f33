import { Temporal } from 'temporal-polyfill';
import { currentCalendar } from '../../areas/calendars/index.ts';
import { findAgencyById } from '../../areas/organisations/index.ts';
import { dayProblems, type RequestCtx } from '../../areas/requests/index.ts';
import { lawSettingsOf, type Reason, receiptOf, requestClock } from '../../law/index.ts';
import { formatDate } from '../../ui/index.ts';
import { type Given, oneOf } from '../request.ts';
import { sources } from './register-words.ts';

/** The day of receipt that follows from the channel, and the day the reply would be due. */
export interface WorkedDay {
  problems: Readonly<Record<string, string>>;
  receivedOn: string | null;
  dueOn: string | null;
  provisional: boolean;
  reason: Reason | null;
}

/** Works the day out from what stands in the form; nothing is kept. */
export async function workOutDay(ctx: RequestCtx, given: Given): Promise<WorkedDay> {
  const nothing = { problems: {}, receivedOn: null, dueOn: null, provisional: false, reason: null };
  const source = oneOf(sources, given('source'));
  if (!source) return nothing;
  const { channel } = sources[source];
  const calendar = await currentCalendar(ctx.db, ctx.agencyId);
  const asked = { channel, submittedOn: given('submittedOn'), confirmedOn: given('confirmedOn') || null };
  const problems = dayProblems(asked, ctx.clock.today(), calendar);
  if (Object.keys(problems).length > 0) return { ...nothing, problems };
  const agency = await findAgencyById(ctx.db, ctx.agencyId);
  const { receivedOn, regime, reason } = receiptOf(
    {
      channel,
      submittedOn: Temporal.PlainDate.from(asked.submittedOn),
      confirmedOn: asked.confirmedOn === null ? null : Temporal.PlainDate.from(asked.confirmedOn),
    },
    lawSettingsOf(agency?.settings ?? {}),
  );
  if (receivedOn === null || regime === null) return { ...nothing, reason };
  const clock = requestClock(
    { regime: regime.code, receivedOn, corrections: [], consultations: [], extension: null, fee: null },
    calendar,
  );
  return {
    problems: {},
    receivedOn: receivedOn.toString(),
    dueOn: clock.due?.toString() ?? null,
    provisional: clock.provisional,
    reason,
  };
}

/** Answered by itself when the channel or a day is changed, and part of the page without script. */
export function DayResult({ day }: { day: WorkedDay }) {
  const { problems, receivedOn, dueOn, reason, provisional } = day;
  const problem = Object.values(problems)[0];
  return (
    <div id="received-day" class="received-day" role="status">
      {problem ? (
        <p class="received-problem">{problem}</p>
      ) : reason === null ? (
        <p>选择怎样收到后，这里写出收到申请之日和答复期限。</p>
      ) : (
        <>
          <dl>
            <div>
              <dt>收到申请之日</dt>
              <dd>{receivedOn ? formatDate(receivedOn) : '待确认'}</dd>
            </div>
            <div>
              <dt>答复期限</dt>
              <dd>
                {dueOn ? formatDate(dueOn) : '确认之后起算'}
                {provisional && '（暂定，次年放假安排还没有公布）'}
              </dd>
            </div>
          </dl>
          <p class="help">
            {reason.text}。{reason.article && <span class="received-article">{reason.article}</span>}
          </p>
        </>
      )}
    </div>
  );
}
