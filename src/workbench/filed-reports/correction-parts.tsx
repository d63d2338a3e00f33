import { formatDate, Light } from '../../ui/index.ts';

export const states = { open: '等待更正', answered: '已答复，待复核', closed: '已办结' } as const;
export const tones = { open: 'warning', answered: 'info', closed: 'neutral' } as const;

/** A due date; past it in red, with the word. */
export function Due({ dueOn, overdue }: { dueOn: string; overdue: boolean }) {
  return overdue ? (
    <Light tone="red">{`已逾期（${formatDate(dueOn)}到期）`}</Light>
  ) : (
    <span>{`${formatDate(dueOn)}前`}</span>
  );
}
