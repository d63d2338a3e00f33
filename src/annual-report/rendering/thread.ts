import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ROOT } from '../../config.ts';
import type { CompiledReport } from '../model.ts';
import type { RenderKind } from '../render/index.ts';

export interface Order {
  report: CompiledReport;
  kind: RenderKind;
}

export type Answer =
  | {
      bytes: Uint8Array;
      /** Bytes the thread holds now. */
      memory: number;
    }
  | { fault: string };

/** The thread ended in the middle of an order: a crash, or more memory than it may have. */
export class ThreadLost extends Error {}

/** The order took longer than it may. */
export class RenderingTimedOut extends Error {}

export interface RenderThread {
  /** One order at a time. @throws ThreadLost, RenderingTimedOut, or the fault of this one rendering */
  render(order: Order, timeoutMs: number): Promise<Uint8Array>;
  /** To be replaced before the next order: ended, or grown too large. */
  isSpent(): boolean;
  stop(): Promise<void>;
}

const MB = 2 ** 20;
/** A thread that holds more than this after an order is replaced; one that needs twice as much for one order ends. */
const ROOMY = 512 * MB;
/** Typesetting keeps memory that no counter of the thread shows, so it is also replaced after so many orders. */
const ORDERS = 300;

const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** Starts the thread; it keeps the process alive only while it has an order. */
export function startThread(program: URL): RenderThread {
  const worker = new Worker(program, {
    // The same from source, under the test runner and in production: none of them hands its own loader down alike.
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', loader],
    env: { ...process.env, TSX_TSCONFIG_PATH: join(ROOT, 'tsconfig.json') },
    resourceLimits: { maxOldGenerationSizeMb: (2 * ROOMY) / MB },
  });
  let taken = 0;
  let spent = false;
  let lost: (error: Error) => void = () => {};
  worker.unref();
  worker.on('error', (error) => end(`the rendering thread failed: ${String(error)}`, error));
  worker.on('exit', (code) => end(`the rendering thread ended with code ${code}`));

  function end(message: string, cause?: unknown): void {
    spent = true;
    lost(new ThreadLost(message, { cause }));
  }

  return {
    async render(order, timeoutMs) {
      taken += 1;
      worker.ref();
      const answered = Promise.withResolvers<Answer>();
      const timer = setTimeout(() => {
        spent = true;
        answered.reject(new RenderingTimedOut(`rendering ${order.kind} took more than ${timeoutMs} ms`));
      }, timeoutMs);
      lost = answered.reject;
      worker.once('message', answered.resolve);
      try {
        worker.postMessage(order);
        const answer = await answered.promise;
        if ('fault' in answer) throw new Error(`rendering ${order.kind} failed: ${answer.fault}`);
        spent ||= answer.memory > ROOMY || taken >= ORDERS;
        return answer.bytes;
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
