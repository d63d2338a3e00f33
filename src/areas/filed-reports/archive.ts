import type { Readable } from 'node:stream';
import iconv from 'iconv-lite';
import { type Container, openContainer } from '../../core/spreadsheet/container.ts';
import { type SheetLimits, UnreadableFile } from '../../core/spreadsheet/index.ts';
import { bytesAt } from '../../core/spreadsheet/source.ts';

/** A file inside an archive; `name` with its folders, as people see them. */
export interface ArchivedFile {
  name: string;
  open(): Promise<Readable>;
}

export interface Archive {
  files: ArchivedFile[];
  close(): void;
}

const MB = 1024 * 1024;

/** A year's reports of a province stay far below; what is beyond is no collection of reports. */
const limits: SheetLimits = {
  fileBytes: 1024 * MB,
  unpackedBytes: 2048 * MB,
  ratio: 200,
  entries: 3000,
  rows: 0,
  columns: 0,
  cellLength: 0,
};

/** Folders and files that systems leave in archives. */
const LITTER = /(^|\/)(__MACOSX\/|\.[^/]*$|Thumbs\.db$|desktop\.ini$|~\$[^/]*$)/i;
/** Zip containers that are documents: Office, OpenDocument, OFD. */
const DOCUMENT_PARTS = ['[Content_Types].xml', 'mimetype', 'OFD.xml'];

/**
 * Opens a file as an archive of reports; null when it is none, also for documents that are zip containers inside. Nothing
 * is unpacked before it is asked for.
 * @throws UnreadableFile for an archive that is damaged, encrypted or unpacks to more than reports ever need
 */
export async function openArchive(file: { name: string; path: string }): Promise<Archive | null> {
  const head = await bytesAt(file, 0, 4);
  const isZip = head.length === 4 && [0x04034b50, 0x06054b50].includes(head.readUInt32LE(0));
  if (!isZip) return null;
  const container = await openContainer(file, limits).catch((error) => {
    if (!(error instanceof UnreadableFile)) throw error;
    // A damaged document is told so when it is read; a damaged archive holds nothing to read.
    if (!/\.zip$/i.test(file.name)) return null;
    throw new UnreadableFile(error.fault, `压缩包“${file.name}”${reasons[error.fault] ?? reasons.damaged}`);
  });
  if (!container) return null;
  if (DOCUMENT_PARTS.some((part) => container.names.has(part))) {
    container.close();
    return null;
  }
  return { files: filesIn(container), close: () => container.close() };
}

const reasons: Partial<Record<UnreadableFile['fault'], string>> & { damaged: string } = {
  damaged: '已损坏或不完整，无法打开。请重新压缩后上传。',
  encrypted: '设有密码，无法打开。请取消密码、重新压缩后上传。',
  bomb: '解压后过大或文件过多，已拒绝打开。请分成几个压缩包上传。',
};

function filesIn(container: Container): ArchivedFile[] {
  return [...container.names]
    .filter((name) => !name.endsWith('/') && !LITTER.test(name))
    .map((name) => ({ name: readableName(name), open: () => container.read(name) }));
}

/** Names that Chinese Windows wrote as GB18030, and were taken for code page 437, as they were meant. */
function readableName(name: string): string {
  if (!/[^\x20-\x7e]/.test(name) || /\p{Script=Han}/u.test(name)) return name;
  const bytes = iconv.encode(name, 'cp437');
  if (iconv.decode(bytes, 'cp437') !== name) return name;
  const utf8 = bytes.toString('utf8');
  const meant = utf8.includes('\ufffd') ? iconv.decode(bytes, 'gb18030') : utf8;
  return meant.includes('\ufffd') ? name : meant;
}
