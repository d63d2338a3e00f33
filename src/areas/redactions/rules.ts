import { InvalidForm, Refusal } from '../../core/refusal.ts';
import type { Box, PageSize, Rect } from './engine/index.ts';
import type { JobState } from './model.ts';

/** Smaller is a slip of the mouse. In points. */
const SMALLEST = 2;
/** A box is on the line of a character when it covers this share of its height, and touches it by this share of its width. */
const ON_LINE = 0.4;
const TOUCHED = 0.2;

/** @throws Refusal, saying what stands in the way of changing the boxes */
export function demandDraft(state: JobState): void {
  if (state === 'draft') return;
  const why = {
    exporting: '正在导出，暂时不能修改。可以先取消导出。',
    exported: '已经导出。要修改的，请先点“继续修改”。',
    discarded: '原件已经销毁，不能再处理。',
  }[state];
  throw new Refusal(`redaction-${state}`, why);
}

/** @throws Refusal when somebody acted since the page was drawn */
export function demandVersion(job: { version: number }, seen: number): void {
  if (job.version === seen) return;
  throw new Refusal(
    'redaction-changed-meanwhile',
    '在您打开页面之后，这份文件的遮盖有变动。您的操作没有执行，请刷新页面查看后再办理。',
  );
}

/**
 * A box as it was drawn or typed, cut to its page.
 * @throws InvalidForm
 */
export function readBox(pages: readonly PageSize[], given: Box): Box {
  const page = pages[given.page - 1];
  if (!page) throw new InvalidForm({ page: `请填写 1 到 ${pages.length} 之间的页码。` });
  const { x, y, w, h } = given;
  if (![x, y, w, h].every(Number.isFinite)) throw new InvalidForm({ x: '请填写数字。' });
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  const [right, bottom] = [Math.min(page.width, x + w), Math.min(page.height, y + h)];
  if (right - left < SMALLEST || bottom - top < SMALLEST) {
    throw new InvalidForm({
      w: `遮盖框太小或在页面之外。这一页宽 ${Math.round(page.width)} 点、高 ${Math.round(page.height)} 点。`,
    });
  }
  return { page: given.page, x: round(left), y: round(top), w: round(right - left), h: round(bottom - top) };
}

/** Grown over every character that the box touches, so that none is left half legible. */
export function wholeCharacters<B extends Rect>(box: B, characters: readonly Rect[]): B {
  const touched = characters.filter((character) => {
    const [w, h] = shared(box, character);
    return h > ON_LINE * character.h && w > TOUCHED * character.w;
  });
  if (touched.length === 0) return box;
  const left = Math.min(box.x, ...touched.map(({ x }) => x));
  const top = Math.min(box.y, ...touched.map(({ y }) => y));
  const right = Math.max(box.x + box.w, ...touched.map(({ x, w }) => x + w));
  const bottom = Math.max(box.y + box.h, ...touched.map(({ y, h }) => y + h));
  return { ...box, x: round(left), y: round(top), w: round(right - left), h: round(bottom - top) };
}

/** Places that no box covers. A box that covers all but a sliver covers it. */
export function uncovered<B extends Box>(places: readonly B[], boxes: readonly Box[]): B[] {
  return places.filter(
    (place) =>
      !boxes.some((box) => box.page === place.page && overlap(box, place) >= 0.9 * place.w * place.h),
  );
}

function overlap(a: Rect, b: Rect): number {
  const [w, h] = shared(a, b);
  return w > 0 && h > 0 ? w * h : 0;
}

/** Width and height of what two rectangles have in common; negative where they are apart. */
const shared = (a: Rect, b: Rect): [w: number, h: number] => [
  Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x),
  Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y),
];

const round = (value: number) => Math.round(value * 100) / 100;
