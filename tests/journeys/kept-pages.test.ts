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

describe('header and footer, which are made once for an agency', () => {
  const modes = ['', 'large', 'contrast', 'large.contrast'];
  const addresses = ['/', '/catalogue/notices', '/about', '/search?q=%E9%80%9A%E7%9F%A5', '/nowhere'];
  const seen = async (from: typeof server, url: string, mode: string) => {
    const { body } = await from.inject({ url, cookies: mode ? { 'gongkai-display': mode } : {} });
    const [, top = ''] = /<header class="portal-header">(.*?)<\/header>/.exec(body) ?? [];
    const [, bottom = ''] = /<footer class="portal-footer">(.*?)<\/footer>/.exec(body) ?? [];
    return { body, top, bottom };
  };

  it('show what the workbench says of the agency, at once, in every process and way of reading', async () => {
    const administrator = await desk.signedIn('administrator');
    const at = '/workbench/agencies/kmhnz';
    const form = (await administrator.get(at)).body;
    const limits = Object.fromEntries(
      [...form.matchAll(/name="(signIn\.\w+)"[^>]*value="(\d+)"/g)].map(([, name = '', value]) => [
        name,
        value,
      ]),
    );
    for (const [name, colour, phone] of [
      ['昆明高新区门户', '#7a1f1f', '0871-60000001'],
      ['高新区<新>门户', '#14532d', '0871-60000002'],
    ] as const) {
      const site = { 'site.name': name, 'site.colour': colour, 'site.phone': phone };
      const saved = await administrator.post(at, {
        name: `${name}主办`,
        shortName: '高新区',
        ...limits,
        ...site,
      });
      expect(saved.status).toBe(303);
      const written = name.replace('<', '&lt;');
      for (const from of [server, desk.server])
        for (const url of addresses)
          for (const mode of modes) {
            const { body, top, bottom } = await seen(from, url, mode);
            expect([url, mode, top]).toEqual([url, mode, expect.stringContaining(`>${written}</span>`)]);
            expect([url, mode, bottom]).toEqual([
              url,
              mode,
              expect.stringContaining(`主办单位：${written}主办</p><p>联系电话：${phone}</p>`),
            ]);
            expect(body).toContain(`/assets/theme/${colour.slice(1)}.css`);
          }
    }
  });

  it('follow the page and how it is read', async () => {
    for (const mode of modes) {
      const large = mode.startsWith('large');
      for (const [url, current] of [
        ['/', '/'],
        ['/catalogue/notices', '/catalogue'],
        ['/requests', '/requests'],
        ['/about', null],
      ] as const) {
        const { top } = await seen(server, url, mode);
        const entries = [...top.matchAll(/<li><a href="([^"]+)"( aria-current="page")?>/g)];
        expect([url, mode, entries.length]).toEqual([url, mode, large ? 4 : 7]);
        expect(entries.filter(([, , marked]) => marked).map(([, href]) => href)).toEqual(
          current ? [current] : [],
        );
        expect(top.includes('<search')).toBe(url !== '/');
        expect(top.includes('退出长者版')).toBe(large);
        expect(top.includes('标准对比度')).toBe(mode.endsWith('contrast'));
        expect(top).toContain(`back=${encodeURIComponent(url)}`);
      }
    }
  });
});
