import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPublicAddress, probe } from './outside.ts';

const server = createServer((request, response) => {
  const { url = '', method } = request;
  if (url === '/ok') response.end('x'.repeat(1000));
  else if (url === '/no-head') response.writeHead(method === 'HEAD' ? 405 : 200).end();
  else if (url === '/there') response.writeHead(302, { location: '/ok' }).end();
  else if (url === '/inside') response.writeHead(302, { location: 'http://127.9.9.9/' }).end();
  else if (url === '/round') response.writeHead(302, { location: '/round' }).end();
  else if (url === '/script') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
  else if (url === '/never') return;
  else response.writeHead(404).end();
});
let base = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('an address outside', () => {
  const here = { allowed: (address: string) => address === '127.0.0.1', timeoutMs: 3000 };
  it.each([
    ['/ok', { status: 200 }],
    ['/no-head', { status: 200 }],
    ['/there', { status: 200 }],
    ['/gone', { status: 404 }],
    ['/inside', { fault: 'private' }],
    ['/round', { fault: 'loops' }],
    ['/script', { fault: 'no-address' }],
  ])('%s', async (path, answer) => expect(await probe(`${base}${path}`, here)).toEqual(answer));

  it('that never answers is given up', async () => {
    expect(await probe(`${base}/never`, { ...here, timeoutMs: 200 })).toEqual({ fault: 'silent' });
  });

  it('of this house is not asked, by number or by name', async () => {
    expect(await probe(`${base}/ok`)).toEqual({ fault: 'private' });
    expect(await probe(`http://localhost:${new URL(base).port}/ok`)).toEqual({ fault: 'private' });
    expect(await probe('http://[::1]/')).toEqual({ fault: 'private' });
    expect(await probe('http://2130706433/')).toEqual({ fault: 'private' });
    expect(await probe('javascript:alert(1)')).toEqual({ fault: 'no-address' });
  });
});

it.each([
  ['10.1.2.3', false],
  ['172.31.0.1', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['::1', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::a00:1', false],
  ['8.8.8.8', true],
  ['2400:3200::1', true],
])('%s is public: %s', (address, open) => expect(isPublicAddress(address)).toBe(open));
