import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import {
  draftLacks,
  findingsOf,
  fixFinding,
  gatedFiles,
  letStand,
  takeReasonBack,
} from '../../areas/catalogue/index.ts';
import { ITEMS, itemAddress } from './addresses.ts';
import { DraftFiles } from './editor-files.tsx';
import { EditorFindings } from './editor-findings.tsx';
import { EditorLacks } from './editor-lacks.tsx';
import { doing, idIn, itemCtx, loadDraft, postedIn } from './request.ts';

/** Findings of the scan: put right, let stand with a reason, taken back, read anew after a save or an upload. */
export const findingRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const address = `${ITEMS}/:id/findings`;

    server.get(address, async (request, reply) => {
      const ctx = itemCtx(app, request);
      const { item, version } = await loadDraft(ctx, request);
      const [lacks, findings, files] = await Promise.all([
        draftLacks(ctx, item, version),
        findingsOf(ctx, version),
        gatedFiles(ctx, item.id, version.version),
      ]);
      return reply.fragment(
        <>
          <EditorLacks lacks={lacks} />
          <EditorFindings itemId={item.id} findings={findings} />
          <DraftFiles itemId={item.id} files={files} />
        </>,
      );
    });

    server.post(`${address}/fix`, (request, reply) => {
      const id = idIn(request, 'id');
      const { given } = postedIn(request);
      return doing(
        reply,
        id,
        async () => {
          const fix = /^\d{1,2}$/.test(given('fix')) ? Number(given('fix')) : 0;
          const choice = { key: given('key'), fix, all: given('all') === '1', words: given('words') };
          await fixFinding(itemCtx(app, request), id, choice);
          return choice.all ? '已全部改正。' : '已改正。';
        },
        itemAddress(id, '#findings'),
      );
    });

    server.post(`${address}/reason`, (request, reply) => {
      const id = idIn(request, 'id');
      const { given } = postedIn(request);
      return doing(
        reply,
        id,
        async () => {
          await letStand(itemCtx(app, request), id, { key: given('key'), reason: given('reason') });
          return '已保留，审查人会看到理由。';
        },
        itemAddress(id, '#findings'),
      );
    });

    server.post(`${address}/reason-withdrawal`, (request, reply) => {
      const id = idIn(request, 'id');
      const { given } = postedIn(request);
      return doing(
        reply,
        id,
        async () => {
          await takeReasonBack(itemCtx(app, request), id, given('key'));
          return '已撤回理由，请改正或者重新说明。';
        },
        itemAddress(id, '#findings'),
      );
    });
  };
