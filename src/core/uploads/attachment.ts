import { fileTypeFromBuffer } from 'file-type';
import { openContainer } from '../spreadsheet/container.ts';
import { compoundContent, declaresMacros } from '../spreadsheet/detect.ts';
import { decoded, encodingOf } from '../spreadsheet/encoding.ts';
import { formSheetLimits, type SheetFile, UnreadableFile } from '../spreadsheet/index.ts';
import { bytesAt, sizeOf } from '../spreadsheet/source.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What is taken from applicants, in the words of pages and refusals. */
export const ATTACHMENTS_ACCEPTED = 'PDF、JPG 或 PNG 图片、Word（.docx）、Excel（.xlsx）、纯文本';

/**
 * The content type of what an applicant sends, told from its content and never from its name: PDF, PNG, JPEG, Word, Excel or
 * plain text with its encoding (`text/plain; charset=gb18030`).
 * @throws UnreadableFile with what to do instead: empty, of another kind, with a password or macros, damaged
 */
export async function attachmentType(file: SheetFile): Promise<string> {
  if ((await sizeOf(file)) === 0) throw refused(file, 'empty', '是空文件，请检查后重新选择。');
  const head = await bytesAt(file, 0, 8192);
  if (/^(\xef\xbb\xbf)?\s{0,64}%PDF-\d/.test(head.toString('latin1'))) return 'application/pdf';
  if (startsWith(head, 'PK\x03\x04')) return officeType(file);
  if (startsWith(head, '\xd0\xcf\x11\xe0')) throw await compoundFault(file, head);
  // The mark of UTF-16 looks like the head of a sound file.
  if (startsWith(head, '\xff\xfe') || startsWith(head, '\xfe\xff')) return textType(file, head);
  const found = await fileTypeFromBuffer(head);
  if (found?.mime === 'image/png' || found?.mime === 'image/jpeg') return found.mime;
  if (found && /^image\/hei[cf]/.test(found.mime)) {
    throw refused(
      file,
      'wrong-type',
      '是 HEIC 照片，许多电脑打不开。请在手机“设置－相机－格式”中改为“兼容性最佳”后重拍，或对照片截图，上传 JPG 或 PNG。',
    );
  }
  if (found && /zip|rar|7z|gzip|x-tar|bzip2|x-xz/.test(found.mime)) throw packed(file);
  if (found && !/^(text|application)\/(plain|csv|json|x-ndjson)/.test(found.mime)) throw unknown(file);
  return textType(file, head);
}

async function officeType(file: SheetFile): Promise<string> {
  const container = await openContainer(file, {
    ...formSheetLimits,
    fileBytes: await sizeOf(file),
  }).catch((error) => {
    if (!(error instanceof UnreadableFile) || error.fault !== 'damaged') throw error;
    throw refused(file, 'damaged', '已损坏或不完整，无法打开。请重新保存后再上传。');
  });
  try {
    const { names } = container;
    const type = names.has('word/document.xml') ? DOCX : names.has('xl/workbook.xml') ? XLSX : null;
    if (type === null || !names.has('[Content_Types].xml')) {
      const office = [...names].some((name) => /^(word|xl|ppt)\//.test(name)) || names.has('content.xml');
      if (names.has('OFD.xml'))
        throw refused(file, 'wrong-type', '是 OFD 文件。请用阅读器另存为 PDF 后上传。');
      throw office ? unknown(file) : packed(file);
    }
    const macros = [...names].some((name) => /vbaproject|\/macrosheets\//i.test(name));
    if (macros || (await declaresMacros(container))) throw withMacros(file);
    return type;
  } finally {
    container.close();
  }
}

async function compoundFault(file: SheetFile, head: Buffer): Promise<UnreadableFile> {
  switch (await compoundContent(file, head)) {
    case 'encrypted':
      return refused(file, 'encrypted', '设有打开密码。请取消密码、另存后重新上传。');
    case 'macro':
      return withMacros(file);
    default:
      return refused(
        file,
        'old-format',
        '是旧版 Office 或 WPS 文件（.doc、.xls、.wps 等）。请另存为 .docx、.xlsx 或 PDF 后上传。',
      );
  }
}

/** Only what is text to the last byte. */
async function textType(file: SheetFile, head: Buffer): Promise<string> {
  const start = head
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  if (start.startsWith('<')) {
    throw refused(file, 'markup', '的内容其实是网页或 XML，不能作为附件。请另存为 PDF 后上传。');
  }
  if (start.startsWith('{\\rtf')) throw unknown(file);
  const encoding = await encodingOf(file);
  try {
    for await (const text of decoded(file, encoding))
      if (NO_TEXT.test(text.replaceAll(END_MARK, ''))) throw unknown(file);
  } catch (error) {
    throw error instanceof UnreadableFile ? unknown(file) : error;
  }
  return `text/plain; charset=${encoding}`;
}

/** Control characters that no text holds; tab, line and page ends aside. */
const NO_TEXT = /[^\P{Cc}\t\n\r\f]/u;
/** The end mark of old editors. */
const END_MARK = '\u001a';

const startsWith = (head: Buffer, magic: string) => head.toString('latin1', 0, magic.length) === magic;

const refused = (file: SheetFile, fault: UnreadableFile['fault'], what: string) =>
  new UnreadableFile(fault, `“${file.name}”${what}`);

const withMacros = (file: SheetFile) =>
  refused(file, 'macro', '带有宏，为安全起见不予接收。请另存为不含宏的 .docx、.xlsx 或 PDF 后上传。');

const packed = (file: SheetFile) => refused(file, 'wrong-type', '是压缩包。请解压后把其中的文件逐个上传。');

const unknown = (file: SheetFile) =>
  refused(file, 'wrong-type', `不是可以上传的类型。可以上传：${ATTACHMENTS_ACCEPTED}。`);
