import type { App } from '../app.ts';
import { contentRevisions } from '../areas/catalogue/index.ts';
import type { KeptPagesSettings } from '../core/http/kept-pages.ts';
import { displayOf } from '../ui/display.ts';
import { FLASH_COOKIE } from '../ui/reply.tsx';

/** How long public pages stand, and what they differ by. */
export function keptPortalPages({ connection }: App): KeptPagesSettings {
  return {
    revisions: () => contentRevisions(connection.db),
    agencyOf: (request) => request.page?.agency.id ?? 0,
    variant: ({ headers, server }) => {
      const cookies = headers.cookie === undefined ? {} : server.parseCookie(headers.cookie);
      // A message is for one visitor and for one page.
      if (cookies[FLASH_COOKIE] !== undefined) return null;
      const { large, contrast } = displayOf({ cookies });
      return `${large ? 'large' : ''}.${contrast ? 'contrast' : ''}`;
    },
  };
}
