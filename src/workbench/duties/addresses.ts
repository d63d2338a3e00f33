import type { DutyPlace, DutyQuery, KeptBackPlace, KeptBackQuery } from '../../areas/catalogue/index.ts';

export const DUTIES = '/workbench/duties';
export const REASSESSMENTS = `${DUTIES}/reassessments`;

export const reassessmentAddress = (itemId: number): string => `${REASSESSMENTS}/${itemId}`;

/** A list of limits under a query. */
export function dutiesAddress(
  query: DutyQuery,
  after: DutyPlace | null = null,
  base: string = DUTIES,
): string {
  const given = new URLSearchParams({ view: query.view });
  const values = {
    unit: String(query.unitId ?? ''),
    author: String(query.authorId ?? ''),
    year: query.view === 'published-late' ? String(query.year) : '',
    after: after ? `${after.on}_${after.itemId}_${after.version}` : '',
  };
  for (const [name, value] of Object.entries(values)) if (value !== '') given.set(name, value);
  return `${base}?${given}`;
}

export function keptBackAddress(query: KeptBackQuery, after: KeptBackPlace | null = null): string {
  const given = new URLSearchParams();
  if (!query.due) given.set('all', '1');
  if (query.unitId !== null) given.set('unit', String(query.unitId));
  if (after) given.set('after', `${after.dueOn}_${after.itemId}`);
  const text = given.toString();
  return text === '' ? REASSESSMENTS : `${REASSESSMENTS}?${text}`;
}
