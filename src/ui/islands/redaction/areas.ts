/** A rectangle in points of the page. */
export interface Area {
  x: number;
  y: number;
  w: number;
  h: number;
}

interface Size {
  width: number;
  height: number;
}

interface Point {
  x: number;
  y: number;
}

const SMALLEST = 3;
const STEP = 2;
const STRIDE = 12;

/** From where the pointer went down to where it is, whichever way it was drawn, cut to the page. */
export function drawnArea(from: Point, to: Point, { width, height }: Size): Area {
  const within = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  const [left, right] = [within(Math.min(from.x, to.x), width), within(Math.max(from.x, to.x), width)];
  const [top, bottom] = [within(Math.min(from.y, to.y), height), within(Math.max(from.y, to.y), height)];
  return { x: left, y: top, w: right - left, h: bottom - top };
}

/** Wholly on the page. */
export function clamp(area: Area, { width, height }: Size): Area {
  const w = Math.min(Math.max(area.w, SMALLEST), width);
  const h = Math.min(Math.max(area.h, SMALLEST), height);
  return {
    x: Math.min(Math.max(area.x, 0), width - w),
    y: Math.min(Math.max(area.y, 0), height - h),
    w,
    h,
  };
}

/** Arrows move, with Shift they resize, with Alt in larger steps; null for any other key. */
export function nudged(
  area: Area,
  { key, shiftKey, altKey }: { key: string; shiftKey: boolean; altKey: boolean },
): Area | null {
  const step = altKey ? STRIDE : STEP;
  const ways: Record<string, [number, number]> = {
    ArrowLeft: [-step, 0],
    ArrowRight: [step, 0],
    ArrowUp: [0, -step],
    ArrowDown: [0, step],
  };
  const way = ways[key];
  if (!way) return null;
  const [dx, dy] = way;
  return shiftKey
    ? { ...area, w: Math.max(SMALLEST, area.w + dx), h: Math.max(SMALLEST, area.h + dy) }
    : { ...area, x: area.x + dx, y: area.y + dy };
}
