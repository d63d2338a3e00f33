import type { Discovery } from '../finding.ts';
import { fewOf, maskText } from '../masking.ts';
import type { OfficePackage } from '../office/package.ts';
import { child, descendants, textOf } from '../office/xml-tree.ts';
import { sheetPlace } from './hidden.ts';
import type { Workbook } from './workbook.ts';

/** Notes and threaded comments of each sheet. */
export function sheetComments(book: Workbook): Discovery[] {
  const { pkg } = book;
  return book.sheets().flatMap((sheet) => {
    const parts = pkg
      .relations(sheet.part)
      .filter(
        ({ type, external, target }) =>
          !external && /^(comments|threadedComment)$/.test(type) && pkg.has(target),
      )
      .map(({ target }) => target);
    if (parts.length === 0) return [];
    const words = parts.flatMap((part) => {
      const xml = pkg.text(part);
      return [...descendants(pkg.tree(part))]
        .filter(({ name }) => name === 'comment' || name === 'threadedComment')
        .map((comment) => maskText(textOf(xml, comment)));
    });
    return [
      {
        kind: 'comment',
        at: sheet.part,
        place: sheetPlace(sheet),
        count: Math.max(1, words.length),
        evidence: fewOf(words),
        mend: () => {
          for (const part of parts) pkg.drop(part);
          for (const { type, target } of pkg.relations(sheet.part))
            if (type === 'vmlDrawing') dropNotes(pkg, target);
        },
      },
    ];
  });
}

/** Notes are drawn in an old format that may draw other things too. */
function dropNotes(pkg: OfficePackage, part: string): void {
  if (!pkg.has(part)) return;
  let left = 0;
  pkg.edit(part, (root, edits) => {
    for (const shape of root.children.filter(({ name }) => /^(shape|rect|group|oval|line)$/.test(name))) {
      const data = child(shape, 'ClientData');
      if (data && /ObjectType\s*=\s*"Note"/.test(data.source)) edits.cut(shape.start, shape.end);
      else left += 1;
    }
  });
  if (left === 0) pkg.drop(part);
}
