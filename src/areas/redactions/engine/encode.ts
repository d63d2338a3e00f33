import { deflateSync } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import type { Pixels } from './model.ts';

/** A picture as a PDF holds it. */
export interface PdfPicture {
  width: number;
  height: number;
  colours: 'DeviceGray' | 'DeviceRGB' | 'DeviceCMYK';
  filter: 'FlateDecode' | 'DCTDecode';
  bytes: Uint8Array;
  /** Inks are stored inverted. */
  inverted?: boolean;
  /** How EXIF says it is to be turned, 1 to 8. */
  orientation?: number;
}

/** A photograph this much smaller as JPEG than without loss is kept as JPEG; pages of text never are. */
const WORTH_LOSS = 0.4;
const QUALITY = 85;

/** Exactly these pixels, or a JPEG of them for photographs and scans. The same pixels give the same bytes. */
export function pdfPicture(pixels: Pixels): PdfPicture {
  const { width, height } = pixels;
  const grey = isGrey(pixels);
  const whole = deflateSync(channels(pixels, grey), { level: 6 });
  const raw = width * height * (grey ? 1 : 3);
  // Text compresses to a few hundredths; only what does not is worth a second try.
  if (whole.length > raw * 0.12) {
    const lossy = jpeg(pixels, QUALITY);
    if (lossy.length < whole.length * WORTH_LOSS) {
      return { width, height, colours: 'DeviceRGB', filter: 'DCTDecode', bytes: lossy };
    }
  }
  return {
    width,
    height,
    colours: grey ? 'DeviceGray' : 'DeviceRGB',
    filter: 'FlateDecode',
    bytes: whole,
  };
}

/** For screens; `quality` from 1 to 100. Three colours, no metadata. */
export function jpeg(pixels: Pixels, quality: number): Uint8Array {
  return canvasOf(pixels).toBuffer('image/jpeg', quality);
}

export function png(pixels: Pixels): Uint8Array {
  return canvasOf(pixels).toBuffer('image/png');
}

/** The canvas only ever draws and encodes: decoding a broken picture in it would end the process. */
function canvasOf({ width, height, data }: Pixels) {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  image.data.set(data);
  context.putImageData(image, 0, 0);
  return canvas;
}

function isGrey({ data }: Pixels): boolean {
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return false;
  }
  return true;
}

function channels({ data }: Pixels, grey: boolean): Buffer {
  const each = grey ? 1 : 3;
  const out = Buffer.allocUnsafe((data.length / 4) * each);
  for (let from = 0, to = 0; from < data.length; from += 4) {
    out[to++] = data[from]!;
    if (grey) continue;
    out[to++] = data[from + 1]!;
    out[to++] = data[from + 2]!;
  }
  return out;
}
