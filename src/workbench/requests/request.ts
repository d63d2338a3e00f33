import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { type Act, demand } from '../../areas/organisations/index.ts';
import type { RequestCtx } from '../../areas/requests/index.ts';
import { NotFound } from '../../core/refusal.ts';
import { type UploadedFile, withUpload } from '../../core/uploads/index.ts';
import { staffCtx } from '../request.ts';

/** What was typed, read by the name of its field; '' where nothing was. */
export type Given = (name: string) => string;
export type Errors = Readonly<Record<string, string>>;

/** A posted form, with its files where it brought any. */
export interface Posted {
  given: Given;
  /** Every value of a field that may be sent several times, in the order of the page. */
  all(name: string): string[];
  files: readonly UploadedFile[];
}

/** Longest text that is read from one field; what a field may hold in truth is asked by the rules. */
const FIELD_LENGTH = 40_000;
const MOST_VALUES = 200;
/** Scans of one posted form. */
export const MOST_FILES = 10;
export const FILE_BYTES = 20 * 1024 * 1024;

/** The context of somebody who may do `act`, able to seal and open. */
export function requestCtx(app: App, request: FastifyRequest, act: Act): RequestCtx {
  const ctx = staffCtx(app, request);
  demand(ctx.actor, act);
  return { ...ctx, vault: app.vault };
}

/** The request an address names. @throws NotFound */
export function caseIdOf(request: FastifyRequest): number {
  return numberOf((request.params as { id?: string }).id, '没有找到这件申请。');
}

/** A number of a record as it stands in an address or a form. @throws NotFound */
export function numberOf(value: string | undefined, what: string): number {
  if (value === undefined || !/^[1-9]\d{0,8}$/.test(value)) throw new NotFound(what);
  return Number(value);
}

/** The same where nothing need be chosen. */
export const numberOrNull = (value: string): number | null =>
  /^[1-9]\d{0,8}$/.test(value) ? Number(value) : null;

export function queryOf(request: FastifyRequest): Given {
  return readerOf(request.query);
}

/** Hands a posted form to `work`; files are on disk only as long as it works. */
export async function withPosted<T>(
  app: App,
  request: FastifyRequest,
  work: (posted: Posted) => Promise<T>,
): Promise<T> {
  if (!request.isMultipart()) {
    const given = readerOf(request.body);
    return work({ given, all: (name) => valuesOf(request.body, name), files: [] });
  }
  const limits = {
    dir: `${app.config.varDir}/uploads`,
    maxBytes: Math.min(FILE_BYTES, app.config.maxUploadBytes),
    maxFiles: MOST_FILES,
  };
  return withUpload(request, limits, (upload) =>
    work({
      given: (name) => bounded(upload.field(name)),
      all: (name) => upload.fields(name).slice(0, MOST_VALUES).map(bounded),
      files: upload.files,
    }),
  );
}

/** One of a set of names, or undefined. */
export function oneOf<Name extends string>(
  names: Readonly<Record<Name, unknown>>,
  value: string,
): Name | undefined {
  return Object.hasOwn(names, value) ? (value as Name) : undefined;
}

/** Sends a file to be saved under a Chinese name; the browser itself never shows what it holds. */
export function asDownload(reply: FastifyReply, name: string, type: string): FastifyReply {
  return reply
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .header('x-content-type-options', 'nosniff')
    .type(type);
}

function readerOf(source: unknown): Given {
  return (name) => valuesOf(source, name)[0] ?? '';
}

function valuesOf(source: unknown, name: string): string[] {
  const values = (source ?? {}) as Record<string, unknown>;
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  const several = Array.isArray(value) ? value : [value];
  return several
    .filter((one) => typeof one === 'string')
    .slice(0, MOST_VALUES)
    .map(bounded);
}

const bounded = (text: string) => text.trim().slice(0, FIELD_LENGTH);
