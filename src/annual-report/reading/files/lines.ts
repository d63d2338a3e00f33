/** Soft hyphens, zero-width and direction marks, byte order marks, control characters. */
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|(?![\t\n\r])\p{Cc}/gu;
/** Radicals that PDF fonts use in place of the characters they look like: ⼀ for 一, ⺠ for 民. */
const RADICALS = /[\u2e80-\u2fdf]/g;
/** Those that Unicode does not count as the same. */
const SIMPLIFIED_RADICALS: ReadonlyMap<string, string> = new Map(
  [
    ...'⺟母⺠民⺩王⺬示⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟⼾户',
  ].flatMap((character, index, all) => (index % 2 === 0 ? [[character, all[index + 1] as string]] : [])),
);

/**
 * One line as people see it: blanks become one space, wide gaps (a tab, two blanks or more) two, because columns of
 * tables without rulings are told apart by them; nothing at either end.
 */
export function tidyLine(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(RADICALS, (radical) => SIMPLIFIED_RADICALS.get(radical) ?? radical.normalize('NFKC'))
    .replace(/\s+/g, (blanks) => (blanks.length > 1 || blanks === '\t' ? '  ' : ' '))
    .trim();
}

/** The lines of a cell as one, gaps closed. */
export function tidyCell(lines: readonly string[]): string {
  return joinLines(lines.map((line) => tidyLine(line).replace(/ {2}/g, ' ')));
}

/** `一、总体情况........ 3`: a line of a table of contents, which repeats the headings. */
export function isContentsLine(text: string): boolean {
  return /[.．·…‥]{4,}\s*\d{1,3}$/.test(text.slice(-20));
}

const CJK = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2014\u2018-\u201d\u2026]|[\ud840-\ud87f]/;

/** PDF sets single blanks where type is spaced out or changes between scripts: none stands beside a Han character. */
export function closeBlanks(text: string): string {
  return text.replace(/(?<! ) (?! )/g, (blank, at: number) =>
    CJK.test(text[at - 1] ?? '') || CJK.test(text[at + 1] ?? '') ? '' : blank,
  );
}

/** Lines of one text joined: without a space beside a Han character or its punctuation, with one between words. */
export function joinLines(lines: readonly string[]): string {
  const parts: string[] = [];
  for (const line of lines) {
    if (line === '') continue;
    const last = parts.at(-1)?.at(-1);
    if (last !== undefined && !CJK.test(last) && !CJK.test(line[0] as string)) parts.push(' ');
    parts.push(line);
  }
  return parts.join('');
}
