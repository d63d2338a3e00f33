import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { type Act, demand } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { staffCtx } from '../request.ts';
import { issueAddress } from './addresses.ts';

export type Given = (name: string) => string;
export type Errors = Readonly<Record<string, string>>;

const MOST_VALUES = 200;

/** The context of a request by someone who may do `act`. */
export function gazetteCtx(app: App, request: FastifyRequest, act: Act = 'gazette.read'): Ctx {
  const ctx = staffCtx(app, request);
  demand(ctx.actor, act);
  return ctx;
}

/** A number in the address. @throws NotFound */
export function numberIn(request: FastifyRequest, name: string): number {
  const value = (request.params as Record<string, string>)[name] ?? '';
  if (!/^[1-9]\d{0,14}$/.test(value)) throw new NotFound();
  return Number(value);
}

/** What was sent: text by name, and every value of a name. */
export function readerOf(source: unknown): { given: Given; all(name: string): string[] } {
  const values = (source ?? {}) as Record<string, unknown>;
  const all = (name: string): string[] => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const several: unknown[] = Array.isArray(value) ? value : [value];
    return several
      .flatMap((one) => (typeof one === 'string' ? [one.slice(0, 4000)] : []))
      .slice(0, MOST_VALUES);
  };
  return { given: (name) => all(name)[0] ?? '', all };
}

/** Does it, says so, and goes back; what cannot be done now is said on the page it came from. */
export async function doing(
  reply: FastifyReply,
  issueId: number,
  act: () => Promise<string | null>,
  back = issueAddress(issueId),
): Promise<FastifyReply> {
  try {
    const done = await act();
    if (done !== null) reply.flash('success', done);
  } catch (error) {
    reply.flash('danger', wordsOf(error));
  }
  return reply.redirect(back, 303);
}

/** A refusal that depends on the moment, in its words; everything else is for the error handler. */
export function wordsOf(error: unknown): string {
  if (error instanceof InvalidForm) return Object.values(error.fields).join(' ').slice(0, 400);
  if (error instanceof Refusal && error.status === 409) return error.message.slice(0, 400);
  throw error;
}
