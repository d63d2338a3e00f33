import type { Container } from '../../../../core/spreadsheet/container.ts';
import { readXml } from '../../../../core/spreadsheet/xml.ts';
import { numeral } from './numerals.ts';

/** The number a paragraph wears without having it in its text. */
export interface NumberingReference {
  list: string;
  level: number;
}

interface Level {
  start: number;
  format: string;
  /** `%1、`, `（%2）`. */
  text: string;
  legal: boolean;
  /** Paragraphs of this style stand on this level. */
  style: string | null;
}

interface Style {
  basedOn: string | null;
  number: Partial<NumberingReference> | null;
}

interface List {
  abstract: string;
  starts: Map<number, number>;
}

/** Automatic numbers of a Word document (ECMA-376 part 1, 17.9), counted up as its paragraphs are read. */
export class Numbering {
  readonly #abstracts = new Map<string, Map<number, Level>>();
  readonly #lists = new Map<string, List>();
  readonly #styles = new Map<
    string,
    { basedOn: string | null; number: Partial<NumberingReference> | null }
  >();
  readonly #counters = new Map<string, number[]>();
  readonly #begun = new Set<string>();

  static async read(container: Container): Promise<Numbering> {
    const numbering = new Numbering();
    if (container.names.has('word/numbering.xml')) await numbering.#readLists(container);
    if (container.names.has('word/styles.xml')) await numbering.#readStyles(container);
    return numbering;
  }

  /** The label of the next paragraph with this numbering of its own or of its style, e.g. `（一）`; '' for none. */
  next(own: Partial<NumberingReference> | null, style: string | null): string {
    const inherited = this.#ofStyle(style);
    const id = own?.list ?? inherited?.list;
    const list = id === undefined ? undefined : this.#lists.get(id);
    const levels = list && this.#abstracts.get(list.abstract);
    if (!list || !levels || id === undefined) return '';
    const index = Math.min(8, own?.level ?? inherited?.level ?? levelOf(levels, style));
    return label(levels, this.#count(id, list, levels, index), index);
  }

  #count(id: string, list: List, levels: ReadonlyMap<number, Level>, index: number): number[] {
    const counters = this.#counters.get(list.abstract) ?? [];
    this.#counters.set(list.abstract, counters);
    if (!this.#begun.has(id)) {
      this.#begun.add(id);
      // A list that says where it starts does not go on where another of its kind stopped.
      for (const [level, start] of list.starts) counters[level] = start - 1;
    }
    for (let level = 0; level <= index; level++) {
      const start = levels.get(level)?.start ?? 1;
      if (level === index) counters[level] = (counters[level] ?? start - 1) + 1;
      else counters[level] ??= start;
    }
    counters.length = index + 1;
    return counters;
  }

  #ofStyle(style: string | null): Partial<NumberingReference> | null {
    let found = null as Partial<NumberingReference> | null;
    for (let name = style, depth = 0; name !== null && depth < 20; depth++) {
      const entry = this.#styles.get(name);
      if (entry?.number) found = { ...entry.number, ...found };
      name = entry?.basedOn ?? null;
    }
    return found;
  }

  async #readLists(container: Container): Promise<void> {
    let abstract = null as Map<number, Level> | null;
    let level = null as Level | null;
    let list = null as List | null;
    let override = 0;
    await readXml(await container.read('word/numbering.xml'), {
      open: (name, attributes) => {
        const value = attributes['w:val'] ?? '';
        if (name === 'abstractNum') {
          abstract = new Map();
          this.#abstracts.set(attributes['w:abstractNumId'] ?? '', abstract);
        } else if (name === 'lvl' && abstract && !list) {
          level = { start: 1, format: 'decimal', text: '', legal: false, style: null };
          abstract.set(Number(attributes['w:ilvl']), level);
        } else if (name === 'num') {
          list = { abstract: '', starts: new Map() };
          this.#lists.set(attributes['w:numId'] ?? '', list);
        } else if (name === 'abstractNumId' && list) list.abstract = value;
        else if (name === 'lvlOverride') override = Number(attributes['w:ilvl']);
        else if (name === 'startOverride' && list) list.starts.set(override, Number(value) || 0);
        else if (!level) return;
        else if (name === 'start') level.start = Number(value) || 0;
        else if (name === 'numFmt') level.format = value;
        else if (name === 'lvlText') level.text = value;
        else if (name === 'pStyle') level.style = value;
        else if (name === 'isLgl') level.legal = value !== '0';
      },
      close: (name) => {
        if (name === 'lvl') level = null;
        else if (name === 'num') list = null;
      },
    });
  }

  async #readStyles(container: Container): Promise<void> {
    let style = null as Style | null;
    await readXml(await container.read('word/styles.xml'), {
      open: (name, attributes) => {
        const value = attributes['w:val'] ?? '';
        if (name === 'style') {
          style = { basedOn: null, number: null };
          this.#styles.set(attributes['w:styleId'] ?? '', style);
        } else if (!style) return;
        else if (name === 'basedOn') style.basedOn = value;
        else if (name === 'numId') style.number = { ...style.number, list: value };
        else if (name === 'ilvl') style.number = { ...style.number, level: Number(value) };
      },
      close: (name) => {
        if (name === 'style') style = null;
      },
    });
  }
}

function levelOf(levels: ReadonlyMap<number, Level>, style: string | null): number {
  for (const [index, level] of levels) if (style !== null && level.style === style) return index;
  return 0;
}

function label(levels: ReadonlyMap<number, Level>, counters: readonly number[], index: number): string {
  const level = levels.get(index);
  if (!level || level.format === 'none' || level.format === 'bullet') return '';
  return level.text.replace(/%([1-9])/g, (_, digit: string) => {
    const at = Number(digit) - 1;
    const count = counters[at] ?? levels.get(at)?.start ?? 1;
    return numeral(count, level.legal ? 'decimal' : (levels.get(at)?.format ?? 'decimal'));
  });
}
