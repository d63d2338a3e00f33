import { type ReminderDays, readReminderDays } from '../../law/index.ts';

/** What an office settles for its catalogue, under `settings.catalogue`; what is missing or out of range takes its default. */
export interface CatalogueSettings extends ReminderDays {
  /** Months between two assessments of what is not public (711/18: 定期; the number is not in the text) (unverified). */
  reassessmentMonths: number;
}

/** Nobody has fixed these days; ten working days before the end leave time for three steps of review. */
export const defaultCatalogueSettings: CatalogueSettings = {
  remindBefore: [10, 5, 2, 0],
  escalateAfter: [1, 5],
  reassessmentMonths: 12,
};

export const MOST_REASSESSMENT_MONTHS = 60;

export function catalogueSettingsOf(settings: Readonly<Record<string, unknown>>): CatalogueSettings {
  const given = (
    typeof settings.catalogue === 'object' && settings.catalogue !== null ? settings.catalogue : {}
  ) as Record<string, unknown>;
  const months = given.reassessmentMonths;
  return {
    ...readReminderDays(given, defaultCatalogueSettings),
    reassessmentMonths:
      typeof months === 'number' &&
      Number.isInteger(months) &&
      months >= 1 &&
      months <= MOST_REASSESSMENT_MONTHS
        ? months
        : defaultCatalogueSettings.reassessmentMonths,
  };
}
