import { UnreadableFile } from '../../../core/spreadsheet/index.ts';

const MB = 2 ** 20;

/** What one file may cost. */
export const redactionLimits = {
  /** Of all files of one job together. */
  bytes: 50 * MB,
  files: 60,
  pages: 300,
  /** Of one job; each costs a row and a label. */
  boxes: 5000,
  /** Of one page at the resolution it is exported with; larger pages are exported coarser. */
  pixels: 16_000_000,
  /** Of a picture that comes in; a good camera has 50 million. */
  picturePixels: 60_000_000,
} as const;

/** Dots per inch of exported pages: small print stays legible, a page of text weighs about 200 KB. */
export const EXPORT_DPI = 200;

export const damaged = (): UnreadableFile =>
  new UnreadableFile('damaged', '文件已损坏或不完整，无法打开。请打开原件确认，另存后重新上传。');

export const encrypted = (): UnreadableFile =>
  new UnreadableFile('encrypted', '文件设有打开密码，无法读取。请取消密码、另存后重新上传。');

export const tooManyPages = (pages: number): UnreadableFile =>
  new UnreadableFile(
    'too-large',
    `文件有 ${pages} 页，一次最多处理 ${redactionLimits.pages} 页。请拆分后分别上传。`,
  );
