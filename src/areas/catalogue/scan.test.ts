import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { anItem, openPublishingOffice, submitAndPass } from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { clockAt } from '../../core/clock.ts';
import { dropWord, loadDictionary, saveWord, switchWord } from '../reviews/index.ts';
import { checkLinks } from '../reviews/links.ts';
import { amendItem, beginItem, recallItem, saveDraft, submitItem } from './draft-actions.ts';
import type { VersionContent } from './model.ts';
import { publishUrgently } from './publishing-actions.ts';
import { fixFinding, letStand, takeReasonBack } from './scan-actions.ts';
import { findingsOf } from './scanning.ts';
import { openVersion } from './version-store.ts';

const { db } = await freshDatabase();
const office = await openPublishingOffice(db);
const { agencyId } = office;
const on = '2018-03-06';
const publisher = office.as('publisher', on);
// A number with a valid check digit that is nobody's.
const RESIDENT = '530102199003071238';

async function begun(content: Partial<VersionContent>): Promise<number> {
  const given = { ...anItem, keywords: ['汛期'], columnId: office.columnId, ...content };
  return beginItem(publisher, { unitId: office.unitId, content: given });
}

const draft = async (id: number) => (await openVersion(db, agencyId, id))!;
const found = async (id: number) => findingsOf(publisher, await draft(id));
const keyOf = async (id: number, kind: string) =>
  (await found(id)).find(({ finding, reason }) => finding.kind === kind && reason === null)?.finding.key ??
  'nothing';
const choice = { fix: 0, all: false, words: '' };

describe('a text with mistakes', () => {
  test('is not sent to review until it is put right', async () => {
    const id = await begun({
      body: `<p>请按装好设备，联系人张三（${RESIDENT.slice(0, 6)}<strong>${RESIDENT.slice(6)}</strong>）。</p>`,
    });
    await expect(submitItem(publisher, id)).rejects.toMatchObject({
      code: 'catalogue-scan-open',
      message: expect.stringContaining('1 处必须改正、1 处须改正或说明理由'),
    });
    await expect(
      letStand(publisher, id, { key: await keyOf(id, 'resident-number'), reason: '当事人同意公开' }),
    ).rejects.toMatchObject({ code: 'catalogue-must-fix' });
    await fixFinding(publisher, id, { ...choice, key: await keyOf(id, 'resident-number') });
    await fixFinding(publisher, id, { ...choice, key: await keyOf(id, 'misspelling') });
    expect((await draft(id)).body).toBe('<p>请安装好设备，联系人张三（530***********1238）。</p>');
    expect(await found(id)).toEqual([]);
    await submitItem(publisher, id);
    expect((await draft(id)).state).toBe('in-review');
  });

  test('every place of one word is put right at once', async () => {
    const id = await begun({
      title: '关于按装路灯的通知',
      abstract: '按装路灯。',
      body: '<p>按装，按装。</p><p>布署。</p>',
    });
    await fixFinding(publisher, id, { ...choice, all: true, key: await keyOf(id, 'misspelling') });
    expect(await draft(id)).toMatchObject({
      title: '关于安装路灯的通知',
      abstract: '安装路灯。',
      body: '<p>安装，安装。</p><p>布署。</p>',
    });
  });

  test('goes on when its author says why it stands, until the words around it change', async () => {
    const id = await begun({ body: '<p>本期展出旧告示原文：“座落城南”。</p><p>欢迎参观。</p>' });
    const key = await keyOf(id, 'misspelling');
    await expect(letStand(publisher, id, { key, reason: ' ' })).rejects.toMatchObject({
      fields: { reason: expect.any(String) },
    });
    await letStand(publisher, id, { key, reason: '引用原文，不能改动' });
    expect(await found(id)).toMatchObject([{ reason: { reason: '引用原文，不能改动', by: '傅发布' } }]);
    await saveDraft(publisher, id, (await draft(id)).revision, {
      ...(await draft(id)),
      body: '<p>新的第一段。</p><p>本期展出旧告示原文：“座落城南”。</p><p>欢迎参观。</p>',
    });
    await submitItem(publisher, id);
    await recallItem(publisher, id);
    await saveDraft(publisher, id, (await draft(id)).revision, {
      ...(await draft(id)),
      body: '<p>新馆座落城南。</p>',
    });
    await expect(submitItem(publisher, id)).rejects.toMatchObject({ code: 'catalogue-scan-open' });
  });

  test('a reason can be taken back, and every reason is an act on record', async () => {
    const id = await begun({ body: '<p>展品说明：座落。</p>' });
    const key = await keyOf(id, 'misspelling');
    await letStand(publisher, id, { key, reason: '引用原文，不能改动' });
    await takeReasonBack(publisher, id, key);
    await expect(submitItem(publisher, id)).rejects.toMatchObject({ code: 'catalogue-scan-open' });
    const acts = await db
      .selectFrom('ledger_acts')
      .select(['act', 'reason'])
      .where('subject_kind', '=', 'item')
      .where('subject_id', '=', String(id))
      .orderBy('seq', 'desc')
      .execute();
    expect(acts.map(({ act, reason }) => [act, (reason ?? '').includes('引用原文')])).toEqual([
      ['catalogue.take-reason-back', false],
      ['catalogue.let-stand', true],
      ['catalogue.begin', false],
    ]);
  });

  test('is not put out urgently either', async () => {
    const id = await begun({ body: `<p>${RESIDENT}</p>` });
    await expect(
      publishUrgently(office.as('disclosure-officer', on), id, '汛情紧急，须立即告知'),
    ).rejects.toMatchObject({ code: 'catalogue-scan-open' });
  });

  test('nobody without a right to write changes it or gives reasons', async () => {
    const id = await begun({ body: '<p>座落。</p>' });
    const key = await keyOf(id, 'misspelling');
    const other = office.as('second-publisher', on);
    await expect(fixFinding(other, id, { ...choice, key })).rejects.toMatchObject({ status: 403 });
    await expect(letStand(other, id, { key, reason: '引用原文，不能改动' })).rejects.toMatchObject({
      status: 403,
    });
  });
});

