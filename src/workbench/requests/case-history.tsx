import type { CaseView } from '../../areas/requests/index.ts';
import { formatDateTime, Timeline } from '../../ui/index.ts';
import { shortened } from './case-law.ts';

/** The acts on the case, newest first; articles in short, because they stand in a narrow column. */
export function CaseHistory({ items }: { items: CaseView['timeline'] }) {
  if (items.length === 0) return <p>还没有操作记录。</p>;
  return (
    <Timeline
      items={items.map(({ at, title, by, detail }) => ({
        at: formatDateTime(at),
        title,
        by,
        detail: detail ? shortened(detail) : undefined,
      }))}
    />
  );
}
