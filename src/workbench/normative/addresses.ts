import type { RegisterFilter, RegisterPlace } from '../../areas/catalogue/index.ts';

export const NORMATIVE = '/workbench/normative';
export const CHANGES = `${NORMATIVE}/changes`;
export const ENDING = `${NORMATIVE}/ending`;
export const CLEAN_UPS = `${NORMATIVE}/clean-ups`;

export const documentAddress = (id: number, below = ''): string => `${NORMATIVE}/${id}${below}`;
export const changeAddress = (id: number, below: string): string => `${CHANGES}/${id}${below}`;
export const cleanUpAddress = (id: number, below = ''): string => `${CLEAN_UPS}/${id}${below}`;

/** The register under a filter. */
export function registerAddress(
  filter: RegisterFilter,
  after: RegisterPlace | null = null,
  base: string = NORMATIVE,
): string {
  const query = new URLSearchParams();
  const values = {
    q: filter.text,
    kind: filter.kind ?? '',
    validity: filter.validity ?? '',
    unit: String(filter.unitId ?? ''),
    year: String(filter.year ?? ''),
    after: after ? `${after.formedOn}_${after.id}` : '',
  };
  for (const [name, value] of Object.entries(values)) if (value !== '') query.set(name, value);
  const text = query.toString();
  return text === '' ? base : `${base}?${text}`;
}
