import { normaliseDocumentNumber } from '../../law/index.ts';
import { digestOf } from './digest.ts';
import type { LineNote } from './import-model.ts';
import type { PreparedItem } from './import-preparing.ts';
import type { ReferencedItem } from './import-store.ts';

/** Items as lines refer to them: by source, index number or document number. */
export interface Referenced {
  add(item: ReferencedItem): void;
  find(reference: string): number | 'none' | 'several';
}

export function openReferenced(items: readonly ReferencedItem[]): Referenced {
  const exact = new Map<string, number>();
  const byNumber = new Map<string, ReferencedItem[]>();
  const add = (item: ReferencedItem) => {
    if (item.indexNumber !== '') exact.set(item.indexNumber, item.id);
    if (item.sourceId !== null) exact.set(item.sourceId, item.id);
    if (item.documentNumber === '') return;
    const number = normaliseDocumentNumber(item.documentNumber);
    const others = byNumber.get(number)?.filter(({ id }) => id !== item.id) ?? [];
    byNumber.set(number, [...others, item]);
  };
  items.forEach(add);
  return {
    add,
    find(reference) {
      const found = exact.get(reference);
      if (found !== undefined) return found;
      const numbered = byNumber.get(normaliseDocumentNumber(reference)) ?? [];
      // A notice of a document and the document itself may bear one number.
      const documents = numbered.filter(({ normative }) => normative !== 'none');
      const [one, ...more] = documents.length > 0 ? documents : numbered;
      if (one === undefined) return 'none';
      return more.length > 0 ? 'several' : one.id;
    },
  };
}

/** What an item interprets, as ids, and which references lead nowhere. */
export function linksOf(item: PreparedItem, referenced: Referenced) {
  const ids: number[] = [];
  const notes: LineNote[] = [];
  let missing = false;
  for (const reference of item.interpreting?.references ?? []) {
    const found = reference === item.sourceId ? 'itself' : referenced.find(reference);
    if (found === 'none') {
      missing = true;
      notes.push(nowhere(item.line, reference));
    } else if (found === 'several' || found === 'itself') notes.push(told(item.line, reference, found));
    else if (!ids.includes(found)) ids.push(found);
  }
  return { ids, notes, missing };
}

/** SM3 of what the item says when it interprets these. */
export const digestWith = ({ digest, interpreting }: PreparedItem, ids: readonly number[]): string =>
  interpreting === null || ids.length === 0 ? digest : digestOf({ ...interpreting.content, interprets: ids });

export const nowhere = (line: number, reference: string): LineNote => ({
  line,
  kind: 'reference',
  field: 'interprets',
  problem: `没有找到所解读的文件：${reference}；应为已有信息或本文件中某条的来源编号、索引号或文号`,
});

const told = (line: number, reference: string, found: 'several' | 'itself'): LineNote => ({
  line,
  kind: 'reference',
  field: 'interprets',
  problem:
    found === 'itself'
      ? '所解读的文件不能是这条信息自己'
      : `有几条信息的文号都是${reference}，请改用来源编号或索引号`,
});

export const differs = (line: number): LineNote => ({
  line,
  kind: 'differs',
  field: '',
  problem: '来源编号已有，内容与当时导入的不同；没有改动，需要时请在“公开信息”中修改',
});
