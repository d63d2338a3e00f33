import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { showing } from './page-context.ts';

/** What was made, by the facts it shows and its name. */
const made = new WeakMap<object, Map<string, string>>();

/**
 * The inside of a block that is made once for the facts it shows and then stands in every page that shows them, e.g. the filters beside
 * a list of a hundred pages. `name` tells apart what is made of the same facts. It may show nothing but them: who asks for the page,
 * its address and the day are unknown to it.
 */
export function Once(props: {
  of: object;
  name: string;
  class: string;
  id?: string;
  tag?: 'div' | 'ul';
  children: () => VNode;
}): VNode {
  const known = made.get(props.of) ?? new Map<string, string>();
  made.set(props.of, known);
  const html = known.get(props.name) ?? showing(null, () => renderToString(props.children()));
  known.set(props.name, html);
  const { id, class: className, tag: Tag = 'div' } = props;
  return <Tag id={id} class={className} dangerouslySetInnerHTML={{ __html: html }} />;
}
