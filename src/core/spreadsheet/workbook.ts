import type { Container } from './container.ts';
import { type SheetLimits, UnreadableFile } from './limits.ts';
import { builtInCode, meaningOf, type NumberMeaning } from './number-format.ts';
import { readXml } from './xml.ts';

/** What must be known of a workbook before its cells can be read. */
export interface Workbook {
  sheets: { name: string; part: string; hidden: boolean }[];
  date1904: boolean;
  sharedStrings: string[];
  /** By the cell's style index. */
  meanings: NumberMeaning[];
  /** Format codes of numbers, by the cell's style index; undefined where only the number itself is shown. */
  codes: (string | undefined)[];
}

export async function readWorkbook(container: Container, limits: SheetLimits): Promise<Workbook> {
  const targets = await relationships(container);
  const sheets: Workbook['sheets'] = [];
  let date1904 = false;
  await readXml(await container.read('xl/workbook.xml'), {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1] ?? '';
      const part = targets.get(id);
      if (part?.includes('worksheets/')) {
        sheets.push({
          name: attributes.name ?? '',
          part,
          hidden: (attributes.state ?? 'visible') !== 'visible',
        });
      }
    },
  });
  if (sheets.length === 0) throw new UnreadableFile('damaged', '工作簿中没有工作表。请检查后重新上传。');
  return {
    sheets,
    date1904,
    sharedStrings: container.names.has('xl/sharedStrings.xml') ? await sharedStrings(container, limits) : [],
    ...(container.names.has('xl/styles.xml') ? await cellFormats(container) : { meanings: [], codes: [] }),
  };
}

async function relationships(container: Container): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  await readXml(await container.read('xl/_rels/workbook.xml.rels'), {
    open(name, { Id, Target, TargetMode }) {
      if (name !== 'Relationship' || !Id || !Target || TargetMode === 'External') return;
      targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  });
  return targets;
}

async function sharedStrings(container: Container, limits: SheetLimits): Promise<string[]> {
  const strings: string[] = [];
  const text = new RichText();
  await readXml(await container.read('xl/sharedStrings.xml'), {
    open: (name) => text.open(name),
    text: (piece) => text.add(piece),
    close(name) {
      text.close(name);
      if (name !== 'si') return;
      const value = text.take();
      if (value.length > limits.cellLength) throw cellTooLong(limits);
      strings.push(value);
    },
  });
  return strings;
}

async function cellFormats(container: Container): Promise<Pick<Workbook, 'meanings' | 'codes'>> {
  const custom = new Map<number, string>();
  const meanings: NumberMeaning[] = [];
  const codes: Workbook['codes'] = [];
  let inCellFormats = false;
  await readXml(await container.read('xl/styles.xml'), {
    open(name, attributes) {
      if (name === 'numFmt') custom.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attributes.numFmtId ?? 0);
        meanings.push(meaningOf(id, custom.get(id)));
        codes.push(custom.get(id) ?? builtInCode(id));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return { meanings, codes };
}

/** Gathers the text of a string item: its runs joined, readings (rPh) left out, `_x000D_` escapes undone. */
export class RichText {
  #pieces: string[] = [];
  #inText = false;
  #inReading = false;

  open(name: string): void {
    if (name === 't') this.#inText = true;
    else if (name === 'rPh') this.#inReading = true;
  }
  add(piece: string): void {
    if (this.#inText && !this.#inReading) this.#pieces.push(piece);
  }
  close(name: string): void {
    if (name === 't') this.#inText = false;
    else if (name === 'rPh') this.#inReading = false;
  }
  take(): string {
    const text = this.#pieces.join('');
    this.#pieces = [];
    return text.includes('_x')
      ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
          String.fromCharCode(Number.parseInt(code, 16)),
        )
      : text;
  }
}

export function cellTooLong(limits: SheetLimits): UnreadableFile {
  return new UnreadableFile(
    'cell-too-long',
    `有单元格超过 ${limits.cellLength} 个字，未接收。请检查是否少了引号或换行，或把长文本改为附件。`,
  );
}
