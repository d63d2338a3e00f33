import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { diskFull, fileSystemFault, notWritable, SetupFault } from '../setup-fault.ts';
import type { Binaries } from './binaries.ts';
import type { Place } from './place.ts';

export const MAJOR_VERSION = '18';
export const SUPERUSER = 'gongkai';

const HALF_DONE = 'postgres.half-';

/**
 * Creates the data directory when there is none. It is made under another name and renamed when whole, so that an
 * interruption leaves nothing that looks like a database. Call it under the place's lock.
 */
export async function ensureInitialised(place: Place, binaries: Binaries, durable: boolean): Promise<void> {
  const { data, home, account } = place;
  if (existsSync(join(data, 'PG_VERSION'))) return refuseOtherVersion(data);
  if (existsSync(data) && readdirSync(data).length > 0) {
    throw new SetupFault(
      `${data} 里不是数据库数据，请移走后重试。 ${data} holds something other than a database; move it away.`,
    );
  }
  for (const name of readdirSync(home)) {
    if (name.startsWith(HALF_DONE)) rmSync(join(home, name), { recursive: true, force: true });
  }
  const half = join(home, HALF_DONE + randomBytes(4).toString('hex'));
  try {
    mkdirSync(half, { mode: 0o700 });
    if (account) chownSync(half, account.uid, account.gid);
    await initdb(place, binaries, half, durable);
    rmSync(data, { recursive: true, force: true });
    renameSync(half, data);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    throw fileSystemFault(error, home);
  }
}

function refuseOtherVersion(data: string): void {
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (version === MAJOR_VERSION) return;
  throw new SetupFault(
    `${data} 是 PostgreSQL ${version} 的数据，本程序内置 ${MAJOR_VERSION}：请用原版本程序 backup，再在新目录 restore。 ${data} was made by PostgreSQL ${version}, this program carries ${MAJOR_VERSION}; back up with the old program and restore into a new folder.`,
  );
}

async function initdb(place: Place, binaries: Binaries, target: string, durable: boolean): Promise<void> {
  const args = [
    `--pgdata=${target}`,
    `--username=${SUPERUSER}`,
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--auth-local=trust',
    '--auth-host=scram-sha-256',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ];
  let passwordFile: string | null = null;
  if (process.platform === 'win32') {
    passwordFile = join(place.home, 'postgres-password');
    if (!existsSync(passwordFile))
      writeFileSync(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
    args.push(`--pwfile=${passwordFile}`);
  }
  const { code, output } = await run(binaries.initdb, args, place);
  if (code !== 0) throw databaseFault(place, output);
}

function run(
  program: string,
  args: string[],
  { home, account }: Place,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...account,
      cwd: home,
      env: serverEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** The operator's PG* variables must not steer the embedded server. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env;
  return { PATH, SystemRoot, TEMP, TMP, LC_ALL: 'C' };
}

/** What PostgreSQL said while failing, as one sentence for the operator. */
export function databaseFault(place: Place, output: string): SetupFault {
  const { bavail, bsize } = statfsSync(place.home);
  if (/No space left on device|Disk quota exceeded/i.test(output) || bavail * bsize < 4_000_000) {
    return new SetupFault(diskFull(place.home), { cause: output });
  }
  if (/Permission denied|Operation not permitted|Read-only file system/i.test(output)) {
    return new SetupFault(notWritable(place.data), { cause: output });
  }
  const line = output.match(/(?:FATAL|PANIC|error):\s*(.+)/)?.[1] ?? output.trim().split('\n').at(-1) ?? '';
  return new SetupFault(
    `内置数据库未能启动：${line || '原因不明'}，详见 ${place.log}。 The embedded PostgreSQL did not start; see ${place.log}.`,
    { cause: output },
  );
}
