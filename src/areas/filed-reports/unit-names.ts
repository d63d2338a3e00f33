import type { UnitKind } from './model.ts';

/**
 * Telling bodies by their names. Nothing here waits or writes. Two names are one only when nothing but spelling sets them
 * apart: `某某县人民政府` and `某某县政府`, but never `某某县政府办公室`, which reports for itself.
 */

/** What may be written either way without meaning another body. Applied to text without blanks and punctuation. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/人民政府/g, '政府'],
  [/管理委员会/g, '管委会'],
  [/政府(办公室|办公厅)$/, '政府办'],
  [/(街道)(办事处|办)$/, '$1'],
  [/([省市县区州盟旗乡镇木])政府$/, '$1'],
];

/** A name as it is compared: full-width forms, blanks, punctuation and equal spellings made one. */
export function nameKey(name: string): string {
  const bare = name
    .normalize('NFKC')
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]/gu, '')
    .toLowerCase();
  return spellings.reduce((text, [from, to]) => text.replace(from, to), bare);
}

const kindsByEnding: readonly (readonly [RegExp, UnitKind])[] = [
  [/街道(办事处|办)?$/, 'subdistrict'],
  [/([乡镇]|苏木)((人民)?政府)?$/, 'township'],
  [/(政府|行政公署)$/, 'government'],
  [/(管委会|管理委员会|开发区|高新区|保税区|新区|园区|度假区|试验区|示范区|功能区)$/, 'zone'],
  [/[省市县区州盟旗]$/, 'government'],
  [/(局|委|委员会|厅|办|办公室|部|院|处|中心|会|队|所|站|馆|行|公司)$/, 'department'],
];

/** What kind of body bears the name; its ending tells. */
export function guessKind(name: string): UnitKind {
  const bare = name.normalize('NFKC').replace(/\s|\([^()]*\)$/g, '');
  return kindsByEnding.find(([ending]) => ending.test(bare))?.[1] ?? 'other';
}

export const unitKinds: Record<UnitKind, string> = {
  government: '政府',
  department: '部门',
  township: '乡镇',
  subdistrict: '街道',
  zone: '开发区',
  other: '其他',
};

/** How alike two name keys are, from 0 to 1: the share of neighbouring characters they have in common. */
export function likeness(a: string, b: string): number {
  if (a === b) return 1;
  const left = pairsOf(a);
  const right = new Set(pairsOf(b));
  const shared = left.filter((pair) => right.has(pair)).length;
  const whole = left.length + right.size;
  return whole === 0 ? 0 : (2 * shared) / whole;
}

/** Each two neighbouring characters once. */
export function pairsOf(key: string): string[] {
  const characters = [...key];
  return [...new Set(characters.slice(1).map((character, index) => `${characters[index]}${character}`))];
}

/** What a file or folder is called beside the unit: number, year, what kind of document it is. */
const BESIDE_THE_NAME = [
  /\.[a-z0-9]{1,5}$/i,
  /^\s*[\d０-９]{1,4}\s*[-_.、．)）]/,
  /(19|20)\d{2}(?!\d)\s*年?度?/g,
  /关于|公布|发布|的/g,
  /政府?信息公开/g,
  /信息公开/g,
  /工作/g,
  /年度?报告|年报|报告|情况/g,
  /[(（[【]?(终稿|定稿|最终版?|修改稿|修订版?|更正版?|盖章版?|正式版?|副本|更新|第\d+版|v\d+|\d{1,2})[)）\]】]?$/gi,
];

/** The key of the unit a file's name tells: of the file itself or, when it names none, of the folder it lay in; '' for none. */
export function keyInFileName(fileName: string): string {
  const parts = fileName.split(/[\\/]/).filter((part) => part !== '');
  for (const part of parts.reverse().slice(0, 2)) {
    const key = nameKey(
      BESIDE_THE_NAME.reduce((text, words) => text.replace(words, ''), part.normalize('NFKC')),
    );
    if (/\p{Script=Han}{2}/u.test(key)) return key;
  }
  return '';
}

/** The reporting year a file's name tells, when it tells one only; a date (2022年1月) is none. */
export function yearInFileName(fileName: string): number | null {
  const told = fileName
    .normalize('NFKC')
    .matchAll(/(?<!\d)(20\d{2})\s*(?:年(?!\s*\d{1,2}\s*月)|政府信息|信息公开)/g);
  const years = new Set([...told].map(([, year]) => Number(year)));
  return years.size === 1 ? ([...years][0] ?? null) : null;
}
