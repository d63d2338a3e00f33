import {
  Document,
  HeadingLevel,
  ImageRun,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx';
import { PNG } from 'pngjs';

/** A Word document with a title, a heading, a table and a picture, and a line at its end where one is given. */
export async function wordFile(text = '各部门：做好防汛准备。', end = ''): Promise<Buffer> {
  const png = new PNG({ width: 8, height: 8 });
  png.data.fill(128);
  const cell = (words: string) => new TableCell({ children: [new Paragraph(words)] });
  const document = new Document({
    sections: [
      {
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun('防汛工作通知')] }),
          new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun('一、总体要求')] }),
          new Paragraph(text),
          new Table({
            rows: [
              new TableRow({ children: [cell('部门'), cell('责任人')] }),
              new TableRow({ children: [cell('办公室'), cell('值班室')] }),
            ],
          }),
          new Paragraph({
            children: [
              new ImageRun({
                type: 'png',
                data: PNG.sync.write(png),
                transformation: { width: 80, height: 80 },
                altText: { name: 'map', description: '值守点位图', title: '值守点位图' },
              }),
            ],
          }),
          ...(end === '' ? [] : [new Paragraph(end)]),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}
