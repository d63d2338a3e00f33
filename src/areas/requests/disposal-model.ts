export const disposalStates = {
  proposed: { label: '待批准', tone: 'warning' },
  approved: { label: '销毁中', tone: 'info' },
  refused: { label: '未批准', tone: 'neutral' },
  withdrawn: { label: '已撤回', tone: 'neutral' },
  done: { label: '已销毁', tone: 'success' },
} as const;
export type DisposalState = keyof typeof disposalStates;

/** One list of forms proposed for disposal. Dates are ISO text. */
export interface Disposal {
  id: number;
  /** Time of keeping when it was proposed, and the last day of closing that it reaches. */
  years: number;
  closedUntil: string;
  state: DisposalState;
  /** Forms proposed, disposed of, and left out in the end. */
  forms: number;
  disposed: number;
  spared: number;
  proposedBy: number;
  proposedByName: string;
  proposedAt: Date;
  decidedByName: string | null;
  decidedAt: Date | null;
  reason: string;
  doneAt: Date | null;
}

/** A form as lists of disposal show it: nothing personal. */
export interface DueForm {
  id: number;
  number: string;
  submittedOn: string;
  /** Day its last part, and the last dispute about it, came to an end. */
  closedOn: string;
  /** Its requests, in order. */
  parts: readonly { id: number; title: string; resultCode: string | null }[];
}

export interface HeldForm extends DueForm {
  reason: string;
  heldBy: string;
  heldAt: Date;
}
