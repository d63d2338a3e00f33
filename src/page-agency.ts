import type { Agency } from './areas/organisations/index.ts';
import type { PageContext } from './ui/page-context.ts';

/** What pages show of an agency; a nameless stand-in before the first agency exists. */
export function pageAgency(agency: Agency | null): PageContext['agency'] {
  if (!agency) return { id: 0, code: '', name: '政府信息公开平台', shortName: '政府信息公开平台', demonstration: false, site: {} };
  const { id, code, name, shortName, demonstration, site } = agency;
  return { id, code, name, shortName, demonstration, site: { ...site } };
}
