import { createReadStream } from 'node:fs';
import { mkdir, open, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { GENESIS, sm3 } from './chain.ts';

/** One line of the anchor file, as JSON text in exactly this order of keys. */
export interface AnchorLine {
  /** Which database's ledger (`ledgerId`). */
  ledger: string;
  agency: string;
  day: string;
  seq: number;
  digest: string;
  takenAt: string;
  /** SM3 of the line before, without its line feed; zeros on the first line. */
  previous: string;
}

export interface AnchorFile {
  state: 'ok' | 'missing' | 'broken';
  lines: number;
  /** Line number where the file stops making sense; null when it does not. */
  brokenAt: number | null;
  /** SM3 of its last line; zeros when there is none. */
  lastDigest: string;
}

export function anchorText(line: AnchorLine): string {
  const { ledger, agency, day, seq, digest, takenAt, previous } = line;
  return JSON.stringify({ ledger, agency, day, seq, digest, takenAt, previous });
}

/** Reads the file line by line, handing each sound line with its own digest to `visit`. */
export async function readAnchorFile(
  path: string,
  visit: (line: AnchorLine, digest: string) => void = () => {},
): Promise<AnchorFile> {
  const found: AnchorFile = { state: 'ok', lines: 0, brokenAt: null, lastDigest: GENESIS };
  const input = createReadStream(path, 'utf8');
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      found.lines += 1;
      const line = parseAnchor(text);
      const digest = sm3(text);
      const sound = line !== null && line.previous === found.lastDigest;
      if (!sound) found.brokenAt ??= found.lines;
      found.lastDigest = digest;
      if (line !== null) visit(line, digest);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { ...found, state: 'missing' };
  }
  if (found.brokenAt !== null) found.state = 'broken';
  return found;
}

/** Appends whole lines and waits until the disk has them. */
export async function appendAnchors(path: string, lines: readonly string[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a', 0o640);
  try {
    await file.writeFile(lines.map((line) => `${line}\n`).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Cuts off a last line without its line feed: what a crash in the middle of an append leaves. It was never confirmed. */
export async function dropTornLine(path: string): Promise<void> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  let keep: number;
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, 4096));
    await file.read(tail, 0, tail.length, size - tail.length);
    keep = size - tail.length + tail.lastIndexOf(10) + 1;
    if (keep === size) return;
  } finally {
    await file.close();
  }
  await truncate(path, keep);
}

function parseAnchor(text: string): AnchorLine | null {
  try {
    const line = JSON.parse(text) as Partial<AnchorLine> | null;
    const sound =
      typeof line?.ledger === 'string' &&
      typeof line.agency === 'string' &&
      typeof line.day === 'string' &&
      Number.isSafeInteger(line.seq) &&
      /^[0-9a-f]{64}$/.test(line.digest ?? '') &&
      typeof line.takenAt === 'string' &&
      typeof line.previous === 'string';
    return sound ? (line as AnchorLine) : null;
  } catch {
    return null;
  }
}
