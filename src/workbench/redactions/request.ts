import type { FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { demand } from '../../areas/organisations/index.ts';
import type { JobRef, RedactionCtx } from '../../areas/redactions/index.ts';
import { NotFound } from '../../core/refusal.ts';
import { staffCtx } from '../request.ts';
import { type Sides, sides } from './addresses.ts';

const FIELD_LENGTH = 500;

/** The context of somebody who may redact, able to open what is sealed. */
export function redactionCtx(app: App, request: FastifyRequest): RedactionCtx {
  const ctx = staffCtx(app, request);
  demand(ctx.actor, 'requests.redact');
  return { ...ctx, vault: app.vault, sealedFiles: app.sealedFiles, redactor: app.redactor };
}

/** A number of a record or a page as it stands in an address or a form. @throws NotFound */
export function numberOf(value: unknown, what: string): number {
  if (typeof value !== 'string' || !/^[1-9]\d{0,8}$/.test(value)) throw new NotFound(what);
  return Number(value);
}

/** A number that somebody typed; not a number where it is none. */
export const typedNumber = (value: string): number =>
  /^-?\d{1,6}(\.\d{1,6})?$/.test(value) ? Number(value) : Number.NaN;

export function paramOf(request: FastifyRequest, name: string): string {
  return (request.params as Record<string, string | undefined>)[name] ?? '';
}

export const jobIdOf = (request: FastifyRequest): number =>
  numberOf(paramOf(request, 'id'), '没有找到这份文件。');

/** The text fields of an address or a posted form. */
export function fieldsOf(source: unknown): (name: string) => string {
  const values = (source ?? {}) as Record<string, unknown>;
  return (name) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return typeof value === 'string' ? value.trim().slice(0, FIELD_LENGTH) : '';
  };
}

/** The job an act is for, with the version the page was drawn with. @throws NotFound */
export function refOf(request: FastifyRequest): JobRef {
  const version = fieldsOf(request.body)('version');
  return { id: jobIdOf(request), version: numberOf(version, '页面不完整，请刷新后再试。') };
}

/** Which page of the file is looked at, and how, where that was chosen. */
export function placeOf(source: unknown): { page: number; shown: Sides | null } {
  const field = fieldsOf(source);
  const page = field('page');
  const shown = field('show');
  return {
    page: /^[1-9]\d{0,2}$/.test(page) ? Number(page) : 1,
    shown: Object.hasOwn(sides, shown) ? (shown as Sides) : null,
  };
}
