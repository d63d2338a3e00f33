/** Addresses of the release gate. */
export const RELEASES = '/workbench/releases';

export const releaseAddress = (id: number, below = ''): string => `${RELEASES}/${id}${below}`;
