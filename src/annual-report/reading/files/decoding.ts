import iconv from 'iconv-lite';
import { encodingOf } from '../../../core/spreadsheet/encoding.ts';
import { bytesAt, type SheetFile, streamOf } from '../../../core/spreadsheet/source.ts';

const SAMPLE = 256 * 1024;
/** Pieces small enough that bounds are looked at between them. */
const PIECE = 64 * 1024;

/**
 * The encoding of a text file: by its mark, by being UTF-8, by what a page declares, by the likelier of the two Chinese
 * ones. UTF-8 with a few broken characters (cut by a publishing system) stays UTF-8. Null when it is no text.
 */
export async function textEncodingOf(file: SheetFile, head: Buffer): Promise<string | null> {
  const marked = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (!marked && head.includes(0)) return unmarkedUtf16(head);
  const found = await encodingOf(file);
  if (found !== 'gb18030' && found !== 'big5') return found;
  if (isAlmostUtf8(await bytesAt(file, 0, SAMPLE))) return 'utf-8';
  const declared = /charset\s*=\s*["']?([\w-]+)/i.exec(head.subarray(0, 4096).toString('latin1'))?.[1];
  if (/^big5/i.test(declared ?? '')) return 'big5';
  return /^gb/i.test(declared ?? '') ? 'gb18030' : found;
}

/** In text of mostly ASCII marks and Han characters one half of the pairs is never zero. */
function unmarkedUtf16(head: Buffer): string | null {
  for (const encoding of ['utf-16le', 'utf-16be']) {
    const text = iconv.decode(head.subarray(0, head.length & ~1), encoding);
    const readable = text.match(/[\t\r\n\x20-\x7e\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/g)?.length ?? 0;
    if (readable > text.length * 0.95 && text.length > 8) return encoding;
  }
  return null;
}

function isAlmostUtf8(sample: Buffer): boolean {
  const text = sample.toString('utf8');
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const han = text.match(/[\u4e00-\u9fff]/g)?.length ?? 0;
  return han > 20 && broken * 50 < han;
}

/** The start of a file as text; a character cut at the end is left out. */
export function textHead(head: Buffer, encoding: string): string {
  return iconv
    .getDecoder(encoding)
    .write(head)
    .replace(/^\ufeff/, '');
}

/** Decoded text piece by piece, without its mark. What fits no character comes as U+FFFD. */
export async function* decodedPieces(file: SheetFile, encoding: string): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding);
  for await (const chunk of streamOf(file) as AsyncIterable<Buffer>) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      const text = decoder.write(chunk.subarray(at, at + PIECE));
      if (text !== '') yield text;
    }
  }
  const rest = decoder.end();
  if (rest) yield rest;
}
