import { get } from 'node:http';
import { afterAll, describe, expect, it, test } from 'vitest';
import { buildServer, openApp } from '../../src/app.ts';
import { withdrawItem } from '../../src/areas/catalogue/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import { openDesk } from '../support/desk.ts';
import { openPublicColumns } from '../support/public-columns.ts';

const clock = clockAt('2018-06-01T10:30:00+08:00');
const desk = await openDesk({}, clock);
const { as, published } = await openPublicColumns(desk);
// A second process on the same database has its own memory of pages.
const second = await openApp(desk.app.config, desk.url, clock);
const server = await buildServer(second);
const base = await server.listen({ port: 0, host: '127.0.0.1' });
afterAll(async () => {
  await server.close();
  await second.close();
});

const here = async (url: string) => (await desk.server.inject({ url })).body;
const there = async (url: string) => (await server.inject({ url })).body;
const pages = ['/', '/catalogue', '/catalogue/notices', '/catalogue/notices/feed.xml'];

describe('what one process publishes', () => {
  it('is on the next page of every other, and off it when withdrawn', async () => {
    for (const url of pages) expect(await there(url)).not.toContain('两个进程都看得到');
    const item = await published({ title: '两个进程都看得到' });
    const own = `/items/${item.indexNumber}`;
    for (const url of pages.filter((page) => page !== '/catalogue').concat(own)) {
      expect(await there(url)).toContain('两个进程都看得到');
      expect(await here(url)).toContain('两个进程都看得到');
    }
    expect(await there('/catalogue/notices')).toContain('共 1 条');
    await withdrawItem(as('disclosure-officer'), item.id, {
      reason: '内容有误，核实后重新公开。',
      ground: '《条例》第十五条',
    });
    for (const url of pages) expect(await there(url)).not.toContain('两个进程都看得到');
    expect((await server.inject({ url: own })).statusCode).toBe(410);
  });
});

/** Bytes of the body as they travel, and how they are coded. */
function onTheWire(path: string): Promise<{ bytes: number; coding: string }> {
  return new Promise((done, failed) => {
    get(base + path, { headers: { 'accept-encoding': 'br, gzip' } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const bytes = parts.reduce((sum, { length }) => sum + length, 0);
        done({ bytes, coding: String(answer.headers['content-encoding'] ?? '') });
      });
    }).on('error', failed);
  });
}

describe('a first visit', () => {
  test.each(['/', '/catalogue', '/catalogue/notices', '/topics', '/search?q=%E9%80%9A%E7%9F%A5'])(
    'to %s takes less than 100 KB, with style sheet, script and pictures of the page',
    async (path) => {
      for (let day = 1; day <= 3; day++) await published({ title: `第${day}号通知` });
      const html = (await server.inject({ url: path })).body;
      const parts = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:css|js|svg)[^"]*)"/g)].map(
        ([, part]) => part ?? '',
      );
      expect(parts.length).toBeGreaterThanOrEqual(2);
      const sizes = await Promise.all([path, ...new Set(parts)].map(async (part) => onTheWire(part)));
      // What is asked of the database each time is sent as it is; its size counts as it travels.
      if (!path.startsWith('/search')) expect(sizes.every(({ coding }) => coding !== '')).toBe(true);
      const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
      expect(total).toBeLessThan(100_000);
    },
  );
});
