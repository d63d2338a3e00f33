import { Refusal } from '../../core/refusal.ts';
import type { CompiledReport } from '../model.ts';
import type { RenderKind } from '../render/index.ts';
import { type Order, RenderingTimedOut, type RenderThread, startThread, ThreadLost } from './thread.ts';

export interface Rendering {
  /**
   * The same bytes as `renderers[kind].render(report)`, made in a thread of its own.
   * @throws Refusal `rendering-busy` when too many wait, `rendering-slow` when it takes too long (both 503)
   */
  render(report: CompiledReport, kind: RenderKind): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface RenderingLimits {
  /** How many orders may wait behind the one in work. */
  waiting?: number;
  timeoutMs?: number;
  /** A thread without work for so long is ended: fonts and typesetter hold some hundred megabytes. */
  idleMs?: number;
  /** What the thread runs. */
  program?: URL;
}

interface Waiting extends Order {
  resolve(bytes: Uint8Array): void;
  reject(error: unknown): void;
}

/** One thread for all renderings, started with the first of them and kept warm; orders are taken in turn. */
export function openRendering({
  waiting = 24,
  timeoutMs = 60_000,
  idleMs = 600_000,
  program = new URL('./worker.ts', import.meta.url),
}: RenderingLimits = {}): Rendering {
  const line: Waiting[] = [];
  let thread: RenderThread | null = null;
  let working: Promise<void> | null = null;
  let closed = false;
  let idle: NodeJS.Timeout | undefined;

  async function workOff(): Promise<void> {
    clearTimeout(idle);
    for (let next = line.shift(); next; next = line.shift()) {
      await perform(next).then(next.resolve, next.reject);
    }
    working = null;
    idle = setTimeout(endThread, idleMs).unref();
  }

  async function perform(order: Order): Promise<Uint8Array> {
    try {
      return await attempt(order);
    } catch (error) {
      // What earlier orders left behind may have ended the thread: the order is tried once more in a new one.
      if (error instanceof ThreadLost && !closed) return attempt(order);
      throw error;
    }
  }

  async function attempt({ report, kind }: Order): Promise<Uint8Array> {
    if (closed) throw closing();
    thread ??= startThread(program);
    try {
      return await thread.render({ report, kind }, timeoutMs);
    } catch (error) {
      if (closed) throw closing();
      throw error instanceof RenderingTimedOut ? slow(error) : error;
    } finally {
      if (thread?.isSpent()) endThread();
    }
  }

  /** Not waited for: native code ends only when it returns. */
  function endThread(): void {
    void thread?.stop();
    thread = null;
  }

  return {
    async render(report, kind) {
      if (closed) throw closing();
      if (line.length >= waiting) throw busy();
      const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
      line.push({ report, kind, resolve, reject });
      working ??= workOff();
      return promise;
    },
    async close() {
      closed = true;
      await thread?.stop();
      await working;
      clearTimeout(idle);
    },
  };
}

const busy = () => new Refusal('rendering-busy', '正在生成的报告文件较多，请一分钟后再试。', { status: 503 });

const slow = (cause: Error) =>
  Object.assign(
    new Refusal(
      'rendering-slow',
      '这份文件生成时间过长，已停止。请稍后再试；仍不成功的，请联系系统管理员。',
      {
        status: 503,
      },
    ),
    { cause },
  );

const closing = () => new Refusal('rendering-closed', '系统正在停止，请稍后再试。', { status: 503 });
