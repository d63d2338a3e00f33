import { fieldId } from '../../ui/index.ts';
import type { GridProps } from './grid.tsx';
import { quantityText } from './state.tsx';

/** What stands in the cell now, what is wrong with it, and what somebody else saved there meanwhile. */
export function cellState(code: string, props: GridProps) {
  const row = props.input.get(code) ?? { quantity: '', blank: false, note: '' };
  const theirs = props.theirs?.get(code);
  const stated = theirs === undefined ? undefined : theirs.quantity;
  const mine = row.blank ? null : row.quantity === '' ? undefined : row.quantity;
  const differs = props.theirs !== null && props.theirs !== undefined && stated !== mine;
  return {
    row,
    error: props.errors[`q.${code}`] ?? props.errors[`n.${code}`],
    id: fieldId(`q.${code}`),
    theirs: differs ? (theirs ? quantityText(stated) : '未填') : null,
  };
}
