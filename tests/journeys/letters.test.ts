import { PDFDocument } from '@cantoo/pdf-lib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  issueLetter,
  type LetterCtx,
  letterFile,
  printedCode,
  voidLetter,
} from '../../src/areas/letters/index.ts';
import { askCorrection, filePlace, registerForm } from '../../src/areas/requests/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import { transact } from '../../src/core/db.ts';
import { actsOf } from '../../src/ledger/index.ts';
import { openDesk } from '../support/desk.ts';
import { someRequest } from '../support/letters.ts';
import { aForm } from '../support/requests.ts';

const desk = await openDesk({}, clockAt('2026-11-27'));
const ctx: LetterCtx = { ...desk.system, vault: desk.app.vault };
const NAME = '欧阳若兰';

interface Issued {
  letterId: number;
  number: string;
  code: string;
}
// Far from the numbers that registration gives.
let serial = 900_000;
async function issue(): Promise<Issued> {
  const own = await someRequest(desk.pool, desk.agencyId, ++serial);
  return transact(ctx, (within) =>
    issueLetter(within, {
      kind: 'extension',
      ...own,
      recipient: { name: NAME, address: '人民路1号', postcode: '', contact: '' },
      fields: {
        receivedOn: '2026年11月2日',
        requestNumber: '2026-000001',
        content: '项目清单',
        extensionReason: '需要逐件检索',
        due: '2026年11月30日',
        extendedDue: '2026年12月28日',
      },
      issuedOn: ctx.clock.today(),
      signedBy: '李主任',
    }),
  );
}

describe('anybody who holds a letter', () => {
  let letter: Issued;
  let pdf: Uint8Array;
  beforeAll(async () => {
    letter = await issue();
    pdf = (await letterFile(ctx, desk.app, letter.letterId, 'pdf')).bytes;
  });

  it('sees that it was issued, and nothing of whom it concerns', async () => {
    const visitor = desk.stranger();
    const page = await visitor.get(`/letters/${letter.code}`);
    expect(page.status).toBe(200);
    for (const words of [
      letter.number,
      '昆明高新区管委会',
      '2026年11月27日',
      printedCode(letter.code),
      '没有作废',
    ])
      expect(page.body).toContain(words);
    for (const secret of [NAME, '项目清单', '人民路', '李主任', '2026-000001']) {
      expect(page.body).not.toContain(secret);
    }
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['x-robots-tag']).toContain('noindex');
  });

  it('types the code as it stands on the paper', async () => {
    const visitor = desk.stranger();
    const form = await visitor.get('/letters');
    expect(form.body).toContain('怎样核验');
    const typed = encodeURIComponent(` ${printedCode(letter.code).toLowerCase()}`);
    const found = await visitor.follow(await visitor.get(`/letters?code=${typed}`));
    expect(found.body).toContain(letter.number);
    const wrong = await visitor.get('/letters?code=%3Cb%3E123');
    expect(wrong.status).toBe(422);
    expect(wrong.body).toContain('16 位数字和字母');
    expect(wrong.body).toContain('&lt;b>123');
  });

  it('compares a file: the same, changed by one byte, none at all', async () => {
    const visitor = desk.stranger();
    await visitor.get(`/letters/${letter.code}`);
    const compare = (content: Uint8Array | string, name = '答复书.pdf') =>
      visitor.upload(`/letters/${letter.code}/comparison`, { name, content });
    expect((await compare(pdf)).body).toContain('与签发文本一致');
    const changed = Uint8Array.from(pdf);
    changed[500] = (changed[500] ?? 0) ^ 1;
    expect((await compare(changed)).body).toContain('与签发文本不一致');
    expect((await compare('<script>', 'x.pdf')).body).toContain('与签发文本不一致');
    const none = await visitor.upload(`/letters/${letter.code}/comparison`, []);
    expect([none.status, none.body]).toEqual([422, expect.stringContaining('请选择要比对的 PDF 文件')]);
  });

  it('is told when it is void', async () => {
    const other = await issue();
    await voidLetter(ctx, other.letterId, '收件人写错了');
    const { body } = await desk.stranger().get(`/letters/${other.code}`);
    expect(body).toContain('这份文书已经作废');
    expect(body).not.toContain('收件人写错了');
  });

  it.each(['0000000000000000', 'not-a-code', "1'%20OR%201=1", '%3Cscript%3E'])(
    'is told alike of the unknown code %s',
    async (code) => {
      const unknown = await desk.stranger().get(`/letters/${code}`);
      expect(unknown.status).toBe(404);
      expect(unknown.body).toContain('没有查到这份文书');
    },
  );
});

