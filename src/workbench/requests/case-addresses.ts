/** Addresses of one request at the desk. */
export const REQUESTS = '/workbench/requests';
export const NEW_REQUEST = `${REQUESTS}/new`;

export const caseAddress = (id: number): string => `${REQUESTS}/${id}`;
export const receiptAddress = (id: number): string => `${caseAddress(id)}/receipt`;
export const applicationFormAddress = (id: number): string => `${caseAddress(id)}/application-form.pdf`;
export const bundleAddress = (id: number): string => `${caseAddress(id)}/bundle.pdf`;
/** 审查呈批单 of the reply. */
export const approvalAddress = (id: number, format: 'pdf' | 'docx'): string =>
  `${caseAddress(id)}/approval.${format}`;
export const caseFileAddress = (id: number, file: number): string => `${caseAddress(id)}/files/${file}`;
export const letterFileAddress = (id: number, letter: number, format: 'pdf' | 'docx'): string =>
  `${caseAddress(id)}/letters/${letter}.${format}`;
/** What bears the applicant's name, below the address of its case. */
const NAMED = /^(letters\/[1-9]\d{0,8}\.(pdf|docx)|files\/[1-9]\d{0,8}|bundle\.pdf)$/;

/** Where somebody says why he opens it; null where `what` is none of the kind. */
export const reasonAddress = (id: number, what: string): string | null =>
  NAMED.test(what) ? `${caseAddress(id)}/applicant-reason?for=${encodeURIComponent(what)}` : null;

export const letterAddress = (id: number, letter: number, act: 'dispatch' | 'delivery'): string =>
  `${caseAddress(id)}/letters/${letter}/${act}`;

/** Letters of the office's mailbox. */
export const MAIL = `${REQUESTS}/mail`;
export const mailAddress = (id: number): string => `${MAIL}/${id}`;
export const newFromMailAddress = (id: number): string => `${NEW_REQUEST}?mail=${id}`;

/** Lists of forms whose time of keeping is over. */
export const DISPOSAL = `${REQUESTS}/disposal`;
export const disposalAddress = (id: number): string => `${DISPOSAL}/${id}`;
