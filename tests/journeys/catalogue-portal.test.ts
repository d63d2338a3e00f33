import { createHash } from 'node:crypto';
import ExcelJS from 'exceljs';
import { SaxesParser } from 'saxes';
import { describe, expect, it, test } from 'vitest';
import {
  amendItem,
  beginItem,
  editColumn,
  findItem,
  openVersion,
  saveDraft,
  withdrawItem,
} from '../../src/areas/catalogue/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import { anItem } from '../support/catalogue.ts';
import { openDesk } from '../support/desk.ts';
import { openPublicColumns } from '../support/public-columns.ts';

const desk = await openDesk({}, clockAt('2018-06-01T10:30:00+08:00'));
const { app, server, pool, agencyId } = desk;
const { db } = app.connection;
const { as, column, columns, published, amended, otherUnitId, unitId } = await openPublicColumns(desk);

const get = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers });
const address = (item: { indexNumber: string }) => `/items/${item.indexNumber}`;
const sha = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the column 政府信息公开', () => {
  it('shows its blocks in the order of the standard, with nothing in them yet', async () => {
    const { body, statusCode } = await get('/catalogue');
    expect(statusCode).toBe(200);
    const headings = [...body.matchAll(/<h2 id="[a-z]+">([^<]+)<\/h2>/g)].map(([, title]) => title);
    expect(headings).toEqual([
      '政府信息公开指南',
      '政府信息公开制度',
      '法定主动公开内容',
      '政府信息公开年报',
      '依申请公开',
    ]);
    expect((await get('/catalogue/finance')).body).toContain('这个栏目还没有公开的信息');
  });

  it('lists items of a column and of those below it, newest first, page by page and back', async () => {
    for (let day = 1; day <= 33; day++) {
      const on = `2018-0${day > 28 ? 3 : 2}-${String(day > 28 ? day - 28 : day).padStart(2, '0')}`;
      await published(
        { title: `关于第${day}号事项的通知`, columnId: columns.finance!, genre: day % 2 ? '通知' : '公告' },
        { on, unit: day === 33 ? otherUnitId : unitId },
      );
    }
    const titles = (body: string) =>
      [...body.matchAll(/>关于第(\d+)号事项的通知</g)].map(([, day]) => Number(day));
    const first = await get('/catalogue/finance');
    expect(titles(first.body)).toEqual(Array.from({ length: 20 }, (_, index) => 33 - index));
    expect(titles((await get('/catalogue/statutory')).body)).toEqual(titles(first.body));
    expect(first.body).toContain('共 33 条');
    const [, next = ''] = /rel="next" href="([^"]+)"/.exec(first.body) ?? [];
    const second = await get(next);
    expect(titles(second.body)).toEqual(Array.from({ length: 13 }, (_, index) => 13 - index));
    const [, previous = ''] = /rel="prev" href="([^"]+)"/.exec(second.body) ?? [];
    const back = await get(previous);
    expect(titles(back.body)).toEqual(titles(first.body));
    expect(back.body).not.toContain('rel="prev"');
  });

  test.each([
    ['genre=公告', 16],
    ['year=2018', 33],
    ['year=2017', 0],
    ['validity=repealed', 0],
    ['year=2018&genre=通知', 17],
    // No filter at all: shown as if it were not there.
    ['year=abcd', 33],
    ['validity=toString', 33],
    ['unit=0x10', 33],
    ['older=2018-02-31.5', 33],
    ['older=9999-99-99.1&newer[]=x', 33],
  ])('filters by %s', async (query, count) => {
    const { body, statusCode } = await get(`/catalogue/finance?${encodeURI(query)}`);
    expect(statusCode).toBe(200);
    if (count > 0) expect(body).toContain(`共 ${count} 条`);
    else expect(body).toContain('没有符合条件的信息');
  });

  it('counts each filter under the others', async () => {
    const { body } = await get(`/catalogue/finance?${encodeURI('genre=通知')}`);
    const counts = [...body.matchAll(/<span>([^<]+)<\/span><span class="count">([^<]+)<\/span>/g)].map(
      ([, label, count]) => `${label} ${count}`,
    );
    expect(counts).toEqual(expect.arrayContaining(['通知 17', '公告 16', '安监局 16', '财政局 1']));
  });

  it('shows an item in a further column as well, and once where both lie', async () => {
    await published({
      title: '两个栏目都有的信息',
      columnId: columns.finance!,
      furtherColumns: [columns.notices!],
    });
    expect((await get('/catalogue/notices')).body).toContain('两个栏目都有的信息');
    const both = await get('/catalogue/statutory');
    expect(both.body.match(/>两个栏目都有的信息</g)).toHaveLength(1);
  });

  it('leads from an old address to the new one, list and files alike', async () => {
    await column('old-name', '旧名称', 'notice');
    const values = {
      parentId: null,
      kind: 'notice',
      pageType: '政策文件',
      description: '',
      keywords: '',
      unitId: null,
      updateDays: null,
      required: [],
      reviewSteps: [],
      position: 9,
    } as const;
    await editColumn(as('disclosure-officer'), columns['old-name']!, {
      ...values,
      slug: 'new-name',
      name: '新名称',
    });
    for (const [from, to] of [
      ['/catalogue/old-name?year=2018', '/catalogue/new-name?year=2018'],
      ['/catalogue/old-name/feed.xml', '/catalogue/new-name/feed.xml'],
      ['/catalogue/old-name/items.csv', '/catalogue/new-name/items.csv'],
    ]) {
      const answer = await get(from!);
      expect([answer.statusCode, answer.headers.location]).toEqual([301, to]);
    }
    expect((await get('/catalogue/nowhere')).statusCode).toBe(404);
    expect((await get('/catalogue/..%2f..%2fetc')).statusCode).toBe(404);
  });
});

