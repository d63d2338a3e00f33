import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRef,
  PDFStream,
  PDFString,
} from '@cantoo/pdf-lib';

/** An object reached from the trailer, with the number it is kept under; '' for one that stands inside another. */
export interface Reached {
  dict: PDFDict;
  stream: PDFStream | null;
  ref: PDFRef | null;
}

const MAX_OBJECTS = 2_000_000;

/** Every dictionary that can be reached from the trailer, each once. */
export function reachedDicts(context: PDFContext): {
  dicts: Reached[];
  strings: string[];
  refs: Set<string>;
} {
  const dicts: Reached[] = [];
  const strings: string[] = [];
  const refs = new Set<string>();
  const seen = new Set<PDFObject>();
  const waiting: { object: PDFObject | undefined; ref: PDFRef | null }[] = [
    { object: context.trailerInfo.Root, ref: null },
    { object: context.trailerInfo.Info, ref: null },
  ];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { object, ref } = next;
    if (object instanceof PDFRef) {
      if (refs.has(object.tag)) continue;
      refs.add(object.tag);
      waiting.push({ object: context.lookup(object), ref: object });
    } else if (object instanceof PDFString || object instanceof PDFHexString) {
      strings.push(textOf(object));
    } else if (object instanceof PDFArray) {
      for (const entry of object.asArray()) waiting.push({ object: entry, ref: null });
    } else if (object instanceof PDFDict || object instanceof PDFStream) {
      if (seen.has(object) || seen.size > MAX_OBJECTS) continue;
      seen.add(object);
      const dict = object instanceof PDFStream ? object.dict : object;
      dicts.push({ dict, stream: object instanceof PDFStream ? object : null, ref });
      for (const value of dict.values()) waiting.push({ object: value, ref: null });
    }
  }
  return { dicts, strings, refs };
}

/** Takes away every object that the trailer does not lead to. */
export function dropUnreached(context: PDFContext): void {
  const { refs } = reachedDicts(context);
  for (const [ref] of context.enumerateIndirectObjects()) if (!refs.has(ref.tag)) context.delete(ref);
}

export function textOf(value: PDFString | PDFHexString): string {
  try {
    return value.decodeText();
  } catch {
    return '';
  }
}

/** A text entry; '' when it is none. */
export function textAt(dict: PDFDict, key: string): string {
  const value = dict.lookup(PDFName.of(key));
  return value instanceof PDFString || value instanceof PDFHexString ? textOf(value) : '';
}

/** A name entry without its slash; '' when it is none. */
export function nameAt(dict: PDFDict, key: string): string {
  const value = dict.lookup(PDFName.of(key));
  return value instanceof PDFName ? value.decodeText() : '';
}

export function dictAt(dict: PDFDict, key: string): PDFDict | null {
  const value = dict.lookup(PDFName.of(key));
  return value instanceof PDFDict ? value : value instanceof PDFStream ? value.dict : null;
}

export function arrayAt(dict: PDFDict, key: string): PDFObject[] {
  const value = dict.lookup(PDFName.of(key));
  return value instanceof PDFArray ? value.asArray().map((entry) => dict.context.lookup(entry) ?? entry) : [];
}

export function numbersAt(dict: PDFDict, key: string): number[] {
  return arrayAt(dict, key).map((entry) => Number(entry.toString()));
}

export const has = (dict: PDFDict, key: string): boolean => dict.lookup(PDFName.of(key)) !== undefined;
export const drop = (dict: PDFDict, key: string): boolean => dict.delete(PDFName.of(key));
