import { describe, expect, test } from 'vitest';
import { at, pdfOf } from '../../src/annual-report/reading/files/fixtures/raw-pdf.ts';
import { openDesk } from '../support/desk.ts';
import type { Page, Visitor } from '../support/visitor.ts';

const { app, signedIn, stranger } = await openDesk();
const handler = await signedIn('case-handler');
const another = await signedIn('case-handler');
const officer = await signedIn('disclosure-officer');
const auditor = await signedIn('auditor');
const ROOM = '/workbench/redactions';

const hex = (text: string) => Buffer.from(text).toString('hex');
const content = pdfOf([at(50, 700, hex('Zhang San 13912345678')), at(50, 700, hex('Page two'))]);

async function started(visitor: Visitor): Promise<string> {
  await visitor.get(`${ROOM}/new`);
  const answer = await visitor.upload(ROOM, { name: '材料.pdf', content, field: 'files' });
  expect(answer.status).toBe(303);
  return answer.location!;
}

const versionIn = ({ body }: Page) => /data-version="(\d+)"/.exec(body)?.[1] ?? '';

async function act(
  visitor: Visitor,
  job: string,
  below: string,
  fields: Record<string, string>,
): Promise<Page> {
  const desk = await visitor.get(job);
  return visitor.follow(await visitor.post(`${job}${below}`, { version: versionIn(desk), ...fields }));
}

const cover = { by: 'word', word: 'Zhang San', ground: '711-15-privacy', page: '1' };

describe('a file', () => {
  test('is covered, exported, downloaded and destroyed through the pages', async () => {
    const job = await started(handler);
    expect((await act(handler, job, '/occurrences', cover)).body).toContain('已遮盖这个词 1 处');
    const check = await handler.get(`${job}/export`);
    expect(check.body).toContain('电话号码 1 处');
    const asked = await act(handler, job, '/export', {});
    expect(asked.body).toContain('正在逐页生成');
    expect(await app.jobs.drain(app)).toBeGreaterThan(0);
    const done = await handler.get(job);
    expect(done.body).toContain('已导出');
    const link = new RegExp(`${job}/exports/\\d+\\.pdf`).exec(done.body)?.[0] ?? '';
    const file = await handler.get(link);
    expect(file.headers['content-type']).toBe('application/pdf');
    expect(String(file.headers['content-disposition'])).toMatch(/^attachment/);
    const gone = await act(handler, job, '/disposal', {});
    expect(gone.body).toContain('已销毁');
    for (const below of ['', '/pages/1/before.jpg', `${link.slice(job.length)}`]) {
      expect((await handler.get(`${job}${below}`)).status).toBe(404);
    }
  });

  test('shows its pages as pictures that nobody keeps', async () => {
    const job = await started(handler);
    for (const side of ['before', 'after']) {
      const picture = await handler.get(`${job}/pages/2/${side}.jpg`);
      expect(picture.headers).toMatchObject({ 'content-type': 'image/jpeg', 'cache-control': 'no-store' });
    }
    expect((await handler.get(`${job}/pages/3/before.jpg`)).status).toBe(422);
    expect((await handler.get(`${job}/pages/1/between.jpg`)).status).toBe(404);
    expect((await handler.get(`${job}?page=99`)).body).toContain('第 2 / 2 页');
  });

  test('is nobody else’s, whatever address is tried', async () => {
    const job = await started(handler);
    expect((await officer.get(job)).status).toBe(200);
    const addresses = [
      '',
      '/pages/1/before.jpg',
      '/pages/1/after.jpg',
      '/export',
      '/disposal',
      '/exports/1.pdf',
    ];
    for (const below of addresses) {
      expect((await another.get(`${job}${below}`)).status, below).toBe(404);
      expect((await auditor.get(`${job}${below}`)).status, below).toBe(403);
      expect((await stranger().get(`${job}${below}`)).location, below).toContain('sign-in');
    }
    await another.get(ROOM);
    const acts = ['/boxes', '/occurrences', '/boxes/1/place', '/boxes/1/ground', '/boxes/1/removal', '/undo'];
    for (const below of [...acts, '/export', '/resumption', '/exports/1/hand-over', '/disposal']) {
      const fields = { ...cover, version: '1', x: '1', y: '1', w: '9', h: '9' };
      expect((await another.post(`${job}${below}`, fields)).status, below).toBe(404);
    }
    expect((await another.get(ROOM)).body).not.toContain(`href="${job}"`);
    expect((await handler.get(job)).body).toContain('全文 0 处');
  });

  test('changed by somebody else is not changed blindly', async () => {
    const job = await started(handler);
    const stale = versionIn(await handler.get(job));
    await act(officer, job, '/occurrences', cover);
    await handler.get(job);
    const answer = await handler.follow(await handler.post(`${job}/undo`, { version: stale, page: '1' }));
    expect(answer.body).toContain('有变动');
    expect(answer.body).toContain('全文 1 处');
  });

  test('keeps what was typed when it is wrong', async () => {
    const job = await started(handler);
    const box = { page: '1', ground: '711-15-privacy', x: '10', y: '10', w: 'abc', h: '5' };
    const answer = await act(handler, job, '/boxes', box);
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('请填写数字');
    expect(answer.body).toContain('value="abc"');
    expect((await act(handler, job, '/occurrences', { ...cover, word: ' ' })).body).toContain(
      '请填写要遮盖的词',
    );
    const forged = await act(handler, job, '/occurrences', { ...cover, ground: 'constructor' });
    expect(forged.body).toContain('请选择遮盖的依据');
    const odd = await act(handler, job, '/occurrences', { ...cover, by: 'pattern', pattern: 'toString' });
    expect(odd.body).toContain('号码种类');
  });

  test('that is no document is refused beside its field', async () => {
    await handler.get(`${ROOM}/new`);
    const refused = await handler.upload(ROOM, { name: '材料.pdf', content: 'MZ\0\0', field: 'files' });
    expect([refused.status, refused.body]).toEqual([422, expect.stringContaining('只能处理 PDF')]);
    await handler.get(`${ROOM}/new`);
    const none = await handler.upload(ROOM, [], { a: 'b' });
    expect([none.status, none.body]).toEqual([422, expect.stringContaining('请选择要处理的文件')]);
    expect((await handler.get(`${ROOM}/new?request=999`)).status).toBe(404);
  });
});
