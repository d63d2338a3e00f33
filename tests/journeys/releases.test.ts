import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { PHONE, RESIDENT } from '../../src/areas/releases/inspection/fixtures/inspected.ts';
import { paragraph, partOf, run, wordFile } from '../../src/areas/releases/inspection/fixtures/packages.ts';
import { pdf, write } from '../../src/areas/releases/inspection/fixtures/pdfs.ts';
import { registerForm } from '../../src/areas/requests/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import { openDesk } from '../support/desk.ts';
import { aForm } from '../support/requests.ts';
import type { Visitor } from '../support/visitor.ts';

const DAY = '2023-05-10';
const { app, system, signedIn } = await openDesk({}, clockAt(DAY));
const officer = await signedIn('disclosure-officer');

async function aCase(): Promise<number> {
  const { requestId } = await registerForm({ ...system, vault: app.vault }, aForm({ submittedOn: DAY }));
  return requestId;
}

/** Adds an outgoing file and starts its check; returns the page it leads to. */
async function check(requestId: number, name: string, content: Uint8Array) {
  await officer.get(`/workbench/requests/${requestId}`);
  await officer.upload(`/workbench/requests/${requestId}/files`, { name, content }, { kind: 'released' });
  const page = await officer.get(`/workbench/requests/${requestId}`);
  const file =
    [...page.body.matchAll(new RegExp(`/workbench/requests/${requestId}/files/(\\d+)"`, 'g'))].at(-1)?.[1] ??
    '';
  const answer = await officer.post('/workbench/releases', { request: String(requestId), file });
  return { file, address: answer.location ?? '', page: await officer.follow(answer) };
}

const versionOf = (body: string) => /name="version" value="(\d+)"/.exec(body)?.[1] ?? '';
const act = async (who: Visitor, address: string, body: string, fields: Record<string, string>) =>
  who.follow(await who.post(address, { version: versionOf(body), ...fields }));

/** Every call is another file. */
const dirty = () =>
  wordFile(
    `<w:p>${run('见')}${run('秘密底稿', '<w:vanish/>')}</w:p>${paragraph(`身份证${RESIDENT}，值班电话${PHONE}，${randomBytes(3).toString('hex')}号`)}`,
  );

describe('a file before it leaves', () => {
  it('is inspected, cleaned by one click, let through with a reason, and then may leave', async () => {
    const requestId = await aCase();
    const { address, page, file } = await check(requestId, '答复<b>.docx', await dirty());
    expect(address).toMatch(/^\/workbench\/releases\/\d+$/);
    for (const words of [
      '3 项待处理',
      '隐藏文字',
      '公民身份号码',
      '530***********1238',
      '138****2345',
      '答复&lt;b>.docx',
    ]) {
      expect(page.body).toContain(words);
    }
    for (const secret of ['秘密底稿', RESIDENT, PHONE]) expect(page.body).not.toContain(secret);

    const one = await act(officer, `${address}/cleaning`, page.body, {
      key: 'hidden-text@word/document.xml',
    });
    expect(one.body).toContain('已清理并重新检查');
    expect(one.body).toContain('2 项待处理');
    const short = await officer.post(`${address}/exceptions`, {
      version: versionOf(one.body),
      key: 'mobile-number@word/document.xml',
      reason: '<',
    });
    expect([short.status, short.body]).toEqual([422, expect.stringContaining('至少 2 个字')]);
    expect(short.body).toContain('>&lt;</textarea>');
    const two = await act(officer, `${address}/exceptions`, one.body, {
      key: 'mobile-number@word/document.xml',
      reason: '单位对外公布的值班电话',
    });
    expect(two.body).toContain('1 项待处理');
    const three = await act(officer, `${address}/cleaning`, two.body, { key: 'all' });
    for (const words of ['检查通过，可以随答复发出', '单位对外公布的值班电话', '清理：公民身份号码']) {
      expect(three.body).toContain(words);
    }
    const link = /href="(\/workbench\/requests\/\d+\/files\/(\d+))"/.exec(three.body);
    expect(link?.[2]).not.toBe(file);
    const { bytes } = await officer.get(link?.[1] ?? '');
    const text = await partOf(bytes, 'word/document.xml');
    expect(text).not.toContain('秘密底稿');
    expect(text).toContain(PHONE);
    expect((await officer.get(`/workbench/requests/${requestId}/files/${file}`)).status).toBe(404);
  });

  it('that was changed in between asks for a second look', async () => {
    const { address, page } = await check(await aCase(), 'a.docx', await dirty());
    await act(officer, `${address}/cleaning`, page.body, { key: 'hidden-text@word/document.xml' });
    const late = await act(officer, `${address}/cleaning`, page.body, { key: 'all' });
    expect(late.body).toContain('已被他人处理');
  });

  it('of one case is refused in another', async () => {
    const bytes = await dirty();
    await check(await aCase(), 'a.docx', bytes);
    const other = await check(await aCase(), 'a.docx', bytes);
    expect(other.page.body).toContain('属于另一件事项');
  });

  it('that cannot be inspected stays, with the reason', async () => {
    const { page } = await check(await aCase(), 'a.pdf', Buffer.from('%PDF-1.7\nnothing'));
    expect(page.body).toContain('PDF 已损坏或不完整，无法检查，不能发出');
  });

  it('that cannot be cleaned goes to the redaction desk', async () => {
    const { address, page } = await check(await aCase(), 'a.pdf', pdf(write(`ID ${RESIDENT}`)));
    expect(page.body).toContain('这一项不能自动清理');
    const desk = await officer.post(`${address}/redaction`);
    expect(desk.location).toMatch(/^\/workbench\/redactions\/\d+$/);
    expect((await officer.follow(desk)).status).toBe(200);
  });
});

describe('who may do what', () => {
  it('a reviewer lets through and does not clean; others see nothing', async () => {
    const { address } = await check(await aCase(), 'a.docx', await dirty());
    const leader = await signedIn('leader');
    expect((await leader.get(address)).status).toBe(403);
    expect((await leader.post(`${address}/cleaning`, { key: 'all', version: '1' })).status).toBe(403);
    const clerk = await signedIn('window-clerk');
    expect(
      (await clerk.post(`${address}/exceptions`, { key: 'x', version: '1', reason: '理由' })).status,
    ).toBe(403);
    expect((await officer.get('/workbench/releases/999999')).status).toBe(404);
    expect((await officer.get('/workbench/releases/1%27')).status).toBe(404);
  });
});
