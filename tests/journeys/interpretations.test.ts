import { describe, expect, it } from 'vitest';
import { findItem, openVersion, withdrawItem } from '../../src/areas/catalogue/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import { openDesk } from '../support/desk.ts';
import { openPublicColumns } from '../support/public-columns.ts';

const desk = await openDesk({}, clockAt('2018-06-01T10:30:00+08:00'));
const { server, agencyId } = desk;
const { db } = desk.app.connection;
const { as, published } = await openPublicColumns(desk);
const publisher = await desk.signedIn('publisher');
const officer = await desk.signedIn('disclosure-officer');

const get = (url: string) => server.inject({ url });
const page = async ({ indexNumber }: { indexNumber: string }) => (await get(`/items/${indexNumber}`)).body;
/** A draft that the publisher begins at the desk. */
const begun = async (title: string) => {
  await publisher.get('/workbench/items/new');
  const answer = await publisher.upload('/workbench/items/new', [], { title });
  return Number(/\d+$/.exec(String(answer.headers.location))?.[0]);
};
const document = {
  title: '关于支持科技企业发展的若干措施',
  documentNumber: '昆高规〔2018〕3号',
  normative: 'normative',
  interpretationPlan: '由科技局在公布后三日内图文解读。',
} as const;

describe('a document and what interprets it', () => {
  it('lead to each other as long as both are public', async () => {
    const policy = await published(document);
    expect(await page(policy)).not.toContain('相关解读');
    const reading = await published({ title: '一图读懂科技企业扶持政策', interprets: [policy.id] });
    expect(await page(policy)).toMatch(
      /相关解读<\/h2><ul class="item-links"><li><a href="[^"]+">一图读懂科技企业扶持政策/,
    );
    expect(await page(reading)).toMatch(
      /解读的文件<\/h2><ul class="item-links"><li><a href="[^"]+">关于支持科技企业发展的若干措施/,
    );
    const how = { reason: '内容有误，核实后重新公开。', ground: '《条例》第十五条' };
    await withdrawItem(as('disclosure-officer'), reading.id, how);
    expect(await page(policy)).not.toContain('相关解读');
    const second = await published({ title: '再次解读', interprets: [policy.id] });
    expect(await page(policy)).toContain('再次解读');
    await withdrawItem(as('disclosure-officer'), policy.id, how);
    expect(await page(second)).not.toContain('解读的文件');
  });

  it('are joined in the editor by searching for the number, without script', async () => {
    const policy = await published({
      ...document,
      title: '关于公平竞争审查的规定',
      documentNumber: '昆高规〔2018〕4号',
    });
    const id = await begun('审查规定解读');
    const draft = (await openVersion(db, agencyId, id))!;
    const fields = { revision: String(draft.revision), title: draft.title, body: draft.body };
    const found = await publisher.post(`/workbench/items/${id}/draft`, {
      ...fields,
      documentQuery: '昆高规[2018]4号',
      find: 'documents',
    });
    expect(found.status).toBe(303);
    const list = await publisher.get(String(found.headers.location).split('#')[0]!);
    expect(list.body).toContain('关于公平竞争审查的规定');
    const [, value] = /name="interprets" value="(\d+)"/.exec(list.body) ?? [];
    expect(Number(value)).toBe(policy.id);
    const saved = await publisher.post(`/workbench/items/${id}/draft`, {
      ...fields,
      revision: String(draft.revision + 1),
      interprets: value!,
    });
    expect(saved.status).toBe(303);
    expect((await openVersion(db, agencyId, id))!.interprets).toEqual([policy.id]);
    expect((await publisher.get(`/workbench/items/${id}`)).body).toMatch(/name="interprets"[^>]*checked/);
  });

  it('is never the item itself, nor one of nowhere', async () => {
    const id = await begun('解读');
    for (const [value, words] of [
      [String(id), '不能是本信息自己'],
      ['999999', '有的文件不存在'],
    ]) {
      const draft = (await openVersion(db, agencyId, id))!;
      const refused = await publisher.post(`/workbench/items/${id}/draft`, {
        revision: String(draft.revision),
        title: draft.title,
        interprets: value!,
      });
      expect([refused.status, refused.body.includes(words!)]).toEqual([422, true]);
    }
    expect((await findItem(db, agencyId, id))?.state).toBe('draft');
  });
});

describe('the share of interpreted documents', () => {
  it('counts public normative documents of a year and lists those that lack an interpretation', async () => {
    const lacking = await published({
      ...document,
      title: '关于户外广告的管理办法',
      documentNumber: '昆高规〔2018〕9号',
      interpretationPlan: '七月前由城管局图文解读。',
    });
    const before = (await officer.get('/workbench/items/interpretations?year=2018')).body;
    expect(before).toContain('七月前由城管局图文解读。');
    const [, href] = /href="(\/workbench\/items\/new\?interprets=\d+)"/.exec(
      (await publisher.get('/workbench/items/interpretations?year=2018')).body,
    )!;
    expect((await publisher.get(href!)).body).toContain('解读的文件：');
    await published({ title: '户外广告管理办法解读', interprets: [lacking.id] });
    const after = (await officer.get('/workbench/items/interpretations?year=2018')).body;
    expect(after).not.toContain('七月前由城管局图文解读。');
    expect((await officer.get('/workbench/items/interpretations?year=2017')).body).toContain(
      '2017年没有公开规范性文件或规章',
    );
  });
});
