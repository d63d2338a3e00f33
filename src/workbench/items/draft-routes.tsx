import { readFile } from 'node:fs/promises';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  addItemFiles,
  beginItem,
  checkItemFile,
  type Document,
  discardDraft,
  documentsWith,
  draftLacks,
  dutyOf,
  findDocuments,
  findingsOf,
  gatedFiles,
  habitsOf,
  type Item,
  importWord,
  listColumns,
  moverOf,
  obstacle,
  openVersion,
  reviewsOf,
  saveDraft,
  type Version,
  WORD_BYTES,
} from '../../areas/catalogue/index.ts';
import { demand } from '../../areas/organisations/index.ts';
import { heldBack } from '../../areas/reviews/index.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import { checkAttachment, type UploadedFile, withUpload } from '../../core/uploads/index.ts';
import type { Answer } from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { ITEMS, itemAddress } from './addresses.ts';
import { type ContentForm, contentOf, formIn, formOf } from './content-form.ts';
import { INTERPRETATION } from './editor-interpretation.tsx';
import { EditorPage } from './editor-page.tsx';
import { NewItemPage } from './new-page.tsx';
import { PreviewPage } from './preview-page.tsx';
import {
  DRAFT_BYTES,
  type ItemCtx,
  itemCtx,
  loadDraft,
  loadItem,
  numberOrNull,
  postedIn,
  queryOf,
  wordsOf,
} from './request.ts';

