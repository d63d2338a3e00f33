import { PNG } from 'pngjs';
import { type JpegHead, readJpegHead } from '../../../core/jpeg-head.ts';
import { UnreadableFile } from '../../../core/spreadsheet/index.ts';
import { type PdfPicture, pdfPicture } from './encode.ts';
import { damaged, redactionLimits } from './limits.ts';
import type { Pixels } from './model.ts';
import type { PicturePage } from './picture-pdf.ts';

/** The long side of A4, in points: a photograph fills one page. */
const LONG_SIDE = 842;

/** @throws UnreadableFile `damaged` or `too-large` */
export function picturePage(kind: 'jpeg' | 'png', bytes: Uint8Array): PicturePage {
  return kind === 'jpeg' ? jpegPage(bytes) : pngPage(bytes);
}

/** The JPEG as it is; whoever draws the page decodes it, and turns it as its EXIF says. */
function jpegPage(bytes: Uint8Array): PicturePage {
  const head = readJpegHead(bytes);
  if (!head) throw damaged();
  bounded(head.width, head.height);
  const turned = head.orientation >= 5;
  const [width, height] = turned ? [head.height, head.width] : [head.width, head.height];
  return {
    ...paper(width, height),
    picture: {
      width: head.width,
      height: head.height,
      colours: colours(head),
      filter: 'DCTDecode',
      bytes,
      inverted: head.components === 4 && head.adobe,
      orientation: head.orientation,
    },
  };
}

function colours({ components }: JpegHead): PdfPicture['colours'] {
  if (components === 1) return 'DeviceGray';
  return components === 3 ? 'DeviceRGB' : 'DeviceCMYK';
}

function pngPage(bytes: Uint8Array): PicturePage {
  const pixels = decodePng(bytes);
  return { ...paper(pixels.width, pixels.height), picture: pdfPicture(pixels) };
}

/** @throws UnreadableFile */
function decodePng(bytes: Uint8Array): Pixels {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (data.length < 33 || data.toString('latin1', 12, 16) !== 'IHDR') throw damaged();
  bounded(data.readUInt32BE(16), data.readUInt32BE(20));
  try {
    const png = PNG.sync.read(data);
    return { width: png.width, height: png.height, data: onWhite(png.data) };
  } catch {
    // The decoder throws plain errors for every kind of damage.
    throw damaged();
  }
}

function onWhite(data: Buffer): Uint8ClampedArray {
  const out = new Uint8ClampedArray(data.length);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3]! / 255;
    for (let channel = 0; channel < 3; channel += 1) {
      out[at + channel] = data[at + channel]! * alpha + 255 * (1 - alpha);
    }
    out[at + 3] = 255;
  }
  return out;
}

function bounded(width: number, height: number): void {
  if (width === 0 || height === 0) throw damaged();
  if (width * height <= redactionLimits.picturePixels && Math.max(width, height) <= 30_000) return;
  throw new UnreadableFile(
    'too-large',
    `图片为 ${width}×${height} 像素，过大，未接收。请缩小到 ${redactionLimits.picturePixels / 1_000_000} 百万像素以内后重新上传。`,
  );
}

function paper(width: number, height: number): { width: number; height: number } {
  const scale = LONG_SIDE / Math.max(width, height);
  return { width: Math.max(1, width * scale), height: Math.max(1, height * scale) };
}
