import { execFile } from 'node:child_process';
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { SetupFault } from '../setup-fault.ts';

const run = promisify(execFile);

/** The account PostgreSQL runs under; null when it simply runs as the current user. */
export type RunAs = { uid: number; gid: number } | null;

export const isRoot = () => process.getuid?.() === 0;

/**
 * PostgreSQL refuses to run as root, so root hands it to an unprivileged account: the owner of the existing data,
 * else `postgres`, which is created when missing, else `nobody`. Others run it as themselves.
 */
export async function accountFor(existingData: string | null): Promise<RunAs> {
  if (!isRoot()) return null;
  if (existingData) {
    const { uid, gid } = statSync(existingData);
    if (uid !== 0) return { uid, gid };
  }
  const account = (await lookUp('postgres')) ?? (await createPostgresUser()) ?? (await lookUp('nobody'));
  if (account) return account;
  throw new SetupFault(
    '以 root 运行时需要一个普通账户来运行数据库：请执行 useradd --system postgres。 Running as root needs an unprivileged account for the database: run useradd --system postgres.',
  );
}

async function lookUp(name: string): Promise<RunAs> {
  try {
    for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
      const [user, , uid, gid] = line.split(':');
      if (user === name && uid !== '0') return { uid: Number(uid), gid: Number(gid) };
    }
    // Accounts of a directory service and of macOS are not in /etc/passwd.
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

async function createPostgresUser(): Promise<RunAs> {
  const ways: [string, string[]][][] = [
    [
      [
        'useradd',
        ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
      ],
    ],
    [
      ['addgroup', ['-S', 'postgres']],
      ['adduser', ['-S', '-D', '-H', '-G', 'postgres', 'postgres']],
    ],
  ];
  for (const commands of ways) {
    try {
      for (const [command, args] of commands) await run(command, args);
      return await lookUp('postgres');
    } catch {
      // Alpine has adduser, other systems useradd; a system with neither falls back to `nobody`.
    }
  }
  return null;
}

/** Whether the account can enter `dir` and every folder above it. Judged by owner, group and other bits. */
export function canReach(dir: string, account: RunAs): boolean {
  if (!account) return canEnter(dir);
  for (let current = resolve(dir); ; current = dirname(current)) {
    try {
      const { mode, uid, gid } = statSync(current);
      const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
      if (!(mode & bit)) return false;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return false;
    }
    if (current === dirname(current)) return true;
  }
}

function canEnter(dir: string): boolean {
  try {
    accessSync(dir, constants.X_OK);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}
