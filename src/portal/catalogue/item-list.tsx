import { itemHref, type PublicItem, validities } from '../../areas/catalogue/index.ts';
import { Badge, formatDate } from '../../ui/index.ts';

/** Items with title, day, number and two lines of what they say. */
export function ItemList({ items }: { items: readonly PublicItem[] }) {
  return (
    <ol class="item-list">
      {items.map((item) => (
        <li key={item.id}>
          <p class="item-line">
            <a href={itemHref(item.indexNumber)}>{item.title}</a>
            {item.validity !== 'in-force' && <Badge tone="warning">{validities[item.validity]}</Badge>}
            <time dateTime={item.publishedOn}>{item.publishedOn}</time>
          </p>
          <p class="item-line-facts">
            {item.documentNumber && <span>{item.documentNumber}</span>}
            <span>{item.issuingBody || item.unitName}</span>
            {item.amendedOn && <span>{formatDate(item.amendedOn)}修改</span>}
          </p>
          {item.abstract && <p class="item-line-abstract">{item.abstract}</p>}
        </li>
      ))}
    </ol>
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
