import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import {
  normativeKinds,
  type RegisterFilter,
  type RegisterPlace,
  registerFile,
  registerPage,
  validities,
} from '../../areas/catalogue/index.ts';
import { NORMATIVE, NormativePage } from './page.tsx';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What an address asks the register for; what it says wrongly is left out. */
function readQuery(query: Readonly<Record<string, unknown>>): {
  filter: RegisterFilter;
  after: RegisterPlace | null;
} {
  const word = (name: string) => {
    const value = query[name];
    return typeof value === 'string' && !value.includes('\0') ? value.slice(0, 100) : '';
  };
  const kind = word('kind');
  const validity = word('validity');
  const [, formedOn = '', id = ''] = /^(\d{4}-\d\d-\d\d)\.(\d{1,15})$/.exec(word('older')) ?? [];
  // A day that no calendar has would be refused by the database.
  const isDay = formedOn !== '' && new Date(`${formedOn}T00:00:00Z`).toJSON()?.startsWith(formedOn);
  return {
    filter: {
      text: word('q').trim(),
      kind: kind !== 'none' && Object.hasOwn(normativeKinds, kind) ? (kind as RegisterFilter['kind']) : null,
      validity: Object.hasOwn(validities, validity) ? (validity as RegisterFilter['validity']) : null,
      unitId: /^[1-9]\d{0,8}$/.test(word('unit')) ? Number(word('unit')) : null,
      year: /^(19|20)\d\d$/.test(word('year')) ? Number(word('year')) : null,
    },
    after: isDay ? { formedOn, id: Number(id) } : null,
  };
}

/** `/normative`: the register of normative documents, for everybody. */
export const normativeRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const { db } = app.connection;

    server.get(NORMATIVE, { config: { kept: true } }, async (request, reply) => {
      const { filter, after } = readQuery(request.query as Record<string, unknown>);
      const page = await registerPage(db, request.page?.agency.id ?? 0, filter, after);
      return reply.page(<NormativePage {...page} filter={filter} first={after === null} />);
    });

    for (const kind of ['csv', 'xlsx'] as const)
      server.get(`${NORMATIVE}/documents.${kind}`, async (request, reply) => {
        const { filter } = readQuery(request.query as Record<string, unknown>);
        const title = `${request.page?.agency.shortName ?? ''}规范性文件目录`;
        const content = await registerFile(db, request.page?.agency.id ?? 0, filter, { kind, title });
        return reply
          .header('cache-control', 'no-cache')
          .header(
            'content-disposition',
            `attachment; filename*=UTF-8''${encodeURIComponent(`${title}.${kind}`)}`,
          )
          .type(kind === 'csv' ? 'text/csv; charset=utf-8' : XLSX)
          .send(content);
      });
  };
