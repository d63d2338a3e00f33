/** An issue as it is laid out. */
export interface PrintableIssue {
  /** Name of the gazette, red on the cover. */
  title: string;
  /** `2018年第3期`, `总第15号`; for a draft `（尚未编号）`. */
  numberLine: string;
  totalLine: string;
  /** Civil date the file is stamped with, and as it is printed. */
  on: string;
  dateText: string;
  host: string;
  editor: string;
  /** Told at the foot of the cover of a demonstration. */
  note: string;
  draft: boolean;
  sections: readonly { name: string; documents: readonly PrintableDocument[] }[];
}

export interface PrintableDocument {
  title: string;
  documentNumber: string;
  issuingBody: string;
  formedOn: string | null;
  /** Sanitised HTML; pictures as `/files/items/<item>/<digest>`. */
  body: string;
  plain: string;
}

/** A picture of a body, by its digest. */
export type Pictures = ReadonlyMap<string, { type: string; bytes: Uint8Array }>;

export interface PrintOrder {
  issue: PrintableIssue;
  pictures: Pictures;
}
