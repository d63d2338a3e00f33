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
  /** Working days usually given to state reasons for requests beyond reason (711/35 names none); the officer may set another number. */
  reasonsDays: number;
  /** A letter handed to the post within the limit is in time (民事诉讼法/85 by analogy), or only one delivered. */
  timelyBy: 'dispatch' | 'delivery';
  /** The refused part of a partly disclosed answer needs reconsideration before court, as a refusal does. */
  partialNeedsReconsideration: boolean;
}

export const defaultLawSettings: Readonly<LawSettings> = {
  confirmOnArrival: true,
  webReceipt2008: 'confirmation',
  correctionDays: 15,
  reasonsDays: 10,
  timelyBy: 'dispatch',
  partialNeedsReconsideration: true,
};

/** Reads the settings an agency keeps under `settings.law`; what is missing or out of range takes its default. */
export function lawSettingsOf(settings: Readonly<Record<string, unknown>>): LawSettings {
  const given = (typeof settings.law === 'object' && settings.law !== null ? settings.law : {}) as Record<
    string,
    unknown
  >;
  const {
    confirmOnArrival,
    webReceipt2008,
    correctionDays,
    reasonsDays,
    timelyBy,
    partialNeedsReconsideration,
  } = given;
  const standard = defaultLawSettings;
  return {
    confirmOnArrival: typeof confirmOnArrival === 'boolean' ? confirmOnArrival : standard.confirmOnArrival,
    webReceipt2008:
      webReceipt2008 === 'submission' || webReceipt2008 === 'confirmation'
        ? webReceipt2008
        : standard.webReceipt2008,
    correctionDays: isDays(correctionDays) ? correctionDays : standard.correctionDays,
    reasonsDays: isDays(reasonsDays) ? reasonsDays : standard.reasonsDays,
    timelyBy: timelyBy === 'dispatch' || timelyBy === 'delivery' ? timelyBy : standard.timelyBy,
    partialNeedsReconsideration:
      typeof partialNeedsReconsideration === 'boolean'
        ? partialNeedsReconsideration
        : standard.partialNeedsReconsideration,
  };
}

const isDays = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 60;
