import { type Document, type IRunOptions, Packer, TextRun } from 'docx';
import { settleNames } from '../../../annual-report/render/docx/names.ts';
import { settlePackage } from '../../../annual-report/render/office-package.ts';
import { plain } from '../../../annual-report/render/words.ts';

/** Text that Word can hold. */
export const run = (text: string, options: IRunOptions = {}): TextRun =>
  new TextRun({ ...options, text: plain(text) });

/** The document as a file of its day (`YYYY-MM-DD`): the same document always gives the same bytes. */
export async function wordFile(document: Document, on: string): Promise<Uint8Array> {
  const time = new Date(`${on}T00:00:00+08:00`);
  return settlePackage(await Packer.toBuffer(document), time, async (parts) => {
    await settleNames(parts);
  });
}
