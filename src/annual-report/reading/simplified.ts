import { Converter } from 'opencc-js/t2cn';
import type { ReportDocument } from './document.ts';

/** Everyday characters of such reports that only traditional writing has. */
const TRADITIONAL = /[開與務條訊報關處復訴辦數據類現較]/gu;
const ENOUGH = 5;
const LOOKED_AT = 200;

let known: ((text: string) => string) | null = null;

/** Its dictionary is built only when a file needs it. */
function converter(): (text: string) => string {
  const made = known ?? Converter({ from: 't', to: 'cn' });
  known = made;
  return made;
}

/** The document in simplified characters: a file in Big5 writes the official wordings in traditional ones. */
export function simplified(document: ReportDocument): ReportDocument {
  if (!isTraditional(document)) return document;
  const change = converter();
  return {
    ...document,
    title: change(document.title),
    blocks: document.blocks.map((block) =>
      block.kind === 'paragraph'
        ? { ...block, text: change(block.text) }
        : {
            ...block,
            rows: block.rows.map((row) => ({
              ...row,
              cells: row.cells.map((cell) => ({ ...cell, text: change(cell.text) })),
            })),
          },
    ),
  };
}

function isTraditional({ title, blocks }: ReportDocument): boolean {
  const texts = blocks
    .slice(0, LOOKED_AT)
    .flatMap((block) =>
      block.kind === 'paragraph'
        ? [block.text.slice(0, LOOKED_AT)]
        : block.rows
            .slice(0, LOOKED_AT)
            .flatMap(({ cells }) => cells.slice(0, 3).map(({ text }) => text.slice(0, 50))),
    );
  const found = [title, ...texts].join('').match(TRADITIONAL);
  return (found?.length ?? 0) >= ENOUGH;
}
