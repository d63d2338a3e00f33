import { createHash } from 'node:crypto';
import { transact } from '../../core/db.ts';
import { NotFound, Refusal } from '../../core/refusal.ts';
import type { SealedFiles } from '../../core/vault/index.ts';
import { record } from '../../ledger/index.ts';
import { contentOf, subjectOf } from './actions.ts';
import type { LetterContent } from './content.ts';
import type { LetterText } from './letter-text.ts';
import type { LetterCtx } from './model.ts';
import type { PrintableLetter, Sheet } from './print/printable.ts';
import type { LetterPrinting } from './printing/index.ts';
import { contentContext } from './sealed.ts';
import * as store from './store.ts';

/** What printing needs of the program. */
export interface LetterHost {
  letterPrinting: LetterPrinting;
  sealedFiles: SealedFiles;
  config: { publicUrl: string };
}

export interface LetterFile {
  bytes: Uint8Array;
  name: string;
  type: string;
}

const types = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;
const TABULAR = 'delivery';

/**
 * An issued letter as a file. The PDF is made once, kept sealed, and proved against the digests of that day whenever it is
 * read; the Word document is made anew from the same content.
 * @throws NotFound; Refusal `letter-disposed`; Error when what is kept was altered
 */
export async function letterFile(
  ctx: LetterCtx,
  host: LetterHost,
  letterId: number,
  kind: keyof typeof types,
): Promise<LetterFile> {
  const row = await store.findLetter(ctx.db, ctx.agencyId, letterId);
  if (!row) throw new NotFound('没有找到这份文书。');
  const content = contentOf(ctx, row);
  if (!content) {
    throw new Refusal('letter-disposed', '这份文书的内容已经到期处置，只保留文号和摘要。', { status: 410 });
  }
  const bytes =
    kind === 'pdf'
      ? await frozenPdf(ctx, host, row, content)
      : await host.letterPrinting.print({ kind, letter: printable(content, row.digest, host) });
  return { bytes, name: `${content.title} ${content.number}.${kind}`, type: types[kind] };
}

/** A letter that was not issued, marked as a draft. */
export async function draftFile(
  host: LetterHost,
  draft: LetterText & { kind: string },
  kind: keyof typeof types,
): Promise<LetterFile> {
  const { kind: letterKind, ...text } = draft;
  const letter = { ...text, number: null, tabular: letterKind === TABULAR, proof: null };
  return {
    bytes: await host.letterPrinting.print({ kind, letter }),
    name: `${text.title}（草稿）.${kind}`,
    type: types[kind],
  };
}

/** A form or list as a file; kept nowhere. */
export async function sheetFile(
  host: Pick<LetterHost, 'letterPrinting'>,
  sheet: Sheet,
  kind: keyof typeof types = 'pdf',
): Promise<LetterFile> {
  const order = kind === 'pdf' ? 'sheet' : 'sheet-docx';
  const bytes = await host.letterPrinting.print({ kind: order, sheet });
  return { bytes, name: `${sheet.title}.${kind}`, type: types[kind] };
}

async function frozenPdf(
  ctx: LetterCtx,
  host: LetterHost,
  row: store.LetterRow,
  content: LetterContent,
): Promise<Uint8Array> {
  if (row.pdf_file !== null) return provedPdf(ctx, host, row);
  const bytes = await host.letterPrinting.print({
    kind: 'pdf',
    letter: printable(content, row.digest, host),
  });
  const context = contentContext(ctx.agencyId, row.code, 'pdf');
  const { sha256: file } = await host.sealedFiles.put(bytes, { context });
  const digests = { sha256: digest('sha256', bytes), sm3: digest('sm3', bytes) };
  const kept = await transact(ctx, async (within) => {
    const first = await store.keepPdf(within.db, ctx.agencyId, row.id, {
      pdf_file: file,
      pdf_sha256: digests.sha256,
      pdf_sm3: digests.sm3,
      pdf_bytes: bytes.length,
    });
    if (first) await record(within, { act: 'letters.print', subject: subjectOf(row), after: digests });
    return first;
  });
  if (kept) return bytes;
  await host.sealedFiles.remove(file);
  const now = await store.findLetter(ctx.db, ctx.agencyId, row.id);
  if (!now?.pdf_file) throw new NotFound('没有找到这份文书。');
  return provedPdf(ctx, host, now);
}

async function provedPdf(ctx: LetterCtx, host: LetterHost, row: store.LetterRow): Promise<Uint8Array> {
  const context = contentContext(ctx.agencyId, row.code, 'pdf');
  const bytes = await host.sealedFiles.read(row.pdf_file ?? '', context);
  if (digest('sha256', bytes) !== row.pdf_sha256 || digest('sm3', bytes) !== row.pdf_sm3) {
    throw new Error(`letter ${row.id} of agency ${ctx.agencyId}: the file kept is not the one first made`);
  }
  return bytes;
}

const digest = (algorithm: 'sha256' | 'sm3', bytes: Uint8Array) =>
  createHash(algorithm).update(bytes).digest('hex');

function printable(content: LetterContent, digestOfContent: string, host: LetterHost): PrintableLetter {
  const { kind, number, code, salt } = content;
  return {
    ...content,
    number,
    tabular: kind === TABULAR,
    proof: { code, address: `${host.config.publicUrl}/letters/${code}`, digest: digestOfContent, salt },
  };
}
