import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { checkForRelease } from '../../src/areas/releases/index.ts';
import {
  acceptRequest,
  addFiles,
  askAssistance,
  askCorrection,
  askReasons,
  dispatchReply,
  draftReply,
  emptyReply,
  filePlace,
  proposePublication,
  readCase,
  reviewPublication,
  reviewReply,
  signReply,
  submitReply,
  withdrawPublication,
} from '../../src/areas/requests/index.ts';
import type { Clock } from '../../src/core/clock.ts';
import { formatDate } from '../../src/ui/index.ts';
import { solve } from '../../src/ui/islands/request-proof/solve.ts';
import { openDesk } from '../support/desk.ts';
import { Visitor } from '../support/visitor.ts';
import { wordsOf } from '../support/words.ts';

/** A clock that tests move. */
let now = Temporal.Instant.from('2026-03-02T09:00:00+08:00');
const clock: Clock = {
  now: () => now,
  today: () => now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate(),
};
const later = (minutes: number) => {
  now = now.add({ minutes });
};

const { app, server, pool, system } = await openDesk({}, clock);
/** The office at work, whoever in it. */
const office = { ...system, vault: app.vault };

/** 17 digits and the check digit they call for: nobody's number. */
const RESIDENT = '530103199001011238';
const person = {
  title: '学府路改造工程环境影响评价批复',
  content: '2025年学府路改造工程的环境影响评价批复全文。',
  name: '张小满',
  identityNumber: RESIDENT,
  phone: '13888001234',
};

let addresses = 0;
const stranger = () => new Visitor(server, { address: `203.0.113.${++addresses}` });

/** Fills in every question as a person, up to the review. */
async function filled(visitor: Visitor, more: Partial<typeof person> = {}) {
  const given = { ...person, ...more };
  await visitor.get('/requests/new/what');
  await visitor.post('/requests/new/what', { title: given.title, content: given.content });
  await visitor.post('/requests/new/who', { kind: 'natural-person' });
  await visitor.post('/requests/new/identity', {
    name: given.name,
    identityKind: 'resident',
    identityNumber: given.identityNumber,
  });
  await visitor.post('/requests/new/delivery', { wantedForm: 'electronic', deliveryWay: 'internet' });
  await visitor.post('/requests/new/contact', { phone: given.phone });
  return visitor.get('/requests/new/review');
}

const challengeOf = (body: string) => {
  const [, text = ''] = /name="challenge" value="([^"]+)"/.exec(body) ?? [];
  const [, bits = '0'] = /^1\.(\d+)\./.exec(text) ?? [];
  return { text, bits: Number(bits) };
};

/** Sends what is on the review page, with the work done. */
function send(visitor: Visitor, review: { body: string }) {
  const { text, bits } = challengeOf(review.body);
  return visitor.post('/requests/new/review', { challenge: text, solution: solve(text, bits) });
}

/** Asks and takes the receipt: number and code as they are printed. */
async function asked(visitor = stranger(), more: Partial<typeof person> = {}) {
  const sent = await send(visitor, await filled(visitor, more));
  expect([sent.status, sent.location]).toEqual([303, '/requests/receipt']);
  const receipt = await visitor.get('/requests/receipt');
  const [, number = ''] = /<dd>(\d{4}-\d{6})<\/dd>/.exec(receipt.body) ?? [];
  const [, code = ''] = /查询码<\/dt><dd>([0-9A-Z]{4} [0-9A-Z]{4})<\/dd>/.exec(receipt.body) ?? [];
  return { visitor, receipt, number, code };
}

const count = async (sql: string) => Number((await pool.query<{ n: string }>(sql)).rows[0]!.n);

