import { connect, type NetConnectOpts } from 'node:net';
import type { Readable } from 'node:stream';

/** What clamd says of content: null when it is clean, else the name of what was found. */
export type Clamd = (content: Readable) => Promise<string | null>;

/** Silence for longer than this ends a scan. */
const SILENCE_MS = 30_000;
const LONGEST_ANSWER = 4096;

/**
 * Speaks the INSTREAM command of clamd (`man clamd`): pieces with their length before them, an empty one at the end,
 * one line of answer. `url`: `tcp://host:3310` or `unix:///run/clamav/clamd.ctl`.
 * @throws Error when the scanner is not there, falls silent, or answers with anything but a verdict
 */
export function openClamd(url: string, silenceMs = SILENCE_MS): Clamd {
  const where = placeOf(url);
  return (content) =>
    new Promise((resolve, reject) => {
      const socket = connect(where);
      let answer = '';
      const finish = (end: () => void) => {
        content.destroy();
        socket.destroy();
        end();
      };
      const fail = (error: Error) => finish(() => reject(error));
      const judge = (fallback: Error) => {
        const verdict = verdictOf(answer);
        if (verdict === undefined)
          fail(answer === '' ? fallback : new Error(`clamd answered ${JSON.stringify(answer)}`));
        else finish(() => resolve(verdict));
      };
      socket.setTimeout(silenceMs, () => fail(new Error(`clamd was silent for ${silenceMs} ms`)));
      socket.setEncoding('latin1');
      socket.on('data', (text) => {
        answer += text;
        if (answer.includes('\0')) judge(new Error('no answer'));
        else if (answer.length > LONGEST_ANSWER) fail(new Error('clamd answers without end'));
      });
      // It may have answered, e.g. that the content is too long, and closed before all of it was sent.
      socket.on('error', judge);
      socket.on('close', () => judge(new Error('clamd closed without an answer')));
      content.on('error', fail);
      send(
        socket.write.bind(socket),
        () => new Promise((drained) => socket.once('drain', drained)),
        content,
      ).catch(fail);
    });
}

async function send(
  write: (part: Uint8Array | string) => boolean,
  drained: () => Promise<void>,
  content: Readable,
): Promise<void> {
  write('zINSTREAM\0');
  for await (const chunk of content) {
    const part = Buffer.from(chunk as Uint8Array);
    if (part.length === 0) continue;
    write(lengthOf(part));
    if (!write(part)) await drained();
  }
  write(lengthOf(Buffer.alloc(0)));
}

function lengthOf(part: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return length;
}

/** `stream: OK`, `stream: Eicar-Signature FOUND`; undefined for anything else. */
function verdictOf(answer: string): string | null | undefined {
  const line = answer.split('\0')[0]?.trim() ?? '';
  if (line === 'stream: OK') return null;
  return /^stream: (.+) FOUND$/.exec(line)?.[1]?.replace(/[^\x20-\x7e]/g, '?');
}

function placeOf(url: string): NetConnectOpts {
  const { protocol, hostname, port, pathname } = new URL(url);
  if (protocol === 'unix:') return { path: decodeURIComponent(pathname) };
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 3310) };
}
