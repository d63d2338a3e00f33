/** Marks that turn the reading direction round, so that `12` is read as `21` although `12` is stored. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g;

/** One line as people see it: no control, invisible or direction characters, line ends as blanks, nothing at either end. */
export function visibleLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
}

/** Several paragraphs without direction marks and control characters; line ends become one kind. */
export function visibleText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(DIRECTION, '')
    .replace(/(?![\n\t])\p{Cc}/gu, '');
}
