import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

const toneIcons: Record<Tone, string> = {
  neutral: 'info-circle',
  info: 'info-circle',
  success: 'circle-check',
  warning: 'alert-triangle',
  danger: 'alert-circle',
};

/** A state in one word. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ComponentChildren }) {
  return <span class={`badge badge-${tone}`}>{children}</span>;
}

/** A traffic light that also differs by shape, always with its word. */
export function Light({ tone, children }: { tone: 'green' | 'amber' | 'red'; children: ComponentChildren }) {
  const icon = { green: 'circle-check', amber: 'clock-exclamation', red: 'alert-octagon' }[tone];
  return (
    <span class={`light light-${tone}`}>
      <Icon name={icon} />
      {children}
    </span>
  );
}

/** A message in the page. `danger` and `warning` are read aloud at once only when `live`. */
export function Alert(props: { tone?: Tone; title?: string; live?: boolean; children?: ComponentChildren }) {
  const { tone = 'info', title, live, children } = props;
  return (
    <div class={`alert alert-${tone}`} role={live ? (tone === 'danger' ? 'alert' : 'status') : undefined}>
      <Icon name={toneIcons[tone]} />
      <div>
        {title && <p class="alert-title">{title}</p>}
        {children && <div class="alert-text">{children}</div>}
      </div>
    </div>
  );
}

/** Nothing here, why, and what can be done. */
export function Empty(props: {
  title: string;
  icon?: string;
  children?: ComponentChildren;
  action?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <Icon name={props.icon ?? 'inbox'} />
      <p class="empty-title">{props.title}</p>
      {props.children && <div class="empty-text">{props.children}</div>}
      {props.action && <p class="empty-action">{props.action}</p>}
    </div>
  );
}

/** A thing on the page with a name of its own. */
export function Card(props: {
  title?: string;
  level?: 2 | 3;
  actions?: ComponentChildren;
  /** No padding inside: the content is a table or a list that reaches the edges. */
  flush?: boolean;
  id?: string;
  children: ComponentChildren;
}) {
  const Heading = props.level === 3 ? 'h3' : 'h2';
  return (
    <section class={props.flush ? 'card card-flush' : 'card'} id={props.id}>
      {(props.title || props.actions) && (
        <header class="card-head">
          {props.title && <Heading>{props.title}</Heading>}
          {props.actions && <div class="card-actions">{props.actions}</div>}
        </header>
      )}
      <div class="card-body">{props.children}</div>
    </section>
  );
}

/** Metadata of a thing: two columns and hairlines. */
export function Facts({ items }: { items: { label: string; value: ComponentChildren }[] }) {
  return (
    <dl class="facts">
      {items.map((item) => (
        <div key={item.label}>
          <dt>{item.label}</dt>
          <dd>{item.value ?? '—'}</dd>
        </div>
      ))}
    </dl>
  );
}

/** One figure, large, with its words; it leads to its evidence when `href` is given. */
export function Stat(props: {
  label: string;
  value: ComponentChildren;
  unit?: string;
  href?: string;
  note?: ComponentChildren;
}) {
  const content = (
    <>
      <span class="stat-value">
        {props.value}
        {props.unit && <span class="stat-unit">{props.unit}</span>}
      </span>
      <span class="stat-label">{props.label}</span>
      {props.note && <span class="stat-note">{props.note}</span>}
    </>
  );
  return props.href ? (
    <a class="stat" href={props.href}>
      {content}
    </a>
  ) : (
    <div class="stat">{content}</div>
  );
}

/** Figures side by side. */
export function Stats({ children }: { children: ComponentChildren }) {
  return <div class="stats">{children}</div>;
}

/** A quiet inline mark, e.g. a live figure in prose; a link when `href` is given. */
export function Chip(props: { href?: string; tone?: Tone; title?: string; children: ComponentChildren }) {
  const name = `chip chip-${props.tone ?? 'neutral'}`;
  return props.href ? (
    <a class={name} href={props.href} title={props.title}>
      {props.children}
    </a>
  ) : (
    <span class={name} title={props.title}>
      {props.children}
    </span>
  );
}

/** How far along, in a bar and in words: `3 / 12` unless told otherwise. */
export function Progress(props: { value: number; max: number; label: string; words?: string }) {
  const { words = `${props.value} / ${props.max}` } = props;
  return (
    <span class="progress">
      <progress value={props.value} max={Math.max(props.max, 1)} aria-label={`${props.label} ${words}`} />
      <span class="progress-words" aria-hidden="true">
        {words}
      </span>
    </span>
  );
}

/** Acts on a thing, newest first or last as given. */
export function Timeline(props: {
  items: {
    at: ComponentChildren;
    title: ComponentChildren;
    by?: ComponentChildren;
    detail?: ComponentChildren;
    tone?: Tone;
  }[];
}) {
  return (
    <ol class="timeline">
      {props.items.map((item, index) => (
        <li key={index} class={`timeline-item timeline-${item.tone ?? 'neutral'}`}>
          <p class="timeline-title">{item.title}</p>
          <p class="timeline-meta">
            {item.by && <span>{item.by}</span>}
            <span>{item.at}</span>
          </p>
          {item.detail && <div class="timeline-detail">{item.detail}</div>}
        </li>
      ))}
    </ol>
  );
}

/** Stages a thing passes, as a line; the ones passed carry a tick. */
export function Steps({
  items,
  current,
}: {
  items: { label: string; note?: ComponentChildren }[];
  current: number;
}) {
  return (
    <ol class="steps">
      {items.map((item, index) => {
        const state = index < current ? 'done' : index === current ? 'current' : 'next';
        return (
          <li
            key={item.label}
            class={`step step-${state}`}
            aria-current={state === 'current' ? 'step' : undefined}
          >
            <span class="step-mark">{state === 'done' ? <Icon name="check" /> : index + 1}</span>
            <span class="step-label">
              {item.label}
              {state === 'done' && <span class="visually-hidden">（已完成）</span>}
              {item.note && <span class="step-note">{item.note}</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