describe('open data', () => {
  it('gives a list as CSV, JSON and XLSX, under its filter, and never as a formula', async () => {
    await published({ title: '=HYPERLINK("http://x","点我")', columnId: columns.notices! });
    const csv = await get('/catalogue/notices/items.csv');
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.body).toContain(`'=HYPERLINK`);
    const json = JSON.parse((await get('/catalogue/notices/items.json')).body) as Record<string, unknown>[];
    expect(json.map(({ title }) => title)).toContain('=HYPERLINK("http://x","点我")');
    expect(json[0]).toMatchObject({
      unit: '安监局',
      column: '通知公告',
      validity: '有效',
      publishedOn: '2018-06-01',
    });
    const book = new ExcelJS.Workbook();
    const { rawPayload } = await get('/catalogue/notices/items.xlsx');
    await book.xlsx.load(rawPayload as unknown as ArrayBuffer);
    const cells = book.worksheets[0]!.getColumn(2).values;
    expect(cells).toContain('=HYPERLINK("http://x","点我")');
    const none = await get('/catalogue/finance/items.json?year=2017');
    expect(JSON.parse(none.body)).toEqual([]);
    expect((await get('/catalogue/finance/items.exe')).statusCode).toBe(404);
  });

  it('gives the whole catalogue as one file', async () => {
    const all = JSON.parse((await get('/catalogue/items.json')).body) as unknown[];
    const { rows } = await pool.query(`SELECT count(*)::int AS n FROM items WHERE state = 'published'`);
    expect(all).toHaveLength(rows[0].n);
    expect((await get('/catalogue/items.csv')).statusCode).toBe(200);
  });

  test.each(['/catalogue/finance/feed.xml', '/feed.xml', '/sitemap.xml'])(
    '%s is well-formed and names items',
    async (url) => {
      await published({ title: '带“&<>”的标题', abstract: '<b>摘要</b>&', columnId: columns.finance! });
      const { body } = await get(url);
      const parser = new SaxesParser();
      parser.on('error', (error) => {
        throw error;
      });
      parser.write(body).close();
      expect(body).toContain('/items/');
    },
  );
});

