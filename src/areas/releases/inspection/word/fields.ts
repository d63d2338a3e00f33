import type { Edits } from '../office/edits.ts';
import { attribute, descendants, type Element, textOf } from '../office/xml-tree.ts';

/** Instructions that fetch something when the document is opened or its fields are brought up to date. */
const FETCHING =
  /^\s*(DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DATABASE|RD|MACROBUTTON|GOTOBUTTON|AUTOTEXT|MERGEFIELD|QUOTE\s+.*\bDDE)\b/i;

export interface Field {
  instruction: string;
  /** Marks and codes of the field; its result is not among them. */
  marks: Element[];
  simple: boolean;
}

/** The fields of a part that reach outside. */
export function fetchingFields(root: Element, xml: string): Field[] {
  const found: Field[] = [];
  const open: (Field & { inResult: boolean })[] = [];
  for (const element of descendants(root)) {
    if (element.name === 'fldSimple') {
      const instruction = attribute(element, 'instr') ?? '';
      if (FETCHING.test(instruction)) found.push({ instruction, marks: [element], simple: true });
    } else if (element.name === 'fldChar') {
      const type = attribute(element, 'fldCharType');
      if (type === 'begin') open.push({ instruction: '', marks: [element], simple: false, inResult: false });
      else {
        const field = open.at(-1);
        field?.marks.push(element);
        if (field && type === 'separate') field.inResult = true;
        if (field && type === 'end') {
          open.pop();
          if (FETCHING.test(field.instruction)) found.push(field);
        }
      }
    } else if (element.name === 'instrText') {
      const field = open.findLast(({ inResult }) => !inResult);
      field?.marks.push(element);
      if (field) field.instruction += textOf(xml, element);
    }
  }
  // One that is never closed is carried out all the same.
  for (const field of open) if (FETCHING.test(field.instruction)) found.push(field);
  return found;
}

/** The name of the instruction, e.g. `DDEAUTO`. */
export const instructionName = ({ instruction }: Field): string =>
  /^\s*(\w{1,20})/.exec(instruction)?.[1]?.toUpperCase() ?? '';

/** Leaves the result of each field as plain text. */
export function flattenFields(fields: readonly Field[], edits: Edits): void {
  for (const { marks, simple } of fields) {
    for (const mark of marks) {
      if (simple) edits.unwrap(mark);
      else edits.cut(mark.start, mark.end);
    }
  }
}
