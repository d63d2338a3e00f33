import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';

/** A file to be read: on disk (uploads are spooled there) or, when small, in memory. `name` is only for messages. */
export type SheetFile = { name: string; path: string } | { name: string; bytes: Uint8Array };

export async function sizeOf(file: SheetFile): Promise<number> {
  return 'path' in file ? (await stat(file.path)).size : file.bytes.length;
}

/** Up to `length` bytes from `position`. */
export async function bytesAt(file: SheetFile, position: number, length: number): Promise<Buffer> {
  if (!('path' in file)) return Buffer.from(file.bytes.subarray(position, position + length));
  const handle = await open(file.path);
  try {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await handle.read(buffer, 0, length, position);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

export function streamOf(file: SheetFile): Readable {
  if ('path' in file) return createReadStream(file.path, { highWaterMark: 256 * 1024 });
  return Readable.from([Buffer.from(file.bytes)]);
}
