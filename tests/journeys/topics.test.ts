import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { closeColumn } from '../../src/areas/catalogue/index.ts';
import { chunk } from '../../src/areas/releases/inspection/fixtures/pictures.ts';
import { clockAt } from '../../src/core/clock.ts';
import { openDesk } from '../support/desk.ts';
import { openPublicColumns } from '../support/public-columns.ts';

const desk = await openDesk({}, clockAt('2018-06-01T10:30:00+08:00'));
const { as, column, columns, published } = await openPublicColumns(desk);
const office = () => as('disclosure-officer');
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

  it('are counted everywhere with what they gather, an item once in each branch, and tell when they changed', async () => {
    await column('gathering', '减税降费', 'topic');
    await column('gathering-news', '减税进展', 'topic', 'gathering');
    await published(
      {
        title: '在专题和下级栏目都有的信息',
        furtherColumns: [columns.gathering!, columns['gathering-news']!],
      },
      { on: '2018-05-08' },
    );
    await published(
      { title: '在两个法定栏目都有的信息', columnId: columns.finance!, furtherColumns: [columns.notices!] },
      { on: '2018-05-07' },
    );
    const counted = async (url: string) =>
      Object.fromEntries(
        [...(await get(url)).body.matchAll(/<span>([^<]+)<\/span><span class="count">([^<]+)<\/span>/g)].map(
          ([, name, count]) => [name, Number(count)],
        ),
      );
    const total = async (slug: string) =>
      Number(/共 (\d+) 条/.exec((await get(`/catalogue/${slug}?list=1`)).body)?.[1]);
    expect(await counted('/catalogue')).toMatchObject({ 优化营商环境: 2, 减税降费: 1 });
    const map = await counted('/sitemap');
    expect(map).toMatchObject({ 减税降费: 1, 减税进展: 1, 财政信息: 1 });
    for (const [slug, name] of [
      ['statutory', '法定主动公开内容'],
      ['notices', '通知公告'],
      ['business', '优化营商环境'],
      ['business-policies', '政策'],
    ] as const)
      expect([name, map[name]]).toEqual([name, await total(slug)]);
    expect((await get('/topics')).body).toMatch(/减税降费<\/a><\/h2><p class="quiet">1 条，2018年5月8日更新/);
  });
});

describe('the page of an item', () => {
  const columnsBeside = async (item: { indexNumber: string }) => {
    const { body } = await get(`/items/${item.indexNumber}`);
    const cards = body.matchAll(
      /<section><h2>(所在专题|同时刊载于)<\/h2><ul class="item-links">(.*?)<\/ul>/g,
    );
    return Object.fromEntries(
      [...cards].map(([, title, list = '']) => [
        title,
        [...list.matchAll(/<li>(.*?)<\/li>/g)].map(([, entry]) => entry),
      ]),
    );
  };

  it('leads to the topics and further columns it stands in, and names what is out of use', async () => {
    await column('harvest', '乡村振兴', 'topic');
    await column('harvest-roads', '四好<农村>路', 'topic', 'harvest');
    await column('bulletin', '工作动态', 'notice');
    const item = await published({
      title: '关于农村公路养护的通知',
      furtherColumns: [columns.bulletin!, columns.harvest!, columns['harvest-roads']!],
    });
    expect(await columnsBeside(item)).toEqual({
      所在专题: [
        '<a href="/catalogue/harvest">乡村振兴</a>',
        '<a href="/catalogue/harvest-roads">乡村振兴 › 四好&lt;农村>路</a>',
      ],
      同时刊载于: ['<a href="/catalogue/bulletin">工作动态</a>'],
    });
    await closeColumn(office(), columns['harvest-roads']!, true);
    await closeColumn(office(), columns.bulletin!, true);
    expect(await columnsBeside(item)).toEqual({
      所在专题: [
        '<a href="/catalogue/harvest">乡村振兴</a>',
        '乡村振兴 › 四好&lt;农村>路<span class="quiet">已停用</span>',
      ],
      同时刊载于: ['工作动态<span class="quiet">已停用</span>'],
    });
    expect(await columnsBeside(await published({ title: '只在一个栏目的通知' }))).toEqual({});
  });
});

describe('the picture of a topic', () => {
  const painted = (width: number, height: number): Buffer =>
    createCanvas(width, height).toBuffer('image/png');
  const picture = painted(480, 200);
  const withAuthor = Buffer.concat([
    picture.subarray(0, 33),
    chunk('tEXt', 'Author\0Zhang San'),
    picture.subarray(33),
  ]);

  it('is told by its content, bounded, rid of where it comes from, shown, replaced and taken away', async () => {
    await column('pictured', '政务服务进园区', 'topic');
    const officer = await desk.signedIn('disclosure-officer');
    const at = `/workbench/columns/${columns.pictured}`;
    await officer.get(at);
    const upload = (content: Uint8Array, alt: string) =>
      officer.upload(`${at}/picture`, { name: 'a.png', content, field: 'picture' }, { alt });
    for (const [content, alt, told] of [
      [withAuthor, '字', '请写明图片上是什么'],
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), '窗口', '请选择一张 JPG 或 PNG 图片'],
      [painted(320, 200), '窗口', '至少宽 400 像素'],
      [picture.subarray(0, 60), '窗口', '损坏'],
      [Buffer.alloc(0), '窗口', '请选择一张 JPG 或 PNG 图片'],
      // As phones make them.
      [Buffer.concat([picture, Buffer.alloc(5 * 2 ** 20)]), '窗口', '图片超过 2 MB'],
    ] as const) {
      const refused = await upload(content, alt);
      expect([refused.status, refused.body.includes(told), refused.body.includes(`value="${alt}"`)]).toEqual([
        422,
        true,
        true,
      ]);
    }
    expect((await upload(withAuthor, '企业开办窗口')).status).toBe(303);
    const shown = /<img [^>]*src="(\/files\/columns\/\d+\/[0-9a-f]{64})"[^>]*>/;
    for (const page of ['/topics', '/catalogue/pictured'])
      expect(shown.exec((await get(page)).body)?.[0]).toContain(
        'alt="企业开办窗口" width="480" height="200"',
      );
    const address = shown.exec((await get('/topics')).body)?.[1] ?? '';
    const sent = await get(address);
    expect([sent.statusCode, sent.headers['content-type']]).toEqual([200, 'image/png']);
    expect(sent.rawPayload.includes('Zhang San')).toBe(false);
    expect((await upload(Buffer.alloc(0), '服务大厅')).status).toBe(303);
    expect((await get('/topics')).body).toContain('alt="服务大厅"');
    expect((await officer.post(`${at}/picture/removal`)).status).toBe(303);
    expect((await get(address)).statusCode).toBe(404);
    expect((await get('/topics')).body).not.toContain('/files/columns/');
    const publisher = await desk.signedIn('publisher');
    await publisher.get('/workbench');
    expect((await publisher.post(`${at}/picture/removal`)).status).toBe(403);
  });
});
