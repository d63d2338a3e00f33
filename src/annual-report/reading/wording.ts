const HAN = /\p{Script=Han}/u;

/** One way of writing: full-width letters, digits and brackets become plain, white space goes, quotation marks are one kind. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u200b\ufeff\u00ad]+/gu, '')
    .replace(/[“”„‟"＂「」『』]/gu, '"')
    .replace(/[○〇Ｏ]/gu, '〇');
}

export function hasHan(text: string): boolean {
  return HAN.test(text);
}

/** Only the Han characters of a wording, without the number it starts with: `（三）1.属于国家秘密` → `属于国家秘密`. */
export function wordingKey(text: string): string {
  const bare = plain(text).replace(
    /^(?:其中[:：,，]?|[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|\(?\d{1,2}[.、)](?!\d))+/u,
    '',
  );
  return (bare.match(/\p{Script=Han}/gu) ?? []).join('');
}

/**
 * How well a printed label, by its key, says an official wording, by its key: 1 the same, above 0.5 likely, 0 nothing in
 * common. A label may drag the end of the heading above along, or have lost its own end to the next line.
 */
export function likeness(printed: string, official: string): number {
  if (printed === '' || official === '') return 0;
  if (printed === official) return 1;
  if (printed.endsWith(official)) return official.length >= 3 || printed.length <= 6 ? 0.97 : 0.6;
  if (official.length >= 5 && printed.includes(official)) return 0.9;
  if (printed.length >= 4 && official.includes(printed))
    return 0.6 + (0.3 * printed.length) / official.length;
  const tail = printed.slice(-(official.length + 6));
  const shortened =
    printed.length >= 4 && isShortened(printed, official)
      ? 0.6 + (0.1 * printed.length) / official.length
      : 0;
  return Math.max(dice(printed, official), dice(tail, official), shortened);
}

/** Whether a label leaves out words of the official one and says nothing else: 本年新收申请 for 本年新收政府信息公开申请数量. */
function isShortened(printed: string, official: string): boolean {
  let at = 0;
  for (const char of printed) {
    at = official.indexOf(char, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** Share of character pairs that two texts have in common, 0 to 1. */
function dice(one: string, other: string): number {
  const left = pairs(one);
  const right = pairs(other);
  const total = sizeOf(left) + sizeOf(right);
  if (total === 0) return 0;
  let common = 0;
  for (const [pair, count] of left) common += Math.min(count, right.get(pair) ?? 0);
  return (2 * common) / total;
}

const known = new Map<string, ReadonlyMap<string, number>>();
const REMEMBERED = 5000;

function pairs(text: string): ReadonlyMap<string, number> {
  const remembered = known.get(text);
  if (remembered) return remembered;
  const found = new Map<string, number>();
  for (let at = 0; at + 1 < text.length; at++) {
    const pair = text.slice(at, at + 2);
    found.set(pair, (found.get(pair) ?? 0) + 1);
  }
  if (known.size >= REMEMBERED) known.clear();
  known.set(text, found);
  return found;
}

function sizeOf(found: ReadonlyMap<string, number>): number {
  let size = 0;
  for (const count of found.values()) size += count;
  return size;
}
