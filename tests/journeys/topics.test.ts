import { describe, expect, it } from 'vitest';
import { clockAt } from '../../src/core/clock.ts';
import { openDesk } from '../support/desk.ts';
import { openPublicColumns } from '../support/public-columns.ts';

const desk = await openDesk({}, clockAt('2018-06-01T10:30:00+08:00'));
const { column, columns, published } = await openPublicColumns(desk);
const get = (url: string) => desk.server.inject({ url });

describe('topics', () => {
  it('are told to be none before the first one', async () => {
    expect((await get('/topics')).body).toContain('现在没有专题');
  });

  it('gather items of any column and those below them, and have a place in index, catalogue and site map', async () => {
    await column('business', '优化营商环境', 'topic');
    await column('business-policies', '政策', 'topic', 'business');
    const url = '/catalogue/business';
    expect((await get(url)).body).toContain('这个专题还没有公开的信息');
    await published({ title: '关于企业开办一日办结的通知', furtherColumns: [columns.business!] });
    await published({ title: '营商环境若干措施', columnId: columns['business-policies']! });
    const { body } = await get(url);
    const headings = [...body.matchAll(/<h2 id="topic-[^"]+">([^<]+)<\/h2>/g)].map(([, title]) => title);
    expect(headings).toEqual(['最新内容', '政策']);
    expect(body).toContain('关于企业开办一日办结的通知');
    expect(body).toContain('营商环境若干措施');
    expect(body).toContain('<meta name="ColumnName" content="优化营商环境"/>');
    expect(body).toContain('href="/catalogue/business/feed.xml"');
    // The whole list holds both.
    const list = (await get(`${url}?list=1`)).body;
    expect(list).toContain('共 2 条');
    expect((await get(`${url}/feed.xml`)).body).toContain('营商环境若干措施');
    const index = (await get('/topics')).body;
    expect(index).toMatch(/<h2><a href="\/catalogue\/business">优化营商环境<\/a><\/h2>/);
    expect(index.match(/<h2>/g)).toHaveLength(1);
    expect(index).toContain('2 条');
    for (const page of ['/catalogue', '/sitemap', '/sitemap.xml'])
      expect((await get(page)).body).toContain('/catalogue/business');
    expect((await get('/sitemap.xml')).body).toContain('/topics<');
  });
});
