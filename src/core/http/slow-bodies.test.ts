import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import multipart from '@fastify/multipart';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endSlowBodies } from './slow-bodies.ts';

const MS = 300;
const server = Fastify();
let port = 0;
beforeAll(async () => {
  await server.register(multipart);
  endSlowBodies(server, { ms: MS, leastBytes: 1000 });
  server.post('/', async (request) => {
    if (!request.isMultipart()) return 'form';
    for await (const part of request.parts()) if (part.type === 'file') for await (const _ of part.file);
    return 'files';
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  port = (server.server.address() as AddressInfo).port;
});
afterAll(() => server.close());

const FILES = 'multipart/form-data; boundary=b';
const HEAD = '--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n';
const TAIL = '\r\n--b--\r\n';

/** Sends a body piece by piece, one in each fifth of the patience; what comes back, '' when the connection was ended. */
async function send(type: string, pieces: readonly string[]): Promise<string> {
  const length = pieces.join('').length;
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  await once(socket, 'connect');
  let answer = '';
  socket.on('data', (text) => {
    answer += text;
  });
  socket.on('error', () => {});
  socket.write(
    `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`,
  );
  const left = [...pieces];
  const sending = setInterval(() => {
    const piece = left.shift();
    if (piece !== undefined) socket.write(piece);
  }, MS / 5);
  await new Promise((resolve) => socket.on('close', resolve));
  clearInterval(sending);
  return answer.split('\r\n\r\n').at(-1) ?? '';
}

describe('a body that takes longer than the patience', () => {
  it('of files is taken as long as enough of it comes', async () => {
    expect(await send(FILES, [HEAD, ...Array(20).fill('x'.repeat(1000)), TAIL])).toBe('files');
  });
  it('of files that hardly comes is ended', async () => {
    expect(await send(FILES, [HEAD, ...Array(20).fill('x'), TAIL])).toBe('');
  });
  it('of files that stops coming is ended', async () => {
    expect(await send(FILES, [HEAD, ...Array(5).fill('x'.repeat(5000)), ...Array(30).fill(''), TAIL])).toBe(
      '',
    );
  });
  it('of another form is ended', async () => {
    expect(await send('text/plain', Array(20).fill('x'.repeat(1000)))).toBe('');
  });
});

it('leaves what is here at once alone', async () => {
  expect(await send(FILES, [HEAD + TAIL])).toBe('files');
  expect(await send('text/plain', ['x'])).toBe('form');
});

it('has nothing to end once a request is answered, also one that came over no line', async () => {
  const faults: unknown[] = [];
  const note = (fault: unknown) => faults.push(fault);
  process.on('uncaughtException', note);
  const sent = { method: 'POST', url: '/', headers: { 'content-type': 'text/plain' }, payload: 'x' } as const;
  expect((await server.inject(sent)).body).toBe('form');
  await new Promise((resolve) => setTimeout(resolve, 2.5 * MS));
  process.off('uncaughtException', note);
  expect(faults).toEqual([]);
});
