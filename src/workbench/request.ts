import type { FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import { type Act, demand } from '../areas/organisations/index.ts';
import type { Ctx } from '../core/context.ts';
import { NotFound, Refusal } from '../core/refusal.ts';

/** What was sent, read by the name of its field; '' where nothing was. */
export type Given = (name: string) => string;
export type Errors = Readonly<Record<string, string>>;

const MOST_VALUES = 200;

/**
 * The context of a signed-in request, by someone who may do `act` where one is named. Routes below /workbench are reached only
 * after sign-in.
 */
export function staffCtx(app: App, request: FastifyRequest, act?: Act): Ctx {
  if (!request.staff) throw new Refusal('sign-in', '请先登录。', { status: 401 });
  if (act !== undefined) demand(request.staff, act);
  return { db: app.connection.db, clock: app.clock, actor: request.staff, agencyId: request.staff.agencyId };
}

/** A number in the address. @throws NotFound */
export function numberIn(request: FastifyRequest, name: string): number {
  const value = (request.params as Record<string, string | undefined>)[name] ?? '';
  if (!/^[1-9]\d{0,14}$/.test(value)) throw new NotFound();
  return Number(value);
}

/** What an address or a form brought: text by name, and every value of a name; `longest` characters of each. */
export function readerOf(source: unknown, longest = 4000): { given: Given; all(name: string): string[] } {
  const values = (source ?? {}) as Record<string, unknown>;
  const all = (name: string): string[] => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const several: unknown[] = Array.isArray(value) ? value : [value];
    return several
      .filter((one) => typeof one === 'string')
      .slice(0, MOST_VALUES)
      .map((one) => one.slice(0, longest));
  };
  return { given: (name) => all(name)[0] ?? '', all };
}

/** The same where nothing is sent several times. */
export const reader = (source: unknown, longest = 2000): Given => readerOf(source, longest).given;

/** One of a set of names, or undefined. */
export function oneOf<Name extends string>(
  names: Readonly<Record<Name, unknown>>,
  value: string,
): Name | undefined {
  return Object.hasOwn(names, value) ? (value as Name) : undefined;
}
