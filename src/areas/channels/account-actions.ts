import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import type { Vault } from '../../core/vault/index.ts';
import { visibleLine } from '../../core/visible-text.ts';
import { holdChain, record } from '../../ledger/index.ts';
import { demand, listUnits } from '../organisations/index.ts';
import {
  accountNamed,
  findAccount,
  insertAccount,
  lockAccount,
  resignMain,
  updateAccount,
} from './account-store.ts';
import { findConnection, keepConnection, removeConnection } from './connection-store.ts';
import type { Connectors } from './connectors/index.ts';
import { type Given, readAccount } from './form-rules.ts';
import type { ChannelAccount } from './model.ts';
import { connectionContext } from './sealed.ts';

const subjectOf = ({ id, name }: { id: number; name: string }) => ({
  kind: 'channel-account',
  id,
  label: name,
});

async function read(ctx: Ctx, given: Given) {
  const units = await listUnits(ctx.db, ctx.agencyId);
  const { values, errors } = readAccount(given, {
    today: ctx.clock.today().toString(),
    unitIds: new Set(units.map(({ id }) => id)),
  });
  if (!values) throw new InvalidForm(errors);
  return values;
}

/** Enters an account in the register. @throws InvalidForm. Returns its id. */
export async function addAccount(ctx: Ctx, given: Given): Promise<number> {
  demand(ctx.actor, 'channels.accounts');
  return transact(ctx, async (ctx) => {
    await holdChain(ctx.db, ctx.agencyId);
    const form = await read(ctx, given);
    if ((await accountNamed(ctx.db, ctx.agencyId, form.kind, form.name)) !== null)
      throw new InvalidForm({ name: '这个渠道已有同名账号。' });
    if (form.main) await resignMain(ctx.db, ctx.agencyId, form.kind);
    const { platformId: platform_id, unitId: unit_id, openedOn: opened_on, ...rest } = form;
    const id = await insertAccount(ctx.db, ctx.agencyId, { ...rest, platform_id, unit_id, opened_on });
    await record(ctx, {
      act: 'channels.add-account',
      subject: subjectOf({ id, name: form.name }),
      after: form,
    });
    return id;
  });
}

/** Changes what the register says of an account; its channel stays. @throws InvalidForm */
export async function editAccount(ctx: Ctx, id: number, given: Given): Promise<void> {
  demand(ctx.actor, 'channels.accounts');
  await transact(ctx, async (ctx) => {
    await holdChain(ctx.db, ctx.agencyId);
    const account = await held(ctx, id);
    const form = await read(ctx, (name) => (name === 'kind' ? account.kind : given(name)));
    const namesake = await accountNamed(ctx.db, ctx.agencyId, account.kind, form.name);
    if (namesake !== null && namesake !== id) throw new InvalidForm({ name: '这个渠道已有同名账号。' });
    if (form.main && !account.main) await resignMain(ctx.db, ctx.agencyId, account.kind);
    const { kind: _, platformId: platform_id, unitId: unit_id, openedOn: opened_on, ...rest } = form;
    await updateAccount(ctx.db, ctx.agencyId, id, { ...rest, platform_id, unit_id, opened_on });
    await record(ctx, {
      act: 'channels.edit-account',
      subject: subjectOf(form.name ? { id, name: form.name } : account),
      after: form,
    });
  });
}

/** Closes an account: nothing goes out there any more, its posts stay; or opens it again. */
export async function closeAccount(ctx: Ctx, id: number, closed: boolean): Promise<void> {
  demand(ctx.actor, 'channels.accounts');
  await transact(ctx, async (ctx) => {
    const account = await held(ctx, id);
    if ((account.closedOn !== null) === closed)
      throw new Refusal('channels-account-state', closed ? '这个账号已经关闭。' : '这个账号没有关闭。');
    await updateAccount(ctx.db, ctx.agencyId, id, {
      closed_on: closed ? ctx.clock.today().toString() : null,
      main: false,
    });
    await record(ctx, {
      act: closed ? 'channels.close-account' : 'channels.reopen-account',
      subject: subjectOf(account),
    });
  });
}