test('an amendment is scanned like a first text, and keeps the reasons of the version it amends', async () => {
  const id = await begun({ body: '<p>展品说明：座落。</p>' });
  await letStand(publisher, id, { key: await keyOf(id, 'misspelling'), reason: '引用原文，不能改动' });
  await submitAndPass(office, id, on);
  await amendItem(publisher, id);
  const { revision, ...content } = await draft(id);
  await saveDraft(publisher, id, revision, {
    ...content,
    amendment: '补充布署',
    body: '<p>展品说明：座落。</p><p>补充。</p>',
  });
  await expect(submitItem(publisher, id)).rejects.toMatchObject({
    message: expect.stringContaining('1 处须改正或说明理由'),
  });
  await fixFinding(publisher, id, { ...choice, key: await keyOf(id, 'misspelling') });
  await submitItem(publisher, id);
});

test('a normative document needs an interpretation plan or a reason', async () => {
  const id = await begun({ normative: 'normative', documentNumber: '昆高开发〔2018〕12号' });
  await expect(submitItem(publisher, id)).rejects.toThrow('没有解读方案');
  await saveDraft(publisher, id, (await draft(id)).revision, {
    ...(await draft(id)),
    interpretationPlan: '同步发布图解。',
  });
  await submitItem(publisher, id);
});

test('words of the dictionary count from the moment they are changed, and are made ready once', async () => {
  const officer = office.as('disclosure-officer', on);
  const form = { kind: 'misspelling', severity: 'needs-reason', wrong: '甲己丙', right: '甲乙丙', near: '' };
  const rest = { notNear: '', exceptions: '', note: '', source: '' };
  const id = await begun({ body: '<p>甲己丙。</p>' });
  const words = async () => (await found(id)).map(({ finding }) => finding.excerpt.found);
  expect(await words()).toEqual([]);
  const key = await saveWord(officer, null, { ...form, ...rest });
  expect(await words()).toEqual(['甲己丙']);
  const ready = await loadDictionary(db, agencyId);
  expect(await loadDictionary(db, agencyId)).toBe(ready);
  // A change that is rolled back is seen by nobody, its own transaction excepted.
  const undone = db.transaction().execute(async (trx) => {
    await dropWord({ ...officer, db: trx }, key);
    expect(await loadDictionary(trx, agencyId)).not.toBe(ready);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect(await loadDictionary(db, agencyId)).toBe(ready);
  await switchWord(officer, key, false);
  expect(await words()).toEqual([]);
  await dropWord(officer, key);
});

describe('links', () => {
  test('to what the public cannot read on this site are found', async () => {
    const hidden = await begun({});
    const { rows } = await sql<{
      index_number: string;
    }>`SELECT index_number FROM items WHERE id = ${hidden}`.execute(db);
    const id = await begun({
      body: `<p><a href="/items/${rows[0]?.index_number}">未发布</a><a href="/items/KMHNZ/1999-1">没有</a>
        <a href="/catalogue/notices">通知公告</a><a href="/catalogue/nothing">没有的栏目</a><a href="/guide">指南</a>
        <a href="/files/items/${hidden}/${'a'.repeat(64)}">没有的文件</a><a href="/items/%00">不成字的地址</a></p>`,
    });
    expect((await found(id)).map(({ finding }) => finding.excerpt.found)).toEqual([
      '未发布',
      '没有',
      '没有的栏目',
      '没有的文件',
    ]);
    await fixFinding(publisher, id, { ...choice, key: await keyOf(id, 'dead-link') });
    expect((await draft(id)).body).toContain('<p>未发布<a href="/items/KMHNZ/1999-1">');
  });

  test('outside are asked by a job after the save, and told with the day', async () => {
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/gone' ? 404 : 200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const id = await begun({});
    await saveDraft(publisher, id, (await draft(id)).revision, {
      ...(await draft(id)),
      body: `<p><a href="${base}/here">在</a><a href="${base}/gone">不在</a></p>`,
    });
    expect(await found(id)).toEqual([]);
    const allowed = () => true;
    expect(await checkLinks({ db, clock: clockAt(on) }, { allowed })).toBe(2);
    expect(await checkLinks({ db, clock: clockAt(on) }, { allowed })).toBe(0);
    expect((await found(id)).map(({ finding }) => finding.explanation)).toEqual([
      `${base}/gone 打不开：网页已不存在（404）（${on} 检查）。`,
    ]);
    server.close();
  });

  test('are not called dead by a house that reaches nothing outside', async () => {
    const id = await begun({});
    const body = '<p><a href="http://127.0.0.1:9/">外面</a></p>';
    await saveDraft(publisher, id, (await draft(id)).revision, { ...(await draft(id)), body });
    await checkLinks({ db, clock: clockAt(on) }, { allowed: () => true, timeoutMs: 500 });
    expect(await found(id)).toEqual([]);
  });

  test('inside are asked for behind any number of links to elsewhere', async () => {
    const id = await begun({});
    const outside = Array.from({ length: 250 }, (_, n) => `<a href="https://example.org/${n}">${n}</a>`);
    const body = `<p>${outside.join('，')}，<a href="/catalogue/nowhere">里面</a></p>`;
    await saveDraft(publisher, id, (await draft(id)).revision, { ...(await draft(id)), body });
    expect((await found(id)).map(({ finding }) => finding.explanation)).toEqual([
      expect.stringContaining('本站没有这个栏目'),
    ]);
  });
});
