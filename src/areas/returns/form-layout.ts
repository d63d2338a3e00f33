import type { Figure } from '../../core/figure.ts';

/**
 * How a return is laid out: figures one below another, or rows by columns where many figures share their words, such as
 * results by kind of applicant.
 */
export type FormPart =
  | { kind: 'list'; area: string; figures: readonly Figure[] }
  | { kind: 'grid'; area: string; title: string; columns: readonly string[]; rows: readonly FormRow[] };

export interface FormRow {
  label: string;
  level: number;
  /** One for each column; empty for a heading. */
  figures: readonly (Figure | null)[];
}

/** Every figure of a form, in its order. */
export function figuresOf(form: readonly FormPart[]): Figure[] {
  return form.flatMap((part) =>
    part.kind === 'list'
      ? part.figures
      : part.rows.flatMap(({ figures }) => figures.filter((figure) => figure !== null)),
  );
}
