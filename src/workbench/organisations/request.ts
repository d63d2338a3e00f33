import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { App } from '../../app.ts';
import { type Agency, demandWithin, findAgency, findAgencyById } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import type { Answer } from '../../ui/index.ts';
import { staffCtx } from '../request.ts';

export type Errors = Readonly<Record<string, string>>;
/** What was typed, kept for the next showing of the form. */
export type Given = Readonly<Record<string, string>>;

/** The agency a page is about (`?agency=CODE`, else one's own), readable by this person, and the context to act in it. */
export async function agencyOf(
  app: App,
  request: FastifyRequest,
  code?: string,
): Promise<{ ctx: Ctx; agency: Agency }> {
  const own = staffCtx(app, request);
  const wanted = code ?? queryOf(request).agency;
  const agency = wanted ? await findAgency(own.db, wanted) : await findAgencyById(own.db, own.agencyId);
  // The right is asked first, so that a stranger is not told which agencies exist.
  await demandWithin(own, 'organisations.read');
  if (!agency) throw new NotFound('没有找到这个机构。');
  const ctx = { ...own, agencyId: agency.id };
  await demandWithin(ctx, 'organisations.read');
  return { ctx, agency };
}

export function queryOf(request: FastifyRequest): Record<string, string | undefined> {
  const query = request.query as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.slice(0, 200) : undefined,
    ]),
  );
}

/** An identifier in an address; anything else is an address that does not exist. */
export function idOf(text: string): number {
  const id = Number(text);
  if (!Number.isSafeInteger(id) || id < 1 || id > 2 ** 31 - 1) throw new NotFound();
  return id;
}

/** Runs an act; wrong fields show the form again with what was typed, the fields renamed as the page calls them. */
export async function orAgain(
  act: () => Promise<Answer>,
  again: (errors: Errors) => Promise<VNode> | VNode,
  reply: FastifyReply,
  rename: (field: string) => string = (field) => field,
): Promise<Answer> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof InvalidForm)) throw error;
    const errors = Object.fromEntries(
      Object.entries(error.fields).map(([field, text]) => [rename(field), text]),
    );
    return reply.page(await again(errors), 422);
  }
}

/** `?agency=` for another agency than one's own; nothing for one's own. */
export const within = (
  agency: Agency,
  actor: { agencyId: number } | null,
  more: Record<string, string> = {},
) => {
  const query = new URLSearchParams(agency.id === actor?.agencyId ? more : { agency: agency.code, ...more });
  return query.size > 0 ? `?${query}` : '';
};
