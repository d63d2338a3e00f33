import { fileTypeFromBuffer } from 'file-type';
import { type Container, openContainer } from '../../../core/spreadsheet/container.ts';
import { compoundContent, declaresMacros } from '../../../core/spreadsheet/detect.ts';
import { type FileFault, megabytes, UnreadableFile } from '../../../core/spreadsheet/limits.ts';
import { bytesAt, type SheetFile, sizeOf } from '../../../core/spreadsheet/source.ts';
import { textEncodingOf, textHead } from './decoding.ts';
import type { DocumentLimits } from './limits.ts';

/** What the content is, whatever the name says. The caller closes the container. */
export type FileKind =
  | { kind: 'docx' | 'xlsx'; container: Container }
  | { kind: 'text' | 'html'; encoding: string }
  | { kind: 'pdf' };

const HEAD = 64 * 1024;
const MB = 1024 * 1024;
/** Pictures are counted too, although they are never unpacked. */
export const packageLimits = {
  fileBytes: 50 * MB,
  unpackedBytes: 400 * MB,
  ratio: 200,
  entries: 5000,
  rows: 20_000,
  columns: 256,
  cellLength: 200_000,
};

/** @throws UnreadableFile naming what the file is and how to turn it into one we read */
export async function kindOf(file: SheetFile, limits: DocumentLimits): Promise<FileKind> {
  const size = await sizeOf(file);
  if (size === 0) throw refused('empty', '文件是空的，没有任何内容。请检查后重新选择文件。');
  if (size > limits.bytes) {
    throw refused(
      'too-large',
      `文件超过 ${megabytes(limits.bytes)}，未接收。请压缩其中的图片，或只保留报告本身后重新上传。`,
    );
  }
  const head = await bytesAt(file, 0, HEAD);
  const start = head.subarray(0, 1024).toString('latin1');
  if (start.startsWith('PK')) return packageOf(file);
  if (start.startsWith('\u00d0\u00cf\u0011\u00e0')) throw compoundFault(await compoundContent(file, head));
  if (start.includes('%PDF-')) return { kind: 'pdf' };
  if (start.startsWith('{\\rtf')) {
    throw refused('old-format', '这是 RTF 文件。请在 Word 或 WPS 中另存为 .docx 后上传。');
  }
  if (/^(From: |MIME-Version:|Content-Type: multipart)/i.test(start)) {
    throw refused('wrong-type', '这是单文件网页（.mht）。请在浏览器中另存为网页（.html）或 PDF 后上传。');
  }
  // The mark of UTF-16 looks like the start of a sound.
  const known = /^(\u00ff\u00fe|\u00fe\u00ff)/.test(start) ? undefined : await fileTypeFromBuffer(head);
  if (known?.mime.startsWith('image/')) {
    throw refused(
      'wrong-type',
      '这是图片，没有可以读取的文字。请上传报告的网页、Word、Excel 或带文字的 PDF。',
    );
  }
  if (known && known.mime !== 'application/xml') throw wrongType(`${known.ext.toUpperCase()} 文件`);

  const encoding = await textEncodingOf(file, head);
  if (encoding === null) throw wrongType('程序文件或其他二进制文件');
  const text = textHead(head, encoding);
  if (text.trim() === '' && size <= HEAD) {
    throw refused('empty', '文件里没有任何文字。请检查后重新选择文件。');
  }
  if (/^\s*<\?xml/.test(text) && !/<(html|body|table|p|div)[\s>]/i.test(text)) throw xmlFault(text);
  return { kind: isMarkup(text) ? 'html' : 'text', encoding };
}

/** Starts with a tag, or is full of them: some sites give out a page without its head. */
function isMarkup(text: string): boolean {
  if (/^\s*<(!doctype|!--|\?xml|[a-z][a-z0-9]*[\s>/])/i.test(text)) return true;
  return (text.match(/<\/(p|div|table|td|tr|span|li|h\d)>/gi)?.length ?? 0) >= 3;
}

