import { ExternalHyperlink, HeadingLevel, LevelFormat, Paragraph, type ParagraphChild, TextRun } from 'docx';
import type { Block, Inline } from '../../model.ts';
import { plain, safeHref } from '../words.ts';
import { fonts } from './styles.ts';

/** Word list definitions used by `blockParagraphs`; each ordered list counts from 1 by an instance of its own. */
export const numbering = {
  config: [
    { reference: 'ordered', levels: [level(LevelFormat.DECIMAL, '%1.')] },
    { reference: 'bullets', levels: [level(LevelFormat.BULLET, '·')] },
  ],
};

function level(format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string) {
  return { level: 0, format, text, style: { paragraph: { indent: { left: 1040, hanging: 400 } } } };
}

export function blockParagraphs(block: Block, listInstance: number): Paragraph[] {
  if (block.kind === 'heading') {
    const heading = block.level === 1 ? HeadingLevel.HEADING_2 : HeadingLevel.HEADING_3;
    return [new Paragraph({ heading, children: runs(block.inlines) })];
  }
  if (block.kind === 'paragraph')
    return [new Paragraph({ style: 'BodyText', children: runs(block.inlines) })];
  const reference = block.ordered ? 'ordered' : 'bullets';
  return block.items.map(
    (item) =>
      new Paragraph({
        numbering: { reference, level: 0, instance: listInstance },
        children: runs(item),
      }),
  );
}

function runs(inlines: readonly Inline[]): ParagraphChild[] {
  return inlines.map((inline) => {
    const text = plain(inline.text);
    const href = inline.kind === 'link' ? safeHref(inline.href) : null;
    if (href !== null)
      return new ExternalHyperlink({ link: href, children: [new TextRun({ text, underline: {} })] });
    if (inline.kind !== 'text') return new TextRun(text);
    return new TextRun({
      text,
      ...(inline.bold ? { bold: true } : {}),
      ...(inline.italic ? { font: fonts.kai } : {}),
    });
  });
}