describe('the office', () => {
  const room = '/workbench/letters';

  it('words its letters, sees them with sample data, and takes the default back', async () => {
    const officer = await desk.signedIn('disclosure-officer');
    const address = `${room}/templates/reply%3AB3.1`;
    const list = await officer.get(`${room}/templates`);
    expect(list.body).toContain('答复书：不予公开（属于国家秘密）');
    const page = await officer.get(address);
    expect(page.body).toContain('现在使用默认措辞');
    expect(page.body).toContain('data-insert="{{申请内容}}"');

    const wording = { title: '不予公开告知书', body: '{{申请人}}：<b>不予公开</b>。\r\n{{理由}}', base: '0' };
    const preview = await officer.post(address, { ...wording, next: 'preview' });
    expect(preview.body).toContain('张三：&lt;b>不予公开&lt;/b>。');
    expect(preview.body).toContain('应当先自收到本答复之日起60日内');
    expect(preview.body).toContain('{{申请人}}：&lt;b>不予公开');
    const file = await officer.post(address, { ...wording, next: 'file' });
    expect([file.status, file.headers['content-type']]).toEqual([200, 'application/pdf']);

    const wrong = await officer.post(address, { ...wording, body: '{{姓名}}' });
    expect([wrong.status, wrong.body]).toEqual([
      422,
      expect.stringContaining('没有这样的实时字段：{{姓名}}'),
    ]);
    expect((await officer.follow(await officer.post(address, wording))).body).toContain('模板已保存');
    const late = await officer.post(address, wording);
    expect([late.status, late.body]).toEqual([409, expect.stringContaining('修改了这个模板')]);

    expect((await officer.get(`${address}/default`)).body).toContain('恢复默认');
    const restored = await officer.follow(await officer.post(`${address}/default`, { base: '1' }));
    expect(restored.body).toContain('已恢复默认模板');
    expect((await officer.get(`${address}?version=1`)).body).toContain('第1版的措辞，还没有启用');
    expect((await officer.get(`${address}?version=9`)).status).toBe(404);
    expect((await officer.get(`${room}/templates/reply%3AZ9`)).status).toBe(404);
  });

  it('sees every number given, and nothing personal', async () => {
    const leader = await desk.signedIn('leader');
    const page = await leader.get(room);
    expect(page.body).toContain('各类文号连续，没有缺号');
    expect(page.body).toContain('高新区公开告〔2026〕1号');
    expect(page.body).toContain('作废');
    expect(page.body).not.toContain(NAME);
    expect((await leader.get(`${room}?series=fee&year=2026`)).body).toContain('还没有签发过文书');
    const found = await leader.get(`/workbench/search?q=${encodeURIComponent('高新区公开告[2026]1号')}`);
    expect(found.body).toContain('延期答复告知书，2026年11月27日');
    const template = `${room}/templates/extension`;
    expect((await leader.get(template)).body).not.toContain('保存模板');
    expect((await leader.post(template, { title: '告知书', body: '正文', base: '0' })).status).toBe(403);
  });

  it('names the bodies for remedies and its numbers', async () => {
    const officer = await desk.signedIn('disclosure-officer');
    const address = `${room}/settings`;
    expect((await officer.get(address)).body).toContain('还没有写明复议机关');
    const given = {
      prefix: '昆高政公开',
      'word-notice': '告',
      'word-consult': '征',
      'word-fee': '费',
      'word-receipt': '受',
      'word-delivery': '送',
      reconsideration: '昆明市人民政府',
      court: '昆明铁路运输法院',
      dateForm: 'han',
    };
    const twice = await officer.post(address, { ...given, 'word-fee': '告' });
    expect([twice.status, twice.body]).toEqual([422, expect.stringContaining('两个相同的文号')]);
    const bad = await officer.post(address, { ...given, prefix: '昆高政〔1〕' });
    expect([bad.status, bad.body]).toEqual([422, expect.stringContaining('2 至 15 个汉字或字母')]);
    expect((await officer.follow(await officer.post(address, given))).body).toContain('文书设置已保存');
    expect((await issue()).number).toMatch(/^昆高政公开告〔2026〕\d+号$/);
  });

  it('lets nobody else in', async () => {
    const publisher = await desk.signedIn('publisher');
    for (const page of ['', '/templates', '/templates/extension', '/settings']) {
      expect((await publisher.get(`${room}${page}`)).status).toBe(403);
    }
  });
});