async function packageOf(file: SheetFile): Promise<FileKind> {
  const container = await openContainer(file, packageLimits).catch((error: unknown) => {
    throw inOurWords(error);
  });
  try {
    return { kind: await packageKind(container), container };
  } catch (error) {
    container.close();
    throw inOurWords(error);
  }
}

async function packageKind(container: Container): Promise<'docx' | 'xlsx'> {
  const { names } = container;
  const inside = (part: string) => [...names].some((name) => name.toLowerCase().includes(part));
  if (inside('vbaproject') || inside('xl/macrosheets/') || (await declaresMacros(container))) {
    throw refused(
      'macro',
      '文件带有宏，为安全起见不予接收。请另存为不带宏的 Word 文档（.docx）或 Excel 工作簿（.xlsx）后上传。',
    );
  }
  if (names.has('word/document.xml')) return 'docx';
  if (names.has('xl/workbook.xml')) return 'xlsx';
  if (names.has('xl/workbook.bin')) {
    throw refused('old-format', '这是二进制工作簿（.xlsb）。请另存为“Excel 工作簿（.xlsx）”后上传。');
  }
  if (inside('word/')) {
    throw refused('damaged', 'Word 文件不完整。请在 Word 或 WPS 中打开后另存为 .docx，再上传。');
  }
  if (inside('ppt/')) throw wrongType('演示文稿');
  if (names.has('OFD.xml')) {
    throw refused('wrong-type', '这是 OFD 版式文件。请转换为 PDF 或 Word 文档（.docx）后上传。');
  }
  if (names.has('content.xml')) {
    throw refused('wrong-type', '这是 OpenDocument 文件。请另存为 .docx 或 .xlsx 后上传。');
  }
  throw refused('wrong-type', '这是压缩包，不是报告本身。请解压后上传其中的文件。');
}

/** Faults of the container speak of worksheets; here the file may as well be a Word document. */
export function inOurWords(error: unknown): unknown {
  if (!(error instanceof UnreadableFile)) return error;
  if (error.fault === 'damaged') {
    return refused(
      'damaged',
      '文件已损坏或不完整，无法打开。请在 Word、Excel 或 WPS 中打开后另存为 .docx 或 .xlsx，再上传。',
    );
  }
  if (error.fault === 'bomb') {
    return refused('bomb', error.message.replace('请只保留需要的工作表，', '请只保留报告本身，'));
  }
  return error;
}

function compoundFault(content: 'encrypted' | 'macro' | 'old-format'): UnreadableFile {
  switch (content) {
    case 'encrypted':
      return refused(content, '文件设有密码，无法读取。请取消密码、另存后重新上传。');
    case 'macro':
      return refused(content, '文件带有宏，为安全起见不予接收。请另存为不带宏的 .docx 或 .xlsx 后上传。');
    default:
      return refused(
        content,
        '这是旧版 Office 或 WPS 文件（.doc、.xls、.wps 等）。请在 Word、Excel 或 WPS 中另存为 .docx 或 .xlsx 后上传。',
      );
  }
}

function xmlFault(text: string): UnreadableFile {
  return /wordDocument|pkg:package|Excel\.Sheet/.test(text)
    ? refused(
        'old-format',
        '这是 XML 格式的 Office 文件。请在 Word 或 Excel 中另存为 .docx 或 .xlsx 后上传。',
      )
    : wrongType('XML 数据文件');
}

function wrongType(what: string): UnreadableFile {
  return refused(
    'wrong-type',
    `这是${/^[A-Z]/.test(what) ? ' ' : ''}${what}，不是年度报告。请上传报告的网页（.html）、Word（.docx）、Excel（.xlsx）、PDF 或文本文件。`,
  );
}

export function refused(fault: FileFault, message: string): UnreadableFile {
  return new UnreadableFile(fault, message);
}
