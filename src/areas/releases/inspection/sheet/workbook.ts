import type { OfficePackage } from '../office/package.ts';
import { attribute, child, descendants, textOf } from '../office/xml-tree.ts';
import { type Cell, cellsOf, type SheetCell } from './cells.ts';

export interface SheetEntry {
  name: string;
  state: string;
  part: string;
  type: string;
  /** Position among all sheets, as local names count them. */
  index: number;
}

export interface DefinedName {
  name: string;
  text: string;
  hidden: boolean;
}

/** A workbook of a package, read anew for every question, so that what was mended is seen. */
export class Workbook {
  readonly pkg: OfficePackage;
  readonly part: string;
  readonly #cells = new Map<string, { xml: string; cells: readonly SheetCell[] }>();

  constructor(pkg: OfficePackage) {
    this.pkg = pkg;
    this.part = pkg.mainPart('officeDocument') ?? '';
  }

  sheets(): SheetEntry[] {
    const relations = new Map(this.pkg.relations(this.part).map((relation) => [relation.id, relation]));
    const list = child(this.pkg.tree(this.part), 'sheets')?.children ?? [];
    return list.map((sheet, index) => {
      const relation = relations.get(/\s[^\s:=]+:id\s*=\s*["']([^"']+)["']/.exec(sheet.source)?.[1] ?? '');
      return {
        name: attribute(sheet, 'name') ?? '',
        state: attribute(sheet, 'state') ?? 'visible',
        part: relation?.target ?? '',
        type: relation?.type ?? '',
        index,
      };
    });
  }

  /** Sheets that hold cells. */
  worksheets(): SheetEntry[] {
    return this.sheets().filter(({ part, type }) => this.pkg.has(part) && type !== 'chartsheet');
  }

  /** The cells of a sheet, read once for as long as the sheet stays as it is. */
  cells(part: string): readonly SheetCell[] {
    const xml = this.pkg.text(part);
    const known = this.#cells.get(part);
    if (known?.xml === xml) return known.cells;
    const cells = [...cellsOf(xml)];
    this.#cells.set(part, { xml, cells });
    return cells;
  }

  names(): DefinedName[] {
    const xml = this.pkg.text(this.part);
    return (child(this.pkg.tree(this.part), 'definedNames')?.children ?? []).map((entry) => ({
      name: attribute(entry, 'name') ?? '',
      text: textOf(xml, entry),
      hidden: /^(1|true)$/.test(attribute(entry, 'hidden') ?? ''),
    }));
  }

  dropNames(which: (name: DefinedName) => boolean): void {
    this.pkg.edit(this.part, (root, edits, xml) => {
      const list = child(root, 'definedNames');
      if (!list) return;
      const gone = list.children.filter((entry) =>
        which({
          name: attribute(entry, 'name') ?? '',
          text: textOf(xml, entry),
          hidden: /^(1|true)$/.test(attribute(entry, 'hidden') ?? ''),
        }),
      );
      if (gone.length === list.children.length) edits.cut(list.start, list.end);
      else for (const { start, end } of gone) edits.cut(start, end);
    });
  }

  /** The texts of the shared strings, by number. */
  strings(): string[] {
    const part = this.#stringPart();
    if (!part) return [];
    const xml = this.pkg.text(part);
    return this.pkg.tree(part).children.map((item) => textOf(xml, item));
  }

  #stringPart(): string | undefined {
    return this.pkg
      .relations(this.part)
      .find(({ type, external, target }) => type === 'sharedStrings' && !external && this.pkg.has(target))
      ?.target;
  }

  usedStrings(): Set<number> {
    const used = new Set<number>();
    for (const { part } of this.worksheets()) {
      for (const { type, value } of this.cells(part)) if (type === 's') used.add(Number(value));
    }
    return used;
  }

  /** Empties the strings that no cell uses; the others keep their numbers. */
  scrubStrings(): void {
    const part = this.#stringPart();
    if (!part) return;
    const used = this.usedStrings();
    this.pkg.edit(part, (root, edits) => {
      for (const [index, item] of root.children.entries()) {
        if (used.has(index) || item.closeStart === item.openEnd) continue;
        const prefix = /^<([^\s:>]+:)?/.exec(item.source)?.[1] ?? '';
        edits.put(item.openEnd, item.closeStart, `<${prefix}t/>`);
      }
    });
  }

  editStrings(change: Parameters<OfficePackage['edit']>[1]): void {
    const part = this.#stringPart();
    if (part) this.pkg.edit(part, change);
  }

  /** Whether every formula of this kind has the value it shows stored with it. */
  hasValues(which: (cell: Cell) => boolean): boolean {
    return this.worksheets().every(
      ({ part }) => !this.cells(part).some((cell) => cell.formula && cell.value === null && which(cell)),
    );
  }

  /** Turns formulas into the values they show; a shared one takes all its cells with it. */
  freeze(which: (cell: Cell) => boolean): void {
    for (const { part } of this.worksheets()) {
      const xml = this.pkg.text(part);
      if (!/<(?:[^\s:>/]+:)?f[\s/>]/.test(xml)) continue;
      const cells = this.cells(part).filter(({ formula }) => formula !== null);
      const shared = new Set(cells.filter(which).map(({ formula }) => formula?.shared ?? null));
      const frozen = cells.filter(
        (cell) =>
          cell.value !== null &&
          (which(cell) || (cell.formula?.shared != null && shared.has(cell.formula.shared))),
      );
      if (frozen.length === 0) continue;
      this.pkg.rewrite(part, (edits) => {
        for (const { formula } of frozen) if (formula) edits.cut(formula.start, formula.end);
      });
    }
    // The order of calculation names cells that no longer calculate.
    const chain = this.pkg.relations(this.part).find(({ type }) => type === 'calcChain')?.target;
    if (chain) this.pkg.drop(chain);
  }

  /** Takes validations and conditional formats away whose formula is one of these. */
  dropRules(which: (formula: string) => boolean): void {
    for (const { part } of this.worksheets()) {
      if (!/(dataValidation|cfRule)[\s>]/.test(this.pkg.text(part))) continue;
      this.pkg.edit(part, (root, edits, xml) => {
        for (const element of descendants(root)) {
          if (element.name !== 'dataValidation' && element.name !== 'cfRule') continue;
          if (!which(textOf(xml, element))) continue;
          const only = element.parent?.children.filter(({ name }) => name === element.name).length === 1;
          const gone = only && element.parent ? element.parent : element;
          edits.cut(gone.start, gone.end);
        }
      });
    }
  }
}
