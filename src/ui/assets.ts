import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';
import type { FastifyPluginAsync } from 'fastify';
import { themeCss } from './theme.ts';

/** Everything under /assets/, bundled once at start and kept in memory. */
export interface Assets {
  /** Changes whenever any file changes; pages put it into the addresses. */
  version: string;
  files: ReadonlyMap<string, AssetFile>;
}

interface AssetFile {
  type: string;
  plain: Buffer;
  /** As small as it gets, made when it is first asked for. */
  gzip(): Promise<Buffer>;
  brotli(): Promise<Buffer>;
}

const here = import.meta.dirname;
const FOREVER = 'public, max-age=31536000, immutable';
const A_MOMENT = 'public, max-age=300';

/**
 * Bundles `styles/*.css` into gongkai.css, `islands/*.ts` with htmx into islands.js (workbench), `islands/public/*.ts`
 * into public.js (portal), and what only one page needs apart: the chapter editor, the editor of items, the worker of the request form.
 */
export function bundleAssets(): Promise<Assets> {
  bundled ??= bundleAll();
  return bundled;
}

let bundled: Promise<Assets> | null = null;

async function bundleAll(): Promise<Assets> {
  const [css, islands, publicIslands, chapterEditor, itemEditor, requestProof] = await Promise.all([
    bundle(
      'css',
      filesOf('styles', '.css')
        .map((file) => `@import "./styles/${file}";`)
        .join('\n'),
    ),
    bundle('ts', startAll('islands')),
    bundle('ts', startAll('islands/public')),
    bundle('ts', `import './islands/chapter-editor/index.ts';`),
    bundle('ts', `import './islands/item-editor/index.ts';`),
    bundle('ts', `import './islands/request-proof/worker.ts';`),
  ]);
  const mark = readFileSync(join(here, 'mark.svg'));
  const sources: [string, string, Buffer][] = [
    ['gongkai.css', 'text/css; charset=utf-8', css],
    ['islands.js', 'text/javascript; charset=utf-8', islands],
    ['public.js', 'text/javascript; charset=utf-8', publicIslands],
    ['chapter-editor.js', 'text/javascript; charset=utf-8', chapterEditor],
    ['item-editor.js', 'text/javascript; charset=utf-8', itemEditor],
    ['request-proof.js', 'text/javascript; charset=utf-8', requestProof],
    ['mark.svg', 'image/svg+xml', mark],
  ];
  const files = new Map<string, AssetFile>();
  const hash = createHash('sha256');
  for (const [name, type, plain] of sources) {
    hash.update(plain);
    files.set(name, assetFile(type, plain));
  }
  return { version: hash.digest('hex').slice(0, 12), files };
}

/** Serves the bundle under /assets/; an address that names the current version may be kept for a year. */
export const assetsRoutes =
  (assets: Assets): FastifyPluginAsync =>
  async (server) => {
    server.get<{ Params: { file: string }; Querystring: { v?: string } }>(
      '/assets/:file',
      async (request, reply) => {
        const file = assets.files.get(request.params.file);
        if (!file) return reply.code(404).type('text/plain; charset=utf-8').send('没有这个文件');
        const accepted = String(request.headers['accept-encoding'] ?? '');
        reply
          .type(file.type)
          .header('cache-control', request.query.v === assets.version ? FOREVER : A_MOMENT)
          .header('vary', 'accept-encoding');
        if (/\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(await file.brotli());
        if (/\bgzip\b/.test(accepted))
          return reply.header('content-encoding', 'gzip').send(await file.gzip());
        return reply.send(file.plain);
      },
    );
    server.get<{ Params: { colour: string } }>('/assets/theme/:colour', async (request, reply) => {
      const css = themeCss(`#${request.params.colour.replace(/\.css$/, '')}`);
      if (!css) return reply.code(404).type('text/plain; charset=utf-8').send('没有这个文件');
      return reply.type('text/css; charset=utf-8').header('cache-control', FOREVER).send(css);
    });
    server.get('/favicon.ico', (_request, reply) =>
      reply.redirect(`/assets/mark.svg?v=${assets.version}`, 302),
    );
  };

function filesOf(folder: string, extension: string): string[] {
  return readdirSync(join(here, folder))
    .filter((name) => name.endsWith(extension) && !name.endsWith(`.test${extension}`))
    .sort();
}

function startAll(folder: string): string {
  return filesOf(folder, '.ts')
    .map((file) => `import './${folder}/${file}';`)
    .join('\n');
}

async function bundle(loader: 'css' | 'ts', contents: string): Promise<Buffer> {
  const result = await build({
    stdin: { contents, loader, resolveDir: here, sourcefile: `assets.${loader}` },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: loader === 'css' ? ['chrome111', 'firefox113', 'safari16.4'] : ['es2021'],
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
  });
  const output = result.outputFiles[0];
  if (!output) throw new Error(`nothing was bundled for ${loader}`);
  return Buffer.from(output.contents);
}

function assetFile(type: string, plain: Buffer): AssetFile {
  let zipped: Promise<Buffer> | null = null;
  let brotli: Promise<Buffer> | null = null;
  return {
    type,
    plain,
    gzip() {
      zipped ??= promisify(gzip)(plain, { level: 9 });
      return zipped;
    },
    brotli() {
      brotli ??= promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
      return brotli;
    },
  };
}
