import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { megabytes, type SheetLimits, UnreadableFile } from './limits.ts';
import type { SheetFile } from './source.ts';

/** A zip container whose directory was read and found within bounds; nothing is unpacked before it is asked for. */
export interface Container {
  names: ReadonlySet<string>;
  /** The unpacked bytes of an entry; the stream fails when there are more of them than the directory declares. */
  read(name: string): Promise<Readable>;
  close(): void;
}

/** Small archives may be dense; only what is both large and dense is a bomb. */
const DENSE_FROM_BYTES = 8 * 1024 * 1024;

/**
 * Opens a zip and adds up what its directory declares before unpacking anything: entries, sizes, density. An entry that
 * lies about its size is caught while it is unpacked.
 * @throws UnreadableFile `bomb`, `encrypted` or `damaged`
 */
export async function openContainer(file: SheetFile, limits: SheetLimits): Promise<Container> {
  const zip = await openZip(file);
  try {
    const entries = await directoryOf(zip, limits);
    return {
      names: new Set(entries.keys()),
      read: (name) => unpack(zip, entries.get(name), name),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

function openZip(file: SheetFile): Promise<yauzl.ZipFile> {
  const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true } as const;
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, zip: yauzl.ZipFile) => (error ? reject(damaged()) : resolve(zip));
    if ('path' in file) yauzl.open(file.path, options, done);
    else yauzl.fromBuffer(Buffer.from(file.bytes), options, done);
  });
}

function directoryOf(zip: yauzl.ZipFile, limits: SheetLimits): Promise<Map<string, yauzl.Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, yauzl.Entry>();
    if (zip.entryCount > limits.entries) {
      reject(bomb(`压缩包内有 ${zip.entryCount} 个文件，超过 ${limits.entries} 个`));
      return;
    }
    let packed = 0;
    let unpacked = 0;
    zip.on('error', () => reject(damaged()));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: yauzl.Entry) => {
      packed += entry.compressedSize;
      unpacked += entry.uncompressedSize;
      if (entry.isEncrypted()) {
        reject(new UnreadableFile('encrypted', '文件设有密码，无法读取。请取消密码、另存后重新上传。'));
      } else if (unpacked > limits.unpackedBytes) {
        reject(bomb(`解压后超过 ${megabytes(limits.unpackedBytes)}`));
      } else if (unpacked > DENSE_FROM_BYTES && unpacked > packed * limits.ratio) {
        reject(bomb(`解压后是压缩前的 ${limits.ratio} 倍以上`));
      } else if (entries.has(entry.fileName)) {
        reject(damaged());
      } else {
        entries.set(entry.fileName, entry);
        zip.readEntry();
      }
    });
    zip.readEntry();
  });
}

function unpack(zip: yauzl.ZipFile, entry: yauzl.Entry | undefined, name: string): Promise<Readable> {
  return new Promise((resolve, reject) => {
    if (!entry) {
      reject(
        new UnreadableFile(
          'damaged',
          `文件不完整，缺少 ${name}。请在 Excel 或 WPS 中打开后另存为 .xlsx，再上传。`,
        ),
      );
      return;
    }
    zip.openReadStream(entry, (error, stream) => (error ? reject(damaged()) : resolve(stream)));
  });
}

function bomb(why: string): UnreadableFile {
  return new UnreadableFile('bomb', `文件异常：${why}，已拒绝打开。请只保留需要的工作表，另存后重新上传。`);
}

export function damaged(): UnreadableFile {
  return new UnreadableFile(
    'damaged',
    '文件已损坏或不完整，无法打开。请在 Excel 或 WPS 中打开后另存为 .xlsx，再上传。',
  );
}
