import { expect, test } from 'vitest';
import { type Clock, clockAt } from '../../src/core/clock.ts';
import { removeDiscarded } from '../../src/core/vault/index.ts';
import { openDesk } from '../support/desk.ts';
import { openMailServer } from '../support/mail-server.ts';
import { wordsOf } from '../support/words.ts';

let day = '2024-03-15';
const clock: Clock = { now: () => clockAt(day).now(), today: () => clockAt(day).today() };
const mail = await openMailServer();
const { app, pool, system, signedIn } = await openDesk({ IMAP_URL: mail.url }, clock);
const clerk = await signedIn('window-clerk');
const officer = await signedIn('disclosure-officer');
const handler = await signedIn('case-handler');

/** A letter with attachments, as mail programs write it. */
function letter(
  subject: string,
  {
    body = '请公开2023年度预算。',
    from = '"赵美兰" <zhao@example.cn>',
    files = [] as File[],
    head = '',
  } = {},
): string {
  const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');
  const part = ({ name, type, content }: File) =>
    `--b\r\nContent-Type: ${type}\r\nContent-Disposition: attachment; filename="=?utf-8?B?${base64(name)}?="\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(content)}\r\n`;
  return [
    `From: ${from.replace(/"(.+)"/, (_all, name: string) => `=?utf-8?B?${base64(name)}?=`)}`,
    'To: office@example.gov.cn',
    `Message-ID: <${base64(subject).replace(/\W/g, '')}@x>`,
    `Subject: =?utf-8?B?${base64(subject)}?=`,
    ...(head === '' ? [] : [head]),
    'Content-Type: multipart/mixed; boundary=b',
    '',
    `--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(body)}`,
    `${files.map(part).join('')}--b--`,
  ].join('\r\n');
}
interface File {
  name: string;
  type: string;
  content: string | Buffer;
}

async function readMailbox(): Promise<void> {
  await app.jobs.enqueue(system.db, 'read-request-mailbox');
  await app.jobs.drain(app);
}

const listed = async (state = 'new') =>
  [
    ...(await clerk.get(`/workbench/requests/mail?state=${state}`)).body.matchAll(
      /href="(\/workbench\/requests\/mail\/\d+)">([^<]*)</g,
    ),
  ].map(([, href, subject]) => ({ href: href ?? '', subject }));

async function addressOf(subject: string, state = 'new'): Promise<string> {
  const found = (await listed(state)).find((one) => one.subject === subject);
  if (!found) throw new Error(`no letter "${subject}" is ${state}`);
  return found.href;
}

const acts = async (kind = 'request-mail') =>
  (
    await pool.query<{ act: string }>('SELECT act FROM ledger_acts WHERE subject_kind = $1 ORDER BY seq', [
      kind,
    ])
  ).rows.map(({ act }) => act);

const field = (html: string, name: string) =>
  new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1] ??
  new RegExp(`value="([^"]*)"[^>]*name="${name}"`).exec(html)?.[1] ??
  '';

const typed = {
  kind: 'natural-person',
  name: '赵美兰',
  identityKind: 'resident',
  identityNumber: '530102199003078675',
  phone: '13888001234',
  email: 'zhao@example.cn',
  title: '2023年度预算',
  content: '请公开2023年度预算。',
  wantedForm: 'electronic',
  deliveryWay: 'email',
  confirmedOn: '2024-03-14',
};

