import type { CaseView } from '../../areas/requests/index.ts';
import { formatDateTime, Timeline } from '../../ui/index.ts';
import { shortened } from './case-law.ts';

/** The acts on the case, newest first; articles in short, because they stand in a narrow column. */
export function CaseHistory({ items }: { items: CaseView['timeline'] }) {
  if (items.length === 0) return <p>还没有操作记录。</p>;
  return (
    <Timeline
      items={items.map(({ at, title, by, detail, links }) => ({
        at: formatDateTime(at),
        title,
        by,
        detail:
          detail === '' && links.length === 0 ? undefined : (
            <>
              {shortened(detail)}
              {links.length > 0 && (
                <span class="history-links">
                  {links.map(({ label, href }) => (
                    <a key={href} href={href}>
                      {label}
                    </a>
                  ))}
                </span>
              )}
            </>
          ),
      }))}
    />
  );
}
