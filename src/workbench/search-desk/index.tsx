import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { countTexts, listUnreadAttachments, readAttachmentAgain } from '../../areas/catalogue/index.ts';
import {
  addSynonyms,
  changeSynonyms,
  handleMiss,
  removeSynonyms,
  reopenMiss,
  synonymDesk,
  useStandardSynonyms,
} from '../../areas/search-desk/index.ts';
import type { Ctx } from '../../core/context.ts';
import { asDownload, XLSX } from '../../core/download.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import {
  countMisses,
  didYouMean,
  findEntries,
  findMiss,
  listMisses,
  type SearchMiss,
} from '../../core/search-index/index.ts';
import { writeXlsx } from '../../core/spreadsheet/index.ts';
import { reader, staffCtx } from '../request.ts';
import type { Room } from '../room.ts';
import { AttachmentsPage } from './attachments.tsx';
import { HandlingPage } from './handling.tsx';
import { MissesPage } from './misses.tsx';
import {
  ATTACHMENTS,
  EXPORT,
  filterOf,
  HANDLING,
  handlingOf,
  readDeskQuery,
  SEARCH_DESK,
  SYNONYMS,
} from './request.ts';
import { SynonymPage, SynonymsPage } from './synonyms.tsx';

/** Longest text that is read from a field. */
const LONGEST = 1000;
const PAGE = 50;
const MOST_EXPORTED = 5000;
const MOST_UNREAD = 200;

/** 站内检索: what citizens looked for in vain, synonyms, and attachments nobody can search. */
export const searchDeskRoom = (app: App): Room => ({
  key: 'search-desk',
  nav: [{ label: '站内检索', href: SEARCH_DESK, icon: 'search', group: '主动公开', act: 'search.read' }],
  routes: routes(app),
});

