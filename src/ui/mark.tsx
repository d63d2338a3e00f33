import type { PageContext } from './page-context.ts';

/** The agency's mark: its own picture when one is set, else ours, in the main colour of the site. `assets` is that of the page. */
export function Mark({ assets }: Pick<PageContext, 'assets'>) {
  return <img class="mark" src={`/assets/mark.svg?v=${assets}`} alt="" width="48" height="48" />;
}
