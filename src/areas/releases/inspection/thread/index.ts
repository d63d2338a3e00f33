import type { Temporal } from 'temporal-polyfill';
import { Refusal } from '../../../../core/refusal.ts';
import { type FileFault, UnreadableFile } from '../../../../core/spreadsheet/index.ts';
import { openQueue, ThreadLost } from '../../../../core/threads/index.ts';
import type { GateFinding } from '../finding.ts';
import type { Cleaned } from '../inspect.ts';

export interface InspectionOrder {
  bytes: Uint8Array;
  name: string;
  /** Civil date; rules out birth dates that are still to come. */
  today: string;
  /** Null: inspect only. */
  clean: readonly string[] | 'all' | null;
}

/** What the thread answers; an inspection gives no bytes back. */
export type InspectionOutcome = Cleaned | { refused: { fault: FileFault; message: string } };

/** Inspects and cleans files in a thread of its own, so that no file can hold up or end the server. */
export interface Inspecting {
  /**
   * What a file holds that nobody meant to give away.
   * @throws UnreadableFile when it cannot be inspected; Refusal `releases-busy` (503)
   */
  inspect(bytes: Uint8Array, file: { name: string; today: Temporal.PlainDate }): Promise<GateFinding[]>;
  /** The file without the findings named, or without all that can be cleaned. @throws as `inspect` */
  clean(
    bytes: Uint8Array,
    keys: readonly string[] | 'all',
    file: { name: string; today: Temporal.PlainDate },
  ): Promise<Cleaned>;
  close(): Promise<void>;
}

export interface InspectingLimits {
  /** How many files may wait behind the one in work. */
  waiting?: number;
  timeoutMs?: number;
  idleMs?: number;
  /** What the thread runs. */
  program?: URL;
}

/** One thread for all files, started with the first of them and kept warm; files are taken in turn. */
export function openInspecting({
  waiting = 50,
  timeoutMs = 120_000,
  idleMs = 600_000,
  program = new URL('./worker.ts', import.meta.url),
}: InspectingLimits = {}): Inspecting {
  const queue = openQueue<InspectionOrder, InspectionOutcome>({
    program,
    work: 'inspecting',
    // Names of files may be personal.
    nameOf: ({ bytes, clean }) => `${clean ? 'cleaning' : 'inspecting'} ${bytes.length} bytes`,
    waiting,
    timeoutMs,
    idleMs,
    roomy: 768 * 2 ** 20,
    orders: 200,
    busy: () => unavailable('busy', '正在检查的文件较多，请几分钟后再试。'),
    slow: (cause) =>
      Object.assign(
        new UnreadableFile('too-slow', '检查用时过长，没有完成，文件不能发出。请拆分后分别检查。'),
        { cause },
      ),
    closed: () => unavailable('closed', '系统正在停止，请稍后再试。'),
  });
  const perform = async (order: InspectionOrder): Promise<Cleaned> => {
    const outcome = await queue.perform(order).catch((error: unknown) => {
      throw error instanceof ThreadLost ? tooHeavy(error) : error;
    });
    if ('refused' in outcome) throw new UnreadableFile(outcome.refused.fault, outcome.refused.message);
    return outcome;
  };
  return {
    inspect: async (bytes, { name, today }) =>
      (await perform({ bytes, name, today: today.toString(), clean: null })).left,
    clean: (bytes, clean, { name, today }) => perform({ bytes, name, today: today.toString(), clean }),
    close: () => queue.close(),
  };
}

const unavailable = (why: string, message: string) =>
  new Refusal(`releases-${why}`, message, { status: 503 });

/** The order was tried twice, the second time in a new thread: the file itself is to blame. */
const tooHeavy = (cause: Error) =>
  Object.assign(
    new UnreadableFile('bomb', '检查时占用的内存过多，没有完成，文件不能发出。请拆分或简化后重试。'),
    { cause },
  );
