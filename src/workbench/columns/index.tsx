import { readFile } from 'node:fs/promises';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  addColumn,
  type CatalogueColumn,
  type ColumnKind,
  type ColumnValues,
  closeColumn,
  columnTree,
  editColumn,
  findColumn,
  findColumnPicture,
  type ReviewStep,
  removeColumnPicture,
  setColumnPicture,
} from '../../areas/catalogue/index.ts';
import { demand, listUnits } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import { withUpload } from '../../core/uploads/index.ts';
import type { Answer } from '../../ui/index.ts';
import { staffCtx } from '../request.ts';
import type { Room } from '../room.ts';
import { ColumnPage, type ColumnPageProps } from './column-page.tsx';
import { ColumnsPage } from './columns-page.tsx';

/** A photo of a phone is more than a picture may be: it is received, so that the words that came with it are not lost. */
const MOST_RECEIVED = 20 * 2 ** 20;

export const COLUMNS = '/workbench/columns';

/** 栏目: the tree of what is put out; names and order change, addresses keep leading there. */
export const columnsRoom = (app: App): Room => ({
  key: 'columns',
  nav: [{ label: '栏目', href: COLUMNS, icon: 'list-tree', group: '主动公开', act: 'catalogue.columns' }],
  routes: columnRoutes(app),
});

const columnRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const ctxOf = (request: FastifyRequest): Ctx => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'catalogue.columns');
      return ctx;
    };

    server.get(COLUMNS, async (request, reply) => {
      const { db, agencyId } = ctxOf(request);
      const units = new Map((await listUnits(db, agencyId)).map(({ id, name }) => [id, name]));
      return reply.page(
        <ColumnsPage tree={await columnTree(db, agencyId, { closed: true })} units={units} />,
      );
    });

    server.get(`${COLUMNS}/new`, async (request, reply) => reply.page(await page(ctxOf(request), null)));

    server.get(`${COLUMNS}/:id`, async (request, reply) => {
      const ctx = ctxOf(request);
      return reply.page(await page(ctx, await columnOf(ctx, request)));
    });

    server.post(`${COLUMNS}/new`, async (request, reply) => {
      const ctx = ctxOf(request);
      return orAgain(ctx, reply, request, null, async (values) => {
        await addColumn(ctx, values);
        reply.flash('success', `已新建栏目“${values.name}”。`);
      });
    });

    server.post(`${COLUMNS}/:id`, async (request, reply) => {
      const ctx = ctxOf(request);
      const column = await columnOf(ctx, request);
      return orAgain(ctx, reply, request, column, async (values) => {
        await editColumn(ctx, column.id, values);
        reply.flash('success', `栏目“${values.name}”已保存。`);
      });
    });

    server.post(`${COLUMNS}/:id/picture`, async (request, reply) => {
      const ctx = ctxOf(request);
      const column = await columnOf(ctx, request);
      const limits = { dir: `${app.config.varDir}/uploads`, maxBytes: MOST_RECEIVED };
      let alt: string | undefined;
      try {
        await withUpload(request, limits, async ({ field, files: [file] }) => {
          alt = field('alt').slice(0, 200);
          const bytes = file && file.size > 0 ? await readFile(file.path) : null;
          await setColumnPicture(ctx, app, column.id, { bytes, alt });
        });
      } catch (error) {
        const errors =
          error instanceof InvalidForm
            ? error.fields
            : error instanceof UnreadableFile
              ? { picture: error.message }
              : null;
        if (!errors) throw error;
        return reply.page(await page(ctx, column, { pictureRefused: { alt, errors } }), 422);
      }
      reply.flash('success', `专题“${column.name}”的图片已保存，公众现在可以看到。`);
      return reply.redirect(`${COLUMNS}/${column.id}`, 303);
    });

    server.post(`${COLUMNS}/:id/picture/removal`, async (request, reply) => {
      const ctx = ctxOf(request);
      const column = await columnOf(ctx, request);
      await removeColumnPicture(ctx, column.id);
      reply.flash('success', `专题“${column.name}”不再有图片。`);
      return reply.redirect(`${COLUMNS}/${column.id}`, 303);
    });

    for (const [path, closed] of [
      ['closure', true],
      ['reopening', false],
    ] as const) {
      server.post(`${COLUMNS}/:id/${path}`, async (request, reply) => {
        const ctx = ctxOf(request);
        const column = await columnOf(ctx, request);
        await closeColumn(ctx, column.id, closed);
        reply.flash('success', closed ? `栏目“${column.name}”已停用。` : `栏目“${column.name}”已恢复使用。`);
        return reply.redirect(COLUMNS, 303);
      });
    }
  };

/** Shows the form again with what was typed when something is wrong. */
async function orAgain(
  ctx: Ctx,
  reply: FastifyReply,
  request: FastifyRequest,
  column: CatalogueColumn | null,
  act: (values: ColumnValues) => Promise<void>,
): Promise<Answer> {
  const values = valuesOf(request.body);
  try {
    await act(values);
    return reply.redirect(COLUMNS, 303);
  } catch (error) {
    if (!(error instanceof InvalidForm)) throw error;
    return reply.page(await page(ctx, column, { values, errors: error.fields }), 422);
  }
}

async function page(
  ctx: Ctx,
  column: CatalogueColumn | null,
  again: Partial<Pick<ColumnPageProps, 'values' | 'errors' | 'pictureRefused'>> = {},
) {
  const { db, agencyId } = ctx;
  return (
    <ColumnPage
      column={column}
      values={again.values ?? column ?? newColumn}
      errors={again.errors ?? {}}
      tree={await columnTree(db, agencyId)}
      units={(await listUnits(db, agencyId)).filter(({ closedOn }) => closedOn === null)}
      picture={column && (await findColumnPicture(db, agencyId, column.id))}
      pictureRefused={again.pictureRefused}
    />
  );
}

const newColumn: ColumnValues = {
  parentId: null,
  slug: '',
  name: '',
  kind: 'statutory',
  pageType: '信息公开目录',
  description: '',
  keywords: '',
  unitId: null,
  updateDays: null,
  required: [],
  reviewSteps: [],
  position: 100,
};

async function columnOf({ db, agencyId }: Ctx, request: FastifyRequest): Promise<CatalogueColumn> {
  const { id } = request.params as { id: string };
  const column = /^[1-9]\d{0,8}$/.test(id) ? await findColumn(db, agencyId, Number(id)) : null;
  if (!column) throw new NotFound('没有找到这个栏目。');
  return column;
}

/** What was posted; what is no number or no choice is refused by the rules of the area. */
function valuesOf(body: unknown): ColumnValues {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof given[name] === 'string' ? given[name].slice(0, 1000) : '');
  const many = (name: string) => [given[name] ?? []].flat().filter((one) => typeof one === 'string');
  const number = (name: string) => (/^\d{1,6}$/.test(text(name)) ? Number(text(name)) : null);
  return {
    parentId: number('parentId'),
    slug: text('slug'),
    name: text('name'),
    kind: text('kind') as ColumnKind,
    pageType: text('pageType'),
    description: text('description'),
    keywords: text('keywords'),
    unitId: number('unitId'),
    updateDays: text('updateDays') === '' ? null : (number('updateDays') ?? 0),
    required: many('required'),
    reviewSteps: many('reviewSteps') as ReviewStep[],
    position: number('position') ?? 100,
  };
}
