import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { readLetter } from './letter.ts';

const receivedAt = new Date('2026-11-20T10:00:00Z');
const read = (...parts: (string | Buffer)[]) => {
  const source = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  return readLetter({ source, size: source.length, receivedAt });
};
const gbk = (text: string) => iconv.encode(text, 'gb18030');
const word = (bytes: Buffer) => `=?GB2312?B?${bytes.toString('base64')}?=`;
const mixed = (...parts: string[]) =>
  `Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`;
const file = (name: string, content: string, type = 'application/pdf') =>
  `Content-Type: ${type}\r\nContent-Disposition: attachment; ${name}\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(content).toString('base64')}`;

describe('letters as Chinese programs write them', () => {
  test('GB 2312 in the head and in the text, a character cut in half by folding', async () => {
    const subject = gbk('关于公开预算的申请');
    const letter = await read(
      `From: ${word(gbk('张三'))} <zs@example.cn>\r\nMessage-ID: <1@x>\r\n`,
      `Subject: ${word(subject.subarray(0, 5))}\r\n ${word(subject.subarray(5))}\r\n`,
      'Content-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n',
      gbk('请公开“三公”经费。\r\n镕基路1号'),
    );
    expect(letter).toEqual({
      messageId: '<1@x>',
      from: { name: '张三', address: 'zs@example.cn' },
      subject: '关于公开预算的申请',
      text: '请公开“三公”经费。\n镕基路1号',
      receivedAt,
      attachments: [],
      leftOut: [],
      automatic: false,
    });
  });

  test('GBK in the head without any encoding', async () => {
    const letter = await read(
      'From: "',
      gbk('李四'),
      '" <ls@example.cn>\r\nSubject: ',
      gbk('公开申请'),
      '\r\n\r\nhello',
    );
    expect([letter.from.name, letter.subject]).toEqual(['李四', '公开申请']);
  });

  test('UTF-8 in the head without any encoding', async () => {
    expect((await read('Subject: 公开申请\r\n\r\nhello')).subject).toBe('公开申请');
  });

  test.each([
    ['RFC 2231', "filename*=UTF-8''%E8%BA%AB%E4%BB%BD%E8%AF%81.pdf"],
    ['RFC 2047 where it may not stand', `filename="${word(gbk('身份证.pdf'))}"`],
    ['in pieces', "filename*0*=utf-8''%E8%BA%AB%E4%BB%BD; filename*1*=%E8%AF%81.pdf"],
    ['with a path', 'filename="C:\\\\Users\\\\x\\\\=?utf-8?B?6Lqr5Lu96K+BLnBkZg==?="'],
  ])('names of attachments: %s', async (_what, name) => {
    const { attachments } = await read(mixed(file(name, '%PDF-1.7')));
    expect(attachments.map(({ name, content }) => [name, content.toString()])).toEqual([
      ['身份证.pdf', '%PDF-1.7'],
    ]);
  });
});

describe('text', () => {
  test('of a letter in HTML is what it says', async () => {
    const { text } = await read(
      'Content-Type: text/html; charset=utf-8\r\n\r\n<style>p{}</style><p>第一段&nbsp;甲<br>第二行</p><script>alert(1)</script><p>第三段</p>',
    );
    expect(text).toBe('第一段 甲\n第二行\n\n第三段');
  });
  test('comes before HTML when there are both', async () => {
    const { text } = await read(
      'Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n--b\r\nContent-Type: text/html\r\n\r\n<b>html</b>\r\n--b--',
    );
    expect(text).toBe('plain');
  });
  test('is one that the database takes and a page can show', async () => {
    const { text, subject } = await read('Subject: a\u202eb\u0000c\r\n\r\nx\u0000y\u202ez\u0007\r\nw');
    expect([subject, text]).toEqual(['abc', 'xyz\nw']);
  });
  test('that is too long is cut and told of', async () => {
    const { text, leftOut } = await read(`Subject: x\r\n\r\n${'a'.repeat(150_000)}`);
    expect([text.length, leftOut]).toEqual([100_000, ['正文过长，只取前 100000 字，请到邮箱中查看全文。']]);
  });
  test('of a web page without end is not read', async () => {
    const { text, leftOut } = await read(`Content-Type: text/html\r\n\r\n<p>${'a'.repeat(1_100_000)}`);
    expect([text.length < 200, leftOut]).toEqual([true, ['网页格式的正文过长，未取，请到邮箱中查看原件。']]);
  });
});

describe('attachments', () => {
  test('of every kind, a forwarded letter and a picture in the text among them', async () => {
    const { attachments, text } = await read(
      mixed(
        'Content-Type: text/plain\r\n\r\nsee files',
        'Content-Type: image/png; name=inline.png\r\nContent-ID: <1>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=',
        'Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninner text',
        file('filename=""', 'nameless'),
      ),
    );
    expect(text).toContain('see files');
    expect(attachments.map(({ name }) => name)).toEqual(['inline.png', '转发的邮件.eml', '未命名']);
  });
  test('are bounded in number', async () => {
    const files = Array.from({ length: 25 }, (_, n) => file(`filename=${n}.pdf`, String(n)));
    const { attachments, leftOut } = await read(mixed(...files));
    expect([attachments.length, leftOut]).toEqual([
      20,
      ['共有 25 个附件，只取前 20 个，其余请到邮箱中查看。'],
    ]);
  });
});

describe('what a program sent is told from what a person wrote', () => {
  test.each([
    ['Auto-Submitted: auto-replied', true],
    ['Auto-Submitted: no', false],
    ['Precedence: bulk', true],
    ['List-Unsubscribe: <mailto:x@y.z>', true],
    ['Content-Type: multipart/report; report-type=delivery-status; boundary=b', true],
    ['X-Mailer: Foxmail 7', false],
  ])('%s: %s', async (head, automatic) => {
    expect((await read(`Subject: x\r\n${head}\r\n\r\n--b\r\n\r\nx\r\n--b--`)).automatic).toBe(automatic);
  });
});

describe('what is no letter at all is one without words', () => {
  test.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['noise', Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) % 256))],
    ['a head without end', Buffer.from(`Subject: ${'x'.repeat(2_000_000)}`)],
    [
      'parts in parts without end',
      Buffer.from(
        Array.from(
          { length: 3000 },
          (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
        ).join(''),
      ),
    ],
  ])('%s', async (_what, source) => {
    const letter = await readLetter({ source, size: source.length, receivedAt });
    expect(letter.subject.length).toBeLessThanOrEqual(300);
    expect(letter.attachments.length).toBeLessThanOrEqual(20);
  });
});