/** Writing: a new item, saving by hand and by itself, Word, the preview. */
export const draftRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const wordLimits = { dir: `${app.config.varDir}/uploads`, maxBytes: WORD_BYTES, maxFiles: 1 };

    server.get(`${ITEMS}/new`, async (request, reply) => {
      const ctx = itemCtx(app, request);
      demand(ctx.actor, 'catalogue.write');
      const given = queryOf(request);
      const [columns, interprets, column] = await Promise.all([
        listColumns(ctx.db, ctx.agencyId),
        documentIn(ctx, given),
        lastColumn(ctx),
      ]);
      const chosen: Given = (name) => given(name) || (name === 'columnId' ? column : '');
      return reply.page(<NewItemPage columns={columns} given={chosen} interprets={interprets} />);
    });

    server.post(`${ITEMS}/new`, async (request, reply) => {
      const ctx = itemCtx(app, request);
      demand(ctx.actor, 'catalogue.write');
      return withUpload(request, wordLimits, async ({ field, files }) => {
        const interprets = await documentIn(ctx, field);
        const refuse = async (errors: Errors) => {
          const columns = await listColumns(ctx.db, ctx.agencyId);
          return reply.page(
            <NewItemPage columns={columns} given={field} interprets={interprets} errors={errors} />,
            422,
          );
        };
        const [word] = files;
        if (field('title').trim() === '' && !word)
          return refuse({ title: '请填写标题，或者选择 Word 文档。' });
        const unitId = ctx.actor.kind === 'staff' ? ctx.actor.unitId : null;
        if (unitId === null) return refuse({ '': '您不属于任何部门，请联系管理员。' });
        let begun: number | null = null;
        try {
          if (word) await checkAttachment(app.scanner, { name: word.name, path: word.path });
          const columnId = await columnIn(ctx, field('columnId'));
          const content = { title: field('title'), columnId, interprets: interprets ? [interprets.id] : [] };
          begun = await beginItem(ctx, { unitId, content });
          if (word) reply.flash('success', await takeWord(app, ctx, begun, word));
          return reply.redirect(itemAddress(begun), 303);
        } catch (error) {
          const refused = error instanceof InvalidForm || error instanceof UnreadableFile;
          // The form is shown again: the next try begins an item of its own.
          if (refused && begun !== null) await discardDraft(ctx, begun);
          if (error instanceof InvalidForm) return refuse(error.fields);
          if (error instanceof UnreadableFile) return refuse({ word: error.message });
          throw error;
        }
      });
    });

    server.post(`${ITEMS}/:id/draft`, { bodyLimit: DRAFT_BYTES }, async (request, reply) => {
      const ctx = itemCtx(app, request);
      const { item, version } = await loadDraft(ctx, request);
      const posted = postedIn(request);
      const form = formIn(posted);
      const alone = request.headers['x-autosave'] === '1';
      const columns = await listColumns(ctx.db, ctx.agencyId);
      const { content, errors } = contentOf(form, version, new Set(columns.map(({ id }) => id)));
      try {
        if (Object.keys(errors).length > 0) throw new InvalidForm({ ...errors });
        const saved = await saveDraft(ctx, item.id, Number(posted.given('revision')) || 0, content);
        if (alone) return reply.send({ revision: saved.revision, savedAt: saved.savedAt.toISOString() });
      } catch (error) {
        const conflict = error instanceof Refusal && error.code === 'catalogue-changed-meanwhile';
        if (alone && (conflict || error instanceof InvalidForm)) {
          return reply.code(conflict ? 409 : 422).send({ message: wordsOf(error), conflict });
        }
        if (conflict) return editor(app, ctx, reply, item, { form, conflict: true });
        if (error instanceof InvalidForm)
          return editor(app, ctx, reply, item, { form, errors: error.fields });
        throw error;
      }
      if (posted.given('then') === 'submission') {
        const { item: kept, version: now } = await loadDraft(ctx, request);
        const lacks = Object.keys(await draftLacks(ctx, kept, now)).length;
        const held = heldBack(await findingsOf(ctx, now));
        if (lacks === 0 && held === null) return reply.redirect(itemAddress(item.id, '/submission'), 303);
        const missing = lacks === 0 ? '' : `还有 ${lacks} 处要填写或改正。`;
        reply.flash('danger', `已保存，还没有送审。${missing}${held ?? ''}`);
        return reply.redirect(itemAddress(item.id, lacks === 0 ? '#findings' : '?check=1'), 303);
      }
      const sought = posted.given('documentQuery').slice(0, MOST_SOUGHT);
      if (posted.given('find') === 'documents' && sought !== '') {
        const found = `?documents=${encodeURIComponent(sought)}#${INTERPRETATION}`;
        return reply.redirect(itemAddress(item.id, found), 303);
      }
      reply.flash('success', '已保存草稿。');
      return reply.redirect(itemAddress(item.id), 303);
    });

    server.post(`${ITEMS}/:id/import`, async (request, reply) => {
      const ctx = itemCtx(app, request);
      const { item } = await loadDraft(ctx, request);
      return withUpload(request, wordLimits, async ({ files: [word] }) => {
        try {
          if (!word) throw new InvalidForm({ word: '请选择 Word 文档（.docx）。' });
          await checkAttachment(app.scanner, { name: word.name, path: word.path });
          reply.flash('success', await takeWord(app, ctx, item.id, word));
        } catch (error) {
          const words = wordsOf(error);
          const refused = await editorOf(app, ctx, request, reply, { word: words });
          if (refused) return refused;
          reply.flash('danger', words);
        }
        return reply.redirect(itemAddress(item.id), 303);
      });
    });

    server.get(`${ITEMS}/:id/preview`, async (request, reply) => {
      const ctx = itemCtx(app, request);
      const { item, version } = await loadDraft(ctx, request);
      const columns = await listColumns(ctx.db, ctx.agencyId);
      const files = await gatedFiles(ctx, item.id, version.version);
      return reply.page(<PreviewPage item={item} version={version} columns={columns} files={files} />);
    });
  };

/** The editor where the actor may write on the draft, with what is wrong in a form beside it; null where he may not. */
export async function editorOf(
  app: App,
  ctx: ItemCtx,
  request: FastifyRequest,
  reply: FastifyReply,
  errors?: Errors,
): Promise<Answer | null> {
  const { item, version } = await loadItem(ctx, request);
  if (version?.state !== 'draft') return null;
  if (obstacle('save', item, version, await moverOf(ctx, 'save'))) return null;
  if (errors) return editor(app, ctx, reply, item, { errors });
  const given = queryOf(request);
  const shown = given('check') === '1' ? await draftLacks(ctx, item, version) : undefined;
  const sought = given('documents').slice(0, MOST_SOUGHT);
  return editor(app, ctx, reply, item, { sought, ...(shown && { errors: shown, status: 200 }) });
}

interface Shown {
  form?: ContentForm;
  errors?: Errors;
  conflict?: boolean;
  status?: number;
  /** Text of a search for documents. */
  sought?: string;
}

