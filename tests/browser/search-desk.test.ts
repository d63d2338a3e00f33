import { beforeAll, describe, expect, test } from 'vitest';
import { keepMiss, putEntries } from '../../src/core/search-index/index.ts';
import { openBrowser, openPage, phone } from '../support/browser.ts';
import { openDesk } from '../support/desk.ts';
import { faultsOf } from '../support/faults.ts';

const desk = await openDesk();
const browser = await openBrowser();
const address = await desk.server.listen({ port: 0, host: '127.0.0.1' });
const officer = await desk.signedIn('disclosure-officer');
const room = '/workbench/search-desk';
const { db } = desk.app.connection;

beforeAll(async () => {
  const today = desk.app.clock.today();
  for (const [query, times] of [
    ['敬老卡', 7],
    ['独生子女父母光荣证补办地点和需要的材料', 3],
    ['共享单车停放', 1],
  ] as const)
    for (let n = 0; n < times; n++)
      await keepMiss(db, desk.agencyId, query, today.subtract({ days: times - n }).toString());
  await officer.post(`${room}/synonyms`, { words: '敬老卡 老年公交卡 老年人优待证' });
  await officer.post(`${room}/handling`, { q: '共享单车停放', note: '由城市管理部门在“市容管理”栏目发布' });
  await putEntries(
    db,
    desk.agencyId,
    Array.from({ length: 1200 }, (_, n) => ({
      kind: 'item',
      ref: `n${n}`,
      sourceId: null,
      href: `/items/n${n}`,
      title: `关于做好西区第${n}号公租房分配工作的通知`,
      body: '各有关单位：请按照职责分工组织实施，落实责任人和联系人，办理情况请于每月底前书面报送。',
      genre: n % 3 === 0 ? '通知' : '公告',
      publishedOn: `201${n % 9}-05-04`,
    })),
  );
});

describe.each([
  ['on a desk screen', {}],
  ['on a telephone', { viewport: phone }],
])('the search desk %s', (_, options) => {
  test('every page is sound', async () => {
    const page = await openPage(browser, options);
    await page.context().addCookies(officer.jar().map(([name, value]) => ({ name, value, url: address })));
    const faults: string[] = [];
    for (const path of [
      room,
      `${room}?group=handled`,
      `${room}?q=nothing`,
      `${room}/handling?q=${encodeURIComponent('敬老卡')}`,
      `${room}/synonyms`,
      `${room}/attachments`,
      '/search?q=公租房',
      '/search?q=公租房分配&genre=通知',
    ]) {
      faults.push(...(await faultsOf(page, `${address}${path}`)));
      if (process.env.LOOK)
        await page.screenshot({
          path: `${process.env.LOOK}/${'viewport' in options ? 'phone' : 'desk'}-${path.replaceAll(/[^\w一-龥]+/g, '_')}.png`,
          fullPage: true,
        });
    }
    expect(faults).toEqual([]);
  }, 120_000);
});
