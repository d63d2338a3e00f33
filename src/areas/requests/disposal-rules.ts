import type { Temporal } from 'temporal-polyfill';

/**
 * Years that applicants' data are kept after the case was closed. No statute says it; ten years is the shortest of the
 * periods of office files (国家档案局令第8号), so the agency decides.
 */
const USUAL_YEARS = 10;
export const FEWEST_YEARS = 1;
export const MOST_YEARS = 100;

/** Reads `settings.requests.retentionYears`; what is missing or out of range takes its default. */
export function retentionYearsOf(settings: Readonly<Record<string, unknown>>): number {
  const given = settings.requests;
  const years =
    typeof given === 'object' && given !== null && 'retentionYears' in given && given.retentionYears;
  return typeof years === 'number' && Number.isInteger(years) && years >= FEWEST_YEARS && years <= MOST_YEARS
    ? years
    : USUAL_YEARS;
}

/** The last day of closing whose time of keeping is over today. */
export function closedUntil(today: Temporal.PlainDate, years: number): string {
  return today.subtract({ years }).toString();
}
