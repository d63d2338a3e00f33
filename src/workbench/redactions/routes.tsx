import { readFile } from 'node:fs/promises';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  addBox,
  caseToRedact,
  changeGround,
  coverOccurrences,
  discardRedaction,
  handToCase,
  listRedactions,
  openExport,
  type Pattern,
  pageImage,
  patterns,
  placeBox,
  type RedactionCtx,
  readRedaction,
  redactionLimits,
  removeBoxes,
  requestExport,
  resumeRedaction,
  startRedaction,
  stillLegible,
  undoLast,
} from '../../areas/redactions/index.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import { withUpload } from '../../core/uploads/index.ts';
import type { Answer } from '../../ui/index.ts';
import { deskAddress, REDACTIONS, redactionAddress } from './addresses.ts';
import { DisposalPage, ExportPage } from './confirm-pages.tsx';
import { DeskPage } from './desk.tsx';
import { RedactionsPage } from './list-page.tsx';
import { NewRedactionPage } from './new-page.tsx';
import {
  fieldsOf,
  jobIdOf,
  numberOf,
  paramOf,
  placeOf,
  redactionCtx,
  refOf,
  typedNumber,
} from './request.ts';
import { pointsOf } from './words.ts';

const LINES = 50;
const JOB = `${REDACTIONS}/:id`;

/** What an act says when it is done; null when there is nothing to say. */
type Act = (ctx: RedactionCtx, request: FastifyRequest) => Promise<string | null>;

export const redactionRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(REDACTIONS, async (request, reply) => {
      const ctx = redactionCtx(app, request);
      const before = fieldsOf(request.query)('before');
      const from = before === '' ? null : numberOf(before, '没有这一页。');
      const { items, next } = await listRedactions(ctx, {}, { before: from, limit: LINES });
      const nextHref = next === null ? null : `${REDACTIONS}?before=${next}`;
      return reply.page(<RedactionsPage items={items} nextHref={nextHref} first={from === null} />);
    });

    server.get(`${REDACTIONS}/new`, async (request, reply) =>
      reply.page(await newPage(redactionCtx(app, request), request)),
    );

    server.post(REDACTIONS, async (request, reply) => {
      const ctx = redactionCtx(app, request);
      try {
        const id = await withUpload(request, uploading(app), async ({ files }) => {
          const chosen = [];
          for (const { name, path } of files) chosen.push({ name, bytes: await readFile(path) });
          return startRedaction(ctx, { requestId: requestIdOf(request), files: chosen });
        });
        return reply.redirect(redactionAddress(id), 303);
      } catch (error) {
        if (!(error instanceof UnreadableFile || error instanceof InvalidForm)) throw error;
        const errors = error instanceof InvalidForm ? error.fields : { files: error.message };
        return reply.page(await newPage(ctx, request, errors), 422);
      }
    });

    server.get(JOB, async (request, reply) => desk(app, request, reply, request.query));

    server.get(`${JOB}/pages/:page/:side.jpg`, async (request, reply) => {
      const ctx = redactionCtx(app, request);
      const page = numberOf(paramOf(request, 'page'), '没有这一页。');
      const side = paramOf(request, 'side');
      if (side !== 'before' && side !== 'after') throw new NotFound();
      const image = await pageImage(ctx, jobIdOf(request), page, side);
      return reply.type('image/jpeg').header('x-content-type-options', 'nosniff').send(Buffer.from(image));
    });

    const act = (address: string, perform: Act) =>
      server.post(`${JOB}${address}`, async (request, reply) => {
        const ctx = redactionCtx(app, request);
        try {
          const said = await perform(ctx, request);
          if (said) reply.flash('success', said);
        } catch (error) {
          if (error instanceof InvalidForm) return desk(app, request, reply, request.body, error.fields);
          if (!(error instanceof Refusal) || error.status !== 409) throw error;
          reply.flash('danger', error.message);
        }
        const { page, shown } = placeOf(request.body);
        return reply.redirect(deskAddress(jobIdOf(request), page, shown), 303);
      });

    act('/boxes', async (ctx, request) => {
      const field = fieldsOf(request.body);
      const [x, y, w, h] = ['x', 'y', 'w', 'h'].map((name) => lengthOf(field, name));
      const { page } = placeOf(request.body);
      await addBox(ctx, refOf(request), {
        box: { page, x: x!, y: y!, w: w!, h: h! },
        ground: field('ground'),
        whole: field('whole') !== '',
      });
      return null;
    });
    act('/occurrences', async (ctx, request) => {
      const field = fieldsOf(request.body);
      const byWord = field('by') !== 'pattern';
      const pattern = field('pattern');
      if (!byWord && !Object.hasOwn(patterns, pattern)) {
        throw new InvalidForm({ pattern: '请选择要查找的号码种类。' });
      }
      const query = byWord ? { word: field('word') } : { pattern: pattern as Pattern };
      const { found, added } = await coverOccurrences(ctx, refOf(request), {
        query,
        ground: field('ground'),
      });
      return foundWords(found, added, byWord ? '这个词' : patterns[pattern as Pattern]);
    });
    act('/boxes/:box/place', async (ctx, request) => {
      const field = fieldsOf(request.body);
      const [x, y, w, h] = ['x', 'y', 'w', 'h'].map((name) => lengthOf(field, name));
      await placeBox(ctx, refOf(request), boxIdOf(request), { x: x!, y: y!, w: w!, h: h! });
      return null;
    });
    act('/boxes/:box/ground', async (ctx, request) => {
      await changeGround(ctx, refOf(request), boxIdOf(request), fieldsOf(request.body)('ground'));
      return null;
    });
    act('/boxes/:box/removal', async (ctx, request) => {
      await removeBoxes(ctx, refOf(request), [boxIdOf(request)]);
      return '已去掉这个遮盖框。';
    });
    act('/undo', async (ctx, request) => {
      await undoLast(ctx, refOf(request));
      return '已撤销上一步。';
    });
    act('/resumption', async (ctx, request) => {
      await resumeRedaction(ctx, refOf(request));
      return '可以继续修改了。以前导出的文件还在。';
    });

    server.get(`${JOB}/export`, async (request, reply) => {
      const ctx = redactionCtx(app, request);
      const view = await readRedaction(ctx, jobIdOf(request));
      if (view.state !== 'draft') return reply.redirect(redactionAddress(view.id), 303);
      return reply.page(<ExportPage view={view} left={await stillLegible(ctx, view.id)} />);
    });

    act('/export', async (ctx, request) => {
      const ref = refOf(request);
      await requestExport(ctx, app, ref, await stillLegible(ctx, ref.id));
      return null;
    });

    server.get(`${JOB}/exports/:export.pdf`, async (request, reply) => {
      const ctx = redactionCtx(app, request);
      const { pdf, made } = await openExport(ctx, jobIdOf(request), exportIdOf(request));
      return reply
        .header(
          'content-disposition',
          `attachment; filename*=UTF-8''${encodeURIComponent(exportName(jobIdOf(request), made.id))}`,
        )
        .header('x-content-type-options', 'nosniff')
        .type('application/pdf')
        .send(pdf);
    });

    act('/exports/:export/hand-over', async (ctx, request) => {
      const [id, made] = [jobIdOf(request), exportIdOf(request)];
      await handToCase(ctx, id, made, exportName(id, made));
      return '已放入案卷，随答复公开。';
    });

    server.get(`${JOB}/disposal`, async (request, reply) => {
      const view = await readRedaction(redactionCtx(app, request), jobIdOf(request));
      return reply.page(<DisposalPage view={view} />);
    });

    server.post(`${JOB}/disposal`, async (request, reply) => {
      await discardRedaction(redactionCtx(app, request), refOf(request));
      reply.flash('success', '原件和处理结果已销毁。');
      return reply.redirect(REDACTIONS, 303);
    });
  };

