import type { Discovery, OpenedFile } from '../finding.ts';
import { refused } from '../limits.ts';
import { exifDiscoveries } from './exif.ts';

/** What a reader needs to show the picture as it is, animations included. */
const NEEDED = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT oFFs sCAL sTER acTL fcTL fdAT'.split(
    ' ',
  ),
);

interface Chunk {
  type: string;
  bytes: Uint8Array;
  payload: Uint8Array;
}

/** Takes a PNG apart; image data is never touched. @throws UnreadableFile `damaged` */
export function openPng(bytes: Uint8Array): OpenedFile {
  const { chunks, rest } = chunksOf(bytes);
  const gone = new Set<Chunk>();
  let trailing: Uint8Array = rest;
  const kinds = new Map<Discovery['kind'], { chunks: Chunk[]; evidence: Set<string> }>();
  const tell = (kind: Discovery['kind'], chunk: Chunk, evidence: readonly string[]) => {
    const entry = kinds.get(kind) ?? { chunks: [], evidence: new Set<string>() };
    entry.chunks.push(chunk);
    for (const piece of evidence) entry.evidence.add(piece);
    kinds.set(kind, entry);
  };
  for (const chunk of chunks) {
    if (NEEDED.has(chunk.type)) continue;
    if (/^(tEXt|zTXt|iTXt)$/.test(chunk.type)) {
      const keyword = Buffer.from(chunk.payload.subarray(0, 79)).toString('latin1').split('\0')[0] ?? '';
      const metadata = /xmp|exif|iptc|raw profile/i.test(keyword);
      const name = /^[A-Za-z :.]{1,40}$/.test(keyword) ? keyword : chunk.type;
      tell(metadata ? 'image-metadata' : 'image-text', chunk, [name]);
    } else if (chunk.type === 'eXIf') {
      for (const { kind, evidence } of exifDiscoveries(chunk.payload, '', () => {}).discoveries) {
        tell(kind, chunk, evidence);
      }
    } else if (chunk.type === 'tIME') tell('camera-data', chunk, ['修改时间']);
    else tell('image-private', chunk, [/^[A-Za-z]{4}$/.test(chunk.type) ? chunk.type : '']);
  }
  const discoveries: Discovery[] = [...kinds].map(([kind, found]) => ({
    kind,
    at: 'image',
    place: '图片',
    count: found.chunks.length,
    evidence: [...found.evidence].slice(0, 5),
    mend: () => {
      for (const chunk of found.chunks) gone.add(chunk);
    },
  }));
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
    extensions: ['png', 'apng'],
    discoveries,
    save: async () =>
      Buffer.concat([
        bytes.subarray(0, 8),
        ...chunks.filter((chunk) => !gone.has(chunk)).map((chunk) => chunk.bytes),
        trailing,
      ]),
  };
}

function chunksOf(bytes: Uint8Array): { chunks: Chunk[]; rest: Uint8Array } {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 8; at + 12 <= view.length; ) {
    const length = view.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > view.length) break;
    const type = view.toString('latin1', at + 4, at + 8);
    chunks.push({ type, bytes: bytes.subarray(at, end), payload: bytes.subarray(at + 8, end - 4) });
    if (type === 'IEND') return { chunks, rest: bytes.subarray(end) };
    at = end;
  }
  throw refused('damaged', '图片已损坏或不完整，无法检查，不能发出。请重新导出后再试。');
}
