import type { Discovery, OpenedFile } from '../finding.ts';
import { refused } from '../limits.ts';
import { exifDiscoveries, orientationOnly } from './exif.ts';

interface Segment {
  marker: number;
  /** From the marker to the end of the segment; scans hold their image data. */
  bytes: Uint8Array;
  /** Without marker and length. */
  payload: Uint8Array;
}

const SOS = 0xda;
const EOI = 0xd9;
const COM = 0xfe;

/** Takes a JPEG apart; the image data itself is never touched. @throws UnreadableFile `damaged` */
export function openJpeg(bytes: Uint8Array): OpenedFile {
  const { segments, rest } = segmentsOf(bytes);
  const gone = new Map<Segment, Uint8Array | null>();
  let trailing: Uint8Array = rest;
  const discoveries: Discovery[] = [];
  for (const [index, segment] of segments.entries()) {
    const drop = () => gone.set(segment, null);
    discoveries.push(...ofSegment(segment, `${index}`, drop, (bytes) => gone.set(segment, bytes)));
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
    extensions: ['jpg', 'jpeg', 'jpe', 'jfif'],
    discoveries: merged(discoveries),
    save: async () => {
      const kept = segments.map((segment) => {
        const change = gone.get(segment);
        return change === undefined ? segment.bytes : (change ?? new Uint8Array());
      });
      return Buffer.concat([Buffer.from([0xff, 0xd8]), ...kept, trailing]);
    },
  };
}

/** Several segments of one kind are one finding. */
function merged(discoveries: Discovery[]): Discovery[] {
  const byKind = new Map<string, Discovery[]>();
  for (const discovery of discoveries) {
    byKind.set(discovery.kind, [...(byKind.get(discovery.kind) ?? []), discovery]);
  }
  return [...byKind.values()].map((group) => ({
    ...(group[0] as Discovery),
    at: 'image',
    count: group.length,
    evidence: [...new Set(group.flatMap(({ evidence }) => evidence ?? []))].slice(0, 5),
    mend: () => {
      for (const { mend } of group) void mend?.();
    },
  }));
}

function ofSegment(
  { marker, payload }: Segment,
  at: string,
  drop: () => void,
  replace: (bytes: Uint8Array) => void,
): Discovery[] {
  const starts = (text: string) => Buffer.from(payload.subarray(0, text.length)).toString('latin1') === text;
  const plain = { at, place: '图片', mend: drop };
  if (marker === COM) {
    return payload.length > 0 ? [{ ...plain, kind: 'image-text', evidence: [`${payload.length} 字节`] }] : [];
  }
  if (marker === 0xe0) {
    if (!starts('JFIF\0')) return [{ ...plain, kind: 'image-thumbnail' }];
    const hasThumbnail = (payload[12] ?? 0) > 0 && (payload[13] ?? 0) > 0;
    const bare = Buffer.from([0xff, 0xe0, 0, 16, ...payload.subarray(0, 12), 0, 0]);
    return hasThumbnail || payload.length > 14
      ? [{ ...plain, kind: 'image-thumbnail', mend: () => replace(bare) }]
      : [];
  }
  if (marker === 0xe1 && starts('Exif\0\0')) {
    const { facts, discoveries } = exifDiscoveries(payload.subarray(6), at, () =>
      facts.orientation > 1 && facts.orientation <= 8 ? replace(exifSegment(facts.orientation)) : drop(),
    );
    return discoveries;
  }
  if (marker === 0xe1) return [{ ...plain, kind: 'image-metadata', evidence: ['XMP'] }];
  if (marker === 0xed) return [{ ...plain, kind: 'image-metadata', evidence: ['IPTC'] }];
  if (marker === 0xe2) {
    if (starts('ICC_PROFILE\0')) return [];
    return [{ ...plain, kind: 'image-private', evidence: [starts('MPF\0') ? '附带的其他画面' : 'APP2'] }];
  }
  // The colour transform of Adobe: without it the colours would change.
  if (marker === 0xee && starts('Adobe')) {
    const length = 12;
    return payload.length > length
      ? [
          {
            ...plain,
            kind: 'image-private',
            mend: () => replace(Buffer.from([0xff, 0xee, 0, length + 2, ...payload.subarray(0, length)])),
          },
        ]
      : [];
  }
  if (marker >= 0xe3 && marker <= 0xef) {
    return [{ ...plain, kind: 'image-private', evidence: [`APP${marker - 0xe0}`] }];
  }
  return [];
}

function exifSegment(orientation: number): Uint8Array {
  const block = orientationOnly(orientation);
  const length = block.length + 8;
  return Buffer.concat([
    Buffer.from([0xff, 0xe1, length >> 8, length & 255]),
    Buffer.from('Exif\0\0', 'latin1'),
    block,
  ]);
}

function segmentsOf(bytes: Uint8Array): { segments: Segment[]; rest: Uint8Array } {
  const segments: Segment[] = [];
  for (let at = 2; ; ) {
    // Markers may be filled up with FF.
    let marker = at;
    while (bytes[marker] === 0xff && bytes[marker + 1] === 0xff) marker += 1;
    if (bytes[marker] !== 0xff || marker + 1 >= bytes.length) throw damaged();
    const code = bytes[marker + 1] as number;
    if (code === EOI) {
      segments.push({ marker: code, bytes: Uint8Array.of(0xff, EOI), payload: new Uint8Array() });
      return { segments, rest: bytes.subarray(marker + 2) };
    }
    if (code === 0x01 || (code >= 0xd0 && code <= 0xd8)) {
      at = marker + 2;
      continue;
    }
    const length = ((bytes[marker + 2] ?? 0) << 8) | (bytes[marker + 3] ?? 0);
    let end = marker + 2 + length;
    if (length < 2 || end > bytes.length) throw damaged();
    const payload = bytes.subarray(marker + 4, end);
    if (code === SOS) end = endOfScan(bytes, end);
    segments.push({ marker: code, bytes: bytes.subarray(marker, end), payload });
    at = end;
  }
}

/** Where the next marker stands that is no restart and no stuffed FF. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (
    let at = bytes.indexOf(0xff, from);
    at >= 0 && at + 1 < bytes.length;
    at = bytes.indexOf(0xff, at + 1)
  ) {
    const next = bytes[at + 1] as number;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw damaged();
}

function damaged(): Error {
  return refused('damaged', '图片已损坏或不完整，无法检查，不能发出。请重新导出后再试。');
}
