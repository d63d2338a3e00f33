import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { chineseDate } from '../../core/chinese-dates.ts';
import { type LetterFile, type LetterHost, letterFile } from './files.ts';
import type { LetterCtx, LetterEntry } from './model.ts';
import type { BundlePart } from './print/bundle.ts';
import type { Sheet, SheetBlock } from './print/printable.ts';

/** A case as its own room knows it. Everything is in words, ready to print. */
export interface CaseBundle {
  agency: string;
  number: string;
  title: string;
  madeOn: Temporal.PlainDate;
  madeBy: string;
  facts: readonly { label: string; value: string; wide?: boolean }[];
  /** What was done, oldest first. */
  timeline: readonly { at: string; title: string; by: string; detail: string }[];
  /** The application form; null once it was disposed of. */
  form: Sheet | null;
  letters: readonly LetterEntry[];
  files: readonly BundledFile[];
}

export interface BundledFile {
  /** What it is in the case, e.g. 申请附件. */
  kind: string;
  name: string;
  type: string;
  bytes: number;
  read(): Promise<Uint8Array>;
}

/** Larger files are digested and listed, never bound in. */
const MAX_FILE = 40 * 1024 * 1024;
const MAX_BOUND = 200 * 1024 * 1024;

/**
 * A case as one PDF (案卷): facts, table of contents, acts, list of files with their digests, then the application form, every
 * letter and every file that is a PDF or a picture. The caller has asked whether the actor may, and records it.
 */
export async function caseBundle(ctx: LetterCtx, host: LetterHost, bundle: CaseBundle): Promise<LetterFile> {
  const parts: BundlePart[] = [];
  if (bundle.form) {
    const bytes = await host.letterPrinting.print({ kind: 'sheet', sheet: bundle.form });
    parts.push({ title: bundle.form.title, bytes, type: 'application/pdf' });
  }
  for (const letter of bundle.letters) {
    if (letter.disposedOn !== null) continue;
    const { bytes, type } = await letterFile(ctx, host, letter.id, 'pdf');
    const standing = letter.state === 'void' ? '（已作废）' : '';
    parts.push({ title: `${letter.label} ${letter.number}${standing}`, bytes, type });
  }
  const listed: string[][] = [];
  let bound = 0;
  for (const file of bundle.files) {
    const content = await file.read();
    listed.push([file.name, file.kind, String(content.length), digest(content)]);
    bound += content.length;
    const fits = content.length <= MAX_FILE && bound <= MAX_BOUND;
    parts.push({
      title: `${file.kind}：${file.name}`,
      bytes: fits ? content : new Uint8Array(),
      type: fits ? file.type : '',
    });
  }
  const bytes = await host.letterPrinting.bind({
    front: {
      agency: bundle.agency,
      title: '政府信息公开申请案卷',
      on: bundle.madeOn.toString(),
      foot: `${bundle.number}　${bundle.madeBy}于${chineseDate(bundle.madeOn)}生成`,
      blocks: front(bundle, listed),
    },
    parts,
    stamp: bundle.number.replace(/[^ -~]/g, ''),
  });
  return { bytes, name: `案卷 ${bundle.number}.pdf`, type: 'application/pdf' };
}

function front(bundle: CaseBundle, listed: string[][]): SheetBlock[] {
  return [
    {
      kind: 'facts',
      rows: [
        { label: '申请编号', value: bundle.number, wide: true },
        { label: '申请事项', value: bundle.title, wide: true },
        ...bundle.facts,
      ],
    },
    {
      kind: 'list',
      heading: '文书',
      columns: ['发文字号', '文书', '成文', '发出', '送达', '内容摘要（SM3）'],
      widths: [5, 4, 3, 3, 3, 6],
      rows: bundle.letters.map((letter) => [
        letter.number,
        letter.state === 'void' ? `${letter.label}（已作废）` : letter.label,
        printed(letter.issuedOn),
        printed(letter.dispatchedOn),
        printed(letter.deliveredOn),
        letter.digest,
      ]),
      empty: '没有文书。',
    },
    {
      kind: 'list',
      heading: '文件',
      columns: ['文件名', '种类', '字节', '摘要（SHA-256）'],
      widths: [6, 3, 2, 8],
      rows: listed,
      empty: '没有文件。',
    },
    {
      kind: 'list',
      heading: '办理过程',
      columns: ['时间', '事项', '办理人', '说明'],
      widths: [4, 4, 3, 6],
      rows: bundle.timeline.map(({ at, title, by, detail }) => [at, title, by, detail]),
      empty: '没有办理记录。',
    },
  ];
}

const printed = (iso: string | null) => (iso === null ? '' : chineseDate(Temporal.PlainDate.from(iso)));

const digest = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
