import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { findItem, type Item, openVersion, type Version } from '../../areas/catalogue/index.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { UnreadableFile } from '../../core/spreadsheet/index.ts';
import type { Vault } from '../../core/vault/index.ts';
import type { Answer } from '../../ui/index.ts';
import { type Given, readerOf, staffCtx } from '../request.ts';
import { itemAddress } from './addresses.ts';

export type ItemCtx = Ctx & { vault: Vault };

/** What was posted. */
export interface Posted {
  given: Given;
  all(name: string): string[];
}

/** A body may have two million characters, each up to nine bytes on the wire. */
export const DRAFT_BYTES = 20 * 2 ** 20;

/** The context of somebody who may see drafts, able to ask the release gate. */
export function itemCtx(app: App, request: FastifyRequest): ItemCtx {
  return { ...staffCtx(app, request, 'catalogue.read'), vault: app.vault };
}

/** The item an address names, with its open version. @throws NotFound */
export async function loadItem(
  ctx: Ctx,
  request: FastifyRequest,
): Promise<{ item: Item; version: Version | null }> {
  const item = await findItem(ctx.db, ctx.agencyId, idIn(request, 'id'));
  if (!item) throw new NotFound('没有找到这条信息。');
  return { item, version: await openVersion(ctx.db, ctx.agencyId, item.id) };
}

/** The same where a version must be open. */
export async function loadDraft(
  ctx: Ctx,
  request: FastifyRequest,
): Promise<{ item: Item; version: Version }> {
  const { item, version } = await loadItem(ctx, request);
  if (!version) throw new NotFound('这条信息没有正在撰写或审查的稿件。');
  return { item, version };
}

/** A number in the address. @throws NotFound */
export function idIn(request: FastifyRequest, name: string): number {
  return numberOf((request.params as Record<string, string | undefined>)[name]);
}

/** @throws NotFound */
export function numberOf(value: string | undefined): number {
  if (value === undefined || !/^[1-9]\d{0,8}$/.test(value)) throw new NotFound('没有找到这条信息。');
  return Number(value);
}

export const numberOrNull = (value: string): number | null =>
  /^[1-9]\d{0,8}$/.test(value) ? Number(value) : null;

export const queryOf = (request: FastifyRequest): Given => sentIn(request.query).given;
export const postedIn = (request: FastifyRequest): Posted => sentIn(request.body);

/** A body is as long as it is; what a field may hold is asked by the rules. */
function sentIn(source: unknown): Posted {
  const { given, all } = readerOf(source, Number.POSITIVE_INFINITY);
  return { given: (name) => given(name).trim(), all };
}

/** What an act answers on the page it came from; who may not act at all gets the page of the error handler. */
export function wordsOf(error: unknown): string {
  if (error instanceof InvalidForm) return Object.values(error.fields).join(' ');
  if (error instanceof UnreadableFile) return error.message;
  if (error instanceof Refusal && [409, 413, 422, 503].includes(error.status)) return error.message;
  throw error;
}

/** Does it, says so, and goes back to the item. */
export async function doing(
  reply: FastifyReply,
  itemId: number,
  act: () => Promise<string>,
  back = itemAddress(itemId),
): Promise<Answer> {
  try {
    reply.flash('success', await act());
  } catch (error) {
    reply.flash('danger', wordsOf(error).slice(0, 400));
  }
  return reply.redirect(back, 303);
}