test('a letter becomes a draft, and the draft a registered request with its day and its attachments', async () => {
  mail.deliver(
    letter('申请公开2023年度预算', {
      files: [
        { name: '说明.txt', type: 'text/plain', content: '需要的是部门预算' },
        { name: '相册.zip', type: 'application/zip', content: 'PK\x03\x04 not a real archive' },
      ],
    }),
    { at: '2024-03-12T16:30:00Z' },
  );
  await readMailbox();
  const home = wordsOf((await clerk.get('/workbench')).body);
  expect(home).toMatch(/邮件申请 1 /);
  expect(wordsOf((await officer.get('/workbench/notifications')).body)).toContain(
    '申请邮箱收到邮件，请辨认是不是申请',
  );

  const list = wordsOf((await clerk.get('/workbench/requests/mail')).body);
  expect(list).toContain('赵**（z***@example.cn）');
  expect(list).not.toContain('zhao@example.cn');
  const address = await addressOf('申请公开2023年度预算');
  const page = wordsOf((await clerk.get(address)).body);
  expect(page).toContain('赵美兰（zhao@example.cn）');
  expect(page).toContain('2024年3月13日 00:30');
  expect(page).toContain('请公开2023年度预算。');
  expect(page).toMatch(/附件没有收存[^。]*“相册\.zip”/);
  const attachment = /href="([^"]+\/files\/\d+)"/.exec((await clerk.get(address)).body)?.[1] ?? '';
  const opened = await clerk.get(attachment);
  expect([opened.body, opened.headers['x-content-type-options']]).toEqual(['需要的是部门预算', 'nosniff']);

  const id = /\d+$/.exec(address)?.[0] ?? '';
  const form = (await clerk.get(`/workbench/requests/new?mail=${id}`)).body;
  expect([
    field(form, 'name'),
    field(form, 'email'),
    field(form, 'title'),
    field(form, 'submittedOn'),
  ]).toEqual(['赵美兰', 'zhao@example.cn', '申请公开2023年度预算', '2024-03-13']);
  // Whatever the page sends: the day and the channel are the letter's.
  const sent = {
    ...typed,
    mail: id,
    source: 'oral',
    submittedOn: '2024-03-01',
    submissionKey: 'another-key-000001',
  };
  const [first, second] = await Promise.all([
    clerk.upload('/workbench/requests/new', [], sent),
    clerk.upload('/workbench/requests/new', [], sent),
  ]);
  expect([first.status, second.status]).toEqual([303, 303]);
  expect(first.location).toBe(second.location);
  const { rows } = await pool.query(
    `SELECT f.channel, f.origin, f.submitted_on, f.confirmed_on, r.received_on, d.state, d.form_id = f.id AS tied
     FROM request_forms f JOIN requests r ON r.form_id = f.id JOIN request_mail_drafts d ON d.form_id = f.id`,
  );
  expect(rows).toEqual([
    {
      channel: 'email',
      origin: 'mailbox',
      submitted_on: '2024-03-13',
      confirmed_on: '2024-03-14',
      received_on: '2024-03-14',
      state: 'registered',
      tied: true,
    },
  ]);

  const caseAddress = (first.location ?? '').replace('/receipt', '');
  const view = (await officer.get(caseAddress)).body;
  // What he called his file stays behind a reason.
  expect(wordsOf(view)).toContain('申请附件 1.txt');
  expect(view).not.toContain('说明.txt');
  const file = new RegExp(`href="(${caseAddress}/files/\\d+)"`).exec(view)?.[1] ?? '';
  expect((await officer.get(file)).body).toBe('需要的是部门预算');
  expect(wordsOf((await clerk.get(address)).body)).toContain('1 个，已转入申请的案卷');
  expect(wordsOf((await clerk.get('/workbench')).body)).not.toMatch(/邮件申请 1 /);
  expect((await clerk.get(`/workbench/requests/new?mail=${id}`)).location).toBe(address);
  expect(await acts()).toEqual([
    'requests.take-mail',
    'requests.open-mail',
    'requests.open-mail',
    'requests.open-mail-file',
    'requests.open-mail',
    'requests.register-mail',
    'requests.open-mail',
    'requests.open-mail',
  ]);
});

test('a letter that is no request is put aside with a reason, and back again', async () => {
  mail.deliver(letter('发票优惠', { from: '"代理公司" <ad@example.com>' }), { at: '2024-03-14T02:00:00Z' });
  await readMailbox();
  const address = await addressOf('发票优惠');
  await clerk.get(address);
  const refused = await clerk.post(`${address}/dismissal`, { reason: '', note: '' });
  expect([refused.status, wordsOf(refused.body).includes('请选择为什么不是申请')]).toEqual([422, true]);
  expect((await clerk.post(`${address}/dismissal`, { reason: 'other', note: '' })).status).toBe(422);
  expect((await clerk.post(`${address}/dismissal`, { reason: 'advertising', note: '' })).status).toBe(303);
  expect(await listed()).toEqual([]);
  const id = /\d+$/.exec(address)?.[0] ?? '';
  const another = {
    name: '周平',
    identityNumber: '11010519491231002X',
    phone: '13900001111',
    email: 'ad@example.com',
    title: '垃圾清运合同',
  };
  const late = await clerk.upload('/workbench/requests/new', [], {
    ...typed,
    ...another,
    source: 'email',
    mail: id,
  });
  expect([late.status, wordsOf(late.body)]).toEqual([409, expect.stringContaining('认定不是申请，没有登记')]);
  await addressOf('发票优惠', 'dismissed');
  expect((await clerk.post(`${address}/restoration`)).status).toBe(303);
  await addressOf('发票优惠');
});

