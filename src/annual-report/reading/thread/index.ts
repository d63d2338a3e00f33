import { Refusal } from '../../../core/refusal.ts';
import { type FileFault, UnreadableFile } from '../../../core/spreadsheet/limits.ts';
import { openQueue, ThreadLost } from '../../../core/threads/index.ts';
import type { ReadReport } from '../model.ts';

export interface ReadingOrder {
  file: { name: string; path: string };
  hints?: { year?: number };
}

/** What the thread answers. */
export type Outcome = { report: ReadReport } | { refused: { fault: FileFault; message: string } };

export interface Reading {
  /**
   * The same as `readReportFile`, done in a thread of its own, so that no file can hold up or end the server.
   * @throws UnreadableFile also when the file takes too long or needs too much memory; Refusal `reading-busy` (503)
   */
  read(order: ReadingOrder): Promise<ReadReport>;
  close(): Promise<void>;
}

export interface ReadingLimits {
  /** How many files may wait behind the one being read. */
  waiting?: number;
  timeoutMs?: number;
  idleMs?: number;
  /** What the thread runs. */
  program?: URL;
}

/** One thread for all files, started with the first of them and kept warm; files are taken in turn. */
export function openReading({
  waiting = 500,
  timeoutMs = 30_000,
  idleMs = 600_000,
  program = new URL('./worker.ts', import.meta.url),
}: ReadingLimits = {}): Reading {
  const queue = openQueue<ReadingOrder, Outcome>({
    program,
    work: 'reading',
    nameOf: ({ file }) => `reading ${file.path}`,
    waiting,
    timeoutMs,
    idleMs,
    roomy: 512 * 2 ** 20,
    orders: 2000,
    busy: () => unavailable('busy', '正在读取的报告文件较多，请几分钟后再试。'),
    slow: (cause) =>
      Object.assign(
        new UnreadableFile(
          'too-slow',
          `读取超过 ${Math.round(timeoutMs / 1000)} 秒，已停止。请只保留报告本身，另存为 Word 文档或网页后重新上传。`,
        ),
        { cause },
      ),
    closed: () => unavailable('closed', '系统正在停止，请稍后再试。'),
  });
  return {
    async read(order) {
      const outcome = await queue.perform(order).catch((error: unknown) => {
        throw error instanceof ThreadLost ? tooHeavy(error) : error;
      });
      if ('refused' in outcome) throw new UnreadableFile(outcome.refused.fault, outcome.refused.message);
      return outcome.report;
    },
    close: () => queue.close(),
  };
}

const unavailable = (why: string, message: string) => new Refusal(`reading-${why}`, message, { status: 503 });

/** The order was tried twice, the second time in a new thread: the file itself is to blame. */
const tooHeavy = (cause: Error) =>
  Object.assign(
    new UnreadableFile(
      'bomb',
      '读取时占用的内存过多，已停止。请只保留报告本身，另存为 Word 文档或网页后重新上传。',
    ),
    { cause },
  );
