import type { Temporal } from 'temporal-polyfill';
import { Refusal } from '../core/refusal.ts';
import { type DayNumber, dateOf, dayNumber } from './day-number.ts';
import { type Reason, reason } from './reason.ts';
import { type Regime, type RegimeCode, regimeOn, regimes } from './regimes.ts';
import { defaultLawSettings, type LawSettings } from './settings.ts';

export type Channel = 'in-person' | 'signed-post' | 'ordinary-post' | 'fax' | 'internet' | 'email';

export const channels: Readonly<Record<Channel, { label: string; row2014: string | null }>> = {
  'in-person': { label: '当面提交', row2014: '3.1.1' },
  'signed-post': { label: '邮寄（签收）', row2014: '3.1.4' },
  'ordinary-post': { label: '平常信函', row2014: '3.1.4' },
  fax: { label: '传真', row2014: '3.1.2' },
  internet: { label: '网络', row2014: '3.1.3' },
  email: { label: '电子邮件', row2014: '3.1.3' },
};

/** The received date (收到申请之日). Null while the confirmation is outstanding (待确认): such a request has no deadline. */
export interface Receipt {
  receivedOn: Temporal.PlainDate | null;
  regime: Regime | null;
  reason: Reason;
}

export interface ReceiptDay {
  received: DayNumber | null;
  reason: Reason;
}

/** Day a request counts as received, by channel and regime (711/31; 国办公开办函〔2015〕207号 before it). */
export function receiptOf(
  submission: { channel: Channel; submittedOn: Temporal.PlainDate; confirmedOn?: Temporal.PlainDate | null },
  settings: LawSettings = defaultLawSettings,
): Receipt {
  const confirmed = submission.confirmedOn ? dayNumber(submission.confirmedOn) : null;
  const { received, reason: why } = receiptDay(
    submission.channel,
    dayNumber(submission.submittedOn),
    confirmed,
    settings,
  );
  if (received === null) return { receivedOn: null, regime: null, reason: why };
  return { receivedOn: dateOf(received), regime: regimeOn(received), reason: why };
}

/** The same on day numbers. The old rule is tried first: if it puts the receipt before 2019-05-15, it is the one in force. */
export function receiptDay(
  channel: Channel,
  submitted: DayNumber,
  confirmed: DayNumber | null,
  settings: LawSettings,
): ReceiptDay {
  if (confirmed !== null && confirmed < submitted) {
    throw new Refusal('confirmed-before-submission', '双方确认的日期不能早于提交的日期', {
      article: ARTICLE_31.article ?? '',
    });
  }
  if (submitted < regimes.R2019.from) {
    const old = byRule(rules.R2008[ruleKey(channel, settings)], submitted, confirmed, settings);
    if (old.received !== null && old.received < regimes.R2019.from) return old;
  }
  return byRule(rules.R2019[channel], submitted, confirmed, settings);
}

type ReceiptRule = { confirmation: boolean; given: Reason; assumed: Reason; waiting: Reason };

function byRule(
  rule: ReceiptRule,
  submitted: DayNumber,
  confirmed: DayNumber | null,
  settings: LawSettings,
): ReceiptDay {
  if (!rule.confirmation) return { received: submitted, reason: rule.given };
  if (confirmed !== null) return { received: confirmed, reason: rule.given };
  if (settings.confirmOnArrival) return { received: submitted, reason: rule.assumed };
  return { received: null, reason: rule.waiting };
}

function ruleKey(channel: Channel, settings: LawSettings): Channel | 'internet-on-submission' {
  return channel === 'internet' && settings.webReceipt2008 === 'submission'
    ? 'internet-on-submission'
    : channel;
}

const ARTICLE_31 = reason('', { statute: '711', article: 31 });

function sameDay(text: string, regime: RegimeCode): ReceiptRule {
  const given = reason(
    text,
    regime === 'R2019' ? { statute: '711', article: 31 } : { statute: 'opinion-207' },
  );
  return { confirmation: false, given, assumed: given, waiting: given };
}

function onConfirmation(text: string, regime: RegimeCode): ReceiptRule {
  const place =
    regime === 'R2019' ? ({ statute: '711', article: 31 } as const) : ({ statute: 'opinion-207' } as const);
  return {
    confirmation: true,
    given: reason(text, place),
    assumed: reason(`${text}；未记录确认日期，按提交当日已确认计算`, place),
    waiting: reason(`${text}；尚未确认，期限暂不起算`, place),
  };
}

const rules: Readonly<Record<'R2019', Record<Channel, ReceiptRule>>> & {
  R2008: Record<Channel | 'internet-on-submission', ReceiptRule>;
} = {
  R2008: {
    'in-person': sameDay('申请人当面提交的，以提交之日为收到申请之日', 'R2008'),
    'signed-post': sameDay('以需要签收的方式邮寄的，以行政机关签收之日为收到申请之日', 'R2008'),
    'ordinary-post': onConfirmation(
      '以平常信函等无需签收的方式邮寄的，以与申请人确认之日为收到申请之日',
      'R2008',
    ),
    fax: onConfirmation('以传真方式提交的，以收到传真并经双方确认之日为收到申请之日', 'R2008'),
    internet: onConfirmation('通过网络提交且本机关未另行公布规则的，以双方确认之日为收到申请之日', 'R2008'),
    'internet-on-submission': sameDay('通过网络提交的，按本机关公布的规则以提交之日为收到申请之日', 'R2008'),
    email: sameDay('以电子邮件提交的，以邮件系统收到之日为收到申请之日', 'R2008'),
  },
  R2019: {
    'in-person': sameDay('申请人当面提交的，以提交之日为收到申请之日', 'R2019'),
    'signed-post': sameDay('以邮寄方式提交的，以行政机关签收之日为收到申请之日', 'R2019'),
    'ordinary-post': onConfirmation(
      '以平常信函等无需签收的邮寄方式提交的，应于收到当日与申请人确认，以确认之日为收到申请之日',
      'R2019',
    ),
    fax: onConfirmation('通过传真提交的，以双方确认之日为收到申请之日', 'R2019'),
    internet: onConfirmation('通过互联网渠道提交的，以双方确认之日为收到申请之日', 'R2019'),
    email: onConfirmation('以电子邮件提交的，按互联网渠道以双方确认之日为收到申请之日', 'R2019'),
  },
};
