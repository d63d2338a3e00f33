import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterAll } from 'vitest';

export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

type Mood = 'well' | 'silent' | 'hangs-up' | 'garbled';

/** A scanner that speaks clamd's INSTREAM, knows one virus and takes at most `limit` bytes. */
export async function openFakeClamd(options: { path?: string; limit?: number; mood?: Mood } = {}) {
  const { limit = 1024 * 1024, mood = 'well' } = options;
  const received: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    serve(socket, { limit, mood, received }).catch(() => socket.destroy());
  });
  if (options.path) server.listen(options.path);
  else server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server.close(done));
  };
  afterAll(close);
  const address = server.address();
  const url = typeof address === 'string' ? `unix://${address}` : `tcp://127.0.0.1:${address?.port}`;
  /** `received`: the content of every scan that came to its end. */
  return { url, received, close };
}

async function serve(
  socket: Socket,
  { limit, mood, received }: { limit: number; mood: Mood; received: Buffer[] },
): Promise<void> {
  if (mood === 'hangs-up') {
    socket.destroy();
    return;
  }
  const answer = (line: string) => {
    socket.end(`${line}\0`);
  };
  const parts: Buffer[] = [];
  let waiting = Buffer.alloc(0);
  let greeted = false;
  let bytes = 0;
  for await (const chunk of socket) {
    waiting = Buffer.concat([waiting, chunk as Buffer]);
    if (!greeted) {
      if (waiting.length < 10) continue;
      if (waiting.toString('latin1', 0, 10) !== 'zINSTREAM\0') return answer('UNKNOWN COMMAND');
      waiting = waiting.subarray(10);
      greeted = true;
    }
    while (waiting.length >= 4) {
      const length = waiting.readUInt32BE(0);
      bytes += length;
      if (length > 0 && bytes > limit) return answer('INSTREAM size limit exceeded. ERROR');
      if (waiting.length < 4 + length) {
        bytes -= length;
        break;
      }
      if (length === 0) {
        if (mood === 'silent') break;
        const content = Buffer.concat(parts);
        received.push(content);
        if (mood === 'garbled') return answer('stream: perhaps');
        return answer(content.includes(EICAR) ? 'stream: Win.Test.EICAR_HDB-1 FOUND' : 'stream: OK');
      }
      parts.push(waiting.subarray(4, 4 + length));
      waiting = waiting.subarray(4 + length);
    }
  }
}
