import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { openMailServer } from '../../../tests/support/mail-server.ts';
import { clockAt } from '../clock.ts';
import type { Db } from '../db.ts';
import { openVault } from '../vault/index.ts';
import { type MailboxReading, type ReceivedLetter, readMailbox } from './index.ts';
import { isMailbox, placeOf } from './place.ts';

const { db, pool } = await freshDatabase();
await pool.query('CREATE TABLE drafts (subject text)');
const key = { id: 'first', key: randomBytes(32) };
const base = {
  db,
  clock: clockAt('2026-11-27'),
  vault: openVault([key]),
  since: new Date('2026-11-01T00:00:00Z'),
  max: 50,
  maxBytes: 100_000,
};

const letter = (subject: string, { id = `<${subject}@x>`, body = '请公开。', head = '' } = {}) =>
  `From: "Zhang" <zs@example.cn>\r\nTo: office@example.gov.cn\r\n${id && `Message-ID: ${id}\r\n`}Subject: ${subject}\r\n${head}\r\n${body}`;

const keep = async (db: Db, { subject }: ReceivedLetter) => {
  await sql`INSERT INTO drafts VALUES (${subject})`.execute(db);
};
const drafts = async () =>
  (await pool.query<{ subject: string }>('SELECT subject FROM drafts')).rows.map(({ subject }) => subject);

let mail: Awaited<ReturnType<typeof openMailServer>>;
const read = (options: Partial<MailboxReading> = {}, handle = keep) =>
  readMailbox({ ...base, url: mail.url, ...options }, handle);

beforeEach(async () => {
  await pool.query('TRUNCATE drafts, mailbox_letters');
  mail = await openMailServer();
});

describe('letters', () => {
  test('that are unread are taken, the oldest first, and marked as read; others stay as they are', async () => {
    mail.deliver(letter('second'), { at: '2026-11-21T10:00:00Z' });
    mail.deliver(letter('first'), { at: '2026-11-20T10:00:00Z' });
    mail.deliver(letter('known'), { flags: ['\\Seen'] });
    mail.deliver(letter('just too early'), { at: '2026-10-31T23:59:59Z' });
    mail.deliver(letter('just in time'), { at: '2026-11-01T00:00:00Z' });
    expect(await read()).toEqual({ taken: 3, again: 0, failed: [], more: false });
    expect(await drafts()).toEqual(['just in time', 'first', 'second']);
    expect(mail.shown()).toEqual([
      'second (read)',
      'first (read)',
      'known (read)',
      'just too early',
      'just in time (read)',
    ]);
    expect(await read()).toEqual({ taken: 0, again: 0, failed: [], more: false });
  });

  test('are read when their transaction is committed, not before', async () => {
    mail.deliver(letter('one'));
    const seen: string[][] = [];
    await read({}, async () => void seen.push(mail.shown()));
    expect(seen).toEqual([['one']]);
    expect(mail.shown()).toEqual(['one (read)']);
  });

  test('go to another folder, which is made when it is not there', async () => {
    mail.deliver(letter('one'));
    await read({ url: `${mail.url}?moveTo=Taken` });
    expect([mail.shown(), mail.shown('Taken')]).toEqual([[], ['one (read)']]);
    mail.deliver(letter('two'));
    await read({ url: `${mail.url}?moveTo=Taken` });
    expect(mail.shown('Taken')).toEqual(['one (read)', 'two (read)']);
  });

  test('that fail leave nothing behind, stay unread, hold nobody up, and are taken the next time', async () => {
    for (const subject of ['one', 'bad', 'three']) mail.deliver(letter(subject));
    const failing = async (db: Db, received: ReceivedLetter) => {
      await keep(db, received);
      if (received.subject === 'bad') throw new Error('the disk is full');
    };
    const first = await read({}, failing);
    expect(first).toMatchObject({ taken: 2, failed: [{ error: new Error('the disk is full') }] });
    expect(await drafts()).toEqual(['one', 'three']);
    expect(mail.shown()).toEqual(['one (read)', 'bad', 'three (read)']);
    expect(await read()).toMatchObject({ taken: 1, failed: [] });
    expect(await drafts()).toEqual(['one', 'three', 'bad']);
  });

  test('that the mail server forgot to mark, after a crash, are not taken again', async () => {
    mail.deliver(letter('one'));
    await read();
    for (const message of mail.messages()) message.flags = [];
    expect(await read()).toEqual({ taken: 0, again: 1, failed: [], more: false });
    expect([await drafts(), mail.shown()]).toEqual([['one'], ['one (read)']]);
  });

  test('that come twice are one, also after the keys changed; the same id over other words is another', async () => {
    mail.deliver(letter('one', { head: 'Received: by way one\r\n' }));
    mail.deliver(letter('one', { head: 'Received: by way two\r\n' }));
    mail.deliver(letter('one', { body: '另一件事' }));
    mail.deliver(letter('no id', { id: '' }));
    mail.deliver(letter('no id', { id: '' }));
    expect(await read()).toMatchObject({ taken: 3, again: 2 });
    expect(await drafts()).toEqual(['one', 'one', 'no id']);
    mail.deliver(letter('one'));
    const rotated = openVault([{ id: 'second', key: randomBytes(32) }, key]);
    expect(await read({ vault: rotated })).toMatchObject({ taken: 0, again: 1 });
  });

  test('are taken once by two machines that read at the same time', async () => {
    for (let n = 1; n <= 10; n++) mail.deliver(letter(`letter ${n}`));
    const results = await Promise.all([read(), read(), read()]);
    expect(results.reduce((sum, { taken }) => sum + taken, 0)).toBe(10);
    expect(new Set(await drafts()).size).toBe(10);
    expect(await drafts()).toHaveLength(10);
  });

  test('are bounded in number; those that fail do not fill the place of others', async () => {
    for (let n = 1; n <= 5; n++) mail.deliver(letter(`letter ${n}`));
    const failing = async (db: Db, received: ReceivedLetter) => {
      if (/[12]$/.test(received.subject)) throw new Error('no');
      await keep(db, received);
    };
    expect(await read({ max: 2 }, failing)).toMatchObject({ taken: 2, more: true, failed: [{}, {}] });
    expect(await drafts()).toEqual(['letter 3', 'letter 4']);
  });

  test('that are too long come with their words and without their attachments', async () => {
    const attachment = `--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${randomBytes(600_000).toString('base64')}\r\n--b--`;
    const body = `--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n请公开。\r\n${attachment}`;
    mail.deliver(letter('long', { head: 'Content-Type: multipart/mixed; boundary=b\r\n', body }));
    const taken: ReceivedLetter[] = [];
    await read({}, async (_db, received) => void taken.push(received));
    await pool.query('TRUNCATE mailbox_letters');
    for (const message of mail.messages()) message.flags = [];
    await read({ maxBytes: 2_000_000 }, async (_db, received) => void taken.push(received));
    expect(
      taken.map(({ text, attachments }) => [
        text,
        attachments.map(({ name, content }) => [name, content.length]),
      ]),
    ).toEqual([
      ['请公开。', []],
      ['请公开。', [['a.pdf', 600_000]]],
    ]);
    expect(taken[0]?.leftOut).toEqual(['邮件长 0.8 MB，超过上限，附件未取，请到邮箱中查看原件。']);
  });
});