async function held(ctx: Ctx, id: number): Promise<ChannelAccount> {
  const account = await lockAccount(ctx.db, ctx.agencyId, id);
  if (!account) throw new NotFound('没有找到这个账号。');
  return account;
}

type Connecting = Ctx & { vault: Vault };

/**
 * Keeps the authorisation of an account sealed, so that the system posts there by itself. A secret left blank stays what it
 * was. @throws InvalidForm
 */
export async function connectAccount(
  ctx: Connecting,
  connectors: Connectors,
  id: number,
  given: Given,
  cover: { digest: string; type: string } | null,
): Promise<void> {
  demand(ctx.actor, 'channels.accounts');
  await transact(ctx, async (ctx) => {
    const account = await held(ctx, id);
    const connector = connectors.get(account.kind);
    if (!connector) throw new Refusal('channels-no-interface', '这个渠道没有可以对接的接口。');
    if (account.closedOn !== null) throw new Refusal('channels-account-state', '这个账号已经关闭。');
    const before = await settingsOf(ctx, id);
    const settings: Record<string, string> = {};
    const errors: Record<string, string> = {};
    for (const [name, { label, secret, required }] of Object.entries(connector.fields)) {
      const typed = visibleLine(given(name));
      const value = typed === '' && secret ? (before[name] ?? '') : typed;
      if (value.length > 500) errors[name] = `${label}太长。`;
      if (required && value === '') errors[name] = `请填写${label}。`;
      settings[name] = value;
    }
    if (Object.keys(errors).length > 0) throw new InvalidForm(errors);
    const kept = cover ? `${cover.digest} ${cover.type}` : before.cover;
    if (kept) settings.cover = kept;
    const sealed = ctx.vault.seal(JSON.stringify(settings), connectionContext(ctx.agencyId, id, 'settings'));
    await keepConnection(ctx.db, ctx.agencyId, id, {
      settings: sealed,
      at: instantOf(ctx.clock),
    });
    await record(ctx, { act: 'channels.connect', subject: subjectOf(account) });
  });
}

/** What is not secret of an account's settings, for its form; secrets say only whether they are there. */
export async function shownSettings(
  ctx: Connecting,
  connectors: Connectors,
  account: ChannelAccount,
): Promise<Record<string, string>> {
  demand(ctx.actor, 'channels.accounts');
  const settings = await settingsOf(ctx, account.id);
  const fields = connectors.get(account.kind)?.fields ?? {};
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      fields[name]?.secret || name === 'cover' ? (value === '' ? '' : 'kept') : value,
    ]),
  );
}

async function settingsOf(ctx: Connecting, id: number): Promise<Record<string, string>> {
  const kept = await findConnection(ctx.db, ctx.agencyId, id);
  if (!kept) return {};
  return JSON.parse(ctx.vault.open(kept.settings, connectionContext(ctx.agencyId, id, 'settings')));
}

/** Forgets the authorisation: posts wait for a person from now on. */
export async function disconnectAccount(ctx: Ctx, id: number): Promise<void> {
  demand(ctx.actor, 'channels.accounts');
  await transact(ctx, async (ctx) => {
    const account = await held(ctx, id);
    if (!account.connected) throw new Refusal('channels-account-state', '这个账号没有对接接口。');
    await removeConnection(ctx.db, ctx.agencyId, id);
    await record(ctx, { act: 'channels.disconnect', subject: subjectOf(account) });
  });
}

export async function accountOf(ctx: Ctx, id: number): Promise<ChannelAccount> {
  demand(ctx.actor, 'channels.read');
  const account = await findAccount(ctx.db, ctx.agencyId, id);
  if (!account) throw new NotFound('没有找到这个账号。');
  return account;
}
