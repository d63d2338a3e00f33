import type { Temporal } from 'temporal-polyfill';
import { dayNumber } from './day-number.ts';
import { unitLabels } from './limit-kinds.ts';
import { type Reason, reason } from './reason.ts';
import type { ReplyKind } from './reply-kinds.ts';
import { defaultLawSettings, type LawSettings } from './settings.ts';
import { limitVersion } from './time-limits.ts';

export interface RemedyNotice {
  /** Reconsideration must come before court (复议前置). */
  reconsiderationFirst: boolean;
  /** The paragraph that closes the reply letter. */
  paragraph: string;
  reasons: Reason[];
}

const RECONSIDERATION_FIRST_FROM = '2024-01-01';

/**
 * What a reply must tell about remedies. From 2024-01-01 a refusal goes to reconsideration before court, and the letter
 * must say so (行政复议法(2023)/23); every other reply leaves the choice.
 */
export function remedyNotice(
  reply: { kind: ReplyKind; repliedOn: Temporal.PlainDate },
  bodies: { reconsideration: string; court: string },
  settings: LawSettings = defaultLawSettings,
): RemedyNotice {
  const { kind, repliedOn } = reply;
  const on = dayNumber(repliedOn);
  const refused =
    kind.refusal === 'whole' || (kind.refusal === 'part' && settings.partialNeedsReconsideration);
  const reconsiderationFirst = refused && repliedOn.toString() >= RECONSIDERATION_FIRST_FROM;
  const apply = limitVersion('reconsideration', on);
  const sue = limitVersion('court', on);
  const after = limitVersion('court-after-reconsideration', on);
  const period = (version: typeof apply) => `${version.limit}${unitLabels[version.unit]}`;

  if (!reconsiderationFirst) {
    return {
      reconsiderationFirst,
      paragraph:
        `如对本答复不服，可以自收到本答复之日起${period(apply)}内向${bodies.reconsideration}申请行政复议，` +
        `或者自收到本答复之日起${period(sue)}内向${bodies.court}提起行政诉讼。`,
      reasons: [reason(apply.ground, apply.cite), reason(sue.ground, sue.cite)],
    };
  }
  const partly = kind.refusal === 'part' ? '不予公开部分的' : '';
  return {
    reconsiderationFirst,
    paragraph:
      `如对本答复${partly}决定不服，应当先自收到本答复之日起${period(apply)}内向${bodies.reconsideration}申请行政复议；` +
      `对行政复议决定仍不服的，可以自收到复议决定书之日起${period(after)}内向${bodies.court}提起行政诉讼。`,
    reasons: [
      reason('申请政府信息公开，行政机关不予公开的，应当先申请行政复议，对复议决定不服的再提起行政诉讼', {
        statute: 'reconsideration-2023',
        article: 23,
        paragraph: 1,
        item: 4,
      }),
      reason('行政机关作出决定时应当告知先申请行政复议', {
        statute: 'reconsideration-2023',
        article: 23,
        paragraph: 2,
      }),
      reason(apply.ground, apply.cite),
      reason(after.ground, after.cite),
    ],
  };
}
