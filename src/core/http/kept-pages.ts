import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { gather } from '../gather.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer is the same for everybody and stays so until the content revision is raised. */
    kept?: boolean;
    /** The answer is made each time, of facts that stand until the content revision is raised. */
    ofKeptFacts?: boolean;
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
  /** Lets those go on who wait for the same answer, with it where there is one. */
  done(kept?: Kept): void;
}

export interface KeptPagesSettings {
  /** Content revision of every agency, read anew from the database. */
  revisions(): Promise<ReadonlyMap<number, number>>;
  /** The agency whose pages the request shows; known once its page is described. */
  agencyOf(request: FastifyRequest): number;
  /**
   * What answers differ by besides their address, e.g. the visitor's way of reading; null: this request gets one of its own.
   * Nothing of the request is read yet but its headers.
   */
  variant(request: FastifyRequest): string | null;
  /** Memory for answers, in bytes. */
  mostBytes?: number;
}

interface Kept {
  agencyId: number;
  revision: number;
  etag: string;
  plain: Buffer;
  /** Headers of the answer that do not depend on how it is coded. */
  headers: readonly string[];
  /** What goes out, made when it is first asked for. */
  sent: Partial<Record<Coding | 'plain', Sent>>;
}

interface Sent {
  /** Names and values in turn. */
  headers: string[];
  body: Buffer;
}

type Coding = 'br' | 'gzip';

const MOST_BYTES = 64 * 1024 * 1024;
/** Larger answers are sent and not kept. */
const MOST_OF_ONE = 2 * 1024 * 1024;
const LONGEST_KEY = 600;
const MOST_ASKED_ONCE = 10_000;
/** Pages may be kept anywhere, as long as whoever keeps one asks first whether it still stands. */
const ASK_FIRST = 'public, no-cache';
/** Headers that belong to one answer and are not kept with the page. */
const OF_ONE_ANSWER = /^(?:x-ratelimit-|content-length$|content-encoding$|date$|connection$)/;

/**
 * Keeps answers of GET routes marked `config: { kept: true }` in memory, with ETag, 304 and compression. Every request asks the
 * database for the content revisions, many at once with one query: a page is never older than the last commit, in any process.
 * Answers that set a cookie are one visitor's own and are never kept. Call it before any other hook is added: what is kept goes out
 * without them, with the headers they gave it when it was made; only the number of requests an address may make is counted as ever.
 * @returns to be called when the hooks that set headers and cookies are there: from then on answers are kept
 */
export function keepPages(server: FastifyInstance, settings: KeptPagesSettings): () => void {
  const shelf = openShelf(settings.mostBytes ?? MOST_BYTES);
  const revisionsFor = gather(
    async (asking: readonly FastifyRequest[]) => {
      const known = await settings.revisions();
      return asking.map(() => known);
    },
    { most: Number.POSITIVE_INFINITY, apart: false },
  );
  /** Who waits for what is being made now, by its key. */
  const begun = new Map<string, Keeping['done'][]>();
  let limit: ReturnType<FastifyInstance['createRateLimit']> | null = null;
  server.decorateRequest('keeping', null);
  server.decorateRequest('contentRevisions', null);
  server.addHook('onReady', async () => {
    if (server.hasDecorator('createRateLimit')) limit = server.createRateLimit();
  });

  server.addHook('onRequest', (request, reply, done) => {
    const { kept, ofKeptFacts } = request.routeOptions.config;
    if (request.method !== 'GET' || !(kept || ofKeptFacts)) return done();
    answered(request, reply).then((sent) => {
      if (!sent) done();
    }, done);
  });

  /** Sends what is kept for the request; false: it must be made. */
  async function answered(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const known = await revisionsFor(request);
    request.contentRevisions = known;
    if (!request.routeOptions.config.kept) return false;
    const variant = settings.variant(request);
    if (variant === null) return false;
    const key = `${request.hostname} ${variant} ${request.url}`;
    const standing = (kept: Kept | undefined) =>
      kept && kept.revision >= (known.get(kept.agencyId) ?? 0) ? kept : undefined;
    // Many who want the same at once get what is being made for one of them; only once, so that nobody waits in a row.
    const making = begun.get(key);
    const kept =
      standing(shelf.find(key)) ??
      (making && standing(await new Promise<Kept | undefined>((resolve) => making.push(resolve))));
    if (kept) {
      // Who asks too often goes the long way, where he is told so.
      if (limit && exceeds(await limit(request))) return false;
      const coding = codingFor(request) ?? 'plain';
      const sent = await sentAs(kept, coding);
      const unchanged = holds(request.headers['if-none-match'], kept.etag);
      reply.hijack();
      if (unchanged) reply.raw.writeHead(304, withoutContent(sent.headers)).end();
      else reply.raw.writeHead(200, sent.headers).end(sent.body);
      return true;
    }
    const waiting: Keeping['done'][] = [];
    const done: Keeping['done'] = (made) => {
      if (begun.get(key) === waiting) begun.delete(key);
      for (const go of waiting.splice(0)) go(made);
    };
    begun.set(key, waiting);
    request.keeping = { key, revisions: known, done };
    return false;
  }

  server.addHook('onResponse', async ({ keeping }) => keeping?.done());
  server.addHook('onRequestAbort', async ({ keeping }) => keeping?.done());

  const keepWhatIsSent = async (request: FastifyRequest, reply: FastifyReply, payload: unknown) => {
    if (!request.routeOptions.config.kept || reply.getHeader('etag') !== undefined) return payload;
    if (typeof payload !== 'string') return payload;
    if (reply.getHeader('set-cookie') !== undefined || reply.statusCode >= 500) {
      reply.header('cache-control', 'private, no-store');
      return payload;
    }
    reply.header('cache-control', ASK_FIRST).header('vary', 'cookie, accept-encoding');
    const { keeping } = request;
    if (!keeping || reply.statusCode !== 200) return payload;
    const plain = bytesOf(payload);
    const agencyId = settings.agencyOf(request);
    const etag = `W/"${hash('sha256', plain, 'base64url').slice(0, 27)}"`;
    reply.header('etag', etag).removeHeader('content-length');
    const kept: Kept = {
      agencyId,
      revision: keeping.revisions.get(agencyId) ?? 0,
      etag,
      plain,
      headers: Object.entries(reply.getHeaders())
        .filter(([name]) => !OF_ONE_ANSWER.test(name))
        .flatMap(([name, value]) => [name, String(value)]),
      sent: {},
    };
    if (keeping.key.length <= LONGEST_KEY && plain.length <= MOST_OF_ONE) shelf.put(keeping.key, kept);
    keeping.done(kept);
    return bodyFor(request, reply, kept);
  };
  return () => {
    server.addHook('onSend', keepWhatIsSent);
  };
}

