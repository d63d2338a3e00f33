import type { TimelineAct } from '../ledger/index.ts';
import { formatDateTime, Timeline } from '../ui/index.ts';

/** The acts on one record as its page shows them; `items` come from `actsOf`. */
export function ActHistory({ items }: { items: readonly TimelineAct[] }) {
  if (items.length === 0) return <p>还没有操作记录。</p>;
  return (
    <Timeline
      items={items.map(({ at, title, by, detail }) => ({
        at: formatDateTime(at),
        title,
        by,
        detail: detail || undefined,
      }))}
    />
  );
}