async function silentServer(): Promise<string> {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => void server.close());
  return `imap://office:autumn@127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a mailbox that cannot be read is told in one sentence, without its password', () => {
  test.each<[string, () => string | Promise<string>, RegExp]>([
    [
      'a wrong password',
      () => mail.url.replace('27@', '28@'),
      /^无法读取邮箱 127\.0\.0\.1:\d+：用户名或密码不被接受/,
    ],
    ['no such folder', () => mail.url.replace('INBOX', 'Letters'), /没有文件夹 Letters/],
    ['one that is silent', silentServer, /：ETIMEOUT$/],
    ['nobody there', () => 'imap://office:autumn@127.0.0.1:1', /：ECONNREFUSED$/],
    [
      'a certificate that ran out',
      async () => (await openMailServer({ plugins: ['STARTTLS'] })).url,
      /不能建立加密连接 \(no encrypted connection, CERT_HAS_EXPIRED\)$/,
    ],
  ])('%s', async (_what, url, sentence) => {
    mail.deliver(letter('one'));
    const reading = read({ url: await url(), silenceMs: 500 });
    await expect(reading).rejects.toThrow(sentence);
    await expect(reading).rejects.toThrow(/^[^\n]*$/);
    await reading.catch((error) =>
      expect(JSON.stringify([error.message, error.stack])).not.toMatch(/autumn|River/),
    );
    expect(mail.shown()).toEqual(['one']);
  });
});

describe('the address of a mailbox', () => {
  test.each([
    [
      'imaps://a%40b.cn:p%2Fw@mail.b.cn',
      {
        host: 'mail.b.cn',
        port: 993,
        secure: true,
        user: 'a@b.cn',
        pass: 'p/w',
        folder: 'INBOX',
        moveTo: null,
      },
    ],
    [
      'imap://a:p@mail.b.cn/%E7%94%B3%E8%AF%B7?moveTo=%E5%B7%B2%E6%8E%A5%E6%94%B6',
      { port: 143, secure: false, doSTARTTLS: true, folder: '申请', moveTo: '已接收' },
    ],
    ['imap://a:p@127.0.0.1:1143', { port: 1143, secure: false, doSTARTTLS: undefined }],
    ['imaps://a:p@[::1]:1993/', { host: '::1', port: 1993, folder: 'INBOX' }],
  ])('%s', (url, expected) => {
    const { connection, folder, moveTo } = placeOf(url);
    const { auth, ...rest } = connection;
    expect({ ...rest, ...auth, doSTARTTLS: rest.doSTARTTLS, folder, moveTo }).toMatchObject(expected);
  });
  test.each([
    'imaps://mail.b.cn',
    'imaps://a@mail.b.cn',
    'smtp://a:b@mail.b.cn',
    'nonsense',
    'imap://a:%ff@b.cn',
  ])('refuses %s', (url) => expect(isMailbox(url)).toBe(false));
});
