import type { ComponentChildren } from 'preact';
import { formatNumber } from './format.ts';
import { Icon } from './icon.tsx';

/** Views of one thing; each is an address of its own. */
export function Tabs(props: {
  label?: string;
  /** A count may be words where it is not told to the last one, e.g. `1,000+`. */
  items: { label: string; href: string; current?: boolean; count?: number | string }[];
}) {
  return (
    <nav class="tabs" aria-label={props.label ?? '视图'}>
      <ul>
        {props.items.map((item) => (
          <li key={item.href}>
            <a href={item.href} aria-current={item.current ? 'page' : undefined}>
              {item.label}
              {item.count !== undefined && (
                <span class="count">
                  {typeof item.count === 'string' ? item.count : formatNumber(item.count)}
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export interface Crumb {
  label: string;
  href?: string;
}

/** The way here; the last one is this page. */
export function Breadcrumbs({ items }: { items: Crumb[] }) {
  return (
    <nav class="breadcrumbs" aria-label="所在位置">
      <ol>
        {items.map((item, index) => (
          <li key={item.label}>
            {index > 0 && <Icon name="chevron-right" />}
            {item.href && index < items.length - 1 ? (
              <a href={item.href}>{item.label}</a>
            ) : (
              <span aria-current={index === items.length - 1 ? 'page' : undefined}>{item.label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** One dimension to filter a list by, as plain links with counts. */
export function FilterLinks(props: {
  title: string;
  /** A count may be words where it is not told to the last one, e.g. `10,000+`. */
  items: { label: string; href: string; current?: boolean; count?: number | string }[];
}) {
  return (
    <nav class="filter-links" aria-label={`按${props.title}筛选`}>
      <p class="filter-title">{props.title}</p>
      <ul>
        {props.items.map((item) => (
          <li key={item.href}>
            <a href={item.href} aria-current={item.current ? 'true' : undefined}>
              <span>{item.label}</span>
              {item.count !== undefined && (
                <span class="count">
                  {typeof item.count === 'string' ? item.count : formatNumber(item.count)}
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** A link whose page also opens as a drawer at the right; without script it is just the page. */
export function DrawerLink(props: {
  href: string;
  class?: string;
  label?: string;
  children: ComponentChildren;
}) {
  return (
    <a
      href={props.href}
      class={props.class}
      aria-label={props.label}
      aria-haspopup="dialog"
      hx-get={props.href}
      hx-target="#drawer-body"
      hx-swap="innerHTML"
    >
      {props.children}
    </a>
  );
}

/** What a drawer's address answers to htmx; the same children go into a whole page for everyone else. */
export function DrawerContent(props: { title: string; href?: string; children: ComponentChildren }) {
  return (
    <div class="drawer-content">
      <header class="drawer-head">
        <h2 id="drawer-title" tabIndex={-1}>
          {props.title}
        </h2>
        {props.href && (
          <a href={props.href} class="drawer-open">
            单独打开
          </a>
        )}
      </header>
      {props.children}
    </div>
  );
}
