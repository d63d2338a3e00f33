/** Addresses of the redaction desk. */
export const REDACTIONS = '/workbench/redactions';

export const newRedactionAddress = (requestId: number | null): string =>
  requestId === null ? `${REDACTIONS}/new` : `${REDACTIONS}/new?request=${requestId}`;

export const redactionAddress = (id: number, below = ''): string => `${REDACTIONS}/${id}${below}`;

/** How the two pictures of a page are shown. */
export const sides = { both: '并排对照', before: '只看原件', after: '只看处理后' } as const;
export type Sides = keyof typeof sides;

/** The desk at a page of the file. */
export function deskAddress(id: number, page: number, shown: Sides = 'both'): string {
  const query = [page === 1 ? '' : `page=${page}`, shown === 'both' ? '' : `show=${shown}`].filter(Boolean);
  return `${redactionAddress(id)}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

/** `version` only tells the browser that the picture is another one. */
export const pictureAddress = (id: number, page: number, side: 'before' | 'after', version: number): string =>
  `${redactionAddress(id)}/pages/${page}/${side}.jpg${side === 'after' ? `?v=${version}` : ''}`;
