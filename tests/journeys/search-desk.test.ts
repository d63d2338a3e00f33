import { describe, expect, test } from 'vitest';
import { putEntry } from '../../src/core/search-index/index.ts';
import { openDesk } from '../support/desk.ts';

const desk = await openDesk();
const officer = await desk.signedIn('disclosure-officer');
const publisher = await desk.signedIn('publisher');
const reader = desk.stranger();
const DESK = '/workbench/search-desk';
const { db } = desk.app.connection;
const agency = await db.selectFrom('agencies').select('id').executeTakeFirstOrThrow();

await putEntry(db, agency.id, {
  kind: 'answer',
  ref: 'a1',
  sourceId: null,
  href: '/requests/answers/1',
  title: '老年公交卡办理指南',
  body: '年满六十周岁的居民可以申领。',
  publishedOn: '2018-03-05',
});

test('the desk begins with an empty page that says what it is for', async () => {
  expect((await officer.get(DESK)).body).toContain('没有待处理的检索');
});

describe('a question of which nothing holds every word', () => {
  const search = async (more: Record<string, string> = {}) =>
    (await reader.get(`/search?${new URLSearchParams({ q: '老年公交卡 独角兽 怎么办理', ...more })}`)).body;

  test('is answered by what holds part of it, which says what is missing', async () => {
    const body = await search();
    expect(body).toContain('没有同时包含全部词语的结果');
    expect(body).toContain('<s>独角兽</s>');
    expect(body).toContain('指南</a>');
    expect(body).toContain('words=all');
  });

  test('can be insisted on, and given up again', async () => {
    const body = await search({ words: 'all' });
    expect(body).toContain('没有包含“老年公交卡 独角兽 怎么办理”全部词语的结果');
    expect(body).not.toContain('办理指南');
    expect(body).toMatch(/href="\/search\?q=[^"&]*">也看包含部分词语的结果/);
  });

  test('stands among the searches in vain, once for each time it was asked', async () => {
    const { body } = await officer.get(DESK);
    expect(body).toContain('1 个检索词，共检索 1 次');
    expect(
      (await officer.get(`${DESK}/handling?${new URLSearchParams({ q: '老年公交卡 独角兽 怎么办理' })}`))
        .body,
    ).toContain('仍然没有包含全部词语的结果；1 条包含部分词语');
    await officer.post(`${DESK}/handling`, { q: '老年公交卡 独角兽 怎么办理', note: '' });
  });

  test('is answered to other systems in the same way', async () => {
    const { body } = await reader.get(`/api/v1/search?${new URLSearchParams({ q: '老年公交卡 独角兽' })}`);
    expect(JSON.parse(body)).toMatchObject({
      total: 1,
      partial: 1,
      hits: [{ id: 'a1', missing: ['独角兽'] }],
    });
  });
});

