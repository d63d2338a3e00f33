import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ROOT } from '../../config.ts';

/** What a thread's program answers to an order: its result with the bytes the thread holds now, or what went wrong. */
export type Answer<Result> = (Result & { memory: number }) | { fault: string };

/** The thread ended in the middle of an order: a crash, or more memory than it may have. */
export class ThreadLost extends Error {}

/** The order took longer than it may. */
export class OrderTimedOut extends Error {}

export interface ThreadPlan {
  /** A module that answers each message with one `Answer`. */
  program: URL;
  /** For messages to operators, e.g. `rendering`. */
  work: string;
  /** A thread that holds more bytes than this after an order is replaced; one that needs twice as much for one ends. */
  roomy: number;
  /** Native code keeps memory that no counter of the thread shows, so it is also replaced after so many orders. */
  orders: number;
}

export interface Thread<Order, Result> {
  /** One order at a time; `what` names it. @throws ThreadLost, OrderTimedOut, or the fault of this one order */
  perform(order: Order, what: string, timeoutMs: number): Promise<Result>;
  /** To be replaced before the next order: ended, or grown too large. */
  isSpent(): boolean;
  stop(): Promise<void>;
}

const MB = 2 ** 20;
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** Starts the thread; it keeps the process alive only while it has an order. */
export function startThread<Order, Result>(plan: ThreadPlan): Thread<Order, Result> {
  const { program, work, roomy, orders } = plan;
  const worker = new Worker(program, {
    // The same from source, under the test runner and in production: none of them hands its own loader down alike.
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', loader],
    env: { ...process.env, TSX_TSCONFIG_PATH: join(ROOT, 'tsconfig.json') },
    resourceLimits: { maxOldGenerationSizeMb: (2 * roomy) / MB },
  });
  let taken = 0;
  let spent = false;
  let lost: (error: Error) => void = () => {};
  worker.unref();
  worker.on('error', (error) => end(`the ${work} thread failed: ${String(error)}`, error));
  worker.on('exit', (code) => end(`the ${work} thread ended with code ${code}`));

  function end(message: string, cause?: unknown): void {
    spent = true;
    lost(new ThreadLost(message, { cause }));
  }

  return {
    async perform(order, what, timeoutMs) {
      taken += 1;
      worker.ref();
      const answered = Promise.withResolvers<Answer<Result>>();
      const timer = setTimeout(() => {
        spent = true;
        answered.reject(new OrderTimedOut(`${what} took more than ${timeoutMs} ms`));
      }, timeoutMs);
      lost = answered.reject;
      worker.once('message', answered.resolve);
      try {
        worker.postMessage(order);
        const answer = await answered.promise;
        if ('fault' in answer) throw new Error(`${what} failed: ${answer.fault}`);
        spent ||= answer.memory > roomy || taken >= orders;
        return answer;
      } finally {
        clearTimeout(timer);
        worker.off('message', answered.resolve);
        lost = () => {};
        worker.unref();
      }
    },
    isSpent: () => spent,
    async stop() {
      await worker.terminate();
    },
  };
}
