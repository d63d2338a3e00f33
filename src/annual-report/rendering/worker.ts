import { parentPort } from 'node:worker_threads';
import { renderers } from '../render/index.ts';
import type { Answer, Order } from './thread.ts';

/** What runs in the rendering thread: one order in, one answer out. */
parentPort?.on('message', async ({ report, kind }: Order) => {
  parentPort?.postMessage(await answer({ report, kind }));
});

async function answer({ report, kind }: Order): Promise<Answer> {
  try {
    const bytes = await renderers[kind].render(report);
    const { heapTotal, external } = process.memoryUsage();
    return { bytes, memory: heapTotal + external };
  } catch (error) {
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
