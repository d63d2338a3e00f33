import iconv from 'iconv-lite';
import type { Temporal } from 'temporal-polyfill';
import { personalData } from '../../../../law/index.ts';
import type { Discovery, OpenedFile } from '../finding.ts';
import { refused } from '../limits.ts';
import { maskPiece } from '../office/text-blocks.ts';
import { personalDiscoveries } from '../personal/personal-discoveries.ts';

/** A cell of a table in text form that a spreadsheet would take for a formula; signed numbers are none. */
const FORMULA = /(^|[\r\n,;\t]"?)([=@\t\r]|[+-](?![\d.,%]*("|[,;\t\r\n]|$)))/g;

/** Takes plain text apart, in UTF-8 or the Chinese encoding. @throws UnreadableFile for binary content */
export function openText(bytes: Uint8Array, name: string, today: Temporal.PlainDate): OpenedFile {
  const { encoding, content } = decoded(bytes);
  let text = content;
  const table = /\.(csv|tsv)$/i.test(name);
  const found: Discovery[] = personalDiscoveries(
    { at: 'text', place: '全文' },
    lines(text),
    today,
    (kind) => {
      const data = personalData(text, today).filter((datum) => datum.kind === kind);
      text = maskPiece(text, 0, data);
    },
  );
  const formulas = table
    ? [...text.matchAll(FORMULA)].filter((match) => !/^[\t\r]$/.test(match[2] ?? ''))
    : [];
  if (formulas.length > 0) {
    found.push({
      kind: 'sheet-injection',
      at: 'text',
      place: '全文',
      count: formulas.length,
      mend: () => {
        text = text.replace(FORMULA, (whole, before: string, sign: string) =>
          /^[\t\r]$/.test(sign) ? whole : `${before}'${sign}`,
        );
      },
    });
  }
  return {
    extensions: table ? ['csv', 'tsv'] : ['txt', 'csv', 'tsv', 'json', 'jsonl', 'md', 'log'],
    discoveries: found,
    save: async () => iconv.encode(text, encoding, { addBOM: false }),
  };
}

function lines(text: string) {
  return text.split(/\r\n|\r|\n/).map((line, index) => ({ label: `第${index + 1}行`, text: line }));
}

function decoded(bytes: Uint8Array): { encoding: string; content: string } {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (utf16) {
    const encoding = bytes[0] === 0xff ? 'utf-16le' : 'utf-16be';
    return { encoding, content: iconv.decode(Buffer.from(bytes), encoding, { stripBOM: false }) };
  }
  if (bytes.includes(0)) {
    throw refused('wrong-type', '这种文件无法检查，不能发出。请转换为 PDF、Word、Excel 或图片后重试。');
  }
  try {
    const content = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { encoding: 'utf-8', content };
  } catch {
    return { encoding: 'gb18030', content: iconv.decode(Buffer.from(bytes), 'gb18030', { stripBOM: false }) };
  }
}
