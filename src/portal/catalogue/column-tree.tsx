import type { ColumnNode } from '../../areas/catalogue/index.ts';
import { formatNumber } from '../../ui/index.ts';
import { CATALOGUE } from './filter.ts';

/** What columns hold with all below them; those that hold nothing are left out. */
export type Counts = ReadonlyMap<number, { count: number; newestOn: string }>;

/** Columns with those below them as a nested list; `open` are those whose lower columns are shown, all without. */
export function ColumnTree(props: {
  nodes: readonly ColumnNode[];
  counts: Counts;
  current?: number;
  open?: ReadonlySet<number>;
  class?: string;
}) {
  const { nodes, counts, current, open } = props;
  return (
    <ul class={props.class ?? 'column-tree'}>
      {nodes.map((node) => (
        <li key={node.id}>
          <a href={`${CATALOGUE}/${node.slug}`} aria-current={node.id === current ? 'page' : undefined}>
            <span>{node.name}</span>
            <span class="count">{formatNumber(counts.get(node.id)?.count ?? 0)}</span>
          </a>
          {node.below.length > 0 && (open === undefined || open.has(node.id)) && (
            <ColumnTree nodes={node.below} counts={counts} current={current} open={open} />
          )}
        </li>
      ))}
    </ul>
  );
}
