import { Refusal } from '../../../core/refusal.ts';
import { type FileFault, UnreadableFile } from '../../../core/spreadsheet/index.ts';
import { openQueue, ThreadLost } from '../../../core/threads/index.ts';

/** What an attachment says, as far as it was read. */
export interface AttachmentText {
  /** White space collapsed, a paragraph or a row of a table a line. */
  text: string;
  /** Why not all of it was read; '' when it was. */
  unread: string;
}

export interface ReadingOrder {
  name: string;
  /** Where the content lies; it is only read. */
  path: string;
}

export type ReadingOutcome = AttachmentText | { refused: FileFault };

/** Reads attachments in a thread of its own: they may be anything. */
export interface AttachmentReading {
  /** @throws UnreadableFile when the file is to blame; Refusal `attachments-busy` (503) */
  read(order: ReadingOrder): Promise<AttachmentText>;
  close(): Promise<void>;
}

export interface AttachmentReadingLimits {
  timeoutMs?: number;
  idleMs?: number;
  /** What the thread runs. */
  program?: URL;
}

/** Why a file was not read, for editors. */
export const faultWords: Readonly<Record<FileFault, string>> = {
  empty: '文件里没有文字',
  'too-large': '文件超过 50 MB',
  macro: '文件带有宏',
  encrypted: '文件设有密码',
  'old-format': '旧版 Office 或 WPS 文件',
  markup: '网页或 XML 文件',
  bomb: '解压后过大，或占用内存过多',
  damaged: '文件已损坏或不完整',
  encoding: '文字编码无法识别',
  'wrong-type': '不是 Word、Excel、PDF 或文本文件',
  'too-many-rows': '行数过多',
  'too-many-columns': '列数过多',
  'cell-too-long': '单元格文字过长',
  'too-slow': '读取用时过长',
  infected: '文件带有病毒',
  unscanned: '文件没有经过病毒检查',
};

/** One thread for all files, started with the first of them; files are taken in turn. */
export function openAttachmentReading({
  timeoutMs = 60_000,
  idleMs = 120_000,
  program = new URL('./worker.ts', import.meta.url),
}: AttachmentReadingLimits = {}): AttachmentReading {
  const queue = openQueue<ReadingOrder, ReadingOutcome>({
    program,
    work: 'attachment reading',
    // Names of files may be personal.
    nameOf: ({ path }) => `reading ${path.slice(-64)}`,
    waiting: 20,
    timeoutMs,
    idleMs,
    roomy: 512 * 2 ** 20,
    orders: 500,
    busy: () => unavailable('busy', '正在读取的附件较多，请稍后再试。'),
    slow: (cause) => Object.assign(unreadable('too-slow'), { cause }),
    closed: () => unavailable('closed', '系统正在停止，请稍后再试。'),
  });
  return {
    async read(order) {
      const outcome = await queue.perform(order).catch((error: unknown) => {
        // The order was tried twice, the second time in a new thread: the file itself is to blame.
        throw error instanceof ThreadLost ? Object.assign(unreadable('bomb'), { cause: error }) : error;
      });
      if ('refused' in outcome) throw unreadable(outcome.refused);
      return outcome;
    },
    close: () => queue.close(),
  };
}

const unavailable = (why: string, message: string) =>
  new Refusal(`attachments-${why}`, message, { status: 503 });
const unreadable = (fault: FileFault) => new UnreadableFile(fault, faultWords[fault]);
