import type { HandedIn } from '../../areas/requests/index.ts';

export const TRACK = '/requests/track';
/** The form that this browser follows. */
export const FORM = `${TRACK}/form`;
export const handInAddress = (requestId: number, what: HandedIn) => `${TRACK}/cases/${requestId}/${what}`;
export const handInReceipt = (requestId: number, key: string) =>
  `${TRACK}/cases/${requestId}/received/${key}.pdf`;
