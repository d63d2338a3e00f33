const OPENING = '〔\\[(【〈<{《﹝［（';
const CLOSING = '〕\\])】〉>}》﹞］）';

/** 发文字号 in folded text, in any brackets or, when 号 follows, in none: 昆高发〔2018〕12号, (2018)12号, 2018年第12号. */
const NUMBER = new RegExp(
  `[${OPENING}]\\s*((?:19|20)\\d{2})\\s*年?\\s*[${CLOSING}]\\s*第?\\s*0*(\\d{1,6})\\s*号?` +
    '|(?<!\\d)((?:19|20)\\d{2})(?:\\s*年\\s*第?|\\s*第|\\s+)\\s*0*(\\d{1,6})\\s*号',
  'gu',
);

/** The years and serials of document numbers in folded text, each as one word: `#2018-12`. */
export function documentNumberWords(folded: string): string[] {
  return Array.from(
    folded.matchAll(NUMBER),
    ([, year, serial, bareYear, bareSerial]) => `#${year ?? bareYear}-${serial ?? bareSerial}`,
  );
}

/** Folded text without the year and serial of document numbers; what stands before them stays. */
export function withoutDocumentNumbers(folded: string): string {
  return folded.replaceAll(NUMBER, ' ');
}

/** One document number as it is compared: 昆高发#2018-12; empty when it is none. */
export function documentNumberKey(folded: string): string {
  const [first] = documentNumberWords(folded);
  return first === undefined ? '' : folded.replaceAll(NUMBER, first).replaceAll(/\s/g, '');
}
