import { chineseDate } from '../../annual-report/render/words.ts';
import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import type { FileStore } from '../../core/files.ts';
import { NotFound } from '../../core/refusal.ts';
import { record } from '../../ledger/index.ts';
import { demand, findAgencyById } from '../organisations/index.ts';
import { type EntryText, entryTexts } from './entry-store.ts';
import { findIssue, lockIssue, updateIssue } from './issue-store.ts';
import type { Issue } from './model.ts';
import type { Pictures, PrintOrder } from './print/printable.ts';
import { dropPrintFailure, keepPrintFailure } from './print-failure-store.ts';
import type { GazettePrinting } from './printing/index.ts';
import { issueTitle } from './public.ts';
import { arranged, bySection, issueWords } from './rules.ts';
import { gazetteSettingsOf } from './settings.ts';

export type PrintCtx = Ctx & { files: FileStore; gazettePrinting: GazettePrinting };

/** Pictures of one issue that are held at once; further ones leave their words. */
const MOST_PICTURE_BYTES = 96 * 2 ** 20;

/** An issue as it would come out today, marked as a draft; one that is out as it was printed. @throws NotFound */
export async function previewIssue(ctx: PrintCtx, id: number): Promise<Uint8Array> {
  demand(ctx.actor, 'gazette.read');
  const issue = await findIssue(ctx.db, ctx.agencyId, id);
  if (!issue || issue.state === 'discarded') throw new NotFound('没有找到这一期公报。');
  if (issue.pdfDigest !== null) return ctx.files.read(issue.pdfDigest);
  return ctx.gazettePrinting.print(await orderOf(ctx, issue));
}

/** Typesets an issue that is out and keeps the file, once; safe to run twice. */
export async function printIssue(ctx: PrintCtx, id: number): Promise<void> {
  const issue = await findIssue(ctx.db, ctx.agencyId, id);
  if (issue?.state !== 'published' || issue.pdfDigest !== null) return;
  const pdf = await printed(ctx, issue);
  const { sha256, sm3, bytes } = await ctx.files.put(pdf);
  await transact(ctx, async (ctx) => {
    const locked = await lockIssue(ctx.db, ctx.agencyId, id);
    if (locked?.pdfDigest !== null) return;
    await updateIssue(ctx.db, ctx.agencyId, id, { pdf_digest: sha256, pdf_bytes: bytes });
    await dropPrintFailure(ctx.db, ctx.agencyId, id);
    await record(ctx, {
      act: 'gazette.print',
      subject: { kind: 'gazette-issue', id, label: labelOf(issue) },
      after: { sm3, bytes },
    });
  });
}

/** The file; when there is none, the issue keeps why, for those who look after it. */
async function printed(ctx: PrintCtx, issue: Issue): Promise<Uint8Array> {
  try {
    return await ctx.gazettePrinting.print(await orderOf(ctx, issue));
  } catch (error) {
    const told = error instanceof Error ? error.message.trim() : '';
    const reason = told === '' ? '排印程序没有说明原因。' : told.slice(0, 500);
    await keepPrintFailure(ctx.db, ctx.agencyId, { issueId: issue.id, reason, at: instantOf(ctx.clock) });
    throw error;
  }
}

/** An issue by its number, or by what the desk calls it. */
export function labelOf(issue: Issue): string {
  const { year, number, total, title } = issue;
  return year === null || number === null || total === null
    ? issue.name
    : issueTitle({ year, number, total, title });
}

async function orderOf(ctx: PrintCtx, issue: Issue): Promise<PrintOrder> {
  const [agency, found] = await Promise.all([
    findAgencyById(ctx.db, ctx.agencyId),
    entryTexts(ctx.db, ctx.agencyId, issue.id),
  ]);
  const settings = gazetteSettingsOf(agency ?? { name: '', settings: {} });
  const out = issue.state === 'published';
  // What is out keeps its order whatever became of the sections since.
  const texts = out
    ? found
    : arranged(
        found.map((text, position) => ({ ...text, position })),
        settings.sections,
      );
  const on = issue.issuedOn ?? ctx.clock.today().toString();
  const { year, number, total } = issue;
  return {
    issue: {
      title: out ? issue.title : settings.title,
      host: out ? issue.host : settings.host,
      editor: out ? issue.editor : settings.editor,
      numberLine: year === null || number === null ? '（尚未编号）' : issueWords({ year, number }),
      totalLine: total === null ? '' : `总第${total}号`,
      on,
      dateText: chineseDate(on),
      note: agency?.demonstration ? '本期由示例数据编成，其中的人员和事项均为虚构。' : '',
      draft: !out,
      sections: bySection(texts).map(({ section, entries }) => ({
        name: section,
        documents: entries.map(({ title, documentNumber, issuingBody, formedOn, body, plain }) => ({
          title,
          documentNumber,
          issuingBody,
          formedOn,
          body,
          plain,
        })),
      })),
    },
    pictures: await picturesOf(ctx.files, texts),
  };
}

async function picturesOf(files: FileStore, texts: readonly EntryText[]): Promise<Pictures> {
  const pictures = new Map<string, { type: string; bytes: Uint8Array }>();
  let held = 0;
  for (const { digest, type, bytes } of texts.flatMap((text) => text.pictures)) {
    if (pictures.has(digest) || held + bytes > MOST_PICTURE_BYTES) continue;
    if (type !== 'image/png' && type !== 'image/jpeg') continue;
    held += bytes;
    pictures.set(digest, { type, bytes: await files.read(digest) });
  }
  return pictures;
}
