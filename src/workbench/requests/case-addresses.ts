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