describe('the case as one file', () => {
  it('holds the form, the letters and the files, for those who may see the applicant, and is recorded', async () => {
    const { sealedFiles, vault } = desk.app;
    const content = await PDFDocument.create();
    content.addPage().drawText('ATTACHED');
    const bytes = await content.save();
    const sealed = await sealedFiles.put(bytes, { context: filePlace(desk.agencyId) });
    const file = {
      kind: 'attachment' as const,
      sealedDigest: sealed.sha256,
      digest: vault.digest('content', sealed.plain.sha256),
      name: '说明.pdf',
      type: 'application/pdf',
      bytes: bytes.length,
    };
    const { requestId } = await registerForm(ctx, aForm({ submittedOn: '2026-11-20', files: [file] }));
    await askCorrection(ctx, { id: requestId }, { asked: '请说明所需文件的年度。', days: 10 });

    const officer = await desk.signedIn('disclosure-officer');
    const address = `/workbench/requests/${requestId}/bundle.pdf`;
    const asked = await officer.get(address);
    expect([asked.status, asked.location]).toEqual([
      303,
      `/workbench/requests/${requestId}/applicant-reason?for=bundle.pdf`,
    ]);
    await officer.get(asked.location ?? '');
    const said = { for: 'bundle.pdf', reason: '答复行政复议' };
    await officer.post(`/workbench/requests/${requestId}/applicant-reason`, said);
    const answer = await officer.get(address);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/pdf']);
    const text = await textOf(answer.bytes);
    for (const words of [
      '政府信息公开申请案卷',
      '李小明',
      '政府信息公开申请表',
      '请说明所需文件的年度',
      'ATTACHED',
      '告知补正',
    ]) {
      expect(text).toContain(words);
    }
    const acts = await actsOf(ctx.db, ctx.agencyId, 'request', requestId);
    expect(acts[0]?.title).toBe('生成案卷');
    expect((await (await desk.signedIn('auditor')).get(address)).status).toBe(403);
    expect((await officer.get('/workbench/requests/99999999/bundle.pdf')).status).toBe(404);
  });
});

async function textOf(bytes: Uint8Array): Promise<string> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  let text = '';
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    text += items.map((item) => ('str' in item ? item.str : '')).join('');
  }
  return text.replace(/\s/g, '');
}

it('codes are not tried by the hundred', async () => {
  const open = await openDesk({ GONGKAI_ENV: 'development', LOG_LEVEL: 'silent' });
  const visitor = open.stranger();
  const answers = [];
  for (let turn = 0; turn < 32; turn++) answers.push((await visitor.get('/letters/0000000000000000')).status);
  expect(answers.filter((status) => status === 404)).toHaveLength(30);
  expect(answers.at(-1)).toBe(429);
});
