import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { readSheet, streamXlsx } from './index.ts';

const columns = [
  { label: '名称' },
  { label: '数量', kind: 'number' as const },
  { label: '日期', kind: 'date' as const },
];

it('writes what a workbook written at once holds, formulas as text', async () => {
  async function* rows() {
    yield ['=1+1', 3, '2018-12-31'];
    yield ['a\u0007b', null, null];
  }
  const bytes = await buffer(streamXlsx([{ name: '表', heading: ['说明'], columns, rows: rows() }]));
  const sheet = await readSheet({ name: 'a.xlsx', bytes });
  expect(sheet.rows).toEqual([['说明'], ['名称', '数量', '日期'], ['=1+1', '3', '2018-12-31'], ['ab']]);
});

it('a fault while the rows come ends the stream with it', async () => {
  async function* rows() {
    yield ['a', 1, null];
    throw new Error('the database is gone');
  }
  await expect(buffer(streamXlsx([{ name: '表', columns, rows: rows() }]))).rejects.toThrow(
    'the database is gone',
  );
});

it('rows are asked for no longer when the reader has gone away', async () => {
  let asked = 0;
  let leave = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  async function* rows() {
    for (; asked < 100_000; asked++) {
      if (asked === 10) {
        content.destroy();
        leave();
      }
      yield ['a', asked, null];
    }
  }
  const content = streamXlsx([{ name: '表', columns, rows: rows() }]);
  content.on('error', () => {});
  content.resume();
  await left;
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toBeLessThan(20);
});
