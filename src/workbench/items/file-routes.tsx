import { createReadStream } from 'node:fs';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  addItemFiles,
  checkItemFile,
  cleanItemFile,
  filesOfVersion,
  findFileByDigest,
  gatedFiles,
  ITEM_FILE_BYTES,
  type ItemFile,
  letItemFileThrough,
  moveItemFile,
  type NewItemFile,
  openVersion,
  releaseLargeFile,
  removeItemFile,
} from '../../areas/catalogue/index.ts';
import { demand, may } from '../../areas/organisations/index.ts';
import { readRelease } from '../../areas/releases/index.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import { checkAttachment, type UploadedFile, withUpload } from '../../core/uploads/index.ts';
import type { Answer } from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { ITEMS, itemAddress, itemFileAddress } from './addresses.ts';
import { editorOf } from './draft-routes.tsx';
import { GatePage } from './gate-page.tsx';
import {
  doing,
  type ItemCtx,
  idIn,
  itemCtx,
  loadDraft,
  loadItem,
  numberOf,
  postedIn,
  wordsOf,
} from './request.ts';

const FILES = `${ITEMS}/:id/files`;
const FILE = `${FILES}/:file`;
const AT_ONCE = 10;
/** What browsers may show in place; everything else is saved to disk. */
const SHOWN: ReadonlySet<string> = new Set(['application/pdf', 'image/png', 'image/jpeg']);

/** Files of items: upload, order, removal, showing, and their way through the release gate. */
export const fileRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const limits = { dir: `${app.config.varDir}/uploads`, maxBytes: ITEM_FILE_BYTES, maxFiles: AT_ONCE };

    server.post(FILES, async (request, reply) => {
      const ctx = itemCtx(app, request);
      demand(ctx.actor, 'catalogue.write');
      const { item } = await loadDraft(ctx, request);
      const alone = request.headers.accept === 'application/json';
      const back = `${itemAddress(item.id)}#files`;
      try {
        const kept = await withUpload(request, limits, async ({ field, files }) => {
          if (files.length === 0) throw new InvalidForm({ file: '请选择要上传的文件。' });
          const kind = field('kind') === 'picture' ? 'picture' : 'attachment';
          const fresh: NewItemFile[] = [];
          for (const file of files) fresh.push(await keep(app, file, kind));
          const ids = await addItemFiles(ctx, item.id, fresh);
          return { fresh, ids };
        });
        const untold = await checkAll(app, ctx, item.id, kept.ids);
        if (alone)
          return reply.send({
            message: untold,
            files: kept.fresh.map(({ name, digest }) => ({ name, src: `/files/items/${item.id}/${digest}` })),
          });
        reply.flash(
          untold === '' ? 'success' : 'warning',
          `已上传 ${kept.fresh.length} 份文件。${untold}`.slice(0, 400),
        );
      } catch (error) {
        const words = wordsOf(error);
        if (alone) return reply.code(422).send({ message: words });
        const refused = await editorOf(app, ctx, request, reply, { file: words });
        if (refused) return refused;
        reply.flash('danger', words.slice(0, 400));
      }
      return reply.redirect(back, 303);
    });

    server.post(`${FILE}/removal`, (request, reply) => {
      const ctx = itemCtx(app, request);
      const id = idIn(request, 'id');
      return doing(
        reply,
        id,
        async () => {
          await removeItemFile(ctx, id, idIn(request, 'file'));
          return '已删除文件。';
        },
        `${itemAddress(id)}#files`,
      );
    });

    server.post(`${FILE}/place`, (request, reply) => {
      const ctx = itemCtx(app, request);
      const id = idIn(request, 'id');
      const to = postedIn(request).given('to') === 'up' ? 'up' : 'down';
      return doing(
        reply,
        id,
        async () => {
          await moveItemFile(ctx, id, idIn(request, 'file'), to);
          return '已调整附件顺序。';
        },
        `${itemAddress(id)}#files`,
      );
    });

    server.get(FILE, async (request, reply) => {
      const { ctx, file } = await load(app, request);
      return send(app, ctx, reply, file);
    });

    server.get(`${ITEMS}/:id/pictures/:digest`, async (request, reply) => {
      const ctx = itemCtx(app, request);
      const { item } = await loadItem(ctx, request);
      const { digest = '' } = request.params as { digest?: string };
      const file = /^[0-9a-f]{64}$/.test(digest)
        ? await findFileByDigest(ctx.db, ctx.agencyId, item.id, digest)
        : null;
      if (!file) throw new NotFound('没有找到这张图片。');
      return send(app, ctx, reply, file);
    });

    server.get(`${FILE}/release`, (request, reply) => show(app, request, reply));

    server.post(`${FILE}/check`, async (request, reply) => {
      const { ctx, item, file } = await load(app, request);
      demand(ctx.actor, 'releases.check');
      const at = itemFileAddress(item.id, file.id, '/release');
      return doing(
        reply,
        item.id,
        async () => {
          const { passed, open } = await checkItemFile(ctx, app, item.id, file.id);
          return passed ? '检查通过，可以公开。' : `检查完成，${open} 项待处理。`;
        },
        at,
      );
    });

    server.post(`${FILE}/release/cleaning`, async (request, reply) => {
      const { ctx, item, file } = await load(app, request);
      const { given } = postedIn(request);
      const check = await checkOf(ctx, item.id, file.id, given);
      const keys = given('key') === 'all' ? ('all' as const) : [given('key')];
      return doing(
        reply,
        item.id,
        async () => {
          await cleanItemFile(ctx, app, { itemId: item.id, fileId: file.id, check }, keys);
          return '已清理并重新检查，稿件里的文件已换成清理后的。';
        },
        itemFileAddress(item.id, file.id, '/release'),
      );
    });

    server.post(`${FILE}/release/exceptions`, async (request, reply) => {
      const { ctx, item, file } = await load(app, request);
      const { given } = postedIn(request);
      const check = await checkOf(ctx, item.id, file.id, given);
      try {
        await letItemFileThrough(ctx, item.id, check, { keys: [given('key')], reason: given('reason') });
        reply.flash('success', '已放行，理由和放行人记录在案。');
      } catch (error) {
        if (error instanceof InvalidForm) return show(app, request, reply, { given, errors: error.fields });
        reply.flash('danger', wordsOf(error).slice(0, 400));
      }
      return reply.redirect(itemFileAddress(item.id, file.id, '/release'), 303);
    });

    server.post(`${FILE}/release/large`, async (request, reply) => {
      const { ctx, item, file } = await load(app, request);
      const { given } = postedIn(request);
      try {
        await releaseLargeFile(ctx, item.id, file.id, given('reason'));
        reply.flash('success', '已放行，理由和放行人记录在案。');
      } catch (error) {
        if (error instanceof InvalidForm) return show(app, request, reply, { given, errors: error.fields });
        reply.flash('danger', wordsOf(error).slice(0, 400));
      }
      return reply.redirect(itemFileAddress(item.id, file.id, '/release'), 303);
    });
  };

