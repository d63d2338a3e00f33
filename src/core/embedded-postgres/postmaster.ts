import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';

/** What a server writes about itself into `postmaster.pid`. */
export interface Postmaster {
  pid: number;
  port: number;
  /** Empty where the server listens on a loopback port instead. */
  socketDir: string;
}

/** The server that runs on `data` now, or null. A stale file, a reused pid and a zombie all count as none. */
export function findPostmaster(data: string): Postmaster | null {
  const lines = readPidFile(data);
  const pid = Number(lines?.[0]);
  if (!lines || !Number.isInteger(pid) || pid <= 0 || !isPostmasterOf(pid, data)) return null;
  return { pid, port: Number(lines[3] || 0), socketDir: lines[4] ?? '' };
}

/**
 * Lets a new server start where a dead one left its files although the dead one's pid now belongs to another program.
 * The pid is replaced by our own, which PostgreSQL ignores as its parent; the rest stays, so that it still checks the
 * old server's shared memory and refuses while a straggling backend of it lives.
 */
export function disownStaleFiles(data: string): void {
  const lines = readPidFile(data);
  if (!lines) return;
  writeFileSync(join(data, 'postmaster.pid'), [String(process.pid), ...lines.slice(1)].join('\n'));
  if (lines[4]) rmSync(join(lines[4], `.s.PGSQL.${lines[3]}.lock`), { force: true });
}

/** Fast shutdown, bounded: after `patience` ms an immediate one, then none of either. */
export async function stopPostmaster(data: string, binaries: Binaries, patience = 3000): Promise<void> {
  const running = findPostmaster(data);
  if (!running) return;
  if (process.platform === 'win32') {
    spawnSync(binaries.pgCtl, ['stop', '-D', data, '-m', 'fast', '-t', String(Math.ceil(patience / 1000))]);
    if (findPostmaster(data)) spawnSync(binaries.pgCtl, ['stop', '-D', data, '-m', 'immediate', '-t', '2']);
    return;
  }
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', patience],
    ['SIGQUIT', 600],
    ['SIGKILL', 2000],
  ];
  for (const [signal, time] of steps) {
    // A stopped (SIGSTOP) server takes no signal but these two.
    trySignal(running.pid, signal);
    if (signal !== 'SIGINT') trySignal(running.pid, 'SIGCONT');
    if (await isGoneWithin(running.pid, data, time)) return;
  }
}

async function isGoneWithin(pid: number, data: string, time: number): Promise<boolean> {
  for (const deadline = Date.now() + time; Date.now() < deadline; ) {
    if (!isPostmasterOf(pid, data)) return true;
    await wait(20);
  }
  return !isPostmasterOf(pid, data);
}

function readPidFile(data: string): string[] | null {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8')
      .split('\n')
      .map((line) => line.trim());
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

function isPostmasterOf(pid: number, data: string): boolean {
  if (!trySignal(pid, 0)) return false;
  if (process.platform === 'win32') return true;
  if (process.platform !== 'linux') {
    try {
      const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
      return command.includes('postgres') && command.includes(data);
    } catch {
      return false;
    }
  }
  try {
    // A zombie has an empty command line; a postmaster changes into its data directory.
    return (
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres') &&
      readlinkSync(`/proc/${pid}/cwd`) === data
    );
  } catch {
    return false;
  }
}

function trySignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
