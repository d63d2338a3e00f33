import iconv from 'iconv-lite';
import { UnreadableFile } from './limits.ts';
import { type SheetFile, streamOf } from './source.ts';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5';

const SAMPLE = 1024 * 1024;

/** Which encoding the bytes are in: a mark decides, then valid UTF-8, then the likelier of the two Chinese ones. */
export async function encodingOf(file: SheetFile): Promise<TextEncoding> {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let sample = Buffer.alloc(0);
  let isUtf8 = true;
  for await (const chunk of streamOf(file) as AsyncIterable<Buffer>) {
    if (sample.length === 0 && chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
    if (sample.length === 0 && chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be';
    if (sample.length < SAMPLE) sample = Buffer.concat([sample, chunk]);
    if (isUtf8) isUtf8 = decodes(strict, chunk);
    if (!isUtf8 && sample.length >= SAMPLE) break;
  }
  if (isUtf8 && decodes(strict)) return 'utf-8';
  return chineseEncodingOf(sample);
}

/** Decoded text piece by piece, without the byte order mark. A byte that fits no character refuses the file. */
export async function* decoded(file: SheetFile, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding);
  for await (const chunk of streamOf(file) as AsyncIterable<Buffer>) {
    const text = decoder.write(chunk);
    if (encoding !== 'utf-8' && text.includes('\ufffd')) throw undecodable();
    if (text !== '') yield text;
  }
  const rest = decoder.end();
  if (rest) yield rest;
}

function undecodable(): UnreadableFile {
  return new UnreadableFile(
    'encoding',
    '文字编码无法识别，内容会变成乱码。请另存为 UTF-8 编码的 CSV 或 .xlsx 后上传。',
  );
}

function decodes(strict: TextDecoder, chunk?: Buffer): boolean {
  try {
    strict.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch {
    return false;
  }
}

/**
 * GB 2312 characters have a second byte from A1 up; nearly half of those in Big5 have one below 7F. So the share of
 * pairs inside each standard's everyday block tells the two apart after a few words.
 */
function chineseEncodingOf(bytes: Buffer): TextEncoding {
  return everydayShare(bytes, isEverydayBig5) > everydayShare(bytes, isEverydayGb) ? 'big5' : 'gb18030';
}

function everydayShare(bytes: Buffer, isEveryday: (lead: number, trail: number) => boolean): number {
  let pairs = 0;
  let everyday = 0;
  for (let index = 0; index + 1 < bytes.length; index++) {
    const lead = bytes[index] as number;
    if (lead < 0x80) continue;
    pairs += 1;
    if (isEveryday(lead, bytes[index + 1] as number)) everyday += 1;
    index += 1;
  }
  return pairs === 0 ? 0 : everyday / pairs;
}

/** Rows 1 to 3 (marks, digits, letters) and 16 to 55 (level 1) of GB 2312. */
function isEverydayGb(lead: number, trail: number): boolean {
  return trail >= 0xa1 && trail <= 0xfe && ((lead >= 0xa1 && lead <= 0xa3) || (lead >= 0xb0 && lead <= 0xd7));
}

/** Marks and the 5401 everyday characters of Big5. */
function isEverydayBig5(lead: number, trail: number): boolean {
  return (
    lead >= 0xa1 && lead <= 0xc6 && ((trail >= 0x40 && trail <= 0x7e) || (trail >= 0xa1 && trail <= 0xfe))
  );
}
