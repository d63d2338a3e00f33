import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer is the same for everybody and stays so until the content revision is raised. */
    kept?: boolean;
  }
  interface FastifyRequest {
    /** Where the answer is kept, and what was known when it was begun; null for answers that are not kept. */
    keeping: Keeping | null;
    /** Content revisions of every agency as this request found them; null where nothing is kept. */
    contentRevisions: ReadonlyMap<number, number> | null;
  }
}

interface Keeping {
  key: string;
  revisions: ReadonlyMap<number, number>;
  /** Lets those go on who wait for the same answer. */
  done(): void;
}

export interface KeptPagesSettings {
  /** Content revision of every agency, read anew from the database. */
  revisions(): Promise<ReadonlyMap<number, number>>;
  /** The agency whose pages the request shows; known once its page is described. */
  agencyOf(request: FastifyRequest): number;
  /** What answers differ by besides their address, e.g. the visitor's way of reading; null: this request gets one of its own. */
  variant(request: FastifyRequest): string | null;
  /** Memory for answers; the ones not asked for longest go first. */
  mostBytes?: number;
}

interface Kept {
  agencyId: number;
  revision: number;
  status: number;
  type: string;
  etag: string;
  plain: Buffer;
  coded: Partial<Record<Coding, Buffer>>;
}

type Coding = 'br' | 'gzip';

const MOST_BYTES = 64 * 1024 * 1024;
/** Larger answers are sent and not kept. */
const MOST_OF_ONE = 2 * 1024 * 1024;
const LONGEST_KEY = 600;
/** Pages may be kept anywhere, as long as whoever keeps one asks first whether it still stands. */
const ASK_FIRST = 'public, no-cache';

/**
 * Keeps answers of GET routes marked `config: { kept: true }` in memory, with ETag, 304 and compression. Every request asks the
 * database for the content revisions, many at once with one query: a page is never older than the last commit, in any process.
 * Answers that set a cookie are one visitor's own and are never kept.
 */
export function keepPages(server: FastifyInstance, settings: KeptPagesSettings): void {
  const shelf = openShelf(settings.mostBytes ?? MOST_BYTES);
  const revisions = inOneQuery(settings.revisions);
  /** What is being made now, by its key. */
  const begun = new Map<string, Promise<void>>();
  server.decorateRequest('keeping', null);
  server.decorateRequest('contentRevisions', null);

  server.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' || !request.routeOptions.config.kept) return;
    const known = await revisions();
    request.contentRevisions = known;
    const variant = settings.variant(request);
    if (variant === null) return;
    const key = `${request.hostname} ${variant} ${request.url}`;
    const current = () => {
      const kept = shelf.find(key);
      return kept && kept.revision >= (known.get(kept.agencyId) ?? 0) ? kept : null;
    };
    // Many who want the same at once get what is being made for one of them; only once, so that nobody waits in a row.
    if (!current() && begun.has(key)) await begun.get(key);
    const kept = current();
    if (kept) {
      await answer(request, reply, kept);
      return reply;
    }
    let done = () => {};
    const promise = new Promise<void>((resolve) => {
      done = () => {
        if (begun.get(key) === promise) begun.delete(key);
        resolve();
      };
    });
    begun.set(key, promise);
    request.keeping = { key, revisions: known, done };
  });

  server.addHook('onResponse', async ({ keeping }) => keeping?.done());
  server.addHook('onRequestAbort', async ({ keeping }) => keeping?.done());

  server.addHook('onSend', async (request, reply, payload) => {
    if (!request.routeOptions.config.kept || reply.getHeader('etag') !== undefined) return payload;
    if (typeof payload !== 'string') return payload;
    if (reply.getHeader('set-cookie') !== undefined || reply.statusCode >= 500) {
      reply.header('cache-control', 'private, no-store');
      return payload;
    }
    reply.header('cache-control', ASK_FIRST).header('vary', 'cookie, accept-encoding');
    const { keeping } = request;
    if (!keeping || reply.statusCode !== 200) return payload;
    const plain = Buffer.from(payload);
    const agencyId = settings.agencyOf(request);
    const kept: Kept = {
      agencyId,
      revision: keeping.revisions.get(agencyId) ?? 0,
      status: 200,
      type: String(reply.getHeader('content-type')),
      etag: `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 27)}"`,
      plain,
      coded: {},
    };
    if (keeping.key.length <= LONGEST_KEY && plain.length <= MOST_OF_ONE) shelf.put(keeping.key, kept);
    keeping.done();
    reply.removeHeader('content-length');
    return bodyFor(request, reply, kept);
  });
}

async function answer(request: FastifyRequest, reply: FastifyReply, kept: Kept): Promise<void> {
  reply.code(kept.status).header('cache-control', ASK_FIRST).header('vary', 'cookie, accept-encoding');
  reply.type(kept.type);
  const body = await bodyFor(request, reply, kept);
  reply.send(body === '' ? undefined : body);
}

/** Sets tag and coding and gives what is to be sent: nothing (304) to who has it already. */
async function bodyFor(request: FastifyRequest, reply: FastifyReply, kept: Kept): Promise<Buffer | ''> {
  reply.header('etag', kept.etag);
  if (holds(request.headers['if-none-match'], kept.etag)) {
    reply.code(304).removeHeader('content-type');
    return '';
  }
  const coding = codingFor(request);
  if (coding === null) return kept.plain;
  reply.header('content-encoding', coding);
  kept.coded[coding] ??= await coded(kept.plain, coding);
  return kept.coded[coding];
}

/** RFC 9110 13.1.2: any of the tags, compared weakly. */
export function holds(header: string | undefined, etag: string): boolean {
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  return (header ?? '').split(',').some((tag) => tag.trim() === '*' || bare(tag) === bare(etag));
}

function codingFor(request: FastifyRequest): Coding | null {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  if (/\bbr\b(?!\s*;\s*q=0(?![.\d]*[1-9]))/.test(accepted)) return 'br';
  return /\bgzip\b(?!\s*;\s*q=0(?![.\d]*[1-9]))/.test(accepted) ? 'gzip' : null;
}

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Quick rather than small: who waits for an answer that was not kept waits for this as well. */
function coded(plain: Buffer, coding: Coding): Promise<Buffer> {
  return coding === 'br'
    ? brotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
    : zip(plain, { level: 6 });
}

/** Answers by key; those not asked for longest leave when there is no room. */
function openShelf(mostBytes: number) {
  const shelf = new Map<string, Kept>();
  let bytes = 0;
  // What it takes once both codings are there.
  const weight = ({ plain }: Kept) => plain.length * 2 + 1024;
  const take = (key: string, kept: Kept) => {
    shelf.delete(key);
    bytes -= weight(kept);
  };
  return {
    find(key: string): Kept | null {
      const kept = shelf.get(key);
      if (!kept) return null;
      shelf.delete(key);
      shelf.set(key, kept);
      return kept;
    },
    put(key: string, kept: Kept): void {
      const before = shelf.get(key);
      if (before) take(key, before);
      shelf.set(key, kept);
      bytes += weight(kept);
      for (const [oldest, old] of shelf) {
        if (bytes <= mostBytes) break;
        take(oldest, old);
      }
    },
  };
}

/** Everybody who asks while a query runs shares the next one: its answer is never older than the question. */
function inOneQuery<T>(ask: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | null = null;
  return () => {
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null;
        const asked = ask();
        running = asked;
        return asked;
      });
    return next;
  };
}
