import type { FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { type Act, demand, listUnits, type Unit } from '../../areas/organisations/index.ts';
import { type Entry, findEntry, findRegister, type Register } from '../../areas/registers/index.ts';
import type { Ctx } from '../../core/context.ts';
import { NotFound } from '../../core/refusal.ts';
import { staffCtx } from '../request.ts';

/** The context of a request about one register, by someone who may do `act`. */
export function registerOf(app: App, request: FastifyRequest, act: Act): { ctx: Ctx; register: Register } {
  const ctx = staffCtx(app, request);
  demand(ctx.actor, act);
  const { key = '' } = request.params as { key?: string };
  const register = findRegister(key);
  if (!register) throw new NotFound('没有这个台账。');
  return { ctx, register };
}

export async function entryOf(
  app: App,
  request: FastifyRequest,
  act: Act,
): Promise<{ ctx: Ctx; register: Register; entry: Entry }> {
  const { ctx, register } = registerOf(app, request, act);
  const { id = '' } = request.params as { id?: string };
  const entry = /^\d{1,15}$/.test(id) ? await findEntry(ctx.db, register, ctx.agencyId, Number(id)) : null;
  if (!entry) throw new NotFound(`没有这条${register.noun}登记。`);
  return { ctx, register, entry };
}

/** The text fields of a posted form. */
export function postedBy(request: FastifyRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries((request.body ?? {}) as Record<string, unknown>).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : '',
    ]),
  );
}

export const unitsFor = (ctx: Ctx): Promise<Unit[]> => listUnits(ctx.db, ctx.agencyId);
