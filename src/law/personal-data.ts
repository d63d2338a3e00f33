import type { Temporal } from 'temporal-polyfill';
import { checkCreditCode } from './numbers/credit-code.ts';
import { checkResidentNumber, maskIdentityNumber } from './numbers/resident-number.ts';

/** What a text can tell of a person. */
export type PersonalKind =
  | 'resident-number'
  | 'likely-resident-number'
  | 'mobile-number'
  | 'bank-card'
  | 'passport'
  | 'email'
  | 'address';

/** Something in a text that tells of a person; offsets are those of the text. */
export interface PersonalDatum {
  kind: PersonalKind;
  start: number;
  end: number;
  /** As it is shown. */
  masked: string;
  /** What it becomes when it is cleaned: as many characters as before. Worked out when it is asked for. */
  readonly replacement: string;
  /** Told, but nothing to hold a file back. */
  harmless: boolean;
}

type Judged = Pick<PersonalDatum, 'masked' | 'harmless'> | null;

interface Search {
  kind: PersonalKind;
  pattern: RegExp;
  /** `value` is what matched, without blanks and strokes between its digits. */
  judge(value: string, today: Temporal.PlainDate): Judged;
}

const SPACE = '[ \\u00a0\\u2002-\\u200d\\u00ad\\ufeff-]{0,2}';
/** Provinces, municipalities and regions, as the first two digits of a resident number say. */
const PROVINCES = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;

/** In order of weight: what one search has taken, the next ones leave alone. */
const searches: readonly Search[] = [
  {
    kind: 'resident-number',
    pattern: new RegExp(`(?<!\\d)\\d{6}${SPACE}\\d{4}${SPACE}\\d{4}${SPACE}\\d{3}[\\dXx](?!\\d)`, 'g'),
    judge: (value, today) =>
      PROVINCES.test(value) && checkResidentNumber(value, today).valid
        ? { masked: maskIdentityNumber(value), harmless: false }
        : null,
  },
  {
    // Mistyped by a digit it still tells who is meant.
    kind: 'likely-resident-number',
    pattern: /(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])/g,
    judge: (value) =>
      PROVINCES.test(value) && /^(19|20)/.test(value.slice(6)) && isDay(value.slice(8, 14))
        ? { masked: maskIdentityNumber(value), harmless: false }
        : null,
  },
  {
    kind: 'bank-card',
    pattern: new RegExp(`(?<!\\d)\\d{4}(?:${SPACE}\\d{4}){3}(?:${SPACE}\\d{1,3})?(?!\\d)`, 'g'),
    judge: (value) =>
      /^[3-69]/.test(value) && luhn(value) && !checkCreditCode(value).valid
        ? { masked: `${value.slice(0, 4)}${'*'.repeat(value.length - 8)}${value.slice(-4)}`, harmless: false }
        : null,
  },
  {
    kind: 'likely-resident-number',
    pattern: /(?<![\dA-Za-z])\d{15}(?![\dA-Za-z])/g,
    judge: (value) =>
      PROVINCES.test(value) && isDay(value.slice(6, 12))
        ? { masked: maskIdentityNumber(value), harmless: false }
        : null,
  },
  {
    kind: 'mobile-number',
    pattern: new RegExp(`(?<!\\d)(?<!\\d\\.)1[3-9]\\d${SPACE}\\d{4}${SPACE}\\d{4}(?!\\d)(?!\\.\\d)`, 'g'),
    judge: (value) => ({ masked: `${value.slice(0, 3)}****${value.slice(7)}`, harmless: false }),
  },
  {
    kind: 'passport',
    pattern: /(?<=护照[^\n\d]{0,12})[EDSPGHM][A-Z]?\d{7,8}(?!\d)/gi,
    judge: (value) => ({ masked: `${value.slice(0, 2)}*****${value.slice(-2)}`, harmless: false }),
  },
  {
    kind: 'email',
    pattern: /(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,20}/g,
    judge: (value) => ({
      masked: value.replace(/^(.)[^@]*/, '$1***'),
      harmless: /[@.]gov\.cn$/i.test(value),
    }),
  },
  {
    kind: 'address',
    pattern:
      /[市县区镇乡][^\n，。；：、\s]{1,24}?\d{1,5}(?:号楼|栋|幢|单元)[^\n，。；：、\s]{0,12}?\d{1,5}[室号]/g,
    judge: (value) => ({ masked: `${value.slice(0, 4)}***`, harmless: true }),
  },
];

/** A text may hold very many of them: what replaces one is worked out when it is asked for. */
class FoundDatum implements PersonalDatum {
  readonly kind: PersonalKind;
  readonly start: number;
  readonly end: number;
  readonly masked: string;
  readonly harmless: boolean;
  readonly #matched: string;

  constructor(kind: PersonalKind, start: number, matched: string, { masked, harmless }: NonNullable<Judged>) {
    this.kind = kind;
    this.start = start;
    this.end = start + matched.length;
    this.masked = masked;
    this.harmless = harmless;
    this.#matched = matched;
  }

  get replacement(): string {
    return maskInPlace(this.kind, this.#matched);
  }
}

/** Personal data in a text, in order of place. `today` rules out birth dates that are still to come. */
export function personalData(text: string, today: Temporal.PlainDate): PersonalDatum[] {
  if (!/\d|@|[０-９]/.test(text)) return [];
  const plain = narrow(text);
  const found: PersonalDatum[] = [];
  const taken = new Uint8Array(plain.length);
  for (const { kind, pattern, judge } of searches) {
    for (const match of plain.matchAll(pattern)) {
      const [matched] = match;
      const start = match.index;
      const end = start + matched.length;
      if (taken.subarray(start, end).includes(1)) continue;
      const value = kind === 'email' || kind === 'address' ? matched : matched.replace(/[^0-9A-Za-z]/g, '');
      const judged = judge(value, today);
      if (!judged) continue;
      taken.fill(1, start, end);
      found.push(new FoundDatum(kind, start, matched, judged));
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** How many characters stay legible at the start and at the end. */
const kept: Readonly<Record<PersonalKind, readonly [number, number]>> = {
  'resident-number': [3, 4],
  'likely-resident-number': [3, 4],
  'mobile-number': [3, 4],
  'bank-card': [4, 4],
  passport: [1, 2],
  email: [0, 0],
  address: [2, 0],
};

function maskInPlace(kind: PersonalKind, matched: string): string {
  const [first, last] = kept[kind];
  const masked = kind === 'email' ? matched.indexOf('@') : matched.length;
  let signs = 0;
  const length = [...matched.slice(0, masked)].filter((character) => /[^\s-]/.test(character)).length;
  return [...matched]
    .map((character, index) => {
      if (index >= masked || /[\s-]/.test(character)) return character;
      signs += 1;
      return signs <= first || signs > length - last ? character : '*';
    })
    .join('');
}

/** Full-width digits, letters and signs as narrow ones, length unchanged. */
function narrow(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0 && !/^(\d)\1+$/.test(digits);
}

/** `yymmdd`. */
function isDay(value: string): boolean {
  const month = Number(value.slice(2, 4));
  const day = Number(value.slice(4, 6));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}