describe('the site map of more addresses than a file takes', () => {
  const locations = (xml: string) => [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, at = '']) => at);

  it('names parts, which name every address once; an item stays in its part', async () => {
    const before = app.config.sitemapAddresses;
    const whole = locations((await get('/sitemap.xml')).body);
    app.config.sitemapAddresses = 2;
    for (let n = 0; n < 4; n++) whole.push(`${app.config.publicUrl}${address(await published({}))}`);
    const late = await published({ title: '后来的信息' }, { on: '2018-05-30' });
    const { body } = await get('/sitemap.xml');
    expect(body).toContain('<sitemapindex');
    const parts = locations(body);
    expect(parts.length).toBeGreaterThan(2);
    const read = async () => {
      const files = await Promise.all(parts.map((part) => get(new URL(part).pathname)));
      return files.map((file) => locations(file.body));
    };
    const held = await read();
    expect(held.flat().toSorted()).toEqual([...whole, `${app.config.publicUrl}${address(late)}`].toSorted());
    expect(Math.max(...held.slice(1).map(({ length }) => length))).toBeLessThanOrEqual(2);
    const dated = body.match(/sitemap-items-\d+\.xml<\/loc><lastmod>2018-0[2-6]-\d\d<\/lastmod><\/sitemap>/g);
    expect(dated).toHaveLength(parts.length - 1);
    await withdrawItem(as('disclosure-officer', '2018-05-31'), late.id, {
      reason: '内容有误。',
      ground: '《条例》第十五条',
    });
    expect((await read()).map(({ length }) => length).slice(0, -1)).toEqual(
      held.map(({ length }) => length).slice(0, -1),
    );
    expect((await read()).flat()).not.toContain(`${app.config.publicUrl}${address(late)}`);
    expect((await get('/sitemap-items-999999999.xml')).body).not.toContain('<loc>');
    for (const url of ['/sitemap-items-x.xml', '/sitemap-items-1e3.xml', '/sitemap-items-9999999999.xml'])
      expect((await get(url)).statusCode, url).toBe(404);
    expect((await get('/robots.txt')).body).toContain('/sitemap.xml');
    app.config.sitemapAddresses = before;
  });
});

