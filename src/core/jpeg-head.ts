/** What the head of a JPEG tells of it. */
export interface JpegHead {
  /** As stored, before it is turned. */
  width: number;
  height: number;
  /** 1 grey, 3 colours, 4 inks. */
  components: number;
  /** Written by Adobe, whose inks are stored inverted. */
  adobe: boolean;
  /** EXIF: 1 to 8; 1 where none is told. */
  orientation: number;
}

const EXIF = 'Exif\0\0';

/** Reads the segments before the picture; null when it is no JPEG or has no size. */
export function readJpegHead(bytes: Uint8Array): JpegHead | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (data.length < 4 || data.readUInt16BE(0) !== 0xffd8) return null;
  let orientation = 1;
  let adobe = false;
  for (let at = 2; at + 4 <= data.length; ) {
    if (data[at] !== 0xff) return null;
    const marker = data[at + 1] ?? 0;
    // Filling between segments.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = data.readUInt16BE(at + 2);
    const segment = data.subarray(at + 4, at + 2 + length);
    if (marker === 0xda || length < 2) return null;
    if (marker === 0xe1 && segment.toString('latin1', 0, 6) === EXIF) {
      orientation = exifOrientation(segment.subarray(6));
    }
    if (marker === 0xee && segment.toString('latin1', 0, 5) === 'Adobe') adobe = true;
    if (isFrame(marker)) return frame(segment, orientation, adobe);
    at += 2 + length;
  }
  return null;
}

const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function frame(segment: Buffer, orientation: number, adobe: boolean): JpegHead | null {
  if (segment.length < 6) return null;
  const [height, width, components] = [segment.readUInt16BE(1), segment.readUInt16BE(3), segment[5] ?? 0];
  if (width === 0 || height === 0 || ![1, 3, 4].includes(components)) return null;
  return { width, height, components, adobe, orientation };
}

function exifOrientation(tiff: Buffer): number {
  if (tiff.length < 14) return 1;
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number) => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const start = long(4);
  if (start + 2 > tiff.length) return 1;
  for (let entry = 0; entry < short(start); entry += 1) {
    const at = start + 2 + 12 * entry;
    if (at + 12 > tiff.length) return 1;
    if (short(at) !== 0x0112) continue;
    const value = short(at + 8);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
