import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { IDENTITY, type Matrix, multiply, point, type Rule, type Rules } from './geometry.ts';

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

interface Operators {
  fnArray: readonly number[];
  argsArray: readonly unknown[];
}

export interface Drawn {
  rules: Rules;
  /** Whether something is painted that may be a picture. */
  hasPicture: boolean;
}

/** The straight rules that the page draws, as stroked lines, stroked rectangles or thin filled ones. */
export function drawnRules({ fnArray, argsArray }: Operators, page: Matrix): Drawn {
  const found: Rules = { horizontal: [], vertical: [] };
  const saved: Matrix[] = [];
  let matrix: Matrix = IDENTITY;
  let hasPicture = false;
  for (let index = 0; index < fnArray.length; index++) {
    const args = argsArray[index] as readonly unknown[] | null;
    switch (fnArray[index]) {
      case OPS.save:
        if (saved.length < 1000) saved.push(matrix);
        break;
      case OPS.restore:
        matrix = saved.pop() ?? matrix;
        break;
      case OPS.transform: {
        const inner = args as unknown as Matrix;
        // A picture fills the unit square, blown up to its size.
        if (Math.abs(inner[0] * inner[3] - inner[1] * inner[2]) > 2500) hasPicture = true;
        matrix = multiply(matrix, inner);
        break;
      }
      case OPS.paintFormXObjectBegin:
        if (saved.length < 1000) saved.push(matrix);
        if (Array.isArray(args?.[0])) matrix = multiply(matrix, args[0] as unknown as Matrix);
        break;
      case OPS.paintFormXObjectEnd:
        matrix = saved.pop() ?? matrix;
        break;
      case OPS.constructPath: {
        const operator = args?.[0] as number;
        const path = (args?.[1] as readonly (ArrayLike<number> | null)[] | undefined)?.[0];
        if (path && found.horizontal.length + found.vertical.length < MAX_RULES) {
          addPath(found, path, operator, multiply(page, matrix));
        }
      }
    }
  }
  return { rules: { horizontal: merged(found.horizontal), vertical: merged(found.vertical) }, hasPicture };
}

function addPath(found: Rules, path: ArrayLike<number>, operator: number, matrix: Matrix): void {
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