describe('an item', () => {
  it('shows its metadata in the order of the standard, its text and its attachments', async () => {
    const item = await published(
      {
        title: '关于汛期值班的通知',
        documentNumber: '昆高安监〔2018〕7号',
        body: '<p>各部门：</p><table><tr><td>一</td></tr></table>',
        keywords: ['汛期', '值班'],
      },
      { file: { name: '值班表.pdf', type: 'application/pdf', text: '%PDF-1.7 值班表' } },
    );
    const { body, statusCode, headers } = await get(address(item));
    expect(statusCode).toBe(200);
    const labels = [...body.matchAll(/<dt>([^<]+)<\/dt>/g)].map(([, label]) => label);
    expect(labels.slice(0, 8)).toEqual([
      '索引号',
      '主题分类',
      '发布机构',
      '成文日期',
      '名称',
      '文号',
      '发布日期',
      '有效性',
    ]);
    expect(body).toContain(`<dd>${item.indexNumber}</dd>`);
    expect(body).toMatch(/role="region" tabindex="0" aria-label="表格 1"><table/);
    expect(body).toContain('PDF，');
    expect(body).toContain('aria-label="预览 值班表.pdf"');
    expect(String(headers['content-security-policy'])).not.toContain('unsafe');
    const [, data = '{}'] = /<script type="application\/ld\+json">([^<]+)<\/script>/.exec(body) ?? [];
    expect(JSON.parse(data)['@graph'][0]).toMatchObject({
      identifier: item.indexNumber,
      name: '关于汛期值班的通知',
    });
  });

  it('carries nothing of its text into structured data or labels that could end them', async () => {
    const item = await published({
      title: '</script><script>alert(1)</script>"><img src=x onerror=alert(1)>',
    });
    const { body } = await get(address(item));
    expect(body).not.toMatch(/<script>alert|<img src=x/);
    expect(body.match(/<\/script>/g)).toHaveLength(2);
  });

  it('tells what was amended and keeps the old text', async () => {
    const item = await published(
      { title: '会议通知', body: '<p>会议于五月一日召开。</p><p>请准时参加。</p>' },
      { on: '2018-04-20' },
    );
    await amended(item.id, { body: '<p>会议于五月三日召开。</p><p>请准时参加。</p>' }, '2018-04-25');
    const live = await get(address(item));
    expect(live.body).toContain('最近一次在2018年4月25日');
    expect(live.body).toContain('五月三日');
    const second = await get(`${address(item)}/versions/2`);
    expect(second.body).toMatch(/<del><span class="visually-hidden">［删去］<\/span>[^<]*一[^<]*<\/del>/);
    expect(second.body).toContain('更正时间。');
    expect(second.body).toContain('（1 段没有变化）');
    const first = await get(`${address(item)}/versions/1`);
    expect(first.body).toContain('这不是现行版本');
    expect(first.body).toContain('五月一日');
  });

  it('hides what is only being written', async () => {
    const item = await published({ title: '公开的一版' });
    await amendItem(as('publisher'), item.id);
    const draft = (await openVersion(db, agencyId, item.id))!;
    await saveDraft(as('publisher'), item.id, draft.revision, { ...draft, title: '还没有公开的一版' });
    expect((await get(address(item))).body).not.toContain('还没有公开');
    expect((await get(`${address(item)}/versions/2`)).statusCode).toBe(404);
    const unseen = await beginItem(as('publisher'), {
      unitId,
      content: { ...anItem, columnId: columns.notices! },
    });
    const { indexNumber } = (await findItem(db, agencyId, unseen))!;
    expect((await get(`/items/${indexNumber}`)).statusCode).toBe(404);
  });

  it('says that it was withdrawn, and why; its text, versions and files are gone', async () => {
    const item = await published(
      { title: '将被撤下的信息', body: '<p>不该公开的内容。</p>' },
      { file: { name: '附件.txt', type: 'text/plain', text: '撤下的附件' } },
    );
    const file = `/files/items/${item.id}/${sha('撤下的附件')}`;
    expect((await get(file)).statusCode).toBe(200);
    expect((await get(address(item))).statusCode).toBe(200);
    await withdrawItem(as('disclosure-officer'), item.id, {
      reason: '内容有误，核实后重新公开。',
      ground: '《条例》第十五条',
    });
    for (const url of [address(item), `${address(item)}/versions/1`]) {
      const gone = await get(url);
      expect(gone.statusCode).toBe(410);
      expect(gone.body).toContain('内容有误，核实后重新公开。');
      expect(gone.body).toContain('《条例》第十五条');
      expect(gone.body).not.toContain('不该公开');
      expect(gone.body).not.toContain('将被撤下');
    }
    expect((await get(file)).statusCode).toBe(404);
    for (const url of ['/', '/catalogue/notices', '/feed.xml', '/sitemap.xml', '/catalogue/items.json'])
      expect((await get(url)).body).not.toContain(item.indexNumber);
  });

  it('warns where it is no longer in force, and leads to what took its place', async () => {
    const old = await published({
      title: '旧办法',
      normative: 'normative',
      interpretationPlan: '由安监局在公布后三日内解读。',
      documentNumber: '昆高发〔2018〕1号',
    });
    const fresh = await published({ title: '新办法' });
    await pool.query(
      `INSERT INTO item_validity (agency_id, item_id, validity, from_on, replaced_by, ground, by_name, at)
        SELECT agency_id, id, 'repealed', '2018-05-02', $1, '清理结果', '专员', now() FROM items WHERE id = $2`,
      [fresh.id, old.id],
    );
    await pool.query(
      `UPDATE items SET validity = 'repealed', validity_on = '2018-05-02', replaced_by = $1 WHERE id = $2`,
      [fresh.id, old.id],
    );
    await pool.query('UPDATE content_revisions SET revision = revision + 1');
    const { body } = await get(address(old));
    expect(body).toContain('本文件已于2018年5月2日废止');
    expect(body).toContain(`现行文件：<a href="/items/${fresh.indexNumber}">新办法</a>`);
    expect((await get(address(fresh))).body).toContain('本文件代替');
  });

  it('leads to the next newer and older of its column', async () => {
    const older = await published({ title: '较早的一条', columnId: columns.rules! }, { on: '2018-01-05' });
    const middle = await published({ title: '中间的一条', columnId: columns.rules! }, { on: '2018-01-06' });
    const newer = await published({ title: '较新的一条', columnId: columns.rules! }, { on: '2018-01-07' });
    const { body } = await get(address(middle));
    expect(/<a href="([^"]+)" rel="prev"/.exec(body)?.[1]).toBe(address(newer));
    expect(/<a href="([^"]+)" rel="next"/.exec(body)?.[1]).toBe(address(older));
  });

  test.each([
    '/items/',
    '/items/KMHNZ',
    '/items/KMHNZ/2018-99999',
    `/items/${'x'.repeat(100)}`,
    '/items/a%00b/2018-1',
    '/items/a/versions/1',
  ])('finds nothing at %s', async (url) => expect([400, 404]).toContain((await get(url)).statusCode));
});

