import type { ReportDocument } from '../../../annual-report/reading/document.ts';
import type { AttachmentText } from './index.ts';

/** Characters of a file that can be searched. */
export const KEPT = 50_000;

/** What reading one file may cost; what lies beyond is left unread. */
export const LIMITS = {
  bytes: 50 * 2 ** 20,
  characters: 200_000,
  paragraphs: 20_000,
  tables: 500,
  cells: 50_000,
  pages: 200,
  seconds: 20,
};

/** The words of a document one after another. Pure. */
export function attachmentText({
  title,
  blocks,
  unread,
}: Pick<ReportDocument, 'title' | 'blocks' | 'unread'>): AttachmentText {
  const lines: string[] = title === '' ? [] : [title];
  let length = title.length;
  for (const block of blocks) {
    const texts =
      block.kind === 'paragraph'
        ? [block.text]
        : block.rows.map(({ cells }) =>
            cells
              .map(({ text }) => text)
              .filter((text) => text !== '')
              .join(' '),
          );
    for (const text of texts) {
      if (text === '' || length > KEPT) continue;
      lines.push(text);
      length += text.length + 1;
    }
  }
  const all = lines.join('\n').replaceAll('\0', ' ').toWellFormed();
  const reasons = [
    ...unread.slice(0, 3).map(({ reason }) => reason),
    ...(all.length > KEPT ? [`文字超过 ${KEPT} 个，其后的内容没有读取`] : []),
  ];
  return { text: all.slice(0, KEPT).toWellFormed(), unread: reasons.join('；').slice(0, 300) };
}
