import { type Citation, cite } from './statutes.ts';

/** One step of a decision in plain Chinese, with the article it rests on (null where it is arithmetic or practice). */
export interface Reason {
  text: string;
  article: string | null;
}

export function reason(text: string, citation?: Citation): Reason {
  return { text, article: citation ? cite(citation) : null };
}
