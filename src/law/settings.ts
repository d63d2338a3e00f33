/**
 * Readings of the law that an installation may change: each is our own reading, or a practice no text fixes.
 * The value given is the default.
 */
export interface LawSettings {
  /** Take web, fax and ordinary post as confirmed on the day they arrive when no confirmation is recorded (711/31). */
  confirmOnArrival: boolean;
  /** What the agency published for web requests under 492: the day of submission, or the day both sides confirm. */
  webReceipt2008: 'submission' | 'confirmation';
  /** Working days usually given to clarify (合理期限); the officer may set another number. */
  correctionDays: number;
  /** A letter handed to the post within the limit is in time (民事诉讼法/85 by analogy), or only one delivered. */
  timelyBy: 'dispatch' | 'delivery';
  /** The refused part of a partly disclosed answer needs reconsideration before court, as a refusal does. */
  partialNeedsReconsideration: boolean;
}

export const defaultLawSettings: Readonly<LawSettings> = {
  confirmOnArrival: true,
  webReceipt2008: 'confirmation',
  correctionDays: 15,
  timelyBy: 'dispatch',
  partialNeedsReconsideration: true,
};
