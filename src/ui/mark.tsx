import { usePage } from './page-context.ts';

/** The agency's mark: its own picture when one is set, else ours, in the main colour of the site. */
export function Mark() {
  const { assets } = usePage();
  return <img class="mark" src={`/assets/mark.svg?v=${assets}`} alt="" width="48" height="48" />;
}
