import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type Matrix, point, type Rule, type Rules } from './geometry.ts';

/** A rule thicker than this is a bar or a shaded cell. */
const THICKEST = 3;
const SHORTEST = 4;
/** Rules as far apart as this are one: double lines, corners that do not quite meet. */
const NEAR = 2.5;
/** More than any table has; what has more is a drawing. */
const MAX_RULES = 20_000;
const MAX_MERGED = 1500;

const STROKES = new Set([OPS.stroke, OPS.closeStroke]);
const FILLS = new Set([OPS.fill, OPS.eoFill]);
const BOTH = new Set([OPS.fillStroke, OPS.eoFillStroke, OPS.closeFillStroke, OPS.closeEOFillStroke]);

/**
 * Adds the straight rules of a path: stroked lines, the sides of stroked rectangles, filled rectangles as thin as a line.
 * `path` holds numbers as pdf.js packs them: 0 move, 1 line, 2 and 3 curves, 4 close, each followed by its points.
 */
export function addPath(found: Rules, path: ArrayLike<number>, operator: number, matrix: Matrix): void {
  if (found.horizontal.length + found.vertical.length >= MAX_RULES) return;
  const stroked = STROKES.has(operator) || BOTH.has(operator);
  const filled = FILLS.has(operator) || BOTH.has(operator);
  if (!stroked && !filled) return;
  let corners: [number, number][] = [];
  let curved = false;
  const finish = () => {
    if (filled && !curved) addBar(found, corners);
    corners = [];
    curved = false;
  };
  for (let at = 0; at < path.length; ) {
    const step = path[at];
    const to = point(matrix, path[at + 1] ?? 0, path[at + 2] ?? 0);
    if (step === 0) {
      finish();
      corners.push(to);
      at += 3;
    } else if (step === 1) {
      if (stroked) addLine(found, corners.at(-1), to);
      corners.push(to);
      at += 3;
    } else if (step === 4) {
      if (stroked) addLine(found, corners.at(-1), corners[0]);
      at += 1;
    } else {
      curved = true;
      at += step === 2 ? 7 : 5;
      corners.push(point(matrix, path[at - 2] ?? 0, path[at - 1] ?? 0));
    }
  }
  finish();
}

function addLine(found: Rules, from: [number, number] | undefined, to: [number, number] | undefined): void {
  if (!from || !to) return;
  const [x1, y1] = from;
  const [x2, y2] = to;
  if (Math.abs(y1 - y2) <= 1 && Math.abs(x1 - x2) >= SHORTEST) {
    found.horizontal.push({ at: (y1 + y2) / 2, from: Math.min(x1, x2), to: Math.max(x1, x2) });
  } else if (Math.abs(x1 - x2) <= 1 && Math.abs(y1 - y2) >= SHORTEST) {
    found.vertical.push({ at: (x1 + x2) / 2, from: Math.min(y1, y2), to: Math.max(y1, y2) });
  }
}

/** A filled rectangle that is as thin as a line. */
function addBar(found: Rules, corners: readonly [number, number][]): void {
  if (corners.length < 4 || corners.length > 6) return;
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const left = Math.min(...xs);
  const right = Math.max(...xs);
  const top = Math.min(...ys);
  const bottom = Math.max(...ys);
  if (bottom - top <= THICKEST && right - left >= SHORTEST) {
    found.horizontal.push({ at: (top + bottom) / 2, from: left, to: right });
  } else if (right - left <= THICKEST && bottom - top >= SHORTEST) {
    found.vertical.push({ at: (left + right) / 2, from: top, to: bottom });
  }
}

export function mergedRules({ horizontal, vertical }: Rules): Rules {
  return { horizontal: merged(horizontal), vertical: merged(vertical) };
}

/** Rules on one line that touch or overlap become one. */
function merged(rules: Rule[]): Rule[] {
  const sorted = rules.sort((a, b) => a.at - b.at);
  const result: Rule[] = [];
  let group: Rule[] = [];
  const flush = () => {
    const at = group.reduce((sum, rule) => sum + rule.at, 0) / group.length;
    let last: Rule | null = null;
    for (const { from, to } of group.sort((a, b) => a.from - b.from)) {
      if (last && from <= last.to + NEAR + 1) last.to = Math.max(last.to, to);
      else {
        last = { at, from, to };
        result.push(last);
      }
    }
    group = [];
  };
  for (const rule of sorted) {
    if (group.length > 0 && rule.at - (group[0] as Rule).at > NEAR) flush();
    group.push(rule);
  }
  if (group.length > 0) flush();
  return result.length > MAX_MERGED ? [] : result;
}
