import type { Discovery, OpenedFile } from '../finding.ts';
import { refused } from '../limits.ts';
import { exifDiscoveries } from './exif.ts';

const NEEDED = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);

interface Chunk {
  type: string;
  bytes: Uint8Array;
  payload: Uint8Array;
}

/** Takes a WebP apart. @throws UnreadableFile `damaged` */
export function openWebp(bytes: Uint8Array): OpenedFile {
  const { chunks, rest } = chunksOf(bytes);
  const gone = new Set<Chunk>();
  const changed = new Map<Chunk, Uint8Array>();
  let trailing: Uint8Array = rest;
  const discoveries: Discovery[] = [];
  for (const [index, chunk] of chunks.entries()) {
    const bare = bareFrame(chunk);
    if (bare !== null) {
      const mend = () => void changed.set(chunk, bare);
      discoveries.push({ kind: 'image-private', at: `image-frame-${index}`, place: '图片', mend });
    }
    if (NEEDED.has(chunk.type)) continue;
    const mend = () => void gone.add(chunk);
    const at = `image-${chunk.type.trim()}`;
    if (chunk.type === 'EXIF') {
      const skip = Buffer.from(chunk.payload.subarray(0, 4)).toString('latin1') === 'Exif' ? 6 : 0;
      discoveries.push(...exifDiscoveries(chunk.payload.subarray(skip), at, mend).discoveries);
    } else if (chunk.type === 'XMP ') {
      discoveries.push({ kind: 'image-metadata', at, place: '图片', evidence: ['XMP'], mend });
    } else discoveries.push({ kind: 'image-private', at, place: '图片', mend });
  }
  if (rest.length > 0) {
    discoveries.push({
      kind: 'trailing-data',
      at: 'end',
      place: '图片',
      evidence: [`${rest.length} 字节`],
      mend: () => {
        trailing = new Uint8Array();
      },
    });
  }
  return {
    extensions: ['webp'],
    discoveries,
    save: async () => {
      const kept = chunks
        .filter((chunk) => !gone.has(chunk))
        .map((chunk) => changed.get(chunk) ?? withoutFlags(chunk, gone));
      const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...kept]);
      const head = Buffer.from('RIFF\0\0\0\0', 'latin1');
      head.writeUInt32LE(body.length, 4);
      return Buffer.concat([head, body, trailing]);
    },
  };
}

/** The head says which metadata follow. */
function withoutFlags(chunk: Chunk, gone: ReadonlySet<Chunk>): Uint8Array {
  if (chunk.type !== 'VP8X') return chunk.bytes;
  const copy = Buffer.from(chunk.bytes);
  const types = [...gone].map(({ type }) => type);
  if (types.includes('EXIF')) copy[8] = (copy[8] ?? 0) & ~0x08;
  if (types.includes('XMP ')) copy[8] = (copy[8] ?? 0) & ~0x04;
  return copy;
}

function chunksOf(bytes: Uint8Array): { chunks: Chunk[]; rest: Uint8Array } {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.length >= 12 ? view.readUInt32LE(4) + 8 : 0;
  // Some programs count a padding byte at the end that they do not write.
  if (size < 12 || size > view.length + 1) throw damaged();
  const end = Math.min(size, view.length);
  const chunks = partsOf(bytes, 12, end);
  if (!chunks.some(({ type }) => PICTURES.has(type))) throw damaged();
  return { chunks, rest: bytes.subarray(end) };
}

const PICTURES = new Set(['VP8 ', 'VP8L', 'ANMF']);

/** Parts that fill a stretch without remnant. @throws UnreadableFile `damaged` */
function partsOf(bytes: Uint8Array, from: number, to: number): Chunk[] {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = from; at < to; ) {
    const length = at + 8 <= to ? view.readUInt32LE(at + 4) : to;
    if (at + 8 + length > to) throw damaged();
    const end = Math.min(at + 8 + length + (length % 2), to);
    chunks.push({
      type: view.toString('latin1', at, at + 4),
      bytes: bytes.subarray(at, end),
      payload: bytes.subarray(at + 8, at + 8 + length),
    });
    at = end;
  }
  return chunks;
}

/** Where a frame of an animation stands and how long it is shown. */
const FRAME_HEAD = 16;
const IN_FRAME = new Set(['VP8 ', 'VP8L', 'ALPH']);

/** The frame without what is no picture of it; null where there is nothing else. @throws UnreadableFile `damaged` */
function bareFrame({ type, payload }: Chunk): Uint8Array | null {
  if (type !== 'ANMF') return null;
  if (payload.length < FRAME_HEAD) throw damaged();
  const parts = partsOf(payload, FRAME_HEAD, payload.length);
  const needed = parts.filter((part) => IN_FRAME.has(part.type));
  if (needed.length === parts.length) return null;
  const body = Buffer.concat([payload.subarray(0, FRAME_HEAD), ...needed.map(({ bytes }) => bytes)]);
  const head = Buffer.from('ANMF\0\0\0\0', 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

function damaged(): Error {
  return refused('damaged', '图片已损坏或不完整，无法检查，不能发出。请重新导出后再试。');
}
