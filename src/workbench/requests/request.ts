import type { FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import type { Act } from '../../areas/organisations/index.ts';
import type { RequestCtx } from '../../areas/requests/index.ts';
import { NotFound } from '../../core/refusal.ts';
import { type UploadedFile, withUpload } from '../../core/uploads/index.ts';
import { type Given, readerOf, staffCtx } from '../request.ts';

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
  return { ...staffCtx(app, request, act), vault: app.vault };
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
  return trimmed(request.query).given;
}

/** Hands a posted form to `work`; files are on disk only as long as it works. */
export async function withPosted<T>(
  app: App,
  request: FastifyRequest,
  work: (posted: Posted) => Promise<T>,
): Promise<T> {
  if (!request.isMultipart()) return work({ ...trimmed(request.body), files: [] });
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

/** What an address or a form brought, without the blanks around it. */
function trimmed(source: unknown): Pick<Posted, 'given' | 'all'> {
  const { given, all } = readerOf(source, FIELD_LENGTH);
  return { given: (name) => given(name).trim(), all: (name) => all(name).map((value) => value.trim()) };
}

const bounded = (text: string) => text.trim().slice(0, FIELD_LENGTH);
