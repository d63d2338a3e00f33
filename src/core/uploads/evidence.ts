import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { formSheetLimits, readSheet, UnreadableFile } from '../spreadsheet/index.ts';
import type { UploadedFile } from './receive.ts';

/** What may be kept as evidence, by content; everything else is refused in words. */
const kept: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'image/png': '图片',
  'image/jpeg': '图片',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel',
};

/**
 * The content type of an evidence file, told from its content and never from its name: PDF, PNG, JPEG, Word, Excel or
 * plain text (CSV, TXT).
 * @throws UnreadableFile when it is empty, carries macros, is a web page under another name, or of another kind
 */
export async function evidenceType(file: UploadedFile): Promise<string> {
  if (file.size === 0) throw new UnreadableFile('empty', `“${file.name}”是空文件，请检查后重新选择。`);
  const found = await fileTypeFromFile(file.path);
  if (found && /excel|spreadsheet|cfb|x-cfb/.test(found.mime)) {
    await readSheet({ name: file.name, path: file.path }, { ...formSheetLimits, fileBytes: file.size });
  }
  if (found && kept[found.mime] !== undefined) return found.mime;
  if (found) throw unknown(file);
  const head = await firstBytes(file.path);
  if (head.trimStart().startsWith('<')) {
    throw new UnreadableFile(
      'markup',
      `“${file.name}”的内容其实是网页或 XML，不能作为佐证材料。请另存为 PDF 后上传。`,
    );
  }
  if (head.includes('\0')) throw unknown(file);
  return 'text/plain; charset=utf-8';
}

async function firstBytes(path: string): Promise<string> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    return buffer
      .subarray(0, bytesRead)
      .toString('latin1')
      .replace(/^\u00ef\u00bb\u00bf/, '');
  } finally {
    await handle.close();
  }
}

function unknown(file: UploadedFile): UnreadableFile {
  return new UnreadableFile(
    'wrong-type',
    `“${file.name}”不是可以上传的类型。请上传 PDF、图片、Word、Excel 或文本文件。`,
  );
}
