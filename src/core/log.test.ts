import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { openLog } from './log.ts';

/** What the log writes for one line, through the settings of `openLog`. */
function written(entry: object): string {
  let text = '';
  const sink = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  const log = openLog({ logLevel: 'info' }, sink);
  log.info(entry, 'line');
  expect(log.level).toBe(pino.levels.labels[30]);
  return text;
}

test('a request is told by method and path, without who asked and for what', () => {
  const line = written({
    req: {
      id: 'r1',
      method: 'GET',
      url: '/search?q=张三的低保',
      ip: '10.1.2.3',
      headers: { cookie: 'session=1' },
    },
    res: { statusCode: 200 },
  });
  expect(JSON.parse(line)).toMatchObject({ req: { method: 'GET', path: '/search' }, res: { status: 200 } });
  expect(line).not.toMatch(/张三|10\.1\.2\.3|session/);
});

test('secrets and the values of a failed query are hidden', () => {
  const fault = Object.assign(new Error('duplicate key'), {
    detail: 'Key (phone)=(13800000000) already exists.',
  });
  const line = written({ err: fault, password: 'hunter2', token: 'abc-token' });
  expect(line).toContain('duplicate key');
  expect(line).not.toMatch(/13800000000|hunter2|abc-token/);
});
