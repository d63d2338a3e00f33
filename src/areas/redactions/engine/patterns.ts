/**
 * What can be looked for beside a word. Rather too much than too little: a number of the right shape is found whether or
 * not its check digit is right, and the officer sees every box before anything is exported.
 */
export const patterns = {
  identity: '居民身份证号码',
  phone: '电话号码',
  'bank-card': '银行卡号',
  email: '电子邮箱',
  passport: '护照、通行证号码',
  'plate-number': '机动车号牌',
  'labelled-name': '“姓名：”等之后的人名',
  'labelled-address': '“住址：”等之后的地址',
} as const;

export type Pattern = keyof typeof patterns;

/** Stands between any two characters: a space, a line end, or both. */
const GAP = '\\s{0,3}';
/** Between digits also what people write there. */
const DIGIT_GAP = `${GAP}[-·.]?${GAP}`;

const spaced = (parts: readonly string[], gap = DIGIT_GAP) => parts.join(gap);
const digits = (count: number) => Array.from({ length: count }, () => '\\d');
const notAfterDigit = '(?<![\\dA-Za-z])';
const notBeforeDigit = '(?!\\d)';

const HAN = '\\p{Script=Han}';
/** Two to four characters, parted or not (张　三), or a longer name with dots (买买提·艾力); it ends before the next label. */
const NAME = `(?:${HAN}[ \\u3000]{1,3}${HAN}(?!${HAN})|(?:(?!电话|手机|性别|身份|住址|地址|住所|年龄|出生|民族|职务|单位|工作)${HAN}){2,4}(?:·${HAN}{1,8})*)`;
const COLON = `${GAP}[:：]${GAP}`;
const NAME_LABELS =
  '姓名|申请人|联系人|法定代表人|代理人|当事人|举报人|投诉人|经办人|负责人|户主|收件人|委托人|受托人|被处罚人|权利人|患者';
const ADDRESS_LABELS = '家庭住址|通讯地址|通信地址|联系地址|户籍地址|居住地址|住址|住所|地址';

const expressions: Record<Pattern, readonly string[]> = {
  identity: [
    // 18 places: region, day of birth, order, check digit.
    `${notAfterDigit}${spaced([...digits(6), '[12]', '[890]', ...digits(2), '[01]', '\\d', '[0-3]', '\\d', ...digits(3), '[\\dXx]'])}${notBeforeDigit}`,
    // 15 places, as cards had until 1999.
    `${notAfterDigit}${spaced([...digits(6), ...digits(2), '[01]', '\\d', '[0-3]', '\\d', ...digits(3)])}(?![\\dXx])`,
  ],
  phone: [
    `${notAfterDigit}(?:\\+?${GAP}86${DIGIT_GAP})?${spaced(['1', '[3-9]', ...digits(9)])}${notBeforeDigit}`,
    `${notAfterDigit}[(（]?${spaced(['0', ...digits(2)])}(?:${DIGIT_GAP}\\d)?[)）]?${DIGIT_GAP}${spaced(['[2-9]', ...digits(6)])}(?:${DIGIT_GAP}\\d)?${notBeforeDigit}`,
    `${notAfterDigit}400${DIGIT_GAP}${spaced(digits(7))}${notBeforeDigit}`,
  ],
  'bank-card': [
    `${notAfterDigit}${spaced(['[3-6]', ...digits(15)])}(?:${DIGIT_GAP}\\d){0,3}${notBeforeDigit}`,
  ],
  email: ['[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\\.){1,6}[A-Za-z]{2,18}'],
  passport: [
    `(?<![A-Za-z\\d])${spaced(['[EGDSPHMkK]', ...digits(8)], GAP)}${notBeforeDigit}`,
    `(?<![A-Za-z\\d])${spaced(['E', '[A-HJ-NP-Z]', ...digits(7)], GAP)}${notBeforeDigit}`,
  ],
  'plate-number': [
    '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\\s?[A-Z]\\s?[·•]?\\s?[A-Z0-9]{5,6}(?![A-Z0-9])',
  ],
  'labelled-name': [`(?<=(?:${NAME_LABELS})${COLON})${NAME}`],
  'labelled-address': [`(?<=(?:${ADDRESS_LABELS})${COLON})[^\\r\\n，,。；;]{2,80}`],
};

/** Expressions over text in the form of `comparable`; each match is what has to go. */
export function patternExpressions(pattern: Pattern): RegExp[] {
  return expressions[pattern].map((source) => new RegExp(source, 'gu'));
}

/** The same for a word: anywhere, also across a line end. Case and width of letters do not matter. */
export function wordExpression(word: string): RegExp | null {
  const letters = [...comparable(word)].filter((letter) => letter.trim() !== '');
  if (letters.length === 0) return null;
  return new RegExp(letters.map((letter) => literally(letter)).join(GAP), 'giu');
}

/** Joiners, soft hyphens, and the control characters that PDFium writes for a hyphen at a line's end; not line ends. */
const INVISIBLE = /[\p{Cf}\uFFFE\uFFFF]|(?![\t\n\r])\p{Cc}/gu;

/** One form for what looks alike: full-width and half-width, radicals and characters, ligatures and letters. */
export function comparable(text: string): string {
  return text.normalize('NFKC').replace(INVISIBLE, '');
}

const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
