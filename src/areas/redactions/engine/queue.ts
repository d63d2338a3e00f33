import { createHash } from 'node:crypto';
import { Refusal } from '../../../core/refusal.ts';
import { type FileFault, UnreadableFile } from '../../../core/spreadsheet/index.ts';
import { openQueue, ThreadLost } from '../../../core/threads/index.ts';
import type { IndexWords } from './index-page.ts';
import type { Box, GroundedBox, PreparedSource, Rect, SourceKind } from './model.ts';
import type { Query } from './occurrences.ts';
import { type PicturePage, pictureDocument } from './picture-pdf.ts';

export type RedactionOrder =
  | { do: 'prepare'; files: readonly Uint8Array[] }
  | { do: 'draw'; pdf: Uint8Array; page: number; dpi: number; boxes: readonly GroundedBox[] }
  | { do: 'cover'; pdf: Uint8Array; page: number; boxes: readonly GroundedBox[] }
  | { do: 'index'; boxes: readonly GroundedBox[]; words: IndexWords }
  | { do: 'find'; pdf: Uint8Array; queries: readonly Query[]; from: number; to: number }
  | { do: 'places'; pdf: Uint8Array; page: number };

export interface Answered {
  prepared?: PreparedSource & { kind: SourceKind };
  image?: Uint8Array;
  page?: PicturePage;
  pages?: PicturePage[];
  found?: Box[][];
  places?: Rect[];
}

/** What is worked on, and how many pages it has. */
export interface WorkingPdf {
  pdf: Uint8Array;
  pages: number;
}

type Outcome = { answer: Answered } | { refused: { fault: FileFault; message: string } };

/** Redacts files in a thread of its own: they may be anything, and no page of the site waits for them. */
export interface Redactor {
  /**
   * One PDF, one Word document or some pictures, made into the PDF that is worked on.
   * @throws UnreadableFile in words for whoever chose the files
   */
  prepare(files: readonly Uint8Array[]): Promise<PreparedSource & { kind: SourceKind }>;
  /** A JPEG of a page, its boxes painted. */
  pageImage(
    pdf: Uint8Array,
    page: number,
    options: { dpi: number; boxes?: readonly GroundedBox[] },
  ): Promise<Uint8Array>;
  /** Where words and patterns stand, for each query in turn. */
  findOccurrences(source: WorkingPdf, queries: readonly Query[]): Promise<Box[][]>;
  /** Where the characters of a page stand. */
  places(pdf: Uint8Array, page: number): Promise<Rect[]>;
  /**
   * A new PDF of pixels alone, the index of redactions last. The same pages and boxes give the same bytes, and what was
   * under the boxes has no part in them. `progress` is told after each page.
   */
  redact(
    source: WorkingPdf,
    boxes: readonly GroundedBox[],
    words: IndexWords,
    progress?: (done: number) => Promise<void>,
  ): Promise<{ pdf: Uint8Array; sm3: string }>;
  close(): Promise<void>;
}

export interface RedactorLimits {
  waiting?: number;
  /** For one order: a whole file made ready, some pages searched, one drawn or covered. */
  timeoutMs?: number;
  idleMs?: number;
  /** What the thread runs. */
  program?: URL;
}

/** Read in one order, so that nobody waits long for a page of another file. */
const PAGES_AT_ONCE = 20;

/** One thread for all files, started with the first order and kept warm; orders are taken in turn. */
export function openRedactor({
  waiting = 200,
  timeoutMs = 60_000,
  idleMs = 300_000,
  program = new URL('./worker.ts', import.meta.url),
}: RedactorLimits = {}): Redactor {
  const queue = openQueue<RedactionOrder, Outcome>({
    program,
    work: 'redaction',
    nameOf: (order) => `redaction ${order.do}`,
    waiting,
    timeoutMs,
    idleMs,
    roomy: 768 * 2 ** 20,
    orders: 1000,
    busy: () => unavailable('busy', '正在处理的文件较多，请一分钟后再试。'),
    slow: (cause) =>
      Object.assign(
        new UnreadableFile(
          'too-slow',
          `处理超过 ${Math.round(timeoutMs / 1000)} 秒，已停止。请拆分文件，或者打印成 PDF 后重新上传。`,
        ),
        { cause },
      ),
    closed: () => unavailable('closed', '系统正在停止，请稍后再试。'),
  });

  async function perform(order: RedactionOrder): Promise<Answered> {
    const outcome = await queue.perform(order).catch((error: unknown) => {
      throw error instanceof ThreadLost ? tooHeavy(error) : error;
    });
    if ('refused' in outcome) throw new UnreadableFile(outcome.refused.fault, outcome.refused.message);
    return outcome.answer;
  }

  return {
    prepare: async (files) => (await perform({ do: 'prepare', files })).prepared!,
    pageImage: async (pdf, page, { dpi, boxes = [] }) =>
      (await perform({ do: 'draw', pdf, page, dpi, boxes })).image!,
    async findOccurrences(source, queries) {
      const pdf = shared(source.pdf);
      const found = queries.map((): Box[] => []);
      for (let from = 1; from <= source.pages; from += PAGES_AT_ONCE) {
        const to = from + PAGES_AT_ONCE - 1;
        const part = (await perform({ do: 'find', pdf, queries, from, to })).found ?? [];
        for (const [index, boxes] of part.entries()) found[index]?.push(...boxes);
      }
      return found;
    },
    places: async (pdf, page) => (await perform({ do: 'places', pdf, page })).places ?? [],
    async redact(source, boxes, words, progress) {
      const pdf = shared(source.pdf);
      const covered: PicturePage[] = [];
      for (let page = 1; page <= source.pages; page += 1) {
        const own = boxes.filter((box) => box.page === page);
        covered.push((await perform({ do: 'cover', pdf, page, boxes: own })).page!);
        await progress?.(page);
      }
      const index = (await perform({ do: 'index', boxes, words })).pages ?? [];
      const result = pictureDocument([...covered, ...index]);
      return { pdf: result, sm3: createHash('sm3').update(result).digest('hex') };
    },
    close: () => queue.close(),
  };
}

/** In memory that both threads see, so that it is not copied for every page. */
function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

const unavailable = (why: string, message: string) =>
  new Refusal(`redaction-${why}`, message, { status: 503 });

/** The order was tried twice, the second time in a new thread: the file itself is to blame. */
const tooHeavy = (cause: Error) =>
  Object.assign(
    new UnreadableFile('bomb', '处理时占用的内存过多，已停止。请拆分文件，或者打印成 PDF 后重新上传。'),
    { cause },
  );
