import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { Temporal } from 'temporal-polyfill';
import type { App } from '../../app.ts';
import {
  type ChannelPost,
  cancelPost,
  channelKinds,
  confirmPosts,
  holdPosts,
  importHeadings,
  listAccounts,
  noteReads,
  ownAccounts,
  type PostMove,
  postStates,
  postsPage,
  postView,
  previewPosts,
  readPostSheet,
  recordPost,
  recordWaiting,
  retryPost,
  scheduledPosts,
  schedulePost,
  waitingPosts,
} from '../../areas/channels/index.ts';
import { may } from '../../areas/organisations/index.ts';
import { LEGAL_TIME_ZONE } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { asDownload, XLSX } from '../../core/download.ts';
import { InvalidForm } from '../../core/refusal.ts';
import {
  formSheetLimits,
  readMonth,
  readSheet,
  UnreadableFile,
  writeXlsx,
} from '../../core/spreadsheet/index.ts';
import { withUpload } from '../../core/uploads/index.ts';
import { type Errors, type Given, numberIn, reader, staffCtx } from '../request.ts';
import { CALENDAR, CHANNELS, IMPORT, NEW_POST, postAddress } from './addresses.ts';
import { CalendarPage } from './calendar.tsx';
import { ImportPage, PreviewPage } from './import-pages.tsx';
import { NewPostPage, PostPage } from './post.tsx';
import { PostsPage } from './posts.tsx';
import { readFilter } from './request.ts';

const PAGE = 50;
const EXPORTED = 1000;
const MOST_EXPORTED = 50_000;
const limits = { ...formSheetLimits, rows: 5000 };

/** Posts: lists, one post and its moves, import, calendar. */
export const postRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(CHANNELS, async (request, reply) => {
      const ctx = staffCtx(app, request, 'channels.read');
      const given = reader(request.query);
      const filter = readFilter(given);
      const after = given('after') || null;
      const [page, waiting, accounts] = await Promise.all([
        postsPage(ctx.db, ctx.agencyId, filter, after, PAGE),
        waitingPosts(ctx.db, ctx.agencyId),
        listAccounts(ctx.db, ctx.agencyId),
      ]);
      return reply.page(
        <PostsPage filter={filter} {...page} first={after === null} waiting={waiting} accounts={accounts} />,
      );
    });

    server.get(`${CHANNELS}/export.xlsx`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'channels.read');
      const filter = readFilter(reader(request.query));
      const rows: ChannelPost[] = [];
      for (let after: string | null = null; rows.length < MOST_EXPORTED; ) {
        const page: Awaited<ReturnType<typeof postsPage>> = await postsPage(
          ctx.db,
          ctx.agencyId,
          filter,
          after,
          EXPORTED,
        );
        rows.push(...page.posts);
        after = page.next;
        if (after === null) break;
      }
      return asDownload(reply, '渠道发布.xlsx', XLSX).send(await postsXlsx(rows));
    });

    server.get(NEW_POST, async (request, reply) => {
      const ctx = staffCtx(app, request, 'channels.write');
      return reply.page(
        <NewPostPage accounts={await ownAccounts(ctx)} today={ctx.clock.today().toString()} />,
      );
    });

    server.post(NEW_POST, async (request, reply) => {
      const ctx = staffCtx(app, request, 'channels.write');
      const given = reader(request.body);
      try {
        await recordPost(ctx, given);
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        const today = ctx.clock.today().toString();
        return reply.page(
          <NewPostPage accounts={await ownAccounts(ctx)} today={today} given={given} errors={error.fields} />,
          422,
        );
      }
      reply.flash('success', '已登记这条发布。');
      return reply.redirect(CHANNELS, 303);
    });

    server.get(`${CHANNELS}/posts/:id`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'channels.read');
      return reply.page(await postPage(ctx, numberIn(request, 'id')));
    });

    const move = (
      path: string,
      name: PostMove,
      act: (ctx: Ctx, id: number, given: Given) => Promise<void>,
      done: string,
    ) =>
      server.post(`${CHANNELS}/posts/:id/${path}`, async (request, reply) => {
        const ctx = staffCtx(app, request, 'channels.write');
        const id = numberIn(request, 'id');
        const given = reader(request.body);
        try {
          await act(ctx, id, given);
        } catch (error) {
          if (!(error instanceof InvalidForm)) throw error;
          return reply.page(await postPage(ctx, id, { failed: name, given, errors: error.fields }), 422);
        }
        reply.flash('success', done);
        return reply.redirect(postAddress(id), 303);
      });
    move('record', 'record', recordWaiting, '已登记为发布。');
    move('schedule', 'schedule', schedulePost, '已更改发布时间。');
    move('reads', 'reads', noteReads, '已保存阅读量。');
    move('retry', 'retry', retryPost, '将在一分钟内重新发送。');
    move('cancellation', 'cancel', cancelPost, '已取消这条发布。');

    server.get(CALENDAR, async (request, reply) => {
      const ctx = staffCtx(app, request, 'channels.read');
      const month = monthOf(reader(request.query)('month'), ctx);
      const edge = (at: Temporal.PlainYearMonth) =>
        new Date(at.toPlainDate({ day: 1 }).toZonedDateTime(LEGAL_TIME_ZONE).toInstant().epochMilliseconds);
      const next = month.add({ months: 1 });
      return reply.page(
        <CalendarPage
          month={month.toString()}
          previous={month.subtract({ months: 1 }).toString()}
          next={next.toString()}
          posts={await scheduledPosts(ctx.db, ctx.agencyId, edge(month), edge(next))}
        />,
      );
    });

    server.get(`${IMPORT}/template.xlsx`, async (request, reply) => {
      staffCtx(app, request, 'channels.write');
      return asDownload(reply, '渠道发布导入模板.xlsx', XLSX).send(await template());
    });

    server.get(IMPORT, async (request, reply) => {
      staffCtx(app, request, 'channels.write');
      return reply.page(<ImportPage />);
    });

    server.post(IMPORT, (request, reply) => readImport(app, request, reply));

    server.post(`${IMPORT}/confirmation`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'channels.write');
      const waiting = reader(request.body)('waiting');
      const id = /^\d{1,15}$/.test(waiting) ? Number(waiting) : 0;
      const { imported, unchanged } = await confirmPosts(ctx, id);
      const kept = unchanged > 0 ? `，${unchanged} 行已有，没有重复登记` : '';
      reply.flash('success', `已登记 ${imported} 条发布${kept}。`);
      return reply.redirect(CHANNELS, 303);
    });
  };

