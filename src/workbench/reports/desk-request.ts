import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { loadDesk, obstacle, type ReportCtx, type ReportDesk } from '../../annual-report/index.ts';
import type { App } from '../../app.ts';
import { demand, may } from '../../areas/organisations/index.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { staffCtx } from '../request.ts';
import { stateOf } from './frame.tsx';

const yearParams = z.object({ year: z.coerce.number().int().min(2008).max(2100) });

/** Context for work on reports, from a signed-in request. */
export function reportCtx(app: App, request: FastifyRequest): ReportCtx {
  return { ...staffCtx(app, request), sources: app.reportSources };
}

/** The reporting year in the address. @throws NotFound for anything that is no year */
export function yearOf(request: FastifyRequest): number {
  const parsed = yearParams.safeParse(request.params);
  if (!parsed.success) throw new NotFound('没有这个年度的报告。');
  return parsed.data.year;
}

/** The report in the address, for those who may read reports. */
export async function deskFor(app: App, request: FastifyRequest): Promise<ReportDesk> {
  const ctx = reportCtx(app, request);
  demand(ctx.actor, 'reports.read');
  return loadDesk(ctx, yearOf(request));
}

/** Messages by field from a failed parse. @throws InvalidForm */
export function demandForm<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw new InvalidForm(
    Object.fromEntries(parsed.error.issues.map((issue) => [String(issue.path[0] ?? ''), issue.message])),
  );
}

/** Whether this person may change the text of the report as it stands. */
export function mayEdit(app: App, request: FastifyRequest, desk: ReportDesk): boolean {
  const { actor } = staffCtx(app, request);
  return may(actor, 'reports.edit') && obstacle('edit', stateOf(desk), null) === null;
}