/** From the spool to the store, never in memory; what it is, its content tells. */
async function keep(app: App, file: UploadedFile, kind: ItemFile['kind']): Promise<NewItemFile> {
  const type = await checkAttachment(app.scanner, { name: file.name, path: file.path });
  if (kind === 'picture' && type !== 'image/png' && type !== 'image/jpeg')
    throw new UnreadableFile('wrong-type', `“${file.name}”不是 PNG 或 JPG 图片，不能放进正文。`);
  const kept = await app.files.put(createReadStream(file.path), { maxBytes: ITEM_FILE_BYTES });
  return { kind, name: file.name, digest: kept.sha256, type, bytes: kept.bytes };
}

/** Looks into each new file; what could not be looked into is told and stays unreleased. */
async function checkAll(app: App, ctx: ItemCtx, itemId: number, ids: readonly number[]): Promise<string> {
  const automatic: ItemCtx = { ...ctx, actor: { kind: 'system', name: '自动检查' } };
  const told: string[] = [];
  for (const id of new Set(ids)) {
    try {
      const { passed, open } = await checkItemFile(automatic, app, itemId, id);
      if (!passed) told.push(`出口检查有 ${open} 项待处理。`);
    } catch (error) {
      told.push(wordsOf(error));
    }
  }
  return [...new Set(told)].join(' ');
}

/** A file of the open version, else of the live one. @throws NotFound */
async function load(app: App, request: FastifyRequest) {
  const ctx = itemCtx(app, request);
  const { item, version } = await loadItem(ctx, request);
  const id = idIn(request, 'file');
  for (const number of [version?.version, item.liveVersion]) {
    if (number === undefined || number === null) continue;
    const files = await filesOfVersion(ctx.db, ctx.agencyId, item.id, number);
    const file = files.find((one) => one.id === id);
    if (file) return { ctx, item, file, version: number };
  }
  throw new NotFound('没有找到这份附件。');
}

async function send(app: App, _ctx: ItemCtx, reply: FastifyReply, file: ItemFile): Promise<Answer> {
  const { content, bytes } = await app.files.stream(file.digest);
  const shown = SHOWN.has(file.type);
  return reply
    .header(
      'content-disposition',
      `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    )
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('content-length', bytes)
    .type(shown ? file.type : 'application/octet-stream')
    .send(content);
}

/** The check of a file of this item, as the page showed it. @throws NotFound when the file has none */
async function checkOf(ctx: ItemCtx, itemId: number, fileId: number, given: Given) {
  const { version } = await openOf(ctx, itemId);
  const gated = (await gatedFiles(ctx, itemId, version)).find(({ file }) => file.id === fileId);
  if (!gated?.release) throw new NotFound('这份文件还没有做出口检查。');
  return { id: gated.release.checkId, version: numberOf(given('version')) };
}

async function openOf(ctx: ItemCtx, itemId: number): Promise<{ version: number }> {
  const version = await openVersion(ctx.db, ctx.agencyId, itemId);
  if (!version) throw new Refusal('catalogue-no-draft', '这条信息没有正在撰写或审查的稿件。');
  return version;
}

async function show(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  refused?: { given: Given; errors: Errors },
): Promise<Answer> {
  const { ctx, item, file, version } = await load(app, request);
  const gated = (await gatedFiles(ctx, item.id, version)).find((one) => one.file.id === file.id);
  const sees = may(ctx.actor, 'releases.check') || may(ctx.actor, 'releases.let-through');
  const view = gated?.release && sees ? await readRelease(ctx, gated.release.checkId) : null;
  const page = (
    <GatePage
      item={item}
      file={file}
      oversized={gated?.oversized ?? false}
      view={view}
      mayCheck={may(ctx.actor, 'releases.check')}
      mayLetThrough={may(ctx.actor, 'releases.let-through')}
      {...refused}
    />
  );
  return reply.page(page, refused ? 422 : 200);
}