async function desk(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  place: unknown,
  errors?: Readonly<Record<string, string>>,
): Promise<Answer> {
  const view = await readRedaction(redactionCtx(app, request), jobIdOf(request));
  const { page, shown } = placeOf(place);
  const within = Math.min(page, view.pages.length);
  // While boxes are drawn the page is wanted large; afterwards it is compared.
  const usual = view.state === 'draft' ? 'before' : 'both';
  const typed = errors ? { typed: fieldsOf(request.body), errors } : {};
  return reply.page(
    <DeskPage view={view} page={within} shown={shown ?? usual} {...typed} />,
    errors ? 422 : 200,
  );
}

async function newPage(
  ctx: RedactionCtx,
  request: FastifyRequest,
  errors?: Readonly<Record<string, string>>,
) {
  const requestId = requestIdOf(request);
  const number = requestId === null ? null : (await caseToRedact(ctx, requestId)).number;
  return <NewRedactionPage requestId={requestId} requestNumber={number} errors={errors} />;
}

function requestIdOf(request: FastifyRequest): number | null {
  const id = fieldsOf(request.query)('request');
  return id === '' ? null : numberOf(id, '没有找到这件申请。');
}

const uploading = (app: App) => ({
  dir: `${app.config.varDir}/uploads`,
  maxBytes: redactionLimits.bytes,
  maxFiles: redactionLimits.files,
});

const boxIdOf = (request: FastifyRequest) => numberOf(paramOf(request, 'box'), '没有找到这个遮盖框。');
const exportIdOf = (request: FastifyRequest) => numberOf(paramOf(request, 'export'), '没有找到这个文件。');

/** People measure in millimetres, the island in points. */
function lengthOf(field: (name: string) => string, name: string): number {
  const value = typedNumber(field(name));
  return field('unit') === 'pt' ? value : pointsOf(value);
}

/** Without the name of the original, which may be personal. */
const exportName = (job: number, made: number) => `区分处理后的文件-${job}-${made}.pdf`;

function foundWords(found: number, added: number, what: string): string {
  if (found === 0) return `全文没有找到${what}。扫描的页需要手工画框。`;
  if (added === 0) return `找到${what} ${found} 处，都已经遮盖。`;
  return added === found ? `已遮盖${what} ${added} 处。` : `找到${what} ${found} 处，新遮盖 ${added} 处。`;
}