test('what a program sent is put aside by itself and tells nobody', async () => {
  const told = async () => (await pool.query('SELECT count(*) FROM notifications')).rows[0].count;
  const before = await told();
  mail.deliver(letter('自动回复：休假', { head: 'Auto-Submitted: auto-replied' }), {
    at: '2024-03-14T03:00:00Z',
  });
  await readMailbox();
  expect(await told()).toBe(before);
  const address = await addressOf('自动回复：休假', 'dismissed');
  expect(wordsOf((await clerk.get(address)).body)).toContain('自动回复、退信等程序发出的邮件');
});

test('a stranger in the letter does no harm, and who may not register sees nothing', async () => {
  mail.deliver(
    letter('<script>alert(1)</script>', {
      from: '"<img src=x>" <a@example.cn>',
      body: '<img src="https://evil.example/p.png"> 请公开 javascript:alert(1)',
      files: [{ name: '../../etc/passwd.pdf', type: 'application/pdf', content: 'MZ\x90\x00\x03 program' }],
    }),
    { at: '2024-03-14T04:00:00Z' },
  );
  await readMailbox();
  const { href } = (await listed())[0]!;
  const { body } = await clerk.get(href);
  expect(body).not.toContain('<script>alert');
  expect(body).not.toContain('<img src=');
  expect(body).toContain('&lt;img src=');
  expect(wordsOf(body)).toContain('附件没有收存');
  for (const path of ['/workbench/requests/mail', href, `${href}/files/1`]) {
    expect((await handler.get(path)).status, path).toBe(403);
  }
  expect((await clerk.get('/workbench/requests/mail/999999')).status).toBe(404);
  expect((await clerk.get(`${href}/files/999999`)).status).toBe(404);
  expect((await clerk.get('/workbench/requests/new?mail=999999')).status).toBe(404);
});

test('nothing of a letter lies open in the database, the ledger or the notifications', async () => {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_schema IN ('public', 'jobs') AND table_type = 'BASE TABLE'`,
  );
  const said = /赵美兰|zhao@example|部门预算|说明\.txt|代理公司|ad@example|evil\.example|发票优惠/;
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    expect(rows.filter(({ row }) => said.test(row)).map(({ row }) => `${name}: ${row}`)).toEqual([]);
  }
});

test('pages of letters follow one another without gap or repeat', async () => {
  for (let n = 0; n < 60; n += 1) mail.deliver(letter(`第${n}封`), { at: `2024-03-13T0${n % 3}:00:00Z` });
  await readMailbox();
  const first = await clerk.get('/workbench/requests/mail');
  const next = /rel="next" href="([^"]+)"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const second = await clerk.get(next);
  const on = (body: string) =>
    [...body.matchAll(/href="\/workbench\/requests\/mail\/(\d+)"/g)].map(([, id]) => id);
  const all = [...on(first.body), ...on(second.body)];
  expect([all.length, new Set(all).size]).toEqual([62, 62]);
});

test('what was put aside is deleted after thirty days, its attachments with it, and cannot come back', async () => {
  mail.deliver(letter('旧的广告', { files: [{ name: '价目.txt', type: 'text/plain', content: '价目表' }] }), {
    at: '2024-03-14T05:00:00Z',
  });
  await readMailbox();
  const address = await addressOf('旧的广告');
  await clerk.get(address);
  await clerk.post(`${address}/dismissal`, { reason: 'advertising', note: '' });
  const id = Number(/\d+$/.exec(address)?.[0]);
  const { rows } = await pool.query('SELECT sealed_digest FROM request_mail_files WHERE draft_id = $1', [id]);
  day = '2024-04-20';
  await app.jobs.enqueue(system.db, 'clear-dismissed-mail');
  await app.jobs.drain(app);
  await removeDiscarded(system.db, app.files);
  await expect(app.files.read(rows[0].sealed_digest)).rejects.toThrow();
  const later = await signedIn('window-clerk');
  const page = await later.get(address);
  expect(wordsOf(page.body)).toContain('邮件的内容已于2024年4月20日删除');
  expect(page.body).not.toContain('restoration');
  expect((await later.post(`${address}/restoration`)).status).toBe(409);
});
