import { Refusal } from '../../../core/refusal.ts';
import { openQueue } from '../../../core/threads/index.ts';
import type { BundleOrder } from '../print/bundle.ts';
import type { PrintableLetter, Sheet } from '../print/printable.ts';

export type PrintOrder =
  | { kind: 'pdf' | 'docx'; letter: PrintableLetter }
  | { kind: 'sheet' | 'sheet-docx'; sheet: Sheet };

export interface LetterPrinting {
  /** @throws Refusal `printing-busy` when too many wait, `printing-slow` when it takes too long (both 503) */
  print(order: PrintOrder): Promise<Uint8Array>;
  /** Binds a case into one file, in a thread of its own: letters never wait for it. @throws as `print` */
  bind(order: BundleOrder): Promise<Uint8Array>;
  close(): Promise<void>;
}

const refusal = (why: string, message: string) => new Refusal(`printing-${why}`, message, { status: 503 });

const inWords = {
  busy: () => refusal('busy', '正在生成的文书较多，请一分钟后再试。'),
  slow: (cause: unknown) =>
    Object.assign(refusal('slow', '这份文书生成时间过长，已停止。仍不成功的，请联系系统管理员。'), { cause }),
  closed: () => refusal('closed', '系统正在停止，请稍后再试。'),
};

/** Two threads, one for letters and one for case files, each started with its first order and taking orders in turn. */
export function openLetterPrinting(): LetterPrinting {
  const letters = openQueue<PrintOrder, { bytes: Uint8Array }>({
    program: new URL('./worker.ts', import.meta.url),
    work: 'printing',
    nameOf: ({ kind }) => `printing ${kind}`,
    // A letter takes some hundredths of a second: these are done within ten.
    waiting: 250,
    timeoutMs: 30_000,
    idleMs: 300_000,
    roomy: 384 * 2 ** 20,
    orders: 1000,
    ...inWords,
  });
  const bundles = openQueue<BundleOrder, { bytes: Uint8Array }>({
    program: new URL('./bundle-worker.ts', import.meta.url),
    work: 'binding',
    nameOf: () => 'binding a case',
    waiting: 6,
    timeoutMs: 120_000,
    idleMs: 60_000,
    roomy: 1024 * 2 ** 20,
    orders: 50,
    ...inWords,
  });
  return {
    print: async (order) => (await letters.perform(order)).bytes,
    bind: async (order) => (await bundles.perform(order)).bytes,
    async close() {
      await Promise.all([letters.close(), bundles.close()]);
    },
  };
}
