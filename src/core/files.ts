import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, mkdirSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { NotFound, Refusal } from './refusal.ts';
import { fileSystemFault } from './setup-fault.ts';

export interface StoredFile {
  /** Addresses the content; equal content is kept once. Hexadecimal. */
  sha256: string;
  /** The same content's digest by the national standard GM/T 0004. Hexadecimal. */
  sm3: string;
  bytes: number;
}

export interface FileStore {
  /**
   * Keeps the content; it is safely on disk when this returns, and not there at all when it throws.
   * @throws Refusal `file-too-large` beyond `maxBytes` (default: the installation's limit)
   */
  put(content: Readable | Uint8Array, options?: { maxBytes?: number }): Promise<StoredFile>;
  /** The content, or its bytes from `start` to before `end`; `bytes` is its whole length. @throws NotFound when no such content is kept */
  stream(
    sha256: string,
    part?: { start?: number; end: number },
  ): Promise<{ content: Readable; bytes: number }>;
  /** @throws NotFound when no such content is kept */
  read(sha256: string): Promise<Buffer>;
  /** Where the content lies, for readers in other threads; nothing may be written there. @throws NotFound as above */
  locate(sha256: string): Promise<string>;
  /** Takes content away for good; nothing happens when it is gone already. Only for content that nothing else names. */
  remove(sha256: string): Promise<void>;
  /** Every digest kept, in order; for backup and verification. */
  list(): AsyncGenerator<string>;
}

const ABANDONED_AFTER_MS = 24 * 3600 * 1000;

/** Files by their content under `dir` (`ab/abcd…`), each written whole or not at all. */
export function openFiles(dir: string, limits: { maxBytes: number }): FileStore {
  const arriving = join(dir, 'arriving');
  try {
    mkdirSync(arriving, { recursive: true });
  } catch (error) {
    throw fileSystemFault(error, dir);
  }
  void sweep(arriving);

  const pathOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new NotFound('没有找到这个文件');
    return join(dir, sha256.slice(0, 2), sha256);
  };

  return {
    async put(content, { maxBytes = limits.maxBytes } = {}) {
      const half = join(arriving, randomBytes(12).toString('hex'));
      try {
        const file = await write(half, content, maxBytes);
        await settle(half, pathOf(file.sha256));
        return file;
      } catch (error) {
        await rm(half, { force: true });
        throw fileSystemFault(error, dir);
      }
    },
    async stream(sha256, part) {
      const path = pathOf(sha256);
      const { size } = await stat(path).catch(absent);
      return {
        content: createReadStream(path, {
          start: part?.start ?? 0,
          end: (part?.end ?? Number.POSITIVE_INFINITY) - 1,
        }),
        bytes: size,
      };
    },
    read: async (sha256) => readFile(pathOf(sha256)).catch(absent),
    async locate(sha256) {
      const path = pathOf(sha256);
      await stat(path).catch(absent);
      return path;
    },
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
    async *list() {
      for (const shelf of (await readdir(dir)).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort()) {
        yield* (await readdir(join(dir, shelf))).sort();
      }
    },
  };
}

async function write(path: string, content: Readable | Uint8Array, maxBytes: number): Promise<StoredFile> {
  const sha256 = createHash('sha256');
  const sm3 = createHash('sm3');
  let bytes = 0;
  const file = await open(path, 'wx', 0o640);
  try {
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      const part = Buffer.from(chunk as Uint8Array);
      bytes += part.length;
      if (bytes > maxBytes) throw fileTooLarge(maxBytes);
      sha256.update(part);
      sm3.update(part);
      await writeWhole(file, part);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: sha256.digest('hex'), sm3: sm3.digest('hex'), bytes };
}

async function writeWhole(file: FileHandle, part: Buffer): Promise<void> {
  for (let written = 0; written < part.length; ) {
    written += (await file.write(part, written)).bytesWritten;
  }
}

async function settle(half: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await rename(half, path);
  // The name must outlive a power failure as the content does. Windows cannot open folders.
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path));
  await folder.sync().finally(() => folder.close());
}

/** Uploads that a crash cut short. */
async function sweep(arriving: string): Promise<void> {
  for (const name of await readdir(arriving).catch(() => [])) {
    const path = join(arriving, name);
    const found = await stat(path).catch(() => null);
    if (found && Date.now() - found.mtimeMs > ABANDONED_AFTER_MS) await rm(path, { force: true });
  }
}

/** Content beyond a limit, in words. */
export function fileTooLarge(maxBytes: number): Refusal {
  const limit = maxBytes >= 1024 * 1024 ? `${Math.floor(maxBytes / 1024 / 1024)} MB` : `${maxBytes} 字节`;
  return new Refusal('file-too-large', `文件超过 ${limit} 的上限，请压缩或拆分后再上传`, { status: 413 });
}

function absent(error: unknown): never {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new NotFound('没有找到这个文件');
  throw error;
}
