import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import type { Agency } from './areas/organisations/index.ts';
import { displayOf } from './ui/display.ts';
import type { PageContext } from './ui/page-context.ts';
import { takeFlash } from './ui/reply.tsx';

/** What every page of either face knows; the workbench adds its navigation. */
export function describePage(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  agency: Agency | null,
  workbench: Pick<PageContext, 'nav' | 'unreadNotifications'> = { nav: [], unreadNotifications: 0 },
): PageContext {
  return {
    path: request.url,
    // Made on demand: pages without a form set no cookie and stay cacheable.
    get csrf() {
      return reply.generateCsrf();
    },
    actor: request.staff,
    agency: pageAgency(agency),
    today: app.clock.today().toString(),
    flash: takeFlash(request, reply),
    display: displayOf(request),
    assets: app.assets.version,
    ...workbench,
  };
}

const unnamed = '政府信息公开平台';
const nameless = { id: 0, code: '', name: unnamed, shortName: unnamed, demonstration: false, site: {} };
/** One for each agency that was read, so that what pages show of it need be made only once. */
const described = new WeakMap<Agency, PageContext['agency']>();

/** What pages show of an agency; a nameless stand-in before the first agency exists. */
function pageAgency(agency: Agency | null): PageContext['agency'] {
  if (!agency) return nameless;
  const { id, code, name, shortName, demonstration, site } = agency;
  const known = described.get(agency) ?? { id, code, name, shortName, demonstration, site: { ...site } };
  described.set(agency, known);
  return known;
}
