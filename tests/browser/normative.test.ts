import { beforeAll, describe, expect, test } from 'vitest';
import { clockAt } from '../../src/core/clock.ts';
import { openBrowser, openPage, phone } from '../support/browser.ts';
import { noticesColumn } from '../support/catalogue.ts';
import { openDesk } from '../support/desk.ts';
import { faultsOf } from '../support/faults.ts';
import { documentsOf } from '../support/normative.ts';

const desk = await openDesk({}, clockAt('2018-06-15'));
const browser = await openBrowser();
const address = await desk.server.listen({ port: 0, host: '127.0.0.1' });
const officer = await desk.signedIn('disclosure-officer');
const head = await desk.signedIn('unit-head');
const leader = await desk.signedIn('leader');
const room = '/workbench/normative';
const duties = '/workbench/duties';
let pages: { by: typeof officer; path: string }[] = [];

beforeAll(async () => {
  await noticesColumn(desk.app.connection.db, desk.agencyId);
  const long = '关于印发《昆明高新技术产业开发区促进科技创新和产业发展扶持办法实施细则（试行）》的通知';
  const [old = 0, fresh = 0, ending = 0] = await documentsOf(desk.system, [
    {
      title: `${long}（旧）`,
      number: '昆高规〔2012〕1号',
      formedOn: '2012-03-01',
      publishedOn: '2018-01-12',
    },
    { title: long, number: '昆高规〔2018〕1号', formedOn: '2018-02-05', publishedOn: '2018-03-12' },
    {
      title: '停车收费暂行规定',
      number: '昆高规〔2016〕2号',
      formedOn: '2016-06-18',
      publishedOn: '2016-06-20',
    },
    { title: '户外广告管理规定', number: '昆高规〔2014〕3号', formedOn: '2014-06-18', kind: 'rule' },
  ]);
  const does = async (by: typeof officer, from: string, to: string, fields: Record<string, string>) => {
    await by.get(from);
    const answer = await by.post(to, fields);
    if (answer.status !== 303) throw new Error(`${to} answered ${answer.status}`);
    return answer.location ?? '';
  };
  const decided = async (item: number) => {
    const body = (await leader.get(`${room}/${item}`)).body;
    const decision = /action="([^"]+\/decision)"/.exec(body)?.[1] ?? '';
    await does(leader, `${room}/${item}`, decision, { decision: 'approve', opinion: '' });
  };
  const repeal = {
    validity: 'repealed',
    fromOn: '2018-03-12',
    ground: '已由新的实施细则代替，同时废止',
    replacement: '昆高规〔2018〕1号',
  };
  await does(head, `${room}/${old}`, `${room}/${old}/validity`, repeal);
  await decided(old);
  const term = { validUntil: '2018-07-20', termGround: '规定第十二条：有效期二年' };
  await does(head, `${room}/${ending}`, `${room}/${ending}/term`, term);
  await decided(ending);
  await does(head, `${room}/${fresh}`, `${room}/${fresh}/validity`, {
    validity: 'amended',
    fromOn: '2018-06-01',
    ground: '机构名称变化，修改第三条、第九条',
    replacement: '',
  });
  const cleanUp = await does(officer, `${room}/clean-ups/new`, `${room}/clean-ups/new`, {
    name: '2018年行政规范性文件清理',
    kinds: 'normative',
    cutoffOn: '2018-06-01',
    replyBy: '2018-07-15',
    ground: '根据《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）',
  });
  const line = `${cleanUp}/documents/${ending}`;
  await does(head, line, line, { proposal: 'expire', ground: '收费项目已经取消', replacement: '' });
  const begun = await head.get('/workbench/items/new');
  if (begun.status !== 200) throw new Error('no form of a new item');
  await head.upload('/workbench/items/new', [], { title: '还没有公开的通知' });
  await desk.pool.query(
    `UPDATE item_versions SET formed_on = '2018-05-04', title = '还没有公开的通知' WHERE state = 'draft'`,
  );
  await desk.pool.query(
    `WITH item AS (INSERT INTO items (agency_id, index_number, unit_id, state, title)
       SELECT agency_id, 'KM/NB1', unit_id, 'draft', '内部值班安排' FROM items LIMIT 1 RETURNING agency_id, id)
     INSERT INTO item_versions (agency_id, item_id, version, state, title, attribute, attribute_reason, formed_on, created_at, saved_at)
     SELECT agency_id, id, 1, 'approved', '内部值班安排', 'closed', '内部事务信息，条例第十六条', '2017-03-01', '2017-03-01', '2017-03-01' FROM item`,
  );
  const kept = (await desk.pool.query(`SELECT id FROM items WHERE index_number = 'KM/NB1'`)).rows[0].id;
  pages = [
    ...[
      room,
      `${room}/changes`,
      `${room}/ending`,
      `${room}/clean-ups`,
      `${room}/clean-ups/new`,
      `${room}/${old}`,
    ].map((path) => ({ by: officer, path })),
    ...[`${room}/${fresh}`, `${room}/${ending}`, cleanUp, line].map((path) => ({ by: head, path })),
    ...[
      duties,
      `${duties}?view=soon`,
      `${duties}?view=published-late`,
      `${duties}/${fresh}/versions/1`,
      `${duties}/reassessments`,
      `${duties}/reassessments/${kept}`,
      `/workbench/items/${fresh}/record`,
      '/workbench',
      '/workbench/settings',
    ].map((path) => ({ by: officer, path })),
    ...['/normative', '/normative?validity=repealed', '/normative?q=没有'].map((path) => ({
      by: officer,
      path,
    })),
  ];
});

describe.each([
  ['on a desk screen', { viewport: { width: 1440, height: 900 } }],
  ['on a telephone', { viewport: phone }],
])('normative documents and limits %s', (_, options) => {
  test('every page is sound', async () => {
    const faults: string[] = [];
    for (const by of [officer, head]) {
      const page = await openPage(browser, options);
      await page.context().addCookies(by.jar().map(([name, value]) => ({ name, value, url: address })));
      for (const { path } of pages.filter((one) => one.by === by))
        faults.push(...(await faultsOf(page, `${address}${path}`)));
    }
    expect(faults).toEqual([]);
  }, 240_000);
});