/** Longest text of a search for documents, and the most that one finds. */
const MOST_SOUGHT = 100;
const MOST_FOUND = 10;

async function editor(_app: App, ctx: ItemCtx, reply: FastifyReply, item: Item, shown: Shown) {
  const version = (await openVersion(ctx.db, ctx.agencyId, item.id)) as Version;
  const form = shown.form ?? formOf(version);
  const chosen = form.interprets.flatMap((id) => numberOrNull(id) ?? []);
  const { sought = '' } = shown;
  const [columns, files, lacks, findings, documents, found, duty, reviews] = await Promise.all([
    listColumns(ctx.db, ctx.agencyId),
    gatedFiles(ctx, item.id, version.version),
    draftLacks(ctx, item, version),
    findingsOf(ctx, version),
    documentsWith(ctx.db, ctx.agencyId, chosen),
    sought === '' ? [] : findDocuments(ctx.db, ctx.agencyId, sought, MOST_FOUND),
    dutyOf(ctx, item.id, version.version),
    reviewsOf(ctx.db, ctx.agencyId, item.id),
  ]);
  const last = reviews.findLast((review) => review.version === version.version);
  const errors = shown.errors && Object.keys(shown.errors).length > 0 ? shown.errors : undefined;
  const page = (
    <EditorPage
      item={item}
      version={version}
      form={form}
      columns={columns}
      files={files}
      lacks={lacks}
      findings={findings}
      duty={duty}
      sentBack={last?.result === 'refused' ? last : null}
      mayDiscard
      mayUrge={obstacle('publish-urgently', item, version, await moverOf(ctx, 'publish-urgently')) === null}
      today={ctx.clock.today().toString()}
      documents={{
        chosen: documents,
        found: found.filter(({ id }) => id !== item.id && !chosen.includes(id)),
        query: sought,
      }}
      {...(errors && { errors })}
      {...(shown.conflict && { conflict: version })}
    />
  );
  return reply.page(page, shown.status ?? (shown.conflict ? 409 : errors ? 422 : 200));
}

/** Puts a Word document behind the text of the draft, its pictures with it. Returns what to tell. */
async function takeWord(app: App, ctx: ItemCtx, itemId: number, word: UploadedFile): Promise<string> {
  const bytes = await readFile(word.path);
  const imported = await importWord(app.files, itemId, { name: word.name, bytes });
  const ids = imported.pictures.length === 0 ? [] : await addItemFiles(ctx, itemId, imported.pictures);
  const version = await openVersion(ctx.db, ctx.agencyId, itemId);
  if (!version) throw new Refusal('catalogue-no-draft', '这条信息没有正在撰写的稿件。');
  await saveDraft(ctx, itemId, version.revision, {
    ...version,
    title: version.title || imported.title.slice(0, 200),
    documentNumber: version.documentNumber || imported.documentNumber,
    formedOn: version.formedOn ?? imported.formedOn,
    body: version.body === '' ? imported.body : `${version.body}\n${imported.body}`,
  });
  const automatic: ItemCtx = { ...ctx, actor: { kind: 'system', name: '自动检查' } };
  for (const id of new Set(ids)) await checkItemFile(automatic, app, itemId, id).catch(wordsOf);
  const left = imported.left.length === 0 ? '' : `${imported.left.join('；')}。`;
  return `已导入“${word.name}”。${left}`;
}

/** The document a new item is to interpret, where one is named. */
async function documentIn(ctx: ItemCtx, given: Given): Promise<Document | null> {
  const wanted = numberOrNull(given('interprets'));
  const [found = null] = wanted === null ? [] : await documentsWith(ctx.db, ctx.agencyId, [wanted]);
  return found;
}

/** The column of this person's last item; '' when there is none or it is closed. */
async function lastColumn(ctx: ItemCtx): Promise<string> {
  const habits = ctx.actor.kind === 'staff' ? await habitsOf(ctx.db, ctx.agencyId, ctx.actor.staffId) : null;
  return String(habits?.columnId ?? '');
}

async function columnIn(ctx: ItemCtx, given: string): Promise<number | null> {
  const wanted = numberOrNull(given);
  const columns = await listColumns(ctx.db, ctx.agencyId);
  return columns.some(({ id }) => id === wanted) ? wanted : null;
}

export type { Given };
