/** Addresses of the redaction desk. */
export const REDACTIONS = '/workbench/redactions';

export const newRedactionAddress = (requestId: number | null): string =>
  requestId === null ? `${REDACTIONS}/new` : `${REDACTIONS}/new?request=${requestId}`;

export const redactionAddress = (id: number, below = ''): string => `${REDACTIONS}/${id}${below}`;

/** How the two pictures of a page are shown. */
export const sides = { before: '原件', after: '处理后', both: '并排对照' } as const;
export type Sides = keyof typeof sides;

/** The desk at a page of the file; what is shown is left to the desk where nothing was chosen. */
export function deskAddress(id: number, page: number, shown: Sides | null = null): string {
  const query = [page > 1 && `page=${page}`, shown && `show=${shown}`].filter(Boolean).join('&');
  return redactionAddress(id, query === '' ? '' : `?${query}`);
}

/** `version` only tells the browser that the picture is another one. */
export const pictureAddress = (id: number, page: number, side: 'before' | 'after', version: number): string =>
  `${redactionAddress(id)}/pages/${page}/${side}.jpg${side === 'after' ? `?v=${version}` : ''}`;
