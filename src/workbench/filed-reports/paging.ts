import { withQuery } from './addresses.ts';

const SEPARATOR = '~';
const PAGES_REMEMBERED = 200;

/** Where a list by keyset stands; the address remembers the pages before, so that one can go back. */
export interface Paging {
  after: string | null;
  previousHref: string | null;
  nextHref(next: string | null): string | null;
}

/** @param query what else the address carries; empty values are left out */
export function pagingOf(
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
  pages: string,
): Paging {
  const trail = pages === '' ? [] : pages.split(SEPARATOR).slice(0, PAGES_REMEMBERED);
  const href = (places: readonly string[]) =>
    withQuery(path, { ...query, pages: places.join(SEPARATOR) || undefined });
  return {
    after: trail.at(-1) ?? null,
    previousHref: trail.length > 0 ? href(trail.slice(0, -1)) : null,
    nextHref: (next) => (next === null ? null : href([...trail, next])),
  };
}
