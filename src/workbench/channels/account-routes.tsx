import { createReadStream } from 'node:fs';
import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../../app.ts';
import {
  accountOf,
  addAccount,
  type ChannelAccount,
  closeAccount,
  connectAccount,
  disconnectAccount,
  editAccount,
  listAccounts,
  shownSettings,
} from '../../areas/channels/index.ts';
import { listUnits, may } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import { checkAttachment, type UploadedFile, withUpload } from '../../core/uploads/index.ts';
import { type Errors, type Given, numberIn, reader, staffCtx } from '../request.ts';
import { AccountPage, AccountsPage, NewAccountPage } from './accounts.tsx';
import { ACCOUNTS, accountAddress } from './addresses.ts';

const COVER_BYTES = 2 * 1024 * 1024;

/** 账号台账 and the authorisations of accounts. */
export const accountRoutes =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    const units = (ctx: Ctx) => listUnits(ctx.db, ctx.agencyId, { openOn: ctx.clock.today().toString() });

    async function accountPage(
      ctx: Ctx,
      id: number,
      tried: { given?: Given; errors?: Errors; connecting?: { given: Given; errors: Errors } } = {},
    ) {
      const account = await accountOf(ctx, id);
      const manages = may(ctx.actor, 'channels.accounts');
      const connector = manages ? (app.connectors.get(account.kind) ?? null) : null;
      const settings = connector
        ? await shownSettings({ ...ctx, vault: app.vault }, app.connectors, account)
        : {};
      return (
        <AccountPage
          account={account}
          units={await units(ctx)}
          given={tried.given ?? asGiven(account)}
          errors={tried.errors ?? {}}
          connector={connector}
          settings={settings}
          connecting={tried.connecting ?? null}
          manages={manages}
        />
      );
    }

    server.get(ACCOUNTS, async (request, reply) => {
      const ctx = staffCtx(app, request, 'channels.read');
      return reply.page(<AccountsPage accounts={await listAccounts(ctx.db, ctx.agencyId)} />);
    });

    server.get(`${ACCOUNTS}/new`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'channels.accounts');
      return reply.page(<NewAccountPage units={await units(ctx)} given={() => ''} errors={{}} />);
    });

    server.post(`${ACCOUNTS}/new`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'channels.accounts');
      const given = reader(request.body);
      try {
        const id = await addAccount(ctx, given);
        reply.flash('success', '已登记账号。');
        return reply.redirect(accountAddress(id), 303);
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        return reply.page(
          <NewAccountPage units={await units(ctx)} given={given} errors={error.fields} />,
          422,
        );
      }
    });

    server.get(`${ACCOUNTS}/:id`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'channels.read');
      return reply.page(await accountPage(ctx, numberIn(request, 'id')));
    });

    server.post(`${ACCOUNTS}/:id`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'channels.accounts');
      const id = numberIn(request, 'id');
      const given = reader(request.body);
      try {
        await editAccount(ctx, id, given);
      } catch (error) {
        if (!(error instanceof InvalidForm)) throw error;
        return reply.page(await accountPage(ctx, id, { given, errors: error.fields }), 422);
      }
      reply.flash('success', '已保存。');
      return reply.redirect(accountAddress(id), 303);
    });

    server.post(`${ACCOUNTS}/:id/connection`, async (request, reply) => {
      const ctx = staffCtx(app, request, 'channels.accounts');
      const id = numberIn(request, 'id');
      const dir = `${app.config.varDir}/uploads`;
      return withUpload(request, { dir, maxBytes: COVER_BYTES }, async ({ field, files: [file] }) => {
        const given: Given = (name) => field(name).slice(0, 2000);
        try {
          const cover = file ? await coverOf(app, file) : null;
          await connectAccount({ ...ctx, vault: app.vault }, app.connectors, id, given, cover);
        } catch (error) {
          if (!(error instanceof InvalidForm)) throw error;
          const connecting = { given, errors: error.fields };
          return reply.page(await accountPage(ctx, id, { connecting }), 422);
        }
        reply.flash('success', '已保存授权，发到这个账号的内容由系统自动发布。');
        return reply.redirect(accountAddress(id), 303);
      });
    });

    const act = (path: string, done: string, perform: (ctx: Ctx, id: number) => Promise<void>) =>
      server.post(`${ACCOUNTS}/:id/${path}`, async (request, reply) => {
        const ctx = staffCtx(app, request, 'channels.accounts');
        const id = numberIn(request, 'id');
        await perform(ctx, id);
        reply.flash('success', done);
        return reply.redirect(accountAddress(id), 303);
      });
    act('disconnection', '已停用自动发布，保存的授权已删除。', disconnectAccount);
    act('closing', '已关闭账号。', (ctx, id) => closeAccount(ctx, id, true));
    act('reopening', '已重新启用账号。', (ctx, id) => closeAccount(ctx, id, false));
  };

function asGiven(account: ChannelAccount): Given {
  const values: Record<string, string> = {
    name: account.name,
    platformId: account.platformId,
    address: account.address,
    unit: String(account.unitId ?? ''),
    openedOn: account.openedOn,
    main: account.main ? '1' : '',
  };
  return (name) => values[name] ?? '';
}

/** Keeps a picture that was found harmless. @throws InvalidForm beside its field */
async function coverOf(app: App, file: UploadedFile): Promise<{ digest: string; type: string }> {
  try {
    const type = await checkAttachment(app.scanner, { name: file.name, path: file.path });
    if (type !== 'image/jpeg' && type !== 'image/png')
      throw new InvalidForm({ cover: '封面应为 JPG 或 PNG 图片。' });
    const { sha256 } = await app.files.put(createReadStream(file.path), { maxBytes: COVER_BYTES });
    return { digest: sha256, type };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw new InvalidForm({ cover: error.message });
  }
}
