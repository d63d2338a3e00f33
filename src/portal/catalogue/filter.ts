import {
  type PublicFilter,
  type PublicPlace,
  type Validity,
  validities,
} from '../../areas/catalogue/index.ts';

export const CATALOGUE = '/catalogue';

/** What an address asks a list for, besides the column. */
export type Wanted = Omit<PublicFilter, 'columnIds'>;

export type Query = Readonly<Record<string, unknown>>;

/** What is no filter is left out, as if nobody had asked for it. */
export function readWanted(query: Query): Wanted {
  const word = (name: string, most: number) => {
    const value = query[name];
    return typeof value === 'string' && value.length > 0 && value.length <= most ? value : null;
  };
  const number = (name: string, form: RegExp) => {
    const value = word(name, 9);
    return value !== null && form.test(value) ? Number(value) : null;
  };
  const validity = word('validity', 20);
  return {
    unitId: number('unit', /^[1-9]\d{0,8}$/),
    year: number('year', /^(19|20)\d\d$/),
    genre: word('genre', 30),
    validity: validity !== null && Object.hasOwn(validities, validity) ? (validity as Validity) : null,
  };
}

const names = { unitId: 'unit', year: 'year', genre: 'genre', validity: 'validity' } as const;

/** The list at `base` under the filter; `changed` replaces some of it, null takes it away. */
export function listHref(
  base: string,
  wanted: Wanted,
  changed: Partial<Wanted> = {},
  more: Record<string, string> = {},
): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries({ ...wanted, ...changed })) {
    if (value !== null) query.set(names[key as keyof Wanted], String(value));
  }
  for (const [key, value] of Object.entries(more)) query.set(key, value);
  const text = query.toString();
  return text === '' ? base : `${base}?${text}`;
}

export const isFiltered = (wanted: Wanted): boolean => Object.values(wanted).some((value) => value !== null);

/** A place in a list as addresses carry it: `2018-05-03.12`. */
export const placeText = ({ publishedOn, id }: PublicPlace): string => `${publishedOn}.${id}`;

export function readPlace(value: unknown): PublicPlace | null {
  const found = typeof value === 'string' ? /^(\d{4}-\d\d-\d\d)\.(\d{1,15})$/.exec(value) : null;
  const [, publishedOn = '', id = ''] = found ?? [];
  // A day that no calendar has would be refused by the database.
  return found && new Date(`${publishedOn}T00:00:00Z`).toJSON()?.startsWith(publishedOn)
    ? { publishedOn, id: Number(id) }
    : null;
}
