import { type CatalogueColumn, type ColumnNode, withBelow } from '../../areas/catalogue/index.ts';

/** The column 政府信息公开 with its blocks in the order of 国办公开办函〔2019〕61号. */
export interface Blocks {
  guide: ColumnNode[];
  rules: ColumnNode[];
  /** What 711/20 and 711/21 ask for, and the key areas of the year. */
  statutory: ColumnNode[];
  reports: ColumnNode[];
  /** Kept by the office and not asked for by the law. */
  other: ColumnNode[];
  topics: ColumnNode[];
}

export function blocksOf(tree: readonly ColumnNode[]): Blocks {
  const of = (...kinds: CatalogueColumn['kind'][]) => tree.filter(({ kind }) => kinds.includes(kind));
  return {
    guide: everyOf(tree, 'guide'),
    rules: everyOf(tree, 'rules'),
    statutory: of('statutory', 'key-area'),
    reports: everyOf(tree, 'reports'),
    other: of('news', 'notice', 'other'),
    topics: everyOf(tree, 'topic'),
  };
}

/** Columns of a kind wherever they stand, those below one of them aside. */
export function everyOf(tree: readonly ColumnNode[], kind: CatalogueColumn['kind']): ColumnNode[] {
  return tree.flatMap((node) => (node.kind === kind ? [node] : everyOf(node.below, kind)));
}

export const idsOf = (nodes: readonly ColumnNode[]): number[] => nodes.flatMap(withBelow);