async function postPage(
  ctx: Ctx,
  id: number,
  tried: { failed?: PostMove; given?: Given; errors?: Errors } = {},
) {
  const { post, moves } = await postView(ctx, id);
  const accounts = may(ctx.actor, 'channels.write') ? await ownAccounts(ctx) : [];
  return (
    <PostPage post={post} moves={moves} accounts={accounts} today={ctx.clock.today().toString()} {...tried} />
  );
}

function monthOf(asked: string, ctx: Ctx): Temporal.PlainYearMonth {
  const month = readMonth(asked);
  const year = Number(month?.slice(0, 4));
  return month && year >= 2000 && year <= 2100
    ? Temporal.PlainYearMonth.from(month)
    : ctx.clock.today().toPlainYearMonth();
}

async function readImport(app: App, request: FastifyRequest, reply: FastifyReply) {
  const ctx = staffCtx(app, request, 'channels.write');
  const uploading = {
    dir: `${app.config.varDir}/uploads`,
    maxBytes: Math.min(app.config.maxUploadBytes, limits.fileBytes),
  };
  try {
    return await withUpload(request, uploading, async ({ files: [file] }) => {
      if (!file) return reply.page(<ImportPage error="请选择要导入的文件。" />, 422);
      const rows = readPostSheet(await readSheet({ name: file.name, path: file.path }, limits));
      const preview = await previewPosts(ctx, rows);
      const confirmable = preview.rejected.length === 0 && preview.fresh.length > 0;
      const waiting = confirmable ? await holdPosts(ctx, { name: file.name, rows }) : null;
      const status = preview.rejected.length > 0 ? 422 : 200;
      return reply.page(<PreviewPage fileName={file.name} preview={preview} waiting={waiting} />, status);
    });
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return reply.page(<ImportPage error={error.message} />, error.status);
  }
}

const columns = [
  { label: importHeadings.channel },
  { label: importHeadings.account, width: 20 },
  { label: importHeadings.title, width: 50 },
  { label: importHeadings.postedOn, kind: 'date' as const, width: 14 },
  { label: importHeadings.address, width: 40 },
  { label: importHeadings.reads, kind: 'number' as const },
];

const template = () =>
  writeXlsx([
    {
      name: '渠道发布',
      columns,
      rows: [
        ['政务微信', '高新区发布', '汛期安全提示', '2018-03-05', 'https://mp.weixin.qq.com/s/example', 1200],
      ],
    },
  ]);

/** The columns of the template, so that a file can be imported again, and the state. */
const postsXlsx = (posts: readonly ChannelPost[]) =>
  writeXlsx([
    {
      name: '渠道发布',
      columns: [...columns, { label: '状态' }],
      rows: posts.map((post) => [
        channelKinds[post.channel],
        post.accountName ?? '',
        post.title,
        post.postedOn,
        post.address,
        post.reads,
        postStates[post.state].label,
      ]),
    },
  ]);
