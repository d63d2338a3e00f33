import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import { Refusal } from '../core/refusal.ts';
import {
  FORM,
  FORM_VERSION,
  fileEntry,
  MANIFEST,
  type Manifest,
  manifestShape,
  tableEntry,
} from './manifest.ts';
import { Measure } from './measure.ts';

/** A backup opened for reading: its manifest is read and sound, its parts are not yet looked at. */
export interface OpenBackup {
  manifest: Manifest;
  /** Reads every part and compares it with the manifest. @throws Refusal `backup-damaged` */
  verify(onProgress: (step: string) => void): Promise<void>;
  /** Sends one part to where it belongs. @throws Refusal `backup-damaged` when it is not what the manifest says */
  send(entry: string, expected: { bytes: number; sha256: string }, to: Writable): Promise<void>;
  /** Length and SHA-256 of the file as a whole. */
  measure(): Promise<{ bytes: number; digest: string }>;
  close(): void;
}

/** Lists of a million stored files stay below it; nothing near it is read into memory from a file that is none of ours. */
const MANIFEST_BYTES = 256 * 1024 * 1024;

/** @throws Refusal in one sentence: no such file, not a backup, cut short, damaged, or made by a newer version */
export async function openBackup(path: string): Promise<OpenBackup> {
  await refuseForeign(path);
  const zip = await openZip(path);
  try {
    const stated = new RegExp(`^${FORM} (\\d{1,6}) ([0-9a-f]{64})$`).exec(zip.comment);
    if (!stated) throw foreign(path);
    if (Number(stated[1]) > FORM_VERSION) {
      throw new Refusal('backup-newer', `${path}：由更新版本的程序备份，请使用同一或更新版本的程序恢复`);
    }
    const entries = await directoryOf(zip, path);
    const send = async (name: string, expected: { bytes: number; sha256: string }, to: Writable) => {
      const entry = entries.get(name);
      if (!entry || entry.uncompressedSize !== expected.bytes) throw damaged(path, name);
      const measure = new Measure();
      const fault = (cause?: unknown) => damaged(path, name, cause);
      const content = readable(await contentOf(zip, entry), fault);
      await pipeline(content, measure, ending(measure, expected, fault), to);
    };
    const manifest = await readManifest(zip, entries.get(MANIFEST), stated[2] as string, path);
    const parts = [
      ...manifest.tables.map((part) => ({ name: tableEntry(part.name), part })),
      ...manifest.files.map((part) => ({ name: fileEntry(part.sha256), part })),
    ];
    if (parts.length + 1 !== entries.size) throw damaged(path, '目录');
    return {
      manifest,
      send,
      async verify(onProgress) {
        for (const [index, { name, part }] of parts.entries()) {
          onProgress(`核对备份 ${index + 1}/${parts.length}`);
          await send(name, part, nowhere());
        }
      },
      async measure() {
        const whole = new Measure();
        await pipeline(createReadStream(path), whole, nowhere());
        return { bytes: whole.bytes, digest: whole.sha256 };
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** The bytes of an entry; what cannot be unpacked is a fault of the file. */
async function* readable(content: Readable, fault: (cause: unknown) => Refusal): AsyncGenerator<Buffer> {
  try {
    yield* content;
  } catch (error) {
    throw fault(error);
  }
}

/** Holds back the end of a part until it is known to be what the manifest says. */
function ending(measure: Measure, expected: { bytes: number; sha256: string }, fault: () => Refusal) {
  return async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    yield* source;
    if (measure.bytes !== expected.bytes || measure.sha256 !== expected.sha256) throw fault();
  };
}

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

async function refuseForeign(path: string): Promise<void> {
  try {
    const file = await open(path);
    try {
      const { buffer: head, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
      if (bytesRead === 0) throw new Refusal('backup-damaged', `${path}：是空文件`);
      if (head.toString('latin1', 0, bytesRead) !== 'PK\u0003\u0004') throw foreign(path);
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof Refusal) throw error;
    if (code === 'ENOENT') throw new Refusal('backup-missing', `${path}：没有这个文件`);
    if (code === 'EISDIR') throw foreign(path);
    if (code === 'EACCES')
      throw new Refusal('backup-unreadable', `${path}：无权读取，请检查文件的属主和权限`);
    throw error;
  }
}

function openZip(path: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true } as const;
    yauzl.open(path, options, (error, zip) => (error ? reject(cutShort(path, error)) : resolve(zip)));
  });
}

function directoryOf(zip: yauzl.ZipFile, path: string): Promise<Map<string, yauzl.Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, yauzl.Entry>();
    zip.on('error', (error) => reject(damaged(path, '目录', error)));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

function contentOf(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> {
  return new Promise((resolve) => {
    zip.openReadStream(entry, (error, content) => {
      // Told through the stream, where every other fault of a part shows as well.
      resolve(error ? new Readable({ read: () => {}, construct: (done) => done(error) }) : content);
    });
  });
}

async function readManifest(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry | undefined,
  sha256: string,
  path: string,
): Promise<Manifest> {
  if (!entry || entry.uncompressedSize > MANIFEST_BYTES) throw damaged(path, MANIFEST);
  try {
    const measure = new Measure();
    const content = await contentOf(zip, entry);
    content.on('error', (error) => measure.destroy(error));
    const text = await buffer(content.pipe(measure));
    if (measure.sha256 !== sha256) throw damaged(path, MANIFEST);
    return manifestShape.parse(JSON.parse(text.toString('utf8')));
  } catch (error) {
    throw error instanceof Refusal ? error : damaged(path, MANIFEST, error);
  }
}

const foreign = (path: string) =>
  new Refusal('backup-foreign', `${path}：不是 gongkai backup 写出的备份文件`);

function cutShort(path: string, cause: Error): Refusal {
  const refusal = new Refusal(
    'backup-damaged',
    `${path}：备份文件不完整（可能复制中断），请换一份完好的备份`,
  );
  return Object.assign(refusal, { cause });
}

function damaged(path: string, where: string, cause?: unknown): Refusal {
  const refusal = new Refusal('backup-damaged', `${path}：备份文件已损坏（${where}），请换一份完好的备份`);
  return Object.assign(refusal, { cause });
}