const room = Buffer.allocUnsafeSlow(512 * 1024);

/** A page as bytes: written to where there is room, and cut off there; to find out first how many they are takes as long again. */
function bytesOf(text: string): Buffer {
  if (text.length * 3 > room.length) return Buffer.from(text);
  const length = room.write(text);
  const bytes = Buffer.allocUnsafeSlow(length);
  room.copy(bytes, 0, 0, length);
  return bytes;
}

const exceeds = (counted: Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>) =>
  !counted.isAllowed && counted.isExceeded;

async function sentAs(kept: Kept, coding: Coding | 'plain'): Promise<Sent> {
  const known = kept.sent[coding];
  if (known) return known;
  const body = coding === 'plain' ? kept.plain : await coded(kept.plain, coding);
  const headers = [...kept.headers, 'content-length', String(body.length)];
  if (coding !== 'plain') headers.push('content-encoding', coding);
  const sent = { headers, body };
  kept.sent[coding] = sent;
  return sent;
}

/** Headers of an answer without a body (RFC 9110 15.4.5). */
function withoutContent(headers: readonly string[]): string[] {
  return headers.filter((_, at) => !/^content-(?!security)/.test(headers[at - (at % 2)] ?? ''));
}

/** Sets tag and coding and gives what is to be sent: nothing (304) to who has it already. */
async function bodyFor(request: FastifyRequest, reply: FastifyReply, kept: Kept): Promise<Buffer | ''> {
  if (holds(request.headers['if-none-match'], kept.etag)) {
    reply.code(304).removeHeader('content-type');
    return '';
  }
  const coding = codingFor(request) ?? 'plain';
  const { body } = await sentAs(kept, coding);
  if (coding !== 'plain') reply.header('content-encoding', coding);
  return body;
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

/**
 * Answers by key. When there is no room, an answer is kept only at its second asking, and those not asked for longest leave: whoever
 * walks through every page once (a crawler) leaves no trace but the addresses.
 */
function openShelf(mostBytes: number) {
  const shelf = new Map<string, Kept>();
  const askedOnce = new Set<string>();
  let bytes = 0;
  // What it takes once both codings are there.
  const weight = ({ plain }: Kept) => plain.length * 2 + 1024;
  const take = (key: string, kept: Kept) => {
    shelf.delete(key);
    bytes -= weight(kept);
  };
  return {
    find(key: string): Kept | undefined {
      const kept = shelf.get(key);
      if (!kept) return undefined;
      shelf.delete(key);
      shelf.set(key, kept);
      return kept;
    },
    put(key: string, kept: Kept): void {
      const before = shelf.get(key);
      if (before) take(key, before);
      else if (bytes + weight(kept) > mostBytes && !askedOnce.delete(key)) {
        if (askedOnce.size >= MOST_ASKED_ONCE) askedOnce.clear();
        askedOnce.add(key);
        return;
      }
      shelf.set(key, kept);
      bytes += weight(kept);
      for (const [oldest, old] of shelf) {
        if (bytes <= mostBytes) break;
        take(oldest, old);
      }
    },
  };
}
