import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { InvalidForm, Refusal } from '../refusal.ts';
import { fileSystemFault } from '../setup-fault.ts';
import { megabytes, UnreadableFile } from '../spreadsheet/index.ts';

/** A file that arrived with a form, spooled to disk for as long as the request is worked on. */
export interface UploadedFile {
  /** Name of the form field. */
  field: string;
  /** As the sender named it, without its path. For people only; what it is must be told from its content. */
  name: string;
  path: string;
  /** In bytes. */
  size: number;
}

export interface Upload {
  /** The first value of a field, or ''. */
  field(name: string): string;
  /** Every value of a field. */
  fields(name: string): readonly string[];
  files: readonly UploadedFile[];
}

export interface UploadOptions {
  /** Where files wait; emptied of them when `work` ends. */
  dir: string;
  /** For each file. */
  maxBytes: number;
  maxFiles?: number;
}

/** What the rest of a form may weigh beside its files. */
const FORM_BYTES = 1024 * 1024;

/**
 * Reads a multipart form, its files to disk, and hands it to `work`; the files are gone afterwards, whatever happens.
 * A form that declares more than it may carry is refused before anything is read; a file that turns out too large stops
 * being written at the limit. Memory never holds a file.
 * @throws UnreadableFile `too-large`; InvalidForm when the form is broken; Refusal `upload-broken` when its sender went away
 */
export async function withUpload<T>(
  request: FastifyRequest,
  options: UploadOptions,
  work: (upload: Upload) => Promise<T>,
): Promise<T> {
  const { dir, maxBytes, maxFiles = 1 } = options;
  if (!request.isMultipart()) throw new InvalidForm({ '': '请通过页面上的表单选择文件上传。' });
  if (Number(request.headers['content-length'] ?? 0) > maxBytes * maxFiles + FORM_BYTES) {
    // What is still coming is let through unread, so that the browser gets to see the answer.
    request.raw.resume();
    throw tooLarge(maxBytes);
  }
  const files: UploadedFile[] = [];
  try {
    const fields = await spool(request, { dir, maxBytes, maxFiles }, files);
    return await work({
      fields: (name) => fields.get(name) ?? [],
      field: (name) => fields.get(name)?.[0] ?? '',
      files,
    });
  } catch (error) {
    // By choice or not: no fault of ours, and nobody is there to be told.
    if (request.raw.destroyed && !request.raw.complete)
      throw new Refusal('upload-broken', '文件没有传完，请重新上传。', { status: 400 });
    throw error;
  } finally {
    for (const { path } of files) await rm(path, { force: true });
  }
}

async function spool(
  request: FastifyRequest,
  { dir, maxBytes, maxFiles }: Required<UploadOptions>,
  files: UploadedFile[],
): Promise<Map<string, string[]>> {
  await mkdir(dir, { recursive: true }).catch((error) => {
    throw fileSystemFault(error, dir);
  });
  await sweep(dir);
  const fields = new Map<string, string[]>();
  let oversized = false;
  const reading = {
    limits: {
      fileSize: maxBytes,
      files: maxFiles,
      fields: 2000,
      fieldSize: FORM_BYTES,
      parts: 2000 + maxFiles,
    },
    throwFileSizeLimit: false,
    defParamCharset: 'utf8',
  };
  for await (const part of request.parts(reading)) {
    if (part.type === 'field') {
      fields.set(part.fieldname, [...(fields.get(part.fieldname) ?? []), String(part.value)]);
    } else if (part.filename === '' || part.filename === undefined || oversized) {
      part.file.resume();
    } else {
      const file = await keep(part, dir, files);
      oversized = part.file.truncated;
      file.size = oversized ? file.size : (await stat(file.path)).size;
    }
  }
  if (oversized) throw tooLarge(maxBytes);
  return fields;
}

async function keep(part: MultipartFile, dir: string, files: UploadedFile[]): Promise<UploadedFile> {
  const path = join(dir, randomBytes(12).toString('hex'));
  const file = { field: part.fieldname, name: plainName(part.filename), path, size: 0 };
  files.push(file);
  try {
    await pipeline(part.file, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    throw fileSystemFault(error, dir);
  }
  return file;
}

/** No folders, no control or direction marks, at most 200 characters with the extension kept. */
export function plainName(name: string): string {
  const bare = name.split(/[\\/]/).at(-1) ?? '';
  const clean = bare
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
  if (clean.length <= 200) return clean === '' ? '未命名' : clean;
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(clean)?.[0] ?? '';
  return clean.slice(0, 200 - extension.length) + extension;
}

function tooLarge(maxBytes: number): UnreadableFile {
  return new UnreadableFile('too-large', `文件超过 ${megabytes(maxBytes)}，未接收。请压缩或拆分后再上传。`);
}

const ABANDONED_AFTER_MS = 3_600_000;
const swept = new Set<string>();

/** Takes away what a crash left behind; once for each folder and process. */
async function sweep(dir: string): Promise<void> {
  if (swept.has(dir)) return;
  swept.add(dir);
  for (const name of await readdir(dir)) {
    const found = await stat(join(dir, name)).catch(() => null);
    if (found && Date.now() - found.mtimeMs > ABANDONED_AFTER_MS) await rm(join(dir, name), { force: true });
  }
}
