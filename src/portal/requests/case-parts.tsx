import type { TrackedCase } from '../../areas/requests/index.ts';
import { Alert, CountCalendar, daysLeft, formatDate, Light, usePage } from '../../ui/index.ts';
import { workingDaysLeft } from './progress.ts';

/** When the reply is due and how that was counted, with its picture. */
export function DueDate({ tracked }: { tracked: TrackedCase }) {
  const { today } = usePage();
  const { case: request, clock, days } = tracked;
  if (request.state === 'cancelled') return null;
  if (request.receivedOn === null)
    return <p>双方确认收到申请之后，才开始计算答复期限；确认了在这里就能看到。</p>;
  if (clock === null || clock.due === null) {
    return (
      <ul class="request-reasons">
        {clock?.reasons.map(({ text, article }) => (
          <li key={text}>
            {text}
            {article && `（${article}）`}
          </li>
        ))}
      </ul>
    );
  }
  const due = clock.due.toString();
  const done = request.concludedOn;
  const late = (done ?? today) > due;
  return (
    <>
      <p class="request-due">
        <span class="request-due-date">{formatDate(due)}</span>
        <Light tone={late ? 'red' : 'green'}>
          {done === null
            ? daysLeft(due, today, workingDaysLeft(tracked, today))
            : `${formatDate(done)}办结，${late ? '已超过期限' : '在期限内'}`}
        </Light>
      </p>
      {clock.provisional && (
        <Alert tone="warning" title="此期限为暂定">
          期限跨入放假安排尚未公布的年份，先按周一至周五计算；国务院办公厅公布后会重新计算，有变化会显示在这里。
        </Alert>
      )}
      <details class="request-count" open={done === null}>
        <summary>期限是怎样计算的</summary>
        <ul class="request-reasons">
          {clock.reasons.map(({ text, article }) => (
            <li key={text}>
              {text}
              {article && `（${article}）`}
            </li>
          ))}
        </ul>
        <CountCalendar days={days} today={today} />
      </details>
    </>
  );
}
