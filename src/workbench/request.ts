import type { FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import type { Ctx } from '../core/context.ts';
import { Refusal } from '../core/refusal.ts';

/** The context of a signed-in request. Routes below /workbench are reached only after sign-in. */
export function staffCtx(app: App, request: FastifyRequest): Ctx {
  if (!request.staff) throw new Refusal('sign-in', '请先登录。', { status: 401 });
  return { db: app.connection.db, clock: app.clock, actor: request.staff, agencyId: request.staff.agencyId };
}
