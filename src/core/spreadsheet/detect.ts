import { fileTypeFromBuffer } from 'file-type';
import { type Container, damaged, openContainer } from './container.ts';
import { megabytes, type SheetLimits, UnreadableFile } from './limits.ts';
import { bytesAt, type SheetFile, sizeOf } from './source.ts';

/** What the content is, whatever the name says. The caller closes the container. */
export type Detected = { kind: 'xlsx'; container: Container } | { kind: 'csv' } | { kind: 'jsonl' };

const HEAD = 8192;

/** @throws UnreadableFile naming what the file is and how to turn it into one we read */
export async function detect(file: SheetFile, limits: SheetLimits): Promise<Detected> {
  const size = await sizeOf(file);
  if (size === 0) throw empty();
  if (size > limits.fileBytes) throw tooLarge(limits.fileBytes);
  const head = await bytesAt(file, 0, HEAD);

  if (startsWith(head, [0x50, 0x4b])) return { kind: 'xlsx', container: await openWorkbook(file, limits) };
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0])) throw await compoundFault(file, head);
  const utf16 = startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff]);
  if (utf16) return { kind: 'csv' };

  const text = head
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (text === '' && size <= HEAD) throw empty();
  if (text.startsWith('<')) throw markup(text);
  const known = await fileTypeFromBuffer(head);
  if (known) {
    throw new UnreadableFile(
      'wrong-type',
      `这是 ${known.ext.toUpperCase()} 文件，不是表格。请上传 .xlsx 或 .csv 文件。`,
    );
  }
  if (head.includes(0)) throw new UnreadableFile('wrong-type', '这不是表格文件。请上传 .xlsx 或 .csv 文件。');
  if (text.startsWith('[')) {
    throw new UnreadableFile('wrong-type', '这是 JSON 数组。请改为 JSON Lines：每行一个对象，行末不加逗号。');
  }
  return text.startsWith('{') ? { kind: 'jsonl' } : { kind: 'csv' };
}

export function tooLarge(limit: number): UnreadableFile {
  return new UnreadableFile(
    'too-large',
    `文件超过 ${megabytes(limit)}，未接收。请删去不需要的内容或分成几个文件上传。`,
  );
}

function empty(): UnreadableFile {
  return new UnreadableFile('empty', '文件是空的，没有任何内容。请检查后重新选择文件。');
}

async function openWorkbook(file: SheetFile, limits: SheetLimits): Promise<Container> {
  const container = await openContainer(file, limits);
  try {
    const { names } = container;
    const inside = (part: string) => [...names].some((name) => name.toLowerCase().includes(part));
    if (inside('vbaproject') || inside('xl/macrosheets/') || (await declaresMacros(container))) {
      throw new UnreadableFile(
        'macro',
        '文件带有宏，为安全起见不予接收。请另存为“Excel 工作簿（.xlsx）”后上传。',
      );
    }
    if (names.has('xl/workbook.bin')) {
      throw new UnreadableFile(
        'old-format',
        '这是二进制工作簿（.xlsb）。请另存为“Excel 工作簿（.xlsx）”后上传。',
      );
    }
    if (names.has('xl/workbook.xml') && names.has('[Content_Types].xml')) return container;
    if (inside('word/'))
      throw new UnreadableFile('wrong-type', '这是 Word 文件，不是表格。请上传 .xlsx 或 .csv 文件。');
    if (inside('ppt/'))
      throw new UnreadableFile('wrong-type', '这是演示文稿，不是表格。请上传 .xlsx 或 .csv 文件。');
    if (names.has('content.xml')) {
      throw new UnreadableFile(
        'wrong-type',
        '这是 OpenDocument 文件。请另存为“Excel 工作簿（.xlsx）”后上传。',
      );
    }
    throw new UnreadableFile('wrong-type', '这是压缩包，不是表格。请解压后上传其中的 .xlsx 或 .csv 文件。');
  } catch (error) {
    container.close();
    throw error;
  }
}

/** The content types part is a page or two; a longer one is not what Excel writes. */
const CONTENT_TYPES_BYTES = 1024 * 1024;

/** Whether the content types speak of macros, whatever the parts are called. */
export async function declaresMacros(container: Container): Promise<boolean> {
  if (!container.names.has('[Content_Types].xml')) return false;
  let text = '';
  try {
    for await (const chunk of await container.read('[Content_Types].xml')) {
      text += chunk;
      if (text.length > CONTENT_TYPES_BYTES) throw damaged();
    }
  } catch {
    throw damaged();
  }
  return /macroEnabled|vbaProject/i.test(text);
}

/** What a compound file (old Office, or a new one with a password) holds, by the names of its streams. */
export async function compoundContent(
  file: SheetFile,
  head: Buffer,
): Promise<'encrypted' | 'macro' | 'old-format'> {
  if (head.length < 52) return 'old-format';
  const sector = 1 << Math.min(head.readUInt16LE(30), 16);
  const directory = await bytesAt(file, (head.readUInt32LE(48) + 1) * sector, 16 * 1024);
  const names = directory.toString('utf16le');
  if (names.includes('EncryptedPackage')) return 'encrypted';
  return names.includes('_VBA_PROJECT_CUR') ? 'macro' : 'old-format';
}

async function compoundFault(file: SheetFile, head: Buffer): Promise<UnreadableFile> {
  const content = await compoundContent(file, head);
  switch (content) {
    case 'encrypted':
      return new UnreadableFile(content, '文件设有密码，无法读取。请取消密码、另存后重新上传。');
    case 'macro':
      return new UnreadableFile(
        content,
        '文件带有宏，为安全起见不予接收。请另存为“Excel 工作簿（.xlsx）”后上传。',
      );
    default:
      return new UnreadableFile(
        content,
        '这是旧版 Office 文件（.xls 等）。请在 Excel 或 WPS 中另存为 .xlsx 后上传。',
      );
  }
}

function markup(text: string): UnreadableFile {
  const what = /^<(!doctype html|html|head|body|table|meta|script|div)/i.test(text)
    ? '网页（HTML）'
    : 'XML 文件';
  return new UnreadableFile(
    'markup',
    `文件内容其实是${what}，不是真正的表格。请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”后上传。`,
  );
}

function startsWith(head: Buffer, magic: readonly number[]): boolean {
  return magic.every((byte, index) => head[index] === byte);
}
