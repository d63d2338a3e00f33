/** Addresses of the room. */
export const ROOM = '/workbench/filed-reports';
export const FINDINGS = `${ROOM}/findings`;
export const UPLOAD = `${ROOM}/upload`;
export const BATCHES = `${ROOM}/batches`;
export const APART = `${ROOM}/apart`;
export const CORRECTIONS = `${ROOM}/corrections`;
export const UNITS = `${ROOM}/units`;
export const CHECK = `${ROOM}/check`;

export type ReportView = '' | '/last-year' | '/children' | '/corrections' | '/versions';

export function reportAddress(unitId: number, year: number, view: ReportView = ''): string {
  return `${UNITS}/${unitId}/${year}${view}`;
}

/** The report with this finding opened and its places marked. */
export function findingAddress(unitId: number, year: number, key: string): string {
  return `${reportAddress(unitId, year)}?finding=${key}#finding-${key}`;
}

export const batchAddress = (id: number): string => `${BATCHES}/${id}`;

/** Without the parameters that are empty. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') given.set(name, String(value));
  return given.size > 0 ? `${path}?${given}` : path;
}
