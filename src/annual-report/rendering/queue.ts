import { Refusal } from '../../core/refusal.ts';
import { openQueue } from '../../core/threads/index.ts';
import type { CompiledReport } from '../model.ts';
import type { RenderKind } from '../render/index.ts';

export interface Rendering {
  /**
   * The same bytes as `renderers[kind].render(report)`, made in a thread of its own.
   * @throws Refusal `rendering-busy` when too many wait, `rendering-slow` when it takes too long (both 503)
   */
  render(report: CompiledReport, kind: RenderKind): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface Order {
  report: CompiledReport;
  kind: RenderKind;
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

/** One thread for all renderings, started with the first of them and kept warm; orders are taken in turn. */
export function openRendering({
  waiting = 24,
  timeoutMs = 60_000,
  idleMs = 600_000,
  program = new URL('./worker.ts', import.meta.url),
}: RenderingLimits = {}): Rendering {
  const queue = openQueue<Order, { bytes: Uint8Array }>({
    program,
    work: 'rendering',
    nameOf: ({ kind }) => `rendering ${kind}`,
    waiting,
    timeoutMs,
    idleMs,
    roomy: 512 * 2 ** 20,
    orders: 300,
    busy: () => refusal('busy', '正在生成的报告文件较多，请一分钟后再试。'),
    slow: (cause) =>
      Object.assign(
        refusal('slow', '这份文件生成时间过长，已停止。请稍后再试；仍不成功的，请联系系统管理员。'),
        { cause },
      ),
    closed: () => refusal('closed', '系统正在停止，请稍后再试。'),
  });
  return {
    async render(report, kind) {
      const { bytes } = await queue.perform({ report, kind });
      return bytes;
    },
    close: () => queue.close(),
  };
}

const refusal = (why: string, message: string) => new Refusal(`rendering-${why}`, message, { status: 503 });
