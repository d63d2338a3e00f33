export { ATTACHMENTS_ACCEPTED, attachmentType } from './attachment.ts';
export { evidenceType } from './evidence.ts';
export { plainName, type Upload, type UploadedFile, type UploadOptions, withUpload } from './receive.ts';
export { checkAttachment, openScanner, type Scanner, type Verdict } from './scan.ts';
