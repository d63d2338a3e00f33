import { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from './calendar.ts';
import { type Reason, reason } from './reason.ts';
import { defaultLawSettings, type LawSettings } from './settings.ts';

/** How a reply travels. Post must be the state postal enterprise (国办公开办函〔2016〕235号); a courier is judged by arrival. */
export type DeliveryMethod = 'direct' | 'through-agency' | 'post' | 'electronic' | 'courier';

export interface Delivery {
  method: DeliveryMethod;
  /** 成文日期: shown on the letter, never decides timeliness. */
  issuedOn: Temporal.PlainDate | null;
  dispatchedOn: Temporal.PlainDate | null;
  deliveredOn: Temporal.PlainDate | null;
}

export interface Timeliness {
  /** `open`: not answered, still time; `overdue`: not answered, no time left. */
  state: 'open' | 'overdue' | 'in-time' | 'late';
  /** The day that decides; null while open. */
  decidedBy: Temporal.PlainDate | null;
  /** Working days past the due date; 0 when in time or open. */
  lateBy: number;
  /** Working days left after today; null once answered. */
  left: number | null;
  reason: Reason;
}

/** Was the reply in time? `due` is the extended due date where there was an extension. */
export function timelinessOf(
  due: Temporal.PlainDate,
  delivery: Delivery | null,
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
  settings: LawSettings = defaultLawSettings,
): Timeliness {
  const byDispatch =
    settings.timelyBy === 'dispatch' && delivery?.method !== 'direct' && delivery?.method !== 'courier';
  const decidedBy = delivery ? (byDispatch ? delivery.dispatchedOn : delivery.deliveredOn) : null;
  if (decidedBy === null) {
    const left = calendar.workingDaysBetween(today, due);
    const overdue = Temporal.PlainDate.compare(today, due) > 0;
    return {
      state: overdue ? 'overdue' : 'open',
      decidedBy,
      lateBy: overdue ? -left : 0,
      left: Math.max(0, left),
      reason: reason(overdue ? '期限已届满而答复尚未发出' : '期限尚未届满'),
    };
  }
  const late = Temporal.PlainDate.compare(decidedBy, due) > 0;
  const lateBy = late ? calendar.workingDaysBetween(due, decidedBy) : 0;
  return {
    state: late ? 'late' : 'in-time',
    decidedBy,
    lateBy,
    left: null,
    reason: groundFor(byDispatch, delivery),
  };
}

function groundFor(byDispatch: boolean, delivery: Delivery | null): Reason {
  if (byDispatch) {
    return reason('期限届满前交邮或者发出的，不算过期', { statute: 'civil-procedure', article: 85 });
  }
  if (delivery?.method === 'courier') {
    return reason('邮寄送达应当通过邮政企业；交其他快递企业的，以送达之日为准', { statute: 'delivery-235' });
  }
  return reason('以申请人签收之日为送达之日', { statute: 'delivery-235' });
}
