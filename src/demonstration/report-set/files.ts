import { writeDocx } from './layouts/docx.ts';
import { writeHtml } from './layouts/html.ts';
import { writePdf } from './layouts/pdf.ts';
import { writeText } from './layouts/text.ts';
import { writeXlsx } from './layouts/xlsx.ts';
import type { SetReport } from './model.ts';
import { familyOf } from './set.ts';

/** The report as the file its body sends in. Text, HTML and PDF are the same bytes each time. */
export async function writeSetFile(report: SetReport): Promise<{ name: string; bytes: Uint8Array }> {
  const writers = { html: writeHtml, pdf: writePdf, docx: writeDocx, xlsx: writeXlsx, text: writeText };
  const write = writers[familyOf(report.layout) as keyof typeof writers];
  return { name: report.file, bytes: await write(report) };
}
