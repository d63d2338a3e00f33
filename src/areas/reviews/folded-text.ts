/** A text in the form in which words are compared, and where each of its characters stood. */
export interface FoldedText {
  text: string;
  /** Offset in the original of a character of the folded text; one more than its length. */
  from(at: number): number;
}

/** Blanks and what nobody sees, but no line end: `机 密` is `机密`, two paragraphs are not one. */
const unseen = (code: number): boolean =>
  code === 0x20 ||
  code === 0x09 ||
  code === 0xa0 ||
  code === 0xad ||
  code === 0x3000 ||
  code === 0xfeff ||
  (code >= 0x2000 && code <= 0x200f);

/** Without blanks, full-width letters and signs narrow, capitals small. */
export function foldText(original: string): FoldedText {
  const codes = new Uint16Array(original.length);
  const places = new Uint32Array(original.length + 1);
  let length = 0;
  for (let at = 0; at < original.length; at++) {
    let code = original.charCodeAt(at);
    if (unseen(code)) continue;
    if (code >= 0xff01 && code <= 0xff5e) code -= 0xfee0;
    if (code >= 0x41 && code <= 0x5a) code += 0x20;
    codes[length] = code;
    places[length] = at;
    length += 1;
  }
  places[length] = original.length;
  const text = Buffer.from(codes.buffer, 0, length * codes.BYTES_PER_ELEMENT).toString('utf16le');
  return { text, from: (at) => places[at] ?? original.length };
}

/** A word as it is compared. */
export const foldWord = (word: string): string => foldText(word).text;
