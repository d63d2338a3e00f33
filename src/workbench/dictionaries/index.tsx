import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import {
  dictionaryWord,
  dictionaryWords,
  dropWord,
  exportWords,
  formOfEntry,
  importWords,
  saveWord,
  switchWord,
  tryWords,
} from '../../areas/reviews/index.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { formSheetLimits, readSheet, UnreadableFile } from '../../core/spreadsheet/index.ts';
import { withUpload } from '../../core/uploads/index.ts';
import { visibleText } from '../../core/visible-text.ts';
import { reader, staffCtx } from '../request.ts';
import type { Room } from '../room.ts';
import { DictionariesPage } from './list-page.tsx';
import { DICTIONARIES, entryIn, filterIn, IMPORT, NEW_WORD, TRIAL, wordAddress } from './request.ts';
import { ImportPage, TrialPage } from './trial-page.tsx';
import { WordPage } from './word-page.tsx';

const PAGE = 50;
const LONGEST_TRIAL = 20_000;

/** 内容检查词典: the words the scan looks for. */
export const dictionariesRoom = (app: App): Room => ({
  key: 'dictionaries',
  nav: [
    {
      label: '内容检查词典',
      href: DICTIONARIES,
      icon: 'list-check',
      group: '主动公开',
      act: 'dictionaries.read',
    },
  ],
  routes: routes(app),
});

const routes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    server.get(DICTIONARIES, async (request, reply) => {
      const ctx = staffCtx(app, request, 'dictionaries.read');
      const given = reader(request.query);
      const filter = filterIn(given);
      const page = /^[1-9]\d{0,3}$/.test(given('page')) ? Number(given('page')) : 1;
      const words = await dictionaryWords(ctx, filter);
      const shown = words.slice((page - 1) * PAGE, page * PAGE);
      return reply.page(
        <DictionariesPage
          filter={filter}
          words={shown}
          total={words.length}
          page={page}
          more={words.length > page * PAGE}
        />,
      );
    });

    server.get(`${DICTIONARIES}/words.csv`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'dictionaries.read');
      const csv = await exportWords(ctx, filterIn(reader(request.query)));
      return reply
        .type('text/csv; charset=utf-8')
        .header(
          'content-disposition',
          `attachment; filename*=UTF-8''${encodeURIComponent('内容检查词典.csv')}`,
        )
        .send(csv);
    });

    server.get(TRIAL, async (request, reply) => {
      staffCtx(app, request, 'dictionaries.read');
      return reply.page(<TrialPage text="" findings={null} />);
    });

    server.post(TRIAL, async (request, reply) => {
      const ctx = staffCtx(app, request, 'dictionaries.read');
      // A line end comes as two characters and is one.
      const text = visibleText(reader(request.body, 2 * LONGEST_TRIAL + 1)('text'));
      const wrong =
        text.trim() === ''
          ? '请贴上要查的文字。'
          : text.length > LONGEST_TRIAL
            ? '一次最多查 20000 字。'
            : '';
      if (wrong !== '')
        return reply.page(<TrialPage text={text} findings={null} errors={{ text: wrong }} />, 422);
      return reply.page(<TrialPage text={text} findings={await tryWords(ctx, text)} />);
    });

    server.get(IMPORT, async (request, reply) => {
      staffCtx(app, request, 'dictionaries.write');
      return reply.page(<ImportPage />);
    });
    server.post(IMPORT, (request, reply) => takeFile(app, request, reply));

    server.get(NEW_WORD, async (request, reply) => {
      staffCtx(app, request, 'dictionaries.write');
      const form = { ...entryIn(() => ''), kind: 'misspelling', severity: 'needs-reason' };
      return reply.page(<WordPage word={null} form={form} />);
    });

    server.post(NEW_WORD, (request, reply) => save(app, request, reply, null));

    server.get(`${DICTIONARIES}/words/:key`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'dictionaries.read');
      const word = await dictionaryWord(ctx, keyIn(request));
      return reply.page(<WordPage word={word} form={formOfEntry(word)} />);
    });

    server.post(`${DICTIONARIES}/words/:key`, (request, reply) => save(app, request, reply, keyIn(request)));

    server.post(`${DICTIONARIES}/words/:key/switch`, async (request, reply) => {
      const enabled = reader(request.body)('enabled') === '1';
      const key = keyIn(request);
      await switchWord(staffCtx(app, request, 'dictionaries.write'), key, enabled);
      reply.flash('success', enabled ? '已启用，检查时会查这个词。' : '已停用，检查时不再查这个词。');
      return reply.redirect(wordAddress(key), 303);
    });

    server.post(`${DICTIONARIES}/words/:key/removal`, async (request, reply) => {
      const key = keyIn(request);
      await dropWord(staffCtx(app, request, 'dictionaries.write'), key);
      reply.flash('success', key.startsWith('d:') ? '已恢复内置设置。' : '已删除。');
      return reply.redirect(key.startsWith('d:') ? wordAddress(key) : DICTIONARIES, 303);
    });
  };

const keyIn = (request: FastifyRequest): string => (request.params as { key: string }).key.slice(0, 80);

/** Saves, or shows the form again with what was typed. */
async function save(app: App, request: FastifyRequest, reply: FastifyReply, key: string | null) {
  const ctx = staffCtx(app, request, 'dictionaries.write');
  const form = entryIn(reader(request.body));
  try {
    const saved = await saveWord(ctx, key, form);
    reply.flash('success', `已保存“${form.wrong.trim()}”，以后的检查按它查。`);
    return reply.redirect(wordAddress(saved), 303);
  } catch (error) {
    if (!(error instanceof InvalidForm)) throw error;
    const word = key === null ? null : await dictionaryWord(ctx, key);
    return reply.page(<WordPage word={word} form={form} errors={error.fields} />, 422);
  }
}

async function takeFile(app: App, request: FastifyRequest, reply: FastifyReply) {
  const ctx = staffCtx(app, request, 'dictionaries.write');
  const uploading = {
    dir: `${app.config.varDir}/uploads`,
    maxBytes: Math.min(app.config.maxUploadBytes, formSheetLimits.fileBytes),
  };
  try {
    return await withUpload(request, uploading, async ({ files: [file] }) => {
      if (!file) return reply.page(<ImportPage error="请选择要导入的文件。" />, 422);
      const { added, changed } = await importWords(
        ctx,
        await readSheet({ name: file.name, path: file.path }, formSheetLimits),
      );
      reply.flash('success', `已导入：增加 ${added} 个词，修改 ${changed} 个词。`);
      return reply.redirect(DICTIONARIES, 303);
    });
  } catch (error) {
    if (error instanceof InvalidForm)
      return reply.page(<ImportPage error={Object.values(error.fields).join('')} />, 422);
    if (error instanceof UnreadableFile || (error instanceof Refusal && error.status === 409))
      return reply.page(<ImportPage error={error.message} />, 422);
    throw error;
  }
}
