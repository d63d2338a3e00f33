import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { toString as drawQr } from 'qrcode';
import type { App } from '../../app.ts';
import { itemHref, readPublicItem, readSeenVersion } from '../../areas/catalogue/index.ts';
import { NotFound } from '../../core/refusal.ts';
import type { PortalFacts } from '../facts.ts';
import { differenceOf } from './difference.ts';
import { sendItemFile } from './file.ts';
import { ItemPage } from './item-page.tsx';
import { VersionPage } from './version-page.tsx';
import { WithdrawnPage } from './withdrawn-page.tsx';

/** `/items/{index number}`, its versions, its QR code and its files. An index number holds slashes of its own. */
export const itemRoutes =
  (app: App, facts: PortalFacts): FastifyPluginAsync =>
  async (server) => {
    const { db } = app.connection;
    const base = app.config.publicUrl.replace(/\/$/, '');

    const read = async (request: FastifyRequest, indexNumber: string) => {
      // PostgreSQL takes neither NUL nor halves of characters, and an index number has 60 characters at most.
      const plausible = indexNumber.length <= 60 && !indexNumber.includes('\0') && indexNumber.isWellFormed();
      const agencyId = request.page?.agency.id ?? 0;
      const found = plausible
        ? await readPublicItem(facts.reader, agencyId, indexNumber, await facts.wholeTree(request))
        : null;
      if (!found) throw new NotFound('没有这条信息，可能地址有误。');
      return found;
    };

    /** The address of an item as a picture that telephones read. */
    const codeOf = (indexNumber: string): Promise<string> =>
      drawQr(base + itemHref(indexNumber), { type: 'svg', margin: 1, errorCorrectionLevel: 'M' });

    server.get<{ Params: { '*': string } }>(
      '/items/*',
      { config: { kept: true } },
      async (request, reply) => {
        const address = request.params['*'];
        const [, ofCode] = /^(.+)\/qr\.svg$/.exec(address) ?? [];
        const [, ofVersion, number] = /^(.+)\/versions\/(\d{1,6})$/.exec(address) ?? [];
        const found = await read(request, ofCode ?? ofVersion ?? address);
        if (found.kind !== 'item')
          return reply.header('cache-control', 'no-cache').page(<WithdrawnPage item={found.item} />, 410);
        const { view } = found;
        if (ofCode !== undefined)
          return reply.type('image/svg+xml').send(await codeOf(view.item.indexNumber));
        const site = { base, agency: request.page?.agency.name ?? '' };
        if (ofVersion === undefined) return reply.page(<ItemPage view={view} site={site} />);
        const seen = await readSeenVersion(db, request.page?.agency.id ?? 0, view, Number(number));
        if (!seen) throw new NotFound('没有公开过这个版本。');
        const difference = seen.before && differenceOf(seen.before, seen.version);
        return reply.page(
          <VersionPage view={view} version={seen.version} difference={difference} site={site} />,
        );
      },
    );

    server.get<{ Params: { item: string; digest: string } }>(
      '/files/items/:item(^[1-9]\\d{0,14}$)/:digest(^[0-9a-f]{64}$)',
      async (request, reply) =>
        sendItemFile(
          app,
          { request, reply },
          { itemId: Number(request.params.item), digest: request.params.digest },
        ),
    );
  };
