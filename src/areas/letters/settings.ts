import { checkDocumentNumber } from '../../law/index.ts';
import { type Series, series } from './kinds.ts';

/** What an agency decides about its letters, kept under `settings.letters`; what is missing takes its default. */
export interface LetterSettings {
  /** 机关代字 before the word of the series: 高新区公开 in 高新区公开告〔2026〕12号. */
  prefix: string;
  words: Readonly<Record<Series, string>>;
  /** The body that decides reconsiderations against the agency, and the court that hears suits; '' while not set. */
  reconsideration: string;
  court: string;
  /** A reply is not signed while either of them is not named. */
  bodiesRequired: boolean;
  /** 2026年11月27日, or 二〇二六年十一月二十七日. */
  dateForm: 'digits' | 'han';
}

const allSeries = Object.keys(series) as Series[];

/** Reads `settings.letters` of an agency; a number that could not be printed falls back to the default. */
export function letterSettingsOf(agency: {
  shortName: string;
  settings: Readonly<Record<string, unknown>>;
}): LetterSettings {
  const given = (
    typeof agency.settings.letters === 'object' && agency.settings.letters !== null
      ? agency.settings.letters
      : {}
  ) as Record<string, unknown>;
  const words = (typeof given.words === 'object' && given.words !== null ? given.words : {}) as Record<
    string,
    unknown
  >;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const standard = `${[...agency.shortName].filter((sign) => /[\p{Script=Han}A-Za-z]/u.test(sign)).join('')}公开`;
  const prefix = isIssuer(text(given.prefix)) ? text(given.prefix) : [...standard].slice(-15).join('');
  const own = allSeries.map((key) => text(words[key]));
  // Two series under one word would give one number twice.
  const usable =
    new Set(own).size === own.length && own.every((word) => word && isIssuer(`${prefix}${word}`));
  return {
    prefix,
    words: Object.fromEntries(
      allSeries.map((key, index) => [key, usable ? own[index] : series[key].word]),
    ) as Record<Series, string>,
    reconsideration: text(given.reconsideration),
    court: text(given.court),
    bodiesRequired: given.bodiesRequired === true,
    dateForm: given.dateForm === 'han' ? 'han' : 'digits',
  };
}

/** Whether it may stand before 〔2026〕12号. */
export function isIssuer(text: string): boolean {
  return checkDocumentNumber(`${text}〔2026〕1号`).problem === null;
}

/** 高新区公开告〔2026〕12号 (GB/T 9704-2012 7.2.5: no zeros before the serial). */
export function numberOf(settings: LetterSettings, of: { series: Series; year: number; serial: number }) {
  return `${settings.prefix}${settings.words[of.series]}〔${of.year}〕${of.serial}号`;
}
