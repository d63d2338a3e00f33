import { fileTypeFromBuffer } from 'file-type';
import { UnreadableFile } from '../../../core/spreadsheet/index.ts';
import type { SourceKind } from './model.ts';

const kinds: Readonly<Record<string, SourceKind>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpeg',
  'image/png': 'png',
};

/**
 * What the content is, whatever the name says.
 * @throws UnreadableFile naming what to do instead; also for anything but pictures when it is one of `several`
 */
export async function sniffKind(bytes: Uint8Array, several: boolean): Promise<SourceKind> {
  if (bytes.length === 0) throw new UnreadableFile('empty', '文件是空的，没有任何内容。请检查后重新选择。');
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString('latin1');
  const mime = head.includes('%PDF-') ? 'application/pdf' : (await fileTypeFromBuffer(bytes))?.mime;
  // Whether a package is a Word document is seen when it is opened, within bounds.
  const kind = head.startsWith('PK') ? 'docx' : kinds[mime ?? ''];
  if (!kind) throw unknown(mime);
  if (several && kind !== 'jpeg' && kind !== 'png') {
    throw new UnreadableFile(
      'wrong-type',
      '一次可以选择一个 PDF、一个 Word 文档，或者几张图片；请分别处理。',
    );
  }
  return kind;
}

function unknown(mime: string | undefined): UnreadableFile {
  if (mime === 'application/x-cfb') {
    return new UnreadableFile(
      'old-format',
      '这是旧版 Office 或 WPS 文件，或者设有密码。请取消密码，另存为 .docx 或 PDF 后上传。',
    );
  }
  if (mime?.startsWith('image/')) {
    return new UnreadableFile('wrong-type', '这种图片格式不能处理。请转换为 JPEG 或 PNG 后上传。');
  }
  return new UnreadableFile('wrong-type', '只能处理 PDF、Word 文档（.docx）和 JPEG、PNG 图片。');
}
