import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { IDENTITY, type Matrix, multiply, type Piece, type Rules } from './geometry.ts';
import { addPath, mergedRules } from './rules.ts';
import { type FontFacts, type Glyph, Writing } from './writing.ts';

export interface Operators {
  fnArray: readonly number[];
  argsArray: readonly unknown[];
}

export interface Drawing {
  pieces: Piece[];
  rules: Rules;
  /** Whether something is painted that may be a picture. */
  hasPicture: boolean;
}

const MAX_SAVED = 1000;

/** What the operators of a page write and rule. `page` turns user space into the page as it is seen, y downwards. */
export function drawingOf(
  { fnArray, argsArray }: Operators,
  page: Matrix,
  fonts: ReadonlyMap<string, FontFacts>,
): Drawing {
  const rules: Rules = { horizontal: [], vertical: [] };
  const writing = new Writing(fonts);
  const saved: { matrix: Matrix; text: ReturnType<Writing['save']> }[] = [];
  let matrix: Matrix = IDENTITY;
  let hasPicture = false;
  const save = () => {
    if (saved.length < MAX_SAVED) saved.push({ matrix, text: writing.save() });
  };
  const restore = () => {
    const state = saved.pop();
    if (!state) return;
    matrix = state.matrix;
    writing.restore(state.text);
  };
  for (let index = 0; index < fnArray.length; index++) {
    const args = (argsArray[index] ?? []) as readonly unknown[];
    const [first, second] = args as readonly number[];
    switch (fnArray[index]) {
      case OPS.save:
        save();
        break;
      case OPS.restore:
      case OPS.paintFormXObjectEnd:
        restore();
        break;
      case OPS.paintFormXObjectBegin:
        save();
        if (args[0]) matrix = multiply(matrix, args[0] as unknown as Matrix);
        break;
      case OPS.transform: {
        const inner = args as unknown as Matrix;
        // A picture fills the unit square, blown up to its size.
        if (Math.abs(inner[0] * inner[3] - inner[1] * inner[2]) > 2500) hasPicture = true;
        matrix = multiply(matrix, inner);
        break;
      }
      case OPS.constructPath: {
        const path = (args[1] as readonly (ArrayLike<number> | null)[] | undefined)?.[0];
        if (path) addPath(rules, path, first as number, multiply(page, matrix));
        break;
      }
      case OPS.beginText:
        writing.begin();
        break;
      case OPS.setTextMatrix:
        writing.begin(args[0] as unknown as Matrix);
        break;
      case OPS.moveText:
        writing.move(first ?? 0, second ?? 0);
        break;
      case OPS.setLeadingMoveText:
        writing.set({ leading: second ?? 0 });
        writing.move(first ?? 0, second ?? 0);
        break;
      case OPS.setLeading:
        writing.set({ leading: -(first ?? 0) });
        break;
      case OPS.nextLine:
        writing.nextLine();
        break;
      case OPS.setFont:
        writing.set({ font: String(args[0]), size: second ?? 0 });
        break;
      case OPS.setCharSpacing:
        writing.set({ characterSpacing: first ?? 0 });
        break;
      case OPS.setWordSpacing:
        writing.set({ wordSpacing: first ?? 0 });
        break;
      case OPS.setHScale:
        writing.set({ scale: (first ?? 100) / 100 });
        break;
      case OPS.setTextRise:
        writing.set({ rise: first ?? 0 });
        break;
      case OPS.showText:
        writing.show(args[0] as readonly (Glyph | number | null)[], multiply(page, matrix));
        break;
    }
  }
  return { pieces: writing.pieces, rules: mergedRules(rules), hasPicture };
}
