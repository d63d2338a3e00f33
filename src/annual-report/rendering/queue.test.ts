import { afterAll, describe, expect, it, vi } from 'vitest';
import { kunmingReport } from '../render/fixtures/kunming.ts';
import { type RenderKind, renderers } from '../render/index.ts';
import { openRendering, type RenderingLimits } from './queue.ts';

const report = kunmingReport();
const opened: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map((rendering) => rendering.close())));

function open(limits?: RenderingLimits) {
  const rendering = openRendering(limits);
  opened.push(rendering);
  return rendering;
}

/** A thread whose conduct the report's title decides, with the number of orders it took as its rendering. */
const program = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    let orders = 0;
    parentPort.on('message', ({ report }) => {
      orders += 1;
      if (report.title === 'crash' || (report.title === 'crash if old' && orders > 1)) process.exit(7);
      if (report.title === 'hang') for (;;);
      if (report.title === 'fault') parentPort.postMessage({ fault: 'no such font' });
      else parentPort.postMessage({ bytes: Uint8Array.of(orders), memory: report.title === 'grow' ? 2 ** 40 : 0 });
    });
  `)}`,
);
const titled = (title: string) => ({ ...report, title });

describe('in a thread a report', () => {
  const rendering = open();

  it.each(Object.keys(renderers) as RenderKind[])(
    'has the bytes it has without: %s',
    async (kind) => {
      const rendered = await rendering.render(report, kind);
      expect(Buffer.compare(rendered, await renderers[kind].render(report))).toBe(0);
    },
    120_000,
  );
});

describe('the rendering thread', () => {
  it('is kept warm between orders and takes them in turn', async () => {
    const rendering = open({ program });
    const answers = await Promise.all([1, 2, 3].map(() => rendering.render(titled(''), 'csv')));
    expect(answers.map(([order]) => order)).toEqual([1, 2, 3]);
  });

  it('is replaced after a crash, which fails only the order that causes it', async () => {
    const rendering = open({ program });
    const crashed = rendering.render(titled('crash'), 'csv');
    const next = rendering.render(titled(''), 'csv');
    await expect(crashed).rejects.toThrow('ended with code 7');
    expect([...(await next)]).toEqual([1]);
  });

  it('is given the order again when what came before made it crash', async () => {
    const rendering = open({ program });
    await rendering.render(titled(''), 'csv');
    expect([...(await rendering.render(titled('crash if old'), 'csv'))]).toEqual([1]);
  });

  it('is replaced when it has grown', async () => {
    const rendering = open({ program });
    await rendering.render(titled('grow'), 'csv');
    expect([...(await rendering.render(titled(''), 'csv'))]).toEqual([1]);
  });

  it('is ended when it has nothing to do', async () => {
    const rendering = open({ program, idleMs: 1 });
    await rendering.render(titled(''), 'csv');
    await vi.waitFor(
      async () => expect([...(await rendering.render(titled(''), 'csv'))]).toEqual([1]),
      10_000,
    );
  });

  it('survives a rendering that fails', async () => {
    const rendering = open({ program });
    await expect(rendering.render(titled('fault'), 'pdf')).rejects.toThrow(
      'rendering pdf failed: no such font',
    );
    expect([...(await rendering.render(titled(''), 'csv'))]).toEqual([2]);
  });

  it('is stopped when an order takes too long', async () => {
    const rendering = open({ program, timeoutMs: 300 });
    await expect(rendering.render(titled('hang'), 'csv')).rejects.toMatchObject({
      code: 'rendering-slow',
      status: 503,
    });
  });

  it('refuses more orders than may wait', async () => {
    const rendering = open({ program, waiting: 1 });
    const inWork = rendering.render(titled(''), 'csv');
    const waiting = rendering.render(titled(''), 'csv');
    await expect(rendering.render(titled(''), 'csv')).rejects.toMatchObject({
      code: 'rendering-busy',
      status: 503,
    });
    expect([...(await inWork), ...(await waiting)]).toEqual([1, 2]);
  });

  it('ends with the program, telling those who wait', async () => {
    const rendering = open({ program });
    const hanging = rendering.render(titled('hang'), 'csv');
    const waiting = rendering.render(titled(''), 'csv');
    const refused = Promise.all(
      [hanging, waiting].map((order) => expect(order).rejects.toMatchObject({ code: 'rendering-closed' })),
    );
    await rendering.close();
    await refused;
    await expect(rendering.render(titled(''), 'csv')).rejects.toMatchObject({ code: 'rendering-closed' });
  });
});
