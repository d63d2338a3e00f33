import { describe, expect, it } from 'vitest';
import { clockAt } from '../../src/core/clock.ts';
import { noticesColumn } from '../support/catalogue.ts';
import { openDesk } from '../support/desk.ts';
import { documentsOf } from '../support/normative.ts';
import type { Page, Visitor } from '../support/visitor.ts';
import { wordsOf } from '../support/words.ts';

const desk = await openDesk({}, clockAt('2018-06-15'));
const { app, agencyId, system, signedIn, stranger, server } = desk;
const [head, officer, leader, auditor] = await Promise.all([
  signedIn('unit-head'),
  signedIn('disclosure-officer'),
  signedIn('leader'),
  signedIn('auditor'),
]);
const columnId = await noticesColumn(app.connection.db, agencyId);
const [old = 0, fresh = 0] = await documentsOf(system, [
  { title: '科技创新扶持办法', number: '昆高规〔2015〕1号', formedOn: '2015-03-01' },
  { title: '科技创新促进办法', number: '昆高规〔2018〕1号', formedOn: '2018-05-01' },
]);

const reads = async (visitor: Visitor, url: string) => wordsOf((await visitor.get(url)).body);
async function does(by: Visitor, from: string, to: string, fields: Record<string, string>): Promise<Page> {
  await by.get(from);
  return by.post(to, fields);
}
const publicPage = async (url: string) => wordsOf((await server.inject({ url })).body);

