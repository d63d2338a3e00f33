import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import { fontFiles } from '../../../annual-report/render/fonts.ts';
import type { GroundedBox, Pixels, Rect } from './model.ts';

/** Of the label on a box, in points. */
const LARGEST = 9;
const SMALLEST = 5;
const INSET = 1.5;
const FAMILY = 'Gongkai Redaction';

let fontReady = false;

/**
 * Overwrites what is under the boxes, then prints the ground of each on it. `scale` is pixels per point. What was there is
 * gone from `pixels` before anything is printed.
 */
export function paintBoxes(pixels: Pixels, boxes: readonly GroundedBox[], scale: number): Pixels {
  const areas = boxes.map((box) => ({ box, area: pixelsOf(box, scale, pixels) }));
  for (const { area } of areas) blacken(pixels, area);
  for (const { box, area } of areas) if (area.w > 0 && area.h > 0) printGround(pixels, box, area, scale);
  return pixels;
}

/** Whole pixels, outwards: one that the box touches is covered. */
function pixelsOf({ x, y, w, h }: Rect, scale: number, { width, height }: Pixels): Rect {
  const left = Math.max(0, Math.floor(x * scale));
  const top = Math.max(0, Math.floor(y * scale));
  const right = Math.min(width, Math.ceil((x + w) * scale));
  const bottom = Math.min(height, Math.ceil((y + h) * scale));
  return { x: left, y: top, w: Math.max(0, right - left), h: Math.max(0, bottom - top) };
}

function blacken({ data, width }: Pixels, { x, y, w, h }: Rect): void {
  for (let row = y; row < y + h; row += 1) {
    for (let at = (row * width + x) * 4; at < (row * width + x + w) * 4; at += 4) {
      data[at] = 0;
      data[at + 1] = 0;
      data[at + 2] = 0;
      data[at + 3] = 255;
    }
  }
}

/** The longest of the ground's names that fits, in white; none in a box where not even a letter does. */
function printGround(pixels: Pixels, { ground }: GroundedBox, area: Rect, scale: number): void {
  loadFont();
  const context = createCanvas(area.w, area.h).getContext('2d');
  const inset = INSET * scale;
  for (const text of [ground.label, ground.article, ground.mark]) {
    const size = Math.min(LARGEST * scale, area.h - inset, fitting(context, text, area.w - 2 * inset));
    if (size < SMALLEST * scale) continue;
    context.fillStyle = '#000';
    context.fillRect(0, 0, area.w, area.h);
    context.font = `${size}px "${FAMILY}"`;
    context.fillStyle = '#fff';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(text, area.w / 2, area.h / 2);
    lay(pixels, context.getImageData(0, 0, area.w, area.h).data, area);
    return;
  }
}

function lay({ data, width }: Pixels, label: Uint8ClampedArray, { x, y, w, h }: Rect): void {
  for (let row = 0; row < h; row += 1) {
    data.set(label.subarray(row * w * 4, (row + 1) * w * 4), ((y + row) * width + x) * 4);
  }
}

/** The size at which the text is as wide as there is room. */
function fitting(context: SKRSContext2D, text: string, room: number): number {
  context.font = `100px "${FAMILY}"`;
  return (room / context.measureText(text).width) * 100;
}

function loadFont(): void {
  if (fontReady) return;
  GlobalFonts.registerFromPath(fontFiles.sansMedium, FAMILY);
  fontReady = true;
}
