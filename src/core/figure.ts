import type { Db } from './db.ts';

/** The period a figure is asked for; both ends are civil dates and inclusive. A stock figure looks at `to` only. */
export interface FigureScope {
  agencyId: number;
  from: string;
  to: string;
}

/**
 * What a figure counts: `records` rows stand behind it. `quantity` is null when there are none (blank is never 0), unless
 * the area keeps every such record and knows that there was none.
 */
export interface FigureCount {
  records: number;
  quantity: number | null;
}

/** One record behind a figure, as the evidence drawer lists it. */
export interface EvidenceRecord {
  /** e.g. `meeting`, `return-line`; with `id` it addresses the record within the agency. */
  kind: string;
  id: number;
  title: string;
  /** The date that puts the record into the period. */
  on: string;
  quantity: number;
  /** What the unit noted beside it; for the house only, the public sees the title. */
  note?: string;
  /** The unit answerable for it, if any. */
  unitName: string | null;
  /** Where the workbench shows the record. */
  href: string;
}

export interface EvidencePage {
  records: EvidenceRecord[];
  /** Pass to the next call; null on the last page. */
  next: string | null;
}

/**
 * A figure answers two questions for (agency, period): how many, and which records.
 * An area whose records are not yet kept in the system declares its figures without queries (`source: 'returns'`);
 * they are then fed by reviewed returns alone, and the pages say so.
 */
export interface Figure {
  /** Stable, dotted: `<area>.<thing>`, e.g. `registers.meetings`. */
  code: string;
  /** Chinese wording for people. */
  label: string;
  unit: string;
  /** A flow is summed over the period; a stock is the state on its last day. */
  kind: 'flow' | 'stock';
  /** The room that owns it, e.g. `registers`. */
  area: string;
  /** `amount` allows decimals (万元); `count` is a whole number. */
  measure: 'count' | 'amount';
  /** True where a negative number is a legitimate value, e.g. 本年增/减. */
  signed?: true;
  /**
   * `records`: counted from the area's records only. `returns`: reported by units only.
   * `both`: records of the area plus accepted returns.
   */
  source: 'records' | 'returns' | 'both';
  /** Its area keeps no records of its own yet; until it does, accepted returns alone feed the figure. */
  awaitsArea?: boolean;
  /** Ledger subject kinds whose acts can change the figure. */
  subjects?: readonly string[];
  count?(db: Db, scope: FigureScope): Promise<FigureCount>;
  evidence?(db: Db, scope: FigureScope, page: { after: string | null; limit: number }): Promise<EvidencePage>;
}
