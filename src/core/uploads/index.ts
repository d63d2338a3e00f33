export { evidenceType } from './evidence.ts';
export { plainName, type Upload, type UploadedFile, type UploadOptions, withUpload } from './receive.ts';
