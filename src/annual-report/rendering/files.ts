import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileSystemFault } from '../../core/setup-fault.ts';
import { canonicalJson, sm3 } from '../../ledger/index.ts';
import type { CompiledReport } from '../model.ts';
import type { RenderKind } from '../render/index.ts';
import type { Rendering } from './queue.ts';

/** A rendering on disk. It is never changed; another rendering has another path. */
export interface RenderedFile {
  path: string;
  bytes: number;
  /** Names the content; the same on every machine and after every restart. */
  etag: string;
  modified: Date;
}

export interface RenderedFiles {
  /** The file of a signed report, rendered now when it is not on disk; asked for twice at once, it is rendered once. */
  find(report: CompiledReport, kind: RenderKind): Promise<RenderedFile>;
}

/** Raise it when a better rendering has to replace the files that are kept. */
const EDITION = 1;
const ABANDONED_AFTER_MS = 24 * 3600 * 1000;

/**
 * Renderings of signed reports under `dir` (`<agency>/<year>-<version>-<digest of all that is printed>.<kind>`). They may
 * be deleted at any time: what is missing is rendered again.
 */
export function openRenderedFiles(dir: string, rendering: Pick<Rendering, 'render'>): RenderedFiles {
  const arriving = new Map<string, Promise<RenderedFile>>();
  return {
    async find(report, kind) {
      if (!report.signed) throw new Error('only renderings of signed reports are kept');
      const digest = sm3(canonicalJson({ report, edition: EDITION })).slice(0, 32);
      const path = join(dir, String(report.agency.id), `${report.year}-${report.version}-${digest}.${kind}`);
      const known = arriving.get(path);
      if (known) return known;
      const file = found(path, report, kind)
        .then((there) => ({ ...there, path, etag: `"${digest}-${kind}"` }))
        .finally(() => arriving.delete(path));
      arriving.set(path, file);
      return file;
    },
  };

  async function found(path: string, report: CompiledReport, kind: RenderKind) {
    const there = await look(path);
    if (there) return there;
    const bytes = await rendering.render(report, kind);
    await write(path, bytes);
    return { bytes: bytes.length, modified: (await stat(path)).mtime };
  }
}

async function look(path: string): Promise<Pick<RenderedFile, 'bytes' | 'modified'> | null> {
  try {
    const { size, mtime } = await stat(path);
    return { bytes: size, modified: mtime };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Whole or not at all: written and synced beside its place, then renamed. */
async function write(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path);
  const half = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    await mkdir(folder, { recursive: true });
    await sweep(folder);
    const file = await open(half, 'wx', 0o640);
    await file
      .writeFile(bytes)
      .then(() => file.sync())
      .finally(() => file.close());
    await rename(half, path);
  } catch (error) {
    await rm(half, { force: true });
    throw fileSystemFault(error, folder);
  }
}

/** Files that a crash cut short. */
async function sweep(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((name) => name.endsWith('.part'))) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (found && Date.now() - found.mtimeMs > ABANDONED_AFTER_MS)
      await rm(join(folder, name), { force: true });
  }
}
