import type { SheetRecord } from '../../core/spreadsheet/index.ts';
import { openQueue } from '../../core/threads/index.ts';
import { type ImportSetting, type PreparedChunk, prepareChunk } from './import-preparing.ts';
import type { PrepareOrder } from './import-worker.ts';

/** Works chunks of lines out, several at a time. */
export interface Preparing {
  /** How many chunks may be under way. */
  width: number;
  prepare(records: readonly SheetRecord[], setting: ImportSetting): Promise<PreparedChunk>;
  close(): Promise<void>;
}

const MB = 2 ** 20;
/** Behind the chunk in work one waits, so that a thread is never idle. */
const CHUNKS_OF_A_THREAD = 2;

/** In so many threads; without any, here and now, as is best for a few lines: a thread needs a second to start. */
export function openPreparing(threads: number): Preparing {
  if (threads === 0) {
    return {
      width: 1,
      prepare: async (records, setting) => prepareChunk(records, setting),
      close: async () => {},
    };
  }
  const queues = Array.from({ length: threads }, () =>
    openQueue<PrepareOrder, PreparedChunk>({
      program: new URL('./import-worker.ts', import.meta.url),
      work: 'import',
      nameOf: () => 'preparing lines',
      waiting: CHUNKS_OF_A_THREAD,
      timeoutMs: 600_000,
      idleMs: 60_000,
      roomy: 768 * MB,
      orders: 5000,
      busy: () => new Error('too many chunks of an import are under way'),
      slow: (cause) => cause,
      closed: () => new Error('the import was ended'),
    }),
  );
  let next = 0;
  return {
    width: threads * CHUNKS_OF_A_THREAD,
    async prepare(records, setting) {
      const queue = queues[next++ % queues.length] as (typeof queues)[number];
      const { items, rejected } = await queue.perform({ records, setting });
      return { items, rejected };
    },
    async close() {
      await Promise.all(queues.map((queue) => queue.close()));
    },
  };
}