const routes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(SEARCH_DESK, async (request, reply) => {
      const ctx = staffCtx(app, request, 'search.read');
      const query = readDeskQuery(reader(request.query, LONGEST));
      const filter = filterOf(query, ctx);
      const [misses, counts] = await Promise.all([
        listMisses(ctx.db, ctx.agencyId, filter, { limit: PAGE + 1, offset: (query.page - 1) * PAGE }),
        countMisses(ctx.db, ctx.agencyId, filter),
      ]);
      return reply.page(
        <MissesPage
          query={query}
          misses={misses.slice(0, PAGE)}
          counts={counts}
          next={misses.length > PAGE}
        />,
      );
    });

    server.get(EXPORT, async (request, reply) => {
      const ctx = staffCtx(app, request, 'search.read');
      const filter = filterOf(readDeskQuery(reader(request.query, LONGEST)), ctx);
      const misses = await listMisses(ctx.db, ctx.agencyId, filter, { limit: MOST_EXPORTED });
      return asDownload(reply, '没有结果的检索.xlsx', XLSX).send(await missesXlsx(misses));
    });

    server.get(HANDLING, async (request, reply) => {
      const ctx = staffCtx(app, request, 'search.edit');
      return reply.page(await handlingPage(ctx, reader(request.query, LONGEST)('q')));
    });

    server.post(HANDLING, async (request, reply) => {
      const ctx = staffCtx(app, request, 'search.edit');
      const given = reader(request.body, LONGEST);
      const query = given('q');
      try {
        await handleMiss(ctx, query, given('note'));
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        const again = { given: { note: given('note') }, errors: error.fields };
        return reply.page(await handlingPage(ctx, query, again), 422);
      }
      reply.flash('success', `“${query}”已标为已处理。`);
      return reply.redirect(SEARCH_DESK, 303);
    });

    server.post(`${HANDLING}/reopening`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'search.edit');
      const query = reader(request.body, LONGEST)('q');
      await reopenMiss(ctx, query);
      reply.flash('success', `“${query}”已放回待处理。`);
      return reply.redirect(SEARCH_DESK, 303);
    });

    server.get(SYNONYMS, async (request, reply) => {
      const { db, agencyId } = staffCtx(app, request, 'search.read');
      return reply.page(<SynonymsPage desk={await synonymDesk(db, agencyId)} />);
    });

    server.post(SYNONYMS, async (request, reply) => {
      const ctx = staffCtx(app, request, 'search.edit');
      const given = reader(request.body, LONGEST);
      const [words, miss] = [given('words'), given('miss')];
      try {
        const added = await addSynonyms(ctx, words);
        reply.flash('success', `已添加同义词“${added.join('、')}”，马上生效。`);
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        const { fields: errors } = error;
        if (miss !== '') return reply.page(await handlingPage(ctx, miss, { given: { words }, errors }), 422);
        const desk = await synonymDesk(ctx.db, ctx.agencyId);
        return reply.page(<SynonymsPage desk={desk} given={words} errors={errors} />, 422);
      }
      return reply.redirect(miss === '' ? SYNONYMS : handlingOf(miss), 303);
    });

    for (const [path, use] of [
      ['leaving-out', false],
      ['use', true],
    ] as const) {
      server.post<{ Params: { place: string } }>(
        `${SYNONYMS}/standard/:place/${path}`,
        async (request, reply) => {
          const ctx = staffCtx(app, request, 'search.edit');
          await useStandardSynonyms(ctx, numberOf(request.params.place), use);
          reply.flash('success', use ? '已恢复这组同义词。' : '已停用这组同义词。');
          return reply.redirect(SYNONYMS, 303);
        },
      );
    }

    server.get(`${SYNONYMS}/:id`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'search.edit');
      return reply.page(<SynonymPage group={await groupOf(ctx, request)} />);
    });

    server.post(`${SYNONYMS}/:id`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'search.edit');
      const group = await groupOf(ctx, request);
      const words = reader(request.body, LONGEST)('words');
      try {
        await changeSynonyms(ctx, group.id, words);
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        return reply.page(<SynonymPage group={group} given={words} errors={error.fields} />, 422);
      }
      reply.flash('success', '同义词已保存，马上生效。');
      return reply.redirect(SYNONYMS, 303);
    });

    server.post(`${SYNONYMS}/:id/removal`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'search.edit');
      const group = await groupOf(ctx, request);
      await removeSynonyms(ctx, group.id);
      reply.flash('success', `已删除同义词“${group.words.join('、')}”。`);
      return reply.redirect(SYNONYMS, 303);
    });

    server.get(ATTACHMENTS, async (request, reply) => {
      const { db, agencyId } = staffCtx(app, request, 'search.read');
      const [counts, unread] = await Promise.all([
        countTexts(db, agencyId),
        listUnreadAttachments(db, agencyId, MOST_UNREAD),
      ]);
      return reply.page(<AttachmentsPage counts={counts} unread={unread} most={MOST_UNREAD} />);
    });

    server.post<{ Params: { digest: string } }>(`${ATTACHMENTS}/:digest/reading`, async (request, reply) => {
      await readAttachmentAgain(staffCtx(app, request, 'search.edit'), request.params.digest);
      reply.flash('success', '将在一两分钟内重新读取。');
      return reply.redirect(ATTACHMENTS, 303);
    });
  };

async function handlingPage(
  ctx: Ctx,
  query: string,
  again: { given?: { words?: string; note?: string }; errors?: Readonly<Record<string, string>> } = {},
) {
  const { db, agencyId } = ctx;
  const miss = await findMiss(db, agencyId, query);
  if (!miss) throw new NotFound('没有找到这条检索，可能已经清除。');
  const found = await findEntries(db, agencyId, { query, limit: 1 });
  const meant = found.total === 0 || found.loose ? await didYouMean(db, agencyId, query) : null;
  return <HandlingPage miss={miss} found={found} meant={meant} {...again} />;
}

function numberOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new NotFound();
  return Number(text);
}

async function groupOf({ db, agencyId }: Ctx, request: FastifyRequest) {
  const id = numberOf((request.params as { id: string }).id);
  const group = (await synonymDesk(db, agencyId)).own.find((one) => one.id === id);
  if (!group) throw new NotFound('没有找到这组同义词。');
  return group;
}

const missesXlsx = (misses: readonly SearchMiss[]) =>
  writeXlsx([
    {
      name: '没有结果的检索',
      columns: [
        { label: '检索词' },
        { label: '次数' },
        { label: '第一次' },
        { label: '最近一次' },
        { label: '处理日期' },
        { label: '处理人' },
        { label: '处理说明' },
      ],
      rows: misses.map((miss) => [
        miss.query,
        miss.times,
        miss.firstOn,
        miss.lastOn,
        miss.handledOn,
        miss.handledBy,
        miss.handledNote,
      ]),
    },
  ]);
