/** The verdict on a number: its normal form, what is wrong (Chinese, null when nothing is), and its parts when valid. */
export interface Checked<Parts = unknown> {
  value: string;
  valid: boolean;
  problem: string | null;
  parts: Parts | null;
}

export function sound<Parts>(value: string, parts: Parts): Checked<Parts> {
  return { value, valid: true, problem: null, parts };
}

export function faulty<Parts>(value: string, problem: string): Checked<Parts> {
  return { value, valid: false, problem, parts: null };
}

/** Full-width letters, digits and signs become plain ones; spaces go. */
export function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, '');
}
