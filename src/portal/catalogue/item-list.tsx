import { itemHref, type PublicItem } from '../../areas/catalogue/index.ts';
import { formatDate, usePage } from '../../ui/index.ts';
import { ValidityBadge } from './validity-badge.tsx';

/** Items with title, day, number and two lines of what they say; whose they are is said where it is not the site's own agency. */
export function ItemList({ items }: { items: readonly PublicItem[] }) {
  const { agency } = usePage();
  return (
    <ol class="item-list">
      {items.map((item) => (
        <li key={item.id}>
          <p class="item-line">
            <a href={itemHref(item.indexNumber)}>{item.title}</a>
            {item.validity !== 'in-force' && <ValidityBadge validity={item.validity} />}
            <time dateTime={item.publishedOn}>{item.publishedOn}</time>
          </p>
          <Facts
            of={[
              item.documentNumber,
              item.issuingBody === agency.name ? '' : item.issuingBody || item.unitName,
              item.amendedOn && `${formatDate(item.amendedOn)}修改`,
            ]}
          />
          {item.abstract && <p class="item-line-abstract">{item.abstract}</p>}
        </li>
      ))}
    </ol>
  );
}

function Facts({ of }: { of: readonly (string | null)[] }) {
  const facts = of.filter((fact) => fact);
  return facts.length === 0 ? null : (
    <p class="item-line-facts">
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </p>
  );
}

/** Titles and days only, as home pages have them. */
export function ItemTitles({ items, class: name }: { items: readonly PublicItem[]; class?: string }) {
  return (
    <ul class={`item-titles ${name ?? ''}`.trim()}>
      {items.map((item) => (
        <li key={item.id}>
          <a href={itemHref(item.indexNumber)}>{item.title}</a>
          <time dateTime={item.publishedOn}>{item.publishedOn}</time>
        </li>
      ))}
    </ul>
  );
}
