/** Addresses of one request at the desk. */
export const REQUESTS = '/workbench/requests';
export const NEW_REQUEST = `${REQUESTS}/new`;

export const caseAddress = (id: number): string => `${REQUESTS}/${id}`;
export const receiptAddress = (id: number): string => `${caseAddress(id)}/receipt`;
export const applicationFormAddress = (id: number): string => `${caseAddress(id)}/application-form.pdf`;
export const bundleAddress = (id: number): string => `${caseAddress(id)}/bundle.pdf`;
export const caseFileAddress = (id: number, file: number): string => `${caseAddress(id)}/files/${file}`;
export const letterFileAddress = (id: number, letter: number, format: 'pdf' | 'docx'): string =>
  `${caseAddress(id)}/letters/${letter}.${format}`;
export const letterAddress = (id: number, letter: number, act: 'dispatch' | 'delivery'): string =>
  `${caseAddress(id)}/letters/${letter}/${act}`;

/** Letters of the office's mailbox. */
export const MAIL = `${REQUESTS}/mail`;
export const mailAddress = (id: number): string => `${MAIL}/${id}`;
export const newFromMailAddress = (id: number): string => `${NEW_REQUEST}?mail=${id}`;

/** Lists of forms whose time of keeping is over. */
export const DISPOSAL = `${REQUESTS}/disposal`;
export const disposalAddress = (id: number): string => `${DISPOSAL}/${id}`;
