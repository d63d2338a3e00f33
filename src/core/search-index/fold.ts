import { Converter } from 'opencc-js/t2cn';

const HAN_FROM = 0x3400;
const HAN_TO = 0x9fff;
const FULL_WIDTH = 0xfee0;
/** Up to here adding character to character is quicker than going by way of bytes. */
const SHORT = 200;

let table: Uint16Array | null = null;

/**
 * Folds width, case and traditional writing, one character for one, so that a place in the folded text is the same place
 * in the text itself.
 */
export function fold(text: string): string {
  table ??= foldingTable();
  if (text.length < SHORT) {
    let folded = '';
    for (let at = 0; at < text.length; at++)
      folded += String.fromCharCode(table[text.charCodeAt(at)] ?? 0x20);
    return folded;
  }
  const codes = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) codes[at] = table[text.charCodeAt(at)] ?? 0x20;
  return Buffer.from(codes.buffer).toString('utf16le');
}

function foldingTable(): Uint16Array {
  const folding = Uint16Array.from({ length: 0x10000 }, (_, code) => {
    const plain = code >= 0xff01 && code <= 0xff5e ? code - FULL_WIDTH : code;
    const lower = String.fromCharCode(plain).toLowerCase();
    return lower.length === 1 ? lower.charCodeAt(0) : plain;
  });
  for (const space of [0x00, 0x09, 0x0a, 0x0d, 0xa0, 0x3000, 0x200b, 0xfeff]) folding[space] = 0x20;
  const han = Array.from({ length: HAN_TO - HAN_FROM + 1 }, (_, index) =>
    String.fromCharCode(HAN_FROM + index),
  );
  // Apart from each other: the converter would read neighbours as words.
  const simplified = Converter({ from: 't', to: 'cn' })(han.join('\n')).split('\n');
  for (const [index, character] of simplified.entries()) {
    if (character.length === 1) folding[HAN_FROM + index] = character.charCodeAt(0);
  }
  return folding;
}
