import type { OpenedFile } from '../finding.ts';
import { openGif } from './gif.ts';
import { openJpeg } from './jpeg.ts';
import { openPng } from './png.ts';
import { openWebp } from './webp.ts';

/** Takes a picture apart; null when it is none of those that can be inspected. @throws UnreadableFile `damaged` */
export function openImage(bytes: Uint8Array): OpenedFile | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\u00ff\u00d8\u00ff')) return openJpeg(bytes);
  if (head.startsWith('\u0089PNG\r\n\u001a\n')) return openPng(bytes);
  if (/^GIF8[79]a/.test(head)) return openGif(bytes);
  if (/^RIFF[\s\S]{4}WEBP/.test(head)) return openWebp(bytes);
  return null;
}
