import type { CellState, MatrixCell } from '../../areas/filed-reports/index.ts';
import { Icon } from '../../ui/index.ts';
import { standings } from './words.ts';

/** Where a report stands, by word, shape and colour; a link when it leads somewhere. */
export function Standing(props: {
  state: CellState;
  label?: string;
  count?: number;
  href?: string;
  describedAs?: string;
}) {
  const { state, count, href, describedAs } = props;
  const { label, icon } = standings[state];
  const content = (
    <>
      <Icon name={icon} />
      {props.label ?? label}
      {count !== undefined && count > 0 && <span class="standing-count">{count}</span>}
    </>
  );
  const name = `standing standing-${state}`;
  return href ? (
    <a class={name} href={href} aria-label={describedAs}>
      {content}
    </a>
  ) : (
    <span class={name}>{content}</span>
  );
}

/** How many findings the state speaks of. */
export function countOf(cell: Pick<MatrixCell, 'state' | 'wrong' | 'doubtful'>): number | undefined {
  if (cell.state === 'wrong') return cell.wrong;
  if (cell.state === 'doubtful') return cell.doubtful;
  return undefined;
}

/** `有误 3 处、存疑 2 处、无法判断 1 处`; `没有发现问题` when there is nothing. */
export function countWords(counts: { wrong: number; doubtful: number; unassessable: number }): string {
  const parts = [
    counts.wrong > 0 && `有误 ${counts.wrong} 处`,
    counts.doubtful > 0 && `存疑 ${counts.doubtful} 处`,
    counts.unassessable > 0 && `无法判断 ${counts.unassessable} 处`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join('、') : '没有发现问题';
}