describe('a file of an item', () => {
  it('is sent safely, whole or in part, and again only when it changed', async () => {
    const text = '0123456789';
    const item = await published(
      { title: '有附件的信息' },
      { file: { name: '名单 "一".html', type: 'text/html', text } },
    );
    const url = `/files/items/${item.id}/${sha(text)}`;
    const whole = await get(url);
    expect(whole.body).toBe(text);
    expect(whole.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('名单 "一".html')}`,
      etag: `"${sha(text)}"`,
    });
    expect(String(whole.headers['content-security-policy'])).toContain('sandbox');
    expect((await get(url, { 'if-none-match': `"${sha(text)}"` })).statusCode).toBe(304);
    const parts: [string, number, string, string | undefined][] = [
      ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
      ['bytes=7-', 206, '789', 'bytes 7-9/10'],
      ['bytes=-3', 206, '789', 'bytes 7-9/10'],
      ['bytes=0-99', 206, text, 'bytes 0-9/10'],
      ['bytes=10-', 416, '', 'bytes */10'],
      ['bytes=4-2', 200, text, undefined],
      ['bytes=0-1,3-4', 200, text, undefined],
      ['lines=1-2', 200, text, undefined],
    ];
    for (const [range, status, body, contentRange] of parts) {
      const part = await get(url, { range });
      expect([part.statusCode, part.body, part.headers['content-range']]).toEqual([
        status,
        body,
        contentRange,
      ]);
    }
    const stale = await get(url, { range: 'bytes=2-4', 'if-range': '"old"' });
    expect([stale.statusCode, stale.body]).toEqual([200, text]);
    expect((await get(`/files/items/${item.id + 1}/${sha(text)}`)).statusCode).toBe(404);
    expect((await get(`/files/items/${item.id}/${'0'.repeat(64)}`)).statusCode).toBe(404);
  });
});

describe('the guide', () => {
  it('names the office and shows the guide in force', async () => {
    expect((await get('/guide')).body).toContain('怎样获取政府信息');
    await published({
      title: '昆明高新区政府信息公开指南',
      body: '<p>本指南每年修订。</p>',
      columnId: columns['guide-column']!,
    });
    const { body } = await get('/guide');
    expect(body).toContain('本指南每年修订。');
    expect(body).toContain('2018年6月1日');
  });
});

/** The labels of 国办发〔2017〕47号 on every kind of page. */
describe('page labels', () => {
  const site = ['SiteName', 'SiteDomain', 'SiteIDCode'];
  const columnLabels = [...site, 'ColumnName', 'ColumnDescription', 'ColumnKeywords', 'ColumnType'];
  const article = [...columnLabels, 'ArticleTitle', 'PubDate', 'ContentSource'];
  const labelsOf = (body: string) =>
    new Map(
      [...body.matchAll(/<meta name="([A-Z]\w+)" content="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        value,
      ]),
    );

  test.each([
    ['/', '首页'],
    ['/about', '概况信息'],
    ['/sitemap', '网站地图'],
    ['/search', '站内搜索'],
    ['/catalogue', '信息公开目录'],
    ['/catalogue/finance', '政策文件'],
    ['/guide', '信息公开指南'],
    ['/reports', '信息公开年报'],
    ['/reports/crosswalk', '信息公开年报'],
    ['/requests', '依申请公开'],
    ['/requests/new', '依申请公开'],
    ['/requests/answered', '依申请公开'],
    ['/requests/track', '依申请公开'],
    ['/ledger', undefined],
    ['/letters', undefined],
    ['/api', undefined],
  ])('%s is a column page (%s)', async (url, type) => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(200);
    const labels = labelsOf(answer.body);
    expect([...labels.keys()]).toEqual(columnLabels);
    for (const name of ['SiteName', ...columnLabels.slice(3)]) expect(labels.get(name), name).not.toBe('');
    if (type) expect(labels.get('ColumnType')).toBe(type);
  });

  it('an item and each of its versions are content pages', async () => {
    const item = await published({ title: '标签完整的信息', keywords: ['标签'], source: '安监局' });
    for (const url of [address(item), `${address(item)}/versions/1`]) {
      const labels = labelsOf((await get(url)).body);
      expect([...labels.keys()]).toEqual([...article, 'Keywords', 'Author', 'Description', 'Url']);
      expect(Object.fromEntries(labels)).toMatchObject({
        ColumnName: '通知公告',
        ArticleTitle: '标签完整的信息',
        PubDate: '2018-06-01 10:30',
        ContentSource: '安监局',
        Keywords: '标签',
        Description: anItem.abstract,
        Url: `http://localhost:8080${address(item)}`,
      });
    }
  });
});