describe('asking', () => {
  test('from the first question to the receipt, without account or script', async () => {
    const visitor = stranger();
    const start = await visitor.get('/requests/new');
    expect(start.body).toContain('开始填写');
    const { receipt, number, code } = await asked(visitor);
    expect(receipt.status).toBe(200);
    expect(number).toMatch(/^2026-\d{6}$/);
    expect(code.replace(' ', '')).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
    expect(receipt.body).toContain('2026年3月2日');
    // Twenty working days from Monday 2 March 2026.
    expect(receipt.body).toContain('2026年3月30日');
    expect(receipt.body).toContain('第20日');
    const pdf = await visitor.get('/requests/receipt.pdf');
    expect([pdf.status, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(pdf.body.startsWith('%PDF-')).toBe(true);
    for (const page of [start, receipt]) expect(page.headers['cache-control']).toBe('no-store');
  });

  test('every step is saved, and the draft is opened again where it was left', async () => {
    const visitor = stranger();
    await visitor.get('/requests/new/what');
    await visitor.post('/requests/new/what', { title: person.title, content: person.content });
    const start = await visitor.get('/requests/new');
    expect(start.body).toContain('您有一份没有填完的申请');
    expect(start.body).toContain(person.title);
    expect(start.body).toContain('href="/requests/new/who"');
    expect((await visitor.get('/requests/new/what')).body).toContain(person.content);
    expect((await stranger().get('/requests/new/what')).body).not.toContain(person.content);
    await visitor.get('/requests/new/deletion');
    await visitor.post('/requests/new/deletion');
    expect((await visitor.get('/requests/new')).body).not.toContain(person.title);
  });

  test('autosave keeps half a page, and says at once what is wrong', async () => {
    const visitor = stranger();
    await visitor.get('/requests/new/what');
    const saved = await visitor.post('/requests/new/what/draft', { title: '只写了名', content: '' });
    expect(saved.status).toBe(204);
    expect((await visitor.get('/requests/new/what')).body).toContain('只写了名');
    const check = await visitor.post('/requests/new/what/check', { title: '一', content: person.content });
    expect(Object.keys(JSON.parse(check.body))).toEqual(['title']);
  });

  test('what is kept of a draft tells nobody anything', async () => {
    await filled(stranger(), { name: '欧阳不见', title: '不可见的标题测试' });
    const { rows } = await pool.query<{ sealed: string; token_digest: string }>(
      'SELECT sealed, token_digest FROM request_drafts',
    );
    for (const row of rows) expect(JSON.stringify(row)).not.toMatch(/欧阳|不可见|13888001234|530103/);
  });

  test.each([
    ['what', { title: '一', content: person.content }, '请写明所需信息的名称或文号'],
    ['what', { title: `张三${RESIDENT}的档案`, content: person.content }, '请不要写身份证号'],
    ['who', { kind: 'nobody' }, '请选择申请人的类别'],
    [
      'identity',
      { name: '张小满', identityKind: 'resident', identityNumber: '530103199001011237' },
      '校验码不符',
    ],
    ['identity', { name: '张小满', identityKind: 'resident', identityNumber: '5301031990' }, '应为18位'],
    ['delivery', { wantedForm: 'paper', deliveryWay: 'email' }, '不能用“电子邮件”的方式取得'],
    ['contact', { phone: '' }, '请至少填写一种联系方式'],
  ])('at %s, %j is refused beside its field', async (step, fields, message) => {
    const visitor = stranger();
    await filled(visitor);
    await visitor.get(`/requests/new/${step}`);
    const page = await visitor.post(`/requests/new/${step}`, fields);
    expect(page.status).toBe(422);
    expect(page.body).toContain('请改正以下内容');
    expect(page.body).toContain(message);
    const review = await visitor.get('/requests/new/review');
    expect(review.location).toContain(`/requests/new/`);
  });

  test('an organisation may keep a code with a wrong check digit by giving a reason, never a malformed one', async () => {
    const visitor = stranger();
    await filled(visitor);
    await visitor.post('/requests/new/who', { kind: 'company' });
    const fields = { name: '昆明某某有限公司', identityKind: 'uscc', contactPerson: '李四' };
    const malformed = { ...fields, identityNumber: '91530100MA6K0000', identityNote: '证照如此' };
    expect((await visitor.post('/requests/new/identity', malformed)).body).toContain('应为18位');
    const wrong = { ...fields, identityNumber: '91530100MA6KTEST01', identityNote: '' };
    const odd = { ...wrong, identityNumber: '91530100MA6K000001' };
    const warned = await visitor.post('/requests/new/identity', odd);
    expect(warned.status).toBe(422);
    expect(warned.body).toContain('name="identityNote"');
    const kept = await visitor.post('/requests/new/identity', {
      ...odd,
      identityNote: '早期赋码，证照原件如此',
    });
    expect(kept.status).toBe(303);
  });

  test('sending twice makes one request, and both see the same receipt', async () => {
    const visitor = stranger();
    const review = await filled(visitor);
    const before = await count('SELECT count(*) AS n FROM request_forms');
    const both = await Promise.all([send(visitor, review), send(visitor, review)]);
    expect(both.map(({ status, location }) => [status, location])).toEqual([
      [303, '/requests/receipt'],
      [303, '/requests/receipt'],
    ]);
    expect(await count('SELECT count(*) AS n FROM request_forms')).toBe(before + 1);
  });

  test('attachments are told by their content and sealed; five at most', async () => {
    const visitor = stranger();
    await filled(visitor);
    await visitor.get('/requests/new/files');
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const lie = await visitor.upload('/requests/new/files', {
      name: '证件.pdf',
      content: 'MZ\u0000\u0001program',
    });
    expect(lie.status).toBe(422);
    expect(lie.body).toContain('不是可以上传的类型');
    for (let nth = 1; nth <= 5; nth++)
      await visitor.upload(
        '/requests/new/files',
        { name: `图${nth}.png`, content: png },
        { kind: 'identity' },
      );
    const full = await visitor.get('/requests/new/files');
    expect(full.body).toContain('图5.png');
    expect(full.body).toContain('不能再加');
    const sixth = await visitor.upload('/requests/new/files', { name: '图6.png', content: png });
    expect(sixth.status).toBe(422);
    const [, id = ''] = /files\/(\d+)\/removal/.exec(full.body) ?? [];
    await visitor.post(`/requests/new/files/${id}/removal`);
    expect((await visitor.get('/requests/new/files')).body).not.toContain('图1.png');
    const sent = await send(visitor, await visitor.get('/requests/new/review'));
    expect(sent.status).toBe(303);
    expect(await count("SELECT count(*) AS n FROM request_files WHERE kind = 'identity'")).toBe(4);
    expect(await count('SELECT count(*) AS n FROM request_draft_files')).toBe(0);
    const { rows } = await pool.query<{ sealed_digest: string }>('SELECT sealed_digest FROM request_files');
    for (const row of rows)
      expect((await app.files.read(row.sealed_digest)).includes(png.subarray(8))).toBe(false);
  });

  test('a draft lives a week; the job takes it away with its files', async () => {
    const visitor = stranger();
    await filled(visitor);
    await visitor.get('/requests/new/files');
    await visitor.upload('/requests/new/files', { name: '说明.txt', content: '附件内容' });
    const { rows } = await pool.query<{ sealed_digest: string }>(
      'SELECT sealed_digest FROM request_draft_files',
    );
    later(7 * 24 * 60 + 1);
    expect((await visitor.get('/requests/new/review')).location).toBe('/requests/new');
    await app.jobs.enqueue(app.connection.db, 'delete-expired-drafts');
    await app.jobs.drain(app);
    expect(await count('SELECT count(*) AS n FROM request_drafts')).toBe(0);
    await app.jobs.enqueue(app.connection.db, 'remove-discarded-files');
    await app.jobs.drain(app);
    for (const row of rows) await expect(app.files.read(row.sealed_digest)).rejects.toThrow();
  });
});

describe('the proof of work', () => {
  test('is good for one form only', async () => {
    const first = stranger();
    const review = await filled(first);
    const { text, bits } = challengeOf(review.body);
    const solution = solve(text, bits);
    const second = stranger();
    await filled(second);
    const stolen = await second.post('/requests/new/review', { challenge: text, solution });
    expect(stolen.body).toContain('自动验证已经失效');
    const wrong = await first.post('/requests/new/review', { challenge: text, solution: '1' });
    expect(wrong.body).toContain('自动验证已经失效');
    expect((await first.post('/requests/new/review', { challenge: text, solution })).status).toBe(303);
    expect(await count('SELECT count(*) AS n FROM request_spent_proofs')).toBeGreaterThan(0);
  });

  test('without script patience takes its place, and nothing is lost', async () => {
    const visitor = stranger();
    const review = await filled(visitor);
    expect(review.body).toContain('您的浏览器没有运行脚本');
    const { text } = challengeOf(review.body);
    const early = await visitor.post('/requests/new/review', { challenge: text, solution: '' });
    expect(early.status).toBe(409);
    expect(early.body).toContain('请再等 90 秒');
    expect(early.body).toContain(person.title);
    later(2);
    const sent = await visitor.post('/requests/new/review', { challenge: text, solution: '' });
    expect(sent.location).toBe('/requests/receipt');
  });

  test('without script five forms an hour come from one address; then it says when the next may', async () => {
    const address = '203.0.113.250';
    const slowly = async () => {
      const visitor = new Visitor(server, { address });
      await filled(visitor);
      later(2);
      return visitor.post('/requests/new/review', { challenge: '', solution: '' });
    };
    for (let nth = 0; nth < 5; nth++) expect((await slowly()).status).toBe(303);
    const sixth = await slowly();
    expect(sixth.status).toBe(429);
    expect(sixth.body).toMatch(/请 \d+ 分钟后再试/);
    expect(sixth.body).toContain(person.title);
    later(60);
    expect((await slowly()).status).toBe(303);
  });
});

describe('following', () => {
  test('number and code open the form for half an hour', async () => {
    const { number, code } = await asked();
    const visitor = stranger();
    const form = await visitor.get(`/requests/track?number=${number}`);
    expect(form.body).toContain(`value="${number}"`);
    const opened = await visitor.post('/requests/track', { number, code: code.toLowerCase() });
    expect(opened.location).toBe('/requests/track/form');
    const page = await visitor.get('/requests/track/form');
    expect(page.body).toContain(person.title);
    expect(page.body).toContain('审查中');
    expect(page.body).toContain('期限是怎样计算的');
    expect(page.body).not.toContain(person.phone);
    later(29);
    expect((await visitor.get('/requests/track/form')).status).toBe(200);
    later(31);
    expect((await visitor.get('/requests/track/form')).location).toBe('/requests/track');
  });

  test('an unknown number and a wrong code are answered alike, recorded without the code, and bounded', async () => {
    const { number } = await asked();
    const visitor = stranger();
    await visitor.get('/requests/track');
    const wrong = await visitor.post('/requests/track', { number, code: 'AAAA 2222' });
    const unknown = await visitor.post('/requests/track', { number: '2026-999999', code: 'AAAA 2222' });
    const plain = (body: string) =>
      body.replace(/name="_csrf" value="[^"]+"/, '').replaceAll(/2026-\d{6}/g, '');
    expect(wrong.status).toBe(422);
    expect(plain(unknown.body)).toBe(plain(wrong.body));
    await visitor.post('/requests/track', { number: RESIDENT, code: 'AAAA 2222' });
    const { rows } = await pool.query(
      "SELECT row_to_json(a)::text AS line FROM ledger_acts a WHERE act = 'requests.track-failed'",
    );
    expect(rows.length).toBe(3);
    expect(JSON.stringify(rows)).not.toMatch(/AAAA|2222|530103|203\.0\.113/);
    const guesser = stranger();
    await guesser.get('/requests/track');
    for (let nth = 1; nth < 10; nth++)
      await guesser.post('/requests/track', { number, code: `AAAA222${nth}` });
    const locked = await guesser.post('/requests/track', { number, code: 'AAAA2233' });
    expect(locked.status).toBe(429);
    expect(locked.body).toMatch(/请 \d+ 分钟后再试/);
  });

  test("another person's form, case and letter are not there", async () => {
    const mine = await asked();
    const other = await asked(stranger(), { title: '另一件不相干的事项材料' });
    later(20);
    await mine.visitor.get('/requests/track');
    await mine.visitor.post('/requests/track', { number: mine.number, code: mine.code });
    const { rows } = await pool.query<{ id: string }>('SELECT id FROM requests WHERE number = $1', [
      other.number,
    ]);
    const id = rows[0]!.id;
    await mine.visitor.get('/requests/track/form');
    for (const [method, url] of [
      ['get', `/requests/track/cases/${id}/withdrawal`],
      ['post', `/requests/track/cases/${id}/withdrawal`],
      ['post', `/requests/track/cases/${id}/feedback`],
      ['get', '/requests/track/letters/1.pdf'],
      ['get', '/requests/track/letters/999.docx'],
    ] as const) {
      const answer =
        method === 'get' ? await mine.visitor.get(url) : await mine.visitor.post(url, { answered: 'yes' });
      expect([url, answer.status]).toEqual([url, 404]);
    }
    expect((await stranger().get('/requests/track/letters/1.pdf')).status).toBe(404);
  });

  test('what is asked back is answered here, and the letter is his alone', async () => {
    const mine = await asked();
    const others = await asked(stranger(), { title: '另一件不相干的事项材料' });
    const { rows } = await pool.query<{ id: number }>('SELECT id FROM requests WHERE number = $1', [
      mine.number,
    ]);
    const id = rows[0]!.id;
    const letterId = await askCorrection(office, { id }, { asked: '请写明批复的年份。', days: 15 });
    for (const { visitor, number, code } of [mine, others]) {
      await visitor.get('/requests/track');
      await visitor.post('/requests/track', { number, code });
    }
    const page = await mine.visitor.get('/requests/track/form');
    expect(page.body).toContain('请写明批复的年份。');
    expect(page.body).toContain('等您补正');
    expect(page.body).toContain(`/requests/track/letters/${letterId}.pdf`);
    const letter = await mine.visitor.get(`/requests/track/letters/${letterId}.pdf`);
    expect([letter.status, letter.body.slice(0, 5)]).toEqual([200, '%PDF-']);
    for (const kind of ['pdf', 'docx'])
      expect((await others.visitor.get(`/requests/track/letters/${letterId}.${kind}`)).status).toBe(404);
    const address = `/requests/track/cases/${id}/correction`;
    await others.visitor.get('/requests/track/form');
    expect((await others.visitor.upload(address, [], { text: '冒充的补正' })).status).toBe(404);
    await mine.visitor.get('/requests/track/form');
    const empty = await mine.visitor.upload(address, [], { text: '' });
    expect([empty.status, empty.body.includes('请改正以下内容')]).toEqual([422, true]);
    const lie = await mine.visitor.upload(
      address,
      { name: '批复.pdf', content: 'MZ\u0000\u0001' },
      { text: '2025年' },
    );
    expect(lie.status).toBe(422);
    expect(lie.body).toContain('2025年');
    // A file is chosen once: it waits while the rest is put right.
    const file = { name: '张小满的说明.txt', content: '2025年的批复' };
    const again = await mine.visitor.upload(address, file, { text: '' });
    expect(again.status).toBe(422);
    expect(again.body).toContain('张小满的说明.txt');
    await others.visitor.get('/requests/track/form');
    expect((await others.visitor.upload(address, file, { text: '' })).status).toBe(404);
    await mine.visitor.get('/requests/track/form');
    const given = await mine.visitor.upload(address, [], { text: '2025年的批复' });
    const after = await mine.visitor.follow(given);
    expect(after.body).toContain('已收到您的补正');
    expect(after.body).toContain('审查中');
    expect(await count("SELECT count(*) AS n FROM request_files WHERE kind = 'correction'")).toBe(1);
    expect(await count('SELECT count(*) AS n FROM request_draft_files')).toBe(0);
    const [, receipt = ''] = /href="([^"]+received[^"]+)"/.exec(after.body) ?? [];
    expect((await mine.visitor.get(receipt)).body.slice(0, 5)).toBe('%PDF-');
    expect((await others.visitor.get(receipt)).status).toBe(404);
  });

  test('reasons for asking so much are handed in once, and the clock runs on', async () => {
    const { visitor, number, code } = await asked();
    const { rows } = await pool.query<{ id: number }>('SELECT id FROM requests WHERE number = $1', [number]);
    const id = rows[0]!.id;
    await askReasons(office, { id }, { facts: '一个月内提出三百件申请', days: 7 });
    await visitor.get('/requests/track');
    await visitor.post('/requests/track', { number, code });
    const page = wordsOf((await visitor.get('/requests/track/form')).body);
    expect(page).toContain('等您说明理由');
    expect(page).toContain('一个月内提出三百件申请');
    expect(page).toContain('（国务院令第711号）第三十五条');
    const address = `/requests/track/cases/${id}/reasons`;
    expect((await visitor.upload(address, [], { text: '' })).status).toBe(422);
    const file = { name: '课题任务书.txt', content: '课题' };
    const after = await visitor.follow(await visitor.upload(address, file, { text: '做课题需要' }));
    expect(wordsOf(after.body)).toContain('已收到您说明的理由');
    expect(after.body).not.toContain(address);
    // From a second window: he is told in his words, and keeps his.
    const twice = await visitor.upload(address, [], { text: '再说一次' });
    expect([twice.status, twice.body.includes('再说一次')]).toEqual([422, true]);
    expect(wordsOf(twice.body)).toContain('可能已经收到');
    const { reasons, files, case: request } = await readCase(office, id);
    expect(reasons).toMatchObject({ answer: '做课题需要' });
    expect(files.map(({ kind, name }) => [kind, name])).toEqual([['explanation', '说明理由的材料 1.txt']]);
    expect(wordsOf(after.body)).toContain(wordsOf(formatDate(request.dueOn)));
    // Help among offices is no consultation that stops his clock.
    const { rows: units } = await pool.query<{ id: number }>('SELECT id FROM units');
    await acceptRequest(office, { id }, { unitId: units[0]!.id, handlerId: null });
    const helper = { name: '市档案馆', address: '', postcode: '', contact: '', information: '查找旧卷' };
    await askAssistance(office, { id }, { ...helper, dueOn: clock.today().add({ days: 7 }).toString() });
    expect((await visitor.get('/requests/track/form')).body).not.toContain('共同制作机关');
  });

  test('the reply is read, its files taken, and judged; nobody else gets them', async () => {
    const mine = await asked();
    const others = await asked(stranger(), { title: '另一件不相干的事项材料' });
    const { rows } = await pool.query<{ id: number }>('SELECT id FROM requests WHERE number = $1', [
      mine.number,
    ]);
    const id = rows[0]!.id;
    const { rows: units } = await pool.query<{ id: number }>('SELECT id FROM units');
    await acceptRequest(office, { id }, { unitId: units[0]!.id, handlerId: null });
    const bytes = Buffer.from('批复全文');
    const kept = await app.sealedFiles.put(bytes, { context: filePlace(office.agencyId) });
    const digest = app.vault.digest('content', kept.plain.sha256);
    const file = {
      sealedDigest: kept.sha256,
      digest,
      type: 'text/plain; charset=utf-8',
      bytes: bytes.length,
    };
    const [fileId = 0] = await addFiles(office, id, [{ ...file, kind: 'released', name: '批复.txt' }]);
    const leaving = { subject: { kind: 'request', id }, file: { name: '批复.txt', bytes } } as const;
    await checkForRelease(office, app, leaving);
    const content = { ...emptyReply, told: '在本站下载', provided: '批复全文' };
    await draftReply(office, { id }, { kindCode: 'B1.2', content });
    await submitReply(office, { id });
    for (const kind of ['legal', 'secrecy'] as const)
      await reviewReply(office, { id }, kind, { result: 'approved', opinion: '' });
    await signReply(office, { id });
    for (const { visitor, number, code } of [mine, others]) {
      await visitor.get('/requests/track');
      await visitor.post('/requests/track', { number, code });
    }
    const address = `/requests/track/cases/${id}/files/${fileId}`;
    const before = await mine.visitor.get('/requests/track/form');
    expect(before.body).toContain('答复已经签发');
    expect((await mine.visitor.get(address)).status).toBe(404);
    const today = clock.today().toString();
    await dispatchReply(office, { id }, { method: 'electronic', on: today, trackingNumber: '' });
    const page = await mine.visitor.get('/requests/track/form');
    expect(page.body).toContain('已经答复');
    expect(page.body).toContain('在期限内');
    expect(page.body).toContain(address);
    expect((await mine.visitor.get(address)).body).toBe('批复全文');
    expect((await others.visitor.get(address)).status).toBe(404);
    await mine.visitor.get('/requests/track/form');
    const unsaid = await mine.visitor.post(`/requests/track/cases/${id}/feedback`, { comment: '等了很久' });
    expect([unsaid.status, unsaid.body.includes('等了很久')]).toEqual([422, true]);
    const judged = await mine.visitor.follow(
      await mine.visitor.post(`/requests/track/cases/${id}/feedback`, { answered: 'yes', comment: '很快' }),
    );
    expect(judged.body).toContain('答复解决了我的问题。“很快”');
    const rectify = `/requests/track/cases/${id}/rectification`;
    const asking = { name: '户口簿.txt', content: '出生于1990年' };
    const asked711 = await mine.visitor.upload(rectify, asking, { text: '出生年份写成了1991年' });
    const received = await mine.visitor.follow(asked711);
    expect(received.body).toContain('已收到您的更正要求');
    expect(received.body).not.toContain(rectify);
    const { rectifications, files } = await readCase(office, id);
    expect([...rectifications.values()]).toEqual([{ asked: '出生年份写成了1991年', decision: '' }]);
    expect(files.map(({ kind, name }) => [kind, name])).toContainEqual(['evidence', '更正的证据 1.txt']);
    expect((await others.visitor.upload(rectify, [], { text: '冒充' })).status).toBe(404);

    const text = { title: person.title, question: '申请公开批复。', answer: '见附件。', fileIds: [fileId] };
    const publication = await proposePublication(office, { id }, text);
    expect((await stranger().get(`/requests/answered/${publication}`)).status).toBe(404);
    await reviewPublication(office, publication, { approve: true, reason: '' });
    const answer = await stranger().get(`/requests/answered/${publication}`);
    expect(answer.body).toContain('见附件。');
    const open = `/requests/answered/${publication}/files/${fileId}`;
    expect((await stranger().get(open)).body).toBe('批复全文');
    const next = stranger();
    await next.get('/requests/new/what');
    await next.post('/requests/new/what', { title: '学府路工程环境影响批复', content: person.content });
    const offered = await next.get('/requests/new/public');
    expect(offered.body).toContain(`/requests/answered/${publication}`);
    expect((await stranger().get('/search?q=学府路')).body).toContain(`/requests/answered/${publication}`);
    expect((await stranger().get('/sitemap.xml')).body).toContain(`/requests/answered/${publication}`);
    await withdrawPublication(office, publication, '内容需要更正');
    expect((await stranger().get(open)).status).toBe(404);
  });

  test('a request is withdrawn after its consequence was named', async () => {
    const { number, code } = await asked();
    const visitor = stranger();
    await visitor.get('/requests/track');
    await visitor.post('/requests/track', { number, code });
    const page = await visitor.get('/requests/track/form');
    const [, href = ''] = /href="(\/requests\/track\/cases\/\d+\/withdrawal)"/.exec(page.body) ?? [];
    const confirm = await visitor.get(href);
    expect(confirm.body).toContain('不能恢复');
    await visitor.follow(await visitor.post(href));
    const after = await visitor.get('/requests/track/form');
    expect(after.body).toContain('您撤回了这件申请');
    expect(after.body).not.toContain('撤回这件申请</a>');
  });

  test('where the office confirms by hand, no period runs until then, and the form can still be taken back', async () => {
    const setting = (value: boolean) =>
      pool.query("UPDATE agencies SET settings = jsonb_set(settings, '{law}', $1::jsonb)", [
        JSON.stringify({ confirmOnArrival: value }),
      ]);
    await setting(false);
    const { visitor, receipt, number, code } = await asked().finally(() => setting(true));
    expect(receipt.body).toContain('待双方确认');
    expect(receipt.body).not.toContain('count-day');
    expect((await visitor.get('/requests/receipt.pdf')).status).toBe(200);
    await visitor.get('/requests/track');
    await visitor.post('/requests/track', { number, code });
    const page = await visitor.get('/requests/track/form');
    expect(page.body).toContain('等待双方确认');
    const [, href = ''] = /href="(\/requests\/track\/cases\/\d+\/withdrawal)"/.exec(page.body) ?? [];
    await visitor.get(href);
    const after = await visitor.follow(await visitor.post(href));
    expect(after.body).toContain('已经取消');
  });

  test('the receipt is forgotten when its owner says so', async () => {
    const { visitor } = await asked();
    await visitor.post('/requests/receipt/end');
    expect((await visitor.get('/requests/receipt')).status).toBe(404);
    expect((await visitor.get('/requests/receipt.pdf')).status).toBe(404);
  });
});

test('the office, the law and the channels are told on the first page', async () => {
  const page = await stranger().get('/requests');
  for (const words of ['提出申请', '查询进度', '邮寄', '20 个工作日', '行政复议'])
    expect(page.body).toContain(words);
});
