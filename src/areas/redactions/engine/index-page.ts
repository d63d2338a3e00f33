import type { GroundedBox } from './model.ts';
import { typeset } from './typesetting.ts';

export interface IndexWords {
  /** `政府信息公开区分处理索引` */
  title: string;
  /** Sentences above the tables: what this file is and who made it. No personal data. */
  preface: readonly string[];
}

/** The index of redactions as a PDF: by ground, then by page. */
export function typesetIndex(boxes: readonly GroundedBox[], { title, preface }: IndexWords): Uint8Array {
  return typeset('index', {
    title,
    preface,
    footer: title,
    groundsTitle: '一、按依据',
    groundsHead: ['代号', '依据', '处数', '所在页'],
    grounds: [...byGround(boxes)].map(([mark, of]) => [
      mark,
      of[0]?.ground.label ?? '',
      String(of.length),
      pageList(of.map(({ page }) => page)),
    ]),
    pagesTitle: '二、按页',
    pagesHead: ['页码', '依据', '处数'],
    pages: [...Map.groupBy(boxes, ({ page }) => page)]
      .sort(([a], [b]) => a - b)
      .flatMap(([page, of]) =>
        [...byGround(of)].map(([, same]) => [
          `第 ${page} 页`,
          `${same[0]?.ground.mark}　${same[0]?.ground.label}`,
          String(same.length),
        ]),
      ),
  });
}

const byGround = (boxes: readonly GroundedBox[]) =>
  new Map([...Map.groupBy(boxes, ({ ground }) => ground.mark)].sort(([a], [b]) => (a < b ? -1 : 1)));

/** `1、3–5、9` */
export function pageList(pages: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const page of [...new Set(pages)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[1] === page - 1) last[1] = page;
    else runs.push([page, page]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join('、');
}
