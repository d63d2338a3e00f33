import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openMail } from './mail.ts';

const varDir = mkdtempSync(join(tmpdir(), 'gongkai-mail-'));
afterAll(() => rmSync(varDir, { recursive: true }));

const letter = { to: 'wang@example.org', subject: '答复通知', text: '您的申请已答复。' };

test('without a mail server letters lie in the outbox', async () => {
  const mail = openMail({ smtpUrl: null, mailFrom: '政府信息公开 <gongkai@example.org>', varDir });
  await mail.send(letter);
  await mail.send({ ...letter, to: 'li@example.org' });
  mail.close();
  const letters = readdirSync(join(varDir, 'outbox')).sort();
  expect(letters).toHaveLength(2);
  const written = readFileSync(join(varDir, 'outbox', letters[0]!), 'utf8');
  expect(written).toContain('To: wang@example.org');
  expect(written).toContain(`Subject: =?UTF-8?B?${Buffer.from('答复通知').toString('base64')}?=`);
});

test('with one they are handed over', async () => {
  const heard: string[] = [];
  const server = createServer((socket) => {
    let inBody = false;
    socket.write('220 ready\r\n');
    socket.on('data', (chunk) => {
      for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
        heard.push(line);
        if (inBody && line !== '.') continue;
        inBody = line === 'DATA';
        socket.write(inBody ? '354 go on\r\n' : '250 ok\r\n');
      }
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  const mail = openMail({ smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom: 'gongkai@example.org', varDir });
  await mail.send(letter);
  mail.close();
  server.close();
  expect(heard).toEqual(
    expect.arrayContaining(['MAIL FROM:<gongkai@example.org>', 'RCPT TO:<wang@example.org>']),
  );
});
