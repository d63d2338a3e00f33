import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import multipart from '@fastify/multipart';
import Fastify from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { UnreadableFile } from '../spreadsheet/index.ts';
import { evidenceType, plainName, type Upload, withUpload } from './index.ts';

const dir = mkdtempSync(join(tmpdir(), 'uploads-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const LIMIT = 64 * 1024;

async function post(form: FormData, work: (upload: Upload) => Promise<unknown>) {
  const server = Fastify();
  await server.register(multipart);
  server.post('/', (request) => withUpload(request, { dir, maxBytes: LIMIT, maxFiles: 2 }, work));
  server.setErrorHandler((error, _request, reply) =>
    reply.code(error instanceof UnreadableFile ? error.status : 500).send(String(error)),
  );
  const encoded = new Response(form);
  const payload = Buffer.from(await encoded.arrayBuffer());
  const headers = {
    'content-type': encoded.headers.get('content-type') ?? '',
    'content-length': String(payload.length),
  };
  return server.inject({ method: 'POST', url: '/', headers, payload });
}

const formOf = (files: Record<string, [string, Uint8Array | string]>, fields: [string, string][] = []) => {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  for (const [field, [name, content]] of Object.entries(files)) {
    form.append(field, new File([content as string], name));
  }
  return form;
};

describe('withUpload', () => {
  it('hands over fields and files, with Chinese names, and leaves nothing behind', async () => {
    const form = formOf({ sheet: ['填报.csv', 'a,b'] }, [
      ['month', '2018-03'],
      ['id', '1'],
      ['id', '2'],
    ]);
    const answer = await post(form, async (upload) => ({
      month: upload.field('month'),
      ids: upload.fields('id'),
      files: upload.files.map(({ field, name, size, path }) => [
        field,
        name,
        size,
        readFileSync(path, 'utf8'),
      ]),
    }));
    expect(answer.json()).toEqual({
      month: '2018-03',
      ids: ['1', '2'],
      files: [['sheet', '填报.csv', 3, 'a,b']],
    });
    expect(readdirSync(dir)).toEqual([]);
  });

  it('skips a file field that was left empty', async () => {
    const answer = await post(formOf({ sheet: ['', ''] }), async ({ files }) => files.length);
    expect(answer.body).toBe('0');
  });

  it('refuses what is too large, declared or not, and cleans up when the work fails', async () => {
    let worked = 0;
    const count = async () => {
      worked += 1;
    };
    const slightly = await post(formOf({ a: ['a.bin', new Uint8Array(LIMIT + 1)] }), count);
    expect([slightly.statusCode, slightly.body]).toEqual([413, expect.stringContaining('64 KB')]);
    const vastly = await post(formOf({ a: ['a.bin', new Uint8Array(5_000_000)] }), count);
    expect(vastly.statusCode).toBe(413);
    expect(worked).toBe(0);
    const failed = await post(formOf({ a: ['a.txt', 'x'] }), () => Promise.reject(new Error('no')));
    expect(failed.statusCode).toBe(500);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('takes a sender who goes away for no fault and leaves nothing behind', async () => {
    const server = Fastify();
    await server.register(multipart);
    const ended = new Promise((resolve) => {
      server.post('/', (request) =>
        withUpload(request, { dir, maxBytes: LIMIT }, async () => 'worked').then(resolve, resolve),
      );
    });
    await server.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
    const part = '--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n和';
    socket.write(
      `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000\r\n\r\n${part}`,
    );
    await expect.poll(() => readdirSync(dir)).toHaveLength(1);
    socket.destroy();
    expect(await ended).toMatchObject({ code: 'upload-broken', status: 400 });
    expect(readdirSync(dir)).toEqual([]);
    await server.close();
  });

  it.each([
    ['C:\\用户\\月报.xlsx', '月报.xlsx'],
    ['../../etc/passwd', 'passwd'],
    ['a\u202exslx.exe', 'axslx.exe'],
    ['', '未命名'],
    [`${'长'.repeat(300)}.pdf`, `${'长'.repeat(196)}.pdf`],
  ])('names %j as %j', (given, name) => expect(plainName(given)).toBe(name));
});

describe('evidenceType', () => {
  const typeOf = async (name: string, content: string | Uint8Array) => {
    const answer = await post(formOf({ a: [name, content] }), async ({ files }) => evidenceType(files[0]!));
    return [answer.statusCode, answer.body];
  };
  it('tells the type from the content', async () => {
    expect(await typeOf('a.exe', '%PDF-1.7\n')).toEqual([200, 'application/pdf']);
    expect(await typeOf('a.txt', '微博发布 12 条')).toEqual([200, 'text/plain; charset=utf-8']);
  });
  it.each([
    ['截图.docx', '<html><body>', '网页'],
    ['a.pdf', '', '空文件'],
    ['a.pdf', 'MZ\0\0\0', '不是可以上传的类型'],
    ['a.xls', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1024)]), '旧版 Office'],
  ])('refuses %s', async (name, content, words) => {
    expect(await typeOf(name, content)).toEqual([422, expect.stringContaining(words)]);
  });
});
