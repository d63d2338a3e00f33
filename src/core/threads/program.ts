import { parentPort } from 'node:worker_threads';
import type { Answer } from './thread.ts';

/** Makes this module the program of a thread: one order in, one answer out. */
export function answerOrders<Order, Result>(perform: (order: Order) => Promise<Result>): void {
  parentPort?.on('message', async (order: Order) => {
    parentPort?.postMessage(await answer(perform, order));
  });
}

async function answer<Order, Result>(
  perform: (order: Order) => Promise<Result>,
  order: Order,
): Promise<Answer<Result>> {
  try {
    const result = await perform(order);
    const { heapTotal, external } = process.memoryUsage();
    return { ...result, memory: heapTotal + external };
  } catch (error) {
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
