import type { Temporal } from 'temporal-polyfill';
import { UnreadableFile } from '../../../core/spreadsheet/index.ts';
import { openArchive } from './archive/index.ts';
import type { Discovery, GateFinding, OpenedFile } from './finding.ts';
import { openImage } from './image/index.ts';
import { findingKinds } from './kinds.ts';
import { Budget, type GateLimits, gateLimits, refused } from './limits.ts';
import { openOffice } from './office/index.ts';
import { openPdf } from './pdf/index.ts';
import { openText } from './text/index.ts';

export interface InspectionOptions {
  /** As the file will be called when it leaves. */
  name: string;
  /** Rules out birth dates that are still to come. */
  today: Temporal.PlainDate;
  limits?: Partial<GateLimits>;
}

export interface Cleaned {
  bytes: Uint8Array;
  /** With the extension that its content has. */
  name: string;
  /** What is still there, found by inspecting the new bytes. */
  left: GateFinding[];
}

/**
 * What the bytes of a file hold that nobody meant to give away. Nothing in it is run, fetched or computed.
 * @throws UnreadableFile when it cannot be inspected as a whole: encrypted, damaged, a bomb, of an unknown kind
 */
export async function inspectBytes(bytes: Uint8Array, options: InspectionOptions): Promise<GateFinding[]> {
  const file = await open(bytes, options);
  return numbered(file).map(({ finding }) => finding);
}

/** Takes findings away, all that can be or those named, and inspects what came out. @throws as `inspectBytes` */
export async function cleanBytes(
  bytes: Uint8Array,
  keys: readonly string[] | 'all',
  options: InspectionOptions,
): Promise<Cleaned> {
  const file = await open(bytes, options);
  let name = options.name;
  let changed = false;
  for (const { finding, discovery } of numbered(file)) {
    if (keys !== 'all' && !keys.includes(finding.key)) continue;
    if (discovery.kind === 'name-lies') name = renamed(name, file.extensions[0] ?? '');
    if (!discovery.mend || discovery.kind === 'name-lies') continue;
    await discovery.mend();
    changed = true;
  }
  const cleaned = changed ? await file.save() : bytes;
  const again = await open(cleaned, { ...options, name });
  const left = numbered(again).map(({ finding }) => finding);
  if (!lies(name, again.extensions)) return { bytes: cleaned, name, left };
  // A document that has lost its macros is of another kind, and is called so.
  if (keys !== 'all' && lies(options.name, file.extensions)) return { bytes: cleaned, name, left };
  return {
    bytes: cleaned,
    name: renamed(name, again.extensions[0] ?? ''),
    left: left.filter(({ kind }) => kind !== 'name-lies'),
  };
}

async function open(bytes: Uint8Array, { name, today, limits }: InspectionOptions): Promise<OpenedFile> {
  const budget = new Budget({ ...gateLimits, ...limits });
  const file = await openKind(bytes, name, budget, today, 0);
  if (!lies(name, file.extensions)) return file;
  const told: Discovery = {
    kind: 'name-lies',
    at: 'name',
    place: '文件名',
    evidence: [`内容是 .${file.extensions[0]}`],
    mend: () => {},
  };
  return { ...file, discoveries: [told, ...file.discoveries] };
}

async function openKind(
  bytes: Uint8Array,
  name: string,
  budget: Budget,
  today: Temporal.PlainDate,
  depth: number,
): Promise<OpenedFile> {
  if (bytes.length === 0) throw refused('empty', '文件是空的，没有任何内容。');
  if (bytes.length > budget.limits.bytes) {
    throw refused('too-large', '文件过大，无法检查，不能发出。请压缩或拆分后重试。');
  }
  budget.time();
  const image = openImage(bytes);
  if (image) return image;
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  if (head.includes('%PDF-')) return openPdf(bytes, budget, today);
  if (head.startsWith('PK')) {
    if (await isOffice(bytes)) return openOffice(bytes, budget, today);
    if (depth >= budget.limits.depth) throw refused('bomb', '压缩包层数过多，无法检查，不能发出。');
    return openArchive(bytes, budget, async (inner, content) => {
      try {
        return await openKind(content, inner, budget, today, depth + 1);
      } catch (error) {
        // What cannot be inspected may not go along; what costs too much ends the whole.
        if (error instanceof UnreadableFile && error.fault !== 'bomb' && error.fault !== 'too-slow')
          return null;
        throw error;
      }
    });
  }
  if (head.startsWith('\u00d0\u00cf\u0011\u00e0')) {
    throw refused(
      'old-format',
      '这是旧版 Office 文件或设有密码的文件，无法检查，不能发出。请另存为不带密码的 .docx、.xlsx 或 PDF。',
    );
  }
  if (/^\s*(\u00ef\u00bb\u00bf)?\s*<(\?xml|!doctype|html|svg|[a-z]+[\s>])/i.test(head)) {
    throw refused('markup', '网页和 XML 文件无法检查，不能发出。请转换为 PDF 后重试。');
  }
  return openText(bytes, name, today);
}

/** Office files are zips with a list of content types; the list stands at the start of nearly all of them. */
async function isOffice(bytes: Uint8Array): Promise<boolean> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.includes('[Content_Types].xml', Math.max(0, view.length - 4_000_000), 'latin1');
}

function lies(name: string, extensions: readonly string[]): boolean {
  const own = /\.([^.\s]{1,10})$/.exec(name)?.[1]?.toLowerCase();
  return own === undefined || !extensions.includes(own);
}

function renamed(name: string, extension: string): string {
  return `${name.replace(/\.[A-Za-z0-9]{1,10}$/, '')}.${extension}`;
}

function numbered(file: OpenedFile): { finding: GateFinding; discovery: Discovery }[] {
  const order = { grave: 0, warning: 1, notice: 2 };
  return file.discoveries
    .map((discovery) => ({ discovery, finding: findingOf(discovery) }))
    .sort((a, b) => order[a.finding.severity] - order[b.finding.severity]);
}

function findingOf({
  kind,
  at,
  place,
  count = 1,
  evidence = [],
  severity,
  mend,
  cleaning,
}: Discovery): GateFinding {
  const words = findingKinds[kind];
  return {
    key: `${kind}@${at}`,
    kind,
    severity: severity ?? words.severity,
    place,
    count,
    evidence: [...evidence],
    cleaning: mend ? (cleaning ?? words.cleaning) : null,
  };
}