describe('searches in vain', () => {
  test('are listed with their counts, and lead to where they can be tried', async () => {
    for (const query of ['敬老卡', '敬老卡', '大熊猫', '<script>alert(1)</script>'])
      await reader.get(`/search?${new URLSearchParams({ q: query })}`);
    const { body } = await officer.get(DESK);
    expect(body).toContain('3 个检索词，共检索 4 次');
    expect(body).toContain(`/search?q=${encodeURIComponent('敬老卡')}`);
    expect(body).not.toContain('<script>alert');
    expect(body.indexOf('敬老卡')).toBeLessThan(body.indexOf('大熊猫'));
    expect((await officer.get(`${DESK}?q=${encodeURIComponent('熊猫')}`)).body).not.toContain('敬老卡');
    expect((await officer.get(`${DESK}?period=bogus&sort=bogus&page=-1&group=x`)).status).toBe(200);
  });

  test('are exported', async () => {
    const file = await officer.get(`${DESK}/export.xlsx`);
    expect(file.headers['content-type']).toContain('spreadsheetml');
    expect(file.body.startsWith('PK')).toBe(true);
  });

  test('find something once the words of the public are those of the office', async () => {
    const page = await officer.get(`${DESK}/handling?q=${encodeURIComponent('敬老卡')}`);
    expect(page.body).toContain('仍然没有结果');
    const added = await officer.post(`${DESK}/synonyms`, { words: '敬老卡 老年公交卡', miss: '敬老卡' });
    expect(added.status).toBe(303);
    expect((await reader.get(`/search?q=${encodeURIComponent('敬老卡')}`)).body).toContain('老年公交卡');
    expect((await officer.get(String(added.headers.location))).body).toContain(
      '第一条是“老年公交卡办理指南”',
    );
  });

  test('are marked as handled with a note, and put back', async () => {
    const handled = await officer.post(`${DESK}/handling`, { q: '敬老卡', note: '已加同义词' });
    expect(handled.status).toBe(303);
    expect((await officer.get(DESK)).body).not.toContain('敬老卡</a>');
    expect((await officer.get(`${DESK}?group=handled`)).body).toContain('已加同义词');
    expect((await officer.post(`${DESK}/handling/reopening`, { q: '敬老卡' })).status).toBe(303);
    expect((await officer.get(DESK)).body).toContain('敬老卡</a>');
    const long = await officer.post(`${DESK}/handling`, { q: '敬老卡', note: '长'.repeat(201) });
    expect([long.status, long.body.includes('处理说明最多')]).toEqual([422, true]);
    expect((await officer.get(`${DESK}/handling?q=nothing`)).status).toBe(404);
  });
});

describe('synonyms', () => {
  test('are refused beside the field, with what was typed', async () => {
    const wrong = await officer.post(`${DESK}/synonyms`, { words: '只有一个' });
    expect([wrong.status, wrong.body.includes('至少两个词'), wrong.body.includes('只有一个')]).toEqual([
      422,
      true,
      true,
    ]);
    const fromMiss = await officer.post(`${DESK}/synonyms`, { words: '大熊猫', miss: '大熊猫' });
    expect([fromMiss.status, fromMiss.body.includes('至少两个词')]).toEqual([422, true]);
  });

  test('are changed, removed, left out and taken back', async () => {
    const id = /search-desk\/synonyms\/(\d+)"/.exec((await officer.get(`${DESK}/synonyms`)).body)?.[1];
    const group = `${DESK}/synonyms/${id}`;
    expect((await officer.get(group)).body).toContain('敬老卡 老年公交卡');
    expect((await officer.post(group, { words: '敬老卡' })).status).toBe(422);
    expect((await officer.post(group, { words: '敬老卡 老年公交卡 爱心卡' })).status).toBe(303);
    expect((await reader.get(`/search?q=${encodeURIComponent('爱心卡')}`)).body).toContain('老年公交卡');
    expect((await officer.post(`${group}/removal`, {})).status).toBe(303);
    expect((await officer.get(group)).status).toBe(404);
    expect((await officer.post(`${DESK}/synonyms/standard/0/leaving-out`, {})).status).toBe(303);
    expect((await officer.get(`${DESK}/synonyms`)).body).toContain('停用');
    expect((await officer.post(`${DESK}/synonyms/standard/0/leaving-out`, {})).status).toBe(404);
    expect((await officer.post(`${DESK}/synonyms/standard/0/use`, {})).status).toBe(303);
    expect((await officer.post(`${DESK}/synonyms/standard/999/use`, {})).status).toBe(404);
  });
});

test('publishers look and do not touch; strangers do neither', async () => {
  const page = await publisher.get(`${DESK}/synonyms`);
  expect([page.status, page.body.includes('停用</button>')]).toEqual([200, false]);
  expect((await publisher.post(`${DESK}/synonyms`, { words: '甲乙 丙丁' })).status).toBe(403);
  expect((await publisher.get(`${DESK}/handling?q=x`)).status).toBe(403);
  expect((await publisher.get(`${DESK}/attachments`)).body).toContain('没有读不出文字的附件');
  expect((await officer.post(`${DESK}/attachments/${'a'.repeat(64)}/reading`, {})).status).toBe(404);
  expect((await reader.get(DESK)).status).not.toBe(200);
});
