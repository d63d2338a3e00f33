import type { LetterText } from '../letter-text.ts';
import type { Fact } from './paired-facts.ts';

/** A letter as it is laid out: the text, and what proves where it came from (null for drafts). */
export interface PrintableLetter extends Omit<LetterText, 'issuedOn'> {
  /** Civil date, `YYYY-MM-DD`. */
  issuedOn: string;
  number: string | null;
  /** Its paragraphs are the rows of a table: label, colon, value (送达回证). */
  tabular: boolean;
  proof: { code: string; address: string; digest: string; salt: string } | null;
}

/** A form or a list on paper: blocks one under another. Text may hold line ends where it is a value. */
export interface Sheet {
  agency: string;
  title: string;
  /** Civil date the file is stamped with. */
  on: string;
  /** At the foot of every page. */
  foot: string;
  blocks: SheetBlock[];
  /** Wide lists lie across the page. */
  landscape?: boolean;
}

export type SheetBlock = { heading?: string } & (
  | { kind: 'facts'; rows: Fact[] }
  | { kind: 'list'; columns: string[]; widths: number[]; rows: string[][]; empty: string }
  | { kind: 'text'; paragraphs: string[] }
  | { kind: 'code'; address: string; alt: string; large: string; paragraphs: string[] }
  | { kind: 'signature'; places: string[] }
);

/** The rows of a tabular letter. */
export function rowsOf({ tabular, paragraphs }: PrintableLetter): { label: string; value: string }[] {
  if (!tabular) return [];
  return paragraphs.map((paragraph) => {
    const [, label = '', value = ''] = /^([^：]{1,30})：(.*)$/su.exec(paragraph) ?? ['', '', paragraph];
    return { label, value };
  });
}
