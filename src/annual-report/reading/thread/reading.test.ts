import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { UnreadableFile } from '../../../core/spreadsheet/limits.ts';
import { readReportFile } from '../index.ts';
import { openReading, type ReadingLimits } from './index.ts';

const opened: { close(): Promise<void> }[] = [];
const folder = mkdtempSync(join(tmpdir(), 'gongkai-reading-'));
afterAll(async () => {
  await Promise.all(opened.map((reading) => reading.close()));
  rmSync(folder, { recursive: true });
});

function open(limits?: ReadingLimits) {
  const reading = openReading(limits);
  opened.push(reading);
  return reading;
}

/** A thread whose conduct the file's name decides. */
const program = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ file }) => {
      if (file.name === 'crash') process.exit(7);
      if (file.name === 'hang') for (;;);
      if (file.name === 'fault') parentPort.postMessage({ fault: 'a defect' });
      else if (file.name === 'refused') parentPort.postMessage({ refused: { fault: 'encrypted', message: '有密码' }, memory: 0 });
      else parentPort.postMessage({ report: file.name, memory: 0 });
    });
  `)}`,
);
const named = (name: string) => ({ file: { name, path: '' } });

describe('the reading thread', () => {
  it('reads what is read without it', async () => {
    const path = join(folder, 'report.txt');
    writeFileSync(path, '某某县2023年政府信息公开工作年度报告\n一、总体情况\n全年公开信息12条。\n');
    const read = await open().read({ file: { name: 'report.txt', path }, hints: { year: 2023 } });
    expect(read).toEqual(await readReportFile({ name: 'report.txt', path }, { year: 2023 }));
    expect(read.kind).toBe('text');
  }, 60_000);

  it('hands a refusal on as itself', async () => {
    const refused = open({ program }).read(named('refused'));
    await expect(refused).rejects.toBeInstanceOf(UnreadableFile);
    await expect(refused).rejects.toMatchObject({ fault: 'encrypted', message: '有密码' });
  });

  it.each([
    ['hang', 'too-slow', '读取超过'],
    ['crash', 'bomb', '内存过多'],
  ])('refuses a file that makes it %s, and reads the next', async (name, fault, words) => {
    const reading = open({ program, timeoutMs: 3000 });
    const bad = reading.read(named(name));
    const next = reading.read(named('next'));
    await expect(bad).rejects.toMatchObject({ fault, message: expect.stringContaining(words) });
    expect(await next).toBe('next');
  });

  it('tells a defect of the program as one', async () => {
    await expect(open({ program }).read(named('fault'))).rejects.toThrow('failed: a defect');
  });

  it('refuses more files than may wait, and all when it is closed', async () => {
    const reading = open({ program, waiting: 1 });
    const taken = [reading.read(named('a')), reading.read(named('b'))];
    await expect(reading.read(named('c'))).rejects.toMatchObject({ code: 'reading-busy', status: 503 });
    expect(await Promise.all(taken)).toEqual(['a', 'b']);
    await reading.close();
    await expect(reading.read(named('d'))).rejects.toMatchObject({ code: 'reading-closed' });
  });
});
