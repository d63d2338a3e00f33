import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import { ScrollRegion } from './scroll-region.tsx';

export interface Column {
  label: ComponentChildren;
  /** Right-aligned tabular figures. */
  numeric?: boolean;
  width?: 'tick' | 'narrow' | 'medium' | 'wide';
  /** Address that sorts by this column. */
  sortHref?: string;
  sorted?: 'ascending' | 'descending';
  /** The column holds buttons or ticks and shows no heading; the label is read aloud only. */
  labelHidden?: boolean;
}

/**
 * A table of records. `children` are `<tr>`s; give figures `class="numeric"`, as the column says.
 * `queue` makes it walkable by keyboard: up and down choose a row, Enter opens the row's first link.
 * `stack` turns each row into a small card on a phone; cells then need `data-label`.
 */
export function Table(props: {
  caption: string;
  captionHidden?: boolean;
  columns: Column[];
  queue?: boolean;
  stack?: boolean;
  /** Rows that stay at the foot, e.g. totals. */
  foot?: ComponentChildren;
  children: ComponentChildren;
}) {
  const { caption, captionHidden = true, columns, queue, stack, foot, children } = props;
  return (
    <ScrollRegion class={stack ? 'table-frame table-stack' : 'table-frame'} label={caption}>
      <table class="table" data-queue={queue || undefined}>
        <caption class={captionHidden ? 'visually-hidden' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={index} scope="col" class={columnClass(column)} aria-sort={column.sorted}>
                <ColumnHead column={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
    </ScrollRegion>
  );
}

function ColumnHead({ column }: { column: Column }) {
  if (column.labelHidden) return <span class="visually-hidden">{column.label}</span>;
  if (!column.sortHref) return <>{column.label}</>;
  const icon =
    column.sorted === 'ascending'
      ? 'arrow-up'
      : column.sorted === 'descending'
        ? 'arrow-down'
        : 'arrows-sort';
  return (
    <a href={column.sortHref} class="sort-link">
      {column.label}
      <Icon name={icon} />
    </a>
  );
}

function columnClass(column: Column): string | undefined {
  const names = [column.numeric && 'numeric', column.width && `column-${column.width}`].filter(Boolean);
  return names.length > 0 ? names.join(' ') : undefined;
}

const pages = { label: '分页', previous: '上一页', next: '下一页' };

/**
 * Keyset paging: where the neighbours are, and a note such as `共 132 条`. Nothing when there is one page and no note. `words`
 * where it is not pages that follow one another.
 */
export function Pager(props: {
  previousHref?: string | null;
  nextHref?: string | null;
  note?: ComponentChildren;
  words?: typeof pages;
}) {
  const { previousHref, nextHref, note, words = pages } = props;
  if (!previousHref && !nextHref && !note) return null;
  return (
    <nav class="pager" aria-label={words.label}>
      <p class="pager-note">{note}</p>
      {(previousHref || nextHref) && (
        <p class="pager-links">
          {previousHref && (
            <a class="btn btn-plain btn-small" rel="prev" href={previousHref}>
              <Icon name="chevron-left" />
              <span>{words.previous}</span>
            </a>
          )}
          {nextHref && (
            <a class="btn btn-plain btn-small" rel="next" href={nextHref}>
              <span>{words.next}</span>
              <Icon name="chevron-right" />
            </a>
          )}
        </p>
      )}
    </nav>
  );
}
