import { afterAll, describe, expect, it } from 'vitest';
import { UnreadableFile } from '../../../../core/spreadsheet/index.ts';
import { PHONE, today } from '../fixtures/inspected.ts';
import { type InspectingLimits, openInspecting } from './index.ts';

const opened: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map((inspecting) => inspecting.close())));

function open(limits?: InspectingLimits) {
  const inspecting = openInspecting(limits);
  opened.push(inspecting);
  return inspecting;
}

/** A thread whose conduct the file's name decides. */
const program = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ name }) => {
      if (name === 'crash') process.exit(7);
      if (name === 'hang') for (;;);
      if (name === 'fault') parentPort.postMessage({ fault: 'a defect' });
      else parentPort.postMessage({ left: [], bytes: new Uint8Array(), name, memory: 0 });
    });
  `)}`,
);
const bytes = new Uint8Array(Buffer.from(`电话${PHONE}`));
const named = (name: string) => ({ name, today });

describe('the inspecting thread', () => {
  it('inspects, cleans, and hands a refusal on as itself', async () => {
    const inspecting = open();
    const [finding] = await inspecting.inspect(bytes, named('a.txt'));
    expect(finding?.kind).toBe('mobile-number');
    const cleaned = await inspecting.clean(bytes, [finding?.key ?? ''], named('a.txt'));
    expect([Buffer.from(cleaned.bytes).toString(), cleaned.left]).toEqual(['电话138****2345', []]);
    await expect(inspecting.inspect(new Uint8Array(), named('a.txt'))).rejects.toBeInstanceOf(UnreadableFile);
  }, 60_000);

  it.each([
    ['hang', 'too-slow', '用时过长'],
    ['crash', 'bomb', '内存过多'],
  ])('refuses a file that makes it %s, and takes the next', async (name, fault, words) => {
    const inspecting = open({ program, timeoutMs: 3000 });
    const bad = inspecting.inspect(bytes, named(name));
    const next = inspecting.inspect(bytes, named('next'));
    await expect(bad).rejects.toMatchObject({ fault, message: expect.stringContaining(words) });
    expect(await next).toEqual([]);
  });

  it('tells a defect of the program as one, without the name of the file', async () => {
    await expect(open({ program }).inspect(bytes, named('fault'))).rejects.toThrow(
      'inspecting 17 bytes failed: a defect',
    );
  });

  it('refuses more files than may wait', async () => {
    const inspecting = open({ program, waiting: 1 });
    const taken = [inspecting.inspect(bytes, named('a')), inspecting.inspect(bytes, named('b'))];
    await expect(inspecting.inspect(bytes, named('c'))).rejects.toMatchObject({
      code: 'releases-busy',
      status: 503,
    });
    await Promise.all(taken);
  });
});