describe('kept pages', () => {
  it('are the same for everybody, carry a tag, and are answered 304', async () => {
    for (const url of ['/', '/catalogue', '/catalogue/finance', '/guide', '/feed.xml']) {
      const first = await get(url);
      expect(first.headers['set-cookie']).toBeUndefined();
      expect(first.headers['cache-control']).toBe('public, no-cache');
      expect(first.headers.vary).toBe('cookie, accept-encoding');
      const second = await get(url);
      expect([second.body, second.headers.etag, second.headers['content-type']]).toEqual([
        first.body,
        first.headers.etag,
        first.headers['content-type'],
      ]);
      const known = await get(url, { 'if-none-match': String(first.headers.etag) });
      expect([known.statusCode, known.body]).toEqual([304, '']);
      expect(second.body).not.toContain('_csrf');
    }
  });

  it('differ by how somebody wants to read', async () => {
    const large = await get('/catalogue', { cookie: 'gongkai-display=large' });
    expect(large.body).toContain('data-size="large"');
    expect((await get('/catalogue')).body).not.toContain('data-size="large"');
  });

  it('are anew the moment something is published, withdrawn, renamed', async () => {
    await get('/catalogue/finance');
    const item = await published({ title: '刚刚公开的信息', columnId: columns.finance! });
    expect((await get('/catalogue/finance')).body).toContain('刚刚公开的信息');
    expect((await get('/')).body).toContain('刚刚公开的信息');
    await withdrawItem(as('disclosure-officer'), item.id, {
      reason: '重复公开，保留一条。',
      ground: '内部核查',
    });
    expect((await get('/catalogue/finance')).body).not.toContain('刚刚公开的信息');
    await pool.query(`UPDATE agencies SET site = site || '{"name": "换了名称的网站"}' WHERE id = $1`, [
      agencyId,
    ]);
    expect((await get('/catalogue/finance')).body).toContain('换了名称的网站');
  });

  it('are asked for by many at once with few questions to the database', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => get('/catalogue')));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  });

  it('leave the message of one visitor to him', async () => {
    const { body, headers } = await get('/catalogue', { cookie: 'gongkai-flash=broken' });
    expect(body).toContain('政府信息公开');
    expect(headers['cache-control']).toBe('private, no-store');
  });

  test.each(['/', '/catalogue', '/catalogue/finance', '/guide'])(
    '%s takes less than 100 KB on the wire with all it needs',
    async (url) => {
      const coded = { 'accept-encoding': 'gzip, br' };
      const page = await get(url, coded);
      expect(page.headers['content-encoding']).toBe('br');
      const plain = await get(url);
      const needed = [...plain.body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(
        ([, asset = '']) => asset,
      );
      expect(needed.length).toBeGreaterThan(2);
      let bytes = page.rawPayload.length;
      for (const asset of new Set(needed)) bytes += (await get(asset, coded)).rawPayload.length;
      expect(bytes).toBeLessThan(100 * 1024);
    },
  );
});

describe('the search page', () => {
  const search = async (more: Record<string, string>) =>
    (await get(`/search?${new URLSearchParams({ q: '事项的通知', ...more })}`)).body;

  it('shows what was chosen also where nothing is found, to be given up one by one', async () => {
    const body = await search({ year: '2012', genre: '通知' });
    expect(body).toContain('这些筛选条件下没有结果');
    expect(body).toContain('（已选 2 项）');
    expect(body).toMatch(
      /<a href="\/search\?q=[^"]*year=2012[^"]*" aria-current="true"><span>2012年<\/span><\/a>/,
    );
    const [, without = ''] = /aria-label="按年份筛选">.*?<a href="([^"]+)"/s.exec(body) ?? [];
    const found = (await get(without.replaceAll('&amp;', '&'))).body;
    expect(found).not.toContain('year=2012');
    expect(found).toContain('的通知');
    // Of a column that nobody knows nothing can be told.
    expect(await search({ column: '999999' })).not.toContain('按栏目筛选');
  });

  it('tells a page behind the last one from nothing found', async () => {
    const body = await search({ page: '40' });
    expect(body).toContain('没有第 40 页');
    expect(body).not.toContain('这些筛选条件下没有结果');
    const [, previous = ''] = /rel="prev" href="([^"]+)"/.exec(body) ?? [];
    expect((await get(previous.replaceAll('&amp;', '&'))).body).toMatch(/<li class="result">/);
  });

  it('calls units by their names of today', async () => {
    expect(await search({})).toContain('按部门筛选');
    await pool.query(`UPDATE units SET name = '改名后的科室' WHERE id = $1`, [otherUnitId]);
    expect(await search({})).toContain('改名后的科室');
  });
});
