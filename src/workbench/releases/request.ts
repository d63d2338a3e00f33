import type { FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import type { RequestCtx } from '../../areas/requests/index.ts';
import { NotFound } from '../../core/refusal.ts';
import { staffCtx } from '../request.ts';

const FIELD_LENGTH = 2000;
const MISSING = '没有找到这份文件的出口检查。';

/** The context of a member of staff, able to open what is sealed; each act asks for its own permission. */
export function gateCtx(app: App, request: FastifyRequest): RequestCtx {
  return { ...staffCtx(app, request), vault: app.vault };
}

/** A number of a record as it stands in an address or a form. @throws NotFound */
export function numberOf(value: unknown, what = MISSING): number {
  if (typeof value !== 'string' || !/^[1-9]\d{0,8}$/.test(value)) throw new NotFound(what);
  return Number(value);
}

export const checkIdOf = (request: FastifyRequest): number =>
  numberOf((request.params as { id?: string }).id);

/** The text fields of a posted form. */
export function fieldsOf(request: FastifyRequest): (name: string) => string {
  const values = (request.body ?? {}) as Record<string, unknown>;
  return (name) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return typeof value === 'string' ? value.trim().slice(0, FIELD_LENGTH) : '';
  };
}
