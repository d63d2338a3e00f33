import type { RedactionView } from '../../areas/redactions/index.ts';

/** `1、3–5、9` */
export function pageNumbers(pages: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const page of [...new Set(pages)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[1] === page - 1) last[1] = page;
    else runs.push([page, page]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join('、');
}

export const kindWords: Readonly<Record<RedactionView['kind'], string>> = {
  pdf: 'PDF',
  docx: 'Word 文档',
  jpeg: '图片',
  png: '图片',
};

const MM = 25.4 / 72;

/** Points as millimetres, for people. */
export const millimetres = (points: number): number => Math.round(points * MM * 10) / 10;
export const pointsOf = (mm: number): number => mm / MM;
