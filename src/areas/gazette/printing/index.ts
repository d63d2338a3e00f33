import { Refusal } from '../../../core/refusal.ts';
import { openQueue } from '../../../core/threads/index.ts';
import type { PrintOrder } from '../print/printable.ts';

export interface GazettePrinting {
  /** @throws Refusal `gazette-printing-busy` when too many wait, `gazette-printing-slow` when it takes too long (both 503) */
  print(order: PrintOrder): Promise<Uint8Array>;
  close(): Promise<void>;
}

const refusal = (why: string, message: string) =>
  new Refusal(`gazette-printing-${why}`, message, { status: 503 });

/** One thread for issues, started with the first order: letters and reports never wait for two hundred documents. */
export function openGazettePrinting(): GazettePrinting {
  const queue = openQueue<PrintOrder, { bytes: Uint8Array }>({
    program: new URL('./worker.ts', import.meta.url),
    work: 'typesetting',
    nameOf: ({ issue }) => `typesetting ${issue.numberLine}`,
    waiting: 8,
    timeoutMs: 180_000,
    idleMs: 60_000,
    roomy: 768 * 2 ** 20,
    orders: 50,
    busy: () => refusal('busy', '正在排版的公报较多，请稍后再试。'),
    slow: (cause) =>
      Object.assign(refusal('slow', '这一期排版时间过长，已停止。请分成几期，或者联系系统管理员。'), {
        cause,
      }),
    closed: () => refusal('closed', '系统正在停止，请稍后再试。'),
  });
  return {
    print: async (order) => (await queue.perform(order)).bytes,
    close: () => queue.close(),
  };
}