describe('the register of normative documents', () => {
  const address = `/workbench/normative/${old}`;

  it('shows the public what is in force, and the desk the same with exports', async () => {
    expect(await publicPage('/normative')).toContain('2 件 现行有效');
    expect(await reads(auditor, '/workbench/normative')).toContain('科技创新扶持办法');
    const csv = await head.get('/workbench/normative/export.csv');
    expect(csv.body).toContain('昆高规〔2015〕1号');
    expect(
      (await server.inject({ url: '/normative/documents.xlsx' })).rawPayload.subarray(0, 2).toString(),
    ).toBe('PK');
    expect((await stranger().get('/workbench/normative')).status).toBe(303);
  });

  it('keeps what was typed and says beside the fields what is wrong', async () => {
    const answer = await does(head, address, `${address}/validity`, {
      validity: 'repealed',
      fromOn: '2018-07-01',
      ground: '被新办法代替',
      replacement: '没有这个',
    });
    expect(answer.status).toBe(422);
    expect(wordsOf(answer.body)).toContain('不能晚于今天');
    expect(answer.body).toContain('value="没有这个"');
    expect(answer.body).toContain('被新办法代替</textarea>');
    const term = await does(head, address, `${address}/term`, { validUntil: '2018-12-31', termGround: '' });
    expect([term.status, term.body.includes('id="field-termGround-error"')]).toEqual([422, true]);
  });

  it('is changed by two persons; the public page and the public register follow at once', async () => {
    const change = {
      validity: 'repealed',
      fromOn: '2018-05-01',
      ground: '被新办法代替',
      replacement: '昆高规〔2018〕1号',
    };
    expect((await does(head, address, `${address}/validity`, change)).status).toBe(303);
    expect(await reads(officer, '/workbench')).toContain('有效性变更');
    expect(await reads(officer, '/workbench/normative/changes')).toContain('科技创新扶持办法');
    const page = await officer.get(address);
    const decision = /action="([^"]+\/decision)"/.exec(page.body)?.[1] ?? '';
    expect((await auditor.get(address)).body).not.toContain('/decision"');
    await auditor.get(address);
    expect((await auditor.post(decision, { decision: 'approve' })).status).toBe(403);
    expect(await publicPage('/normative?validity=repealed')).toContain('没有符合条件的文件');
    await officer.get(address);
    expect((await officer.post(decision, { decision: 'approve', opinion: '' })).status).toBe(303);
    expect(await publicPage('/normative?validity=repealed')).toContain('依据：被新办法代替');
    expect(await publicPage('/normative')).toContain('1 件 现行有效');
    expect(await publicPage(`/items/${encodeURIComponent('KM')}/昆高规〔2015〕1号`)).toContain(
      '本文件已于2018年5月1日废止',
    );
    expect(await reads(head, address)).toContain('有效性沿革');
  });

  it('is cleaned up: opened, proposed, decided, published as a draft', async () => {
    expect((await head.get('/workbench/normative/clean-ups/new')).status).toBe(403);
    const opened = await does(
      officer,
      '/workbench/normative/clean-ups/new',
      '/workbench/normative/clean-ups/new',
      {
        name: '2018年文件清理',
        kinds: 'normative',
        cutoffOn: '2018-06-01',
        replyBy: '2018-07-15',
        ground: '根据省人民政府的要求',
      },
    );
    expect(opened.status).toBe(303);
    const cleanUp = opened.location ?? '';
    expect(await reads(head, '/workbench')).toContain('2018年文件清理');
    const line = `${cleanUp}/documents/${fresh}`;
    const refused = await does(head, line, line, { proposal: 'amend', ground: '', replacement: '' });
    expect([refused.status, wordsOf(refused.body).includes('请写明理由')]).toEqual([422, true]);
    expect(
      (await does(head, line, line, { proposal: 'amend', ground: '第三条修改', replacement: '' })).status,
    ).toBe(303);
    expect((await does(officer, cleanUp, `${cleanUp}/submission`, {})).status).toBe(303);
    expect(await reads(leader, cleanUp)).toContain('批准并执行');
    expect((await leader.get(`${cleanUp}/cancellation`)).status).toBe(403);
    expect((await officer.get(`${cleanUp}/cancellation`)).status).toBe(200);
    const early = await does(leader, cleanUp, `${cleanUp}/decision`, {
      decidedOn: '2018-06-16',
      opinion: '',
    });
    expect([early.status, wordsOf(early.body).includes('不能晚于今天')]).toEqual([422, true]);
    expect(
      (await does(leader, cleanUp, `${cleanUp}/decision`, { decidedOn: '2018-06-15', opinion: '同意' }))
        .status,
    ).toBe(303);
    expect(await publicPage('/normative?validity=amended')).toContain('2018年文件清理：第三条修改');
    const drafted = await does(officer, cleanUp, `${cleanUp}/result`, { columnId: String(columnId) });
    expect(drafted.location).toMatch(/^\/workbench\/items\/\d+$/);
    expect(await reads(officer, `${drafted.location}/record`)).toContain('修改的文件目录（1件）');
    expect(await reads(officer, '/workbench/normative/clean-ups')).toContain('已决定');
    expect(await reads(officer, cleanUp)).toContain('2018年6月15日：同意');
    expect((await officer.get(`${cleanUp}/cancellation`)).status).toBe(409);
  });

  it('takes addresses that mean nothing as if nobody had asked', async () => {
    const wild =
      "?q=%25'--&validity=toString&unit=-1&year=20x8&older=2018-13-45.1&after=2018-02-31_1_1&view=constructor&author=1e9";
    for (const url of [
      '/workbench/normative',
      '/workbench/duties',
      '/workbench/duties/reassessments',
      '/workbench/duties/export.csv',
    ])
      expect([url, (await officer.get(url + wild)).status]).toEqual([url, 200]);
    expect((await server.inject({ url: `/normative${wild}` })).statusCode).toBe(200);
    for (const url of [
      '/workbench/normative/0',
      '/workbench/normative/999999',
      '/workbench/normative/clean-ups/99',
      '/workbench/duties/reassessments/77',
      '/workbench/duties/1/versions/99',
    ])
      expect([url, (await officer.get(url)).status]).toEqual([url, 404]);
  });
});

describe('limits of publication at the desk', () => {
  it('lists by unit what was published late, and explains the count day by day', async () => {
    await documentsOf(system, [
      {
        title: '晚公开的办法',
        number: '昆高规〔2018〕9号',
        formedOn: '2018-02-05',
        publishedOn: '2018-03-12',
      },
    ]);
    const list = await officer.get('/workbench/duties?view=published-late');
    expect(wordsOf(list.body)).toContain('晚公开的办法');
    expect(wordsOf(list.body)).toContain('逾期公开2 个工作日');
    const address = /href="(\/workbench\/duties\/\d+\/versions\/1)"/.exec(list.body)?.[1] ?? '';
    const explained = await reads(officer, address);
    expect(explained).toContain('2018年3月8日');
    expect(explained).toContain('20个工作日内予以公开');
    expect((await officer.get('/workbench/duties/export.csv?view=published-late')).body).toContain(
      '晚公开的办法',
    );
    const record = /href="(\/workbench\/items\/\d+\/record)"/.exec(list.body)?.[1] ?? '';
    expect(await reads(officer, record)).toContain('公开期限');
  });

  it('lets the office set its days', async () => {
    await officer.get('/workbench/settings');
    const page = await reads(officer, '/workbench/settings');
    expect(page).toContain('主动公开的期限和评估');
  });
});
