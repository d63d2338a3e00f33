import type { ComponentChildren } from 'preact';

/** A wide table in a frame that may scroll sideways; reachable by keyboard, so that it can be scrolled without a mouse. */
export function ScrollRegion(props: { label: string; class: string; children: ComponentChildren }) {
  return (
    <section
      class={props.class}
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
    >
      {props.children}
    </section>
  );
}
