import {
  AlignmentType,
  type IFontAttributesProperties,
  type IParagraphStyleOptions,
  type IStylesOptions,
  LineRuleType,
} from 'docx';

/** Twips of the type area of GB/T 9704-2012: 156 × 225 mm, 22 lines of 28 characters. */
export const typeArea = { width: 8844, linePitch: 580 };
const margins = { top: 2098, bottom: 1984, left: 1588, right: 1474 };
/** 156 mm over 28 characters is a little less than 16 pt: in twips, what each character gives up. */
const characterSpacing = -5;

export const page = {
  size: { width: 11906, height: 16838 },
  margin: { ...margins, footer: 1304, header: 851 },
};

const face = (eastAsia: string): IFontAttributesProperties => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
  eastAsia,
  hint: 'eastAsia',
});

/** The names of the standard; Windows, macOS and WPS have most of them, the font table names substitutes. */
export const fonts = {
  title: face('方正小标宋简体'),
  body: face('仿宋'),
  kai: face('楷体'),
  hei: face('黑体'),
  song: face('宋体'),
};

export const styleNames = {
  tableTitle: '统计表标题',
  cell: '表格文字',
  cellHead: '表格表头',
  small: '表格附注',
};

/** 28.8 pt to a line, whatever stands in it. */
export const exact = { line: typeArea.linePitch, lineRule: LineRuleType.EXACT, before: 0, after: 0 } as const;
const close = { line: 260, lineRule: LineRuleType.EXACT, before: 0, after: 0 } as const;
const picture = { line: 240, lineRule: LineRuleType.AUTO, before: 80, after: 200 } as const;
const indent = { firstLineChars: 200, firstLine: 632 };

const heading = (
  font: IFontAttributesProperties,
  outlineLevel: number,
): Pick<IParagraphStyleOptions, 'run' | 'paragraph'> => ({
  run: { font, size: 32, bold: false, italics: false, color: '000000', characterSpacing },
  paragraph: { spacing: exact, indent, keepNext: true, outlineLevel },
});

const based = (
  id: string,
  name: string,
): Pick<IParagraphStyleOptions, 'id' | 'name' | 'basedOn' | 'quickFormat'> => ({
  id,
  name,
  basedOn: 'Normal',
  quickFormat: true,
});

export const styles: IStylesOptions = {
  default: {
    document: {
      run: { font: fonts.body, size: 32, language: { value: 'en-US', eastAsia: 'zh-CN' } },
      paragraph: { spacing: exact },
    },
    title: {
      run: { font: fonts.title, size: 44, bold: false },
      paragraph: { alignment: AlignmentType.CENTER, spacing: { ...exact, line: 680 } },
    },
    heading1: heading(fonts.hei, 0),
    heading2: heading(fonts.kai, 1),
    heading3: heading(fonts.body, 2),
  },
  paragraphStyles: [
    {
      ...based('BodyText', 'Body Text'),
      run: { characterSpacing },
      paragraph: { spacing: exact, indent, alignment: AlignmentType.BOTH },
    },
    {
      ...based('CoverTitle', '封面标题'),
      run: { font: fonts.title, size: 56 },
      paragraph: { alignment: AlignmentType.CENTER, spacing: { ...exact, line: 840 } },
    },
    { ...based('Centred', '居中文字'), paragraph: { alignment: AlignmentType.CENTER, spacing: exact } },
    {
      ...based('TableTitle', styleNames.tableTitle),
      run: { font: fonts.title, size: 36 },
      paragraph: {
        alignment: AlignmentType.CENTER,
        spacing: { ...exact, after: 120 },
        keepNext: true,
        outlineLevel: 1,
      },
    },
    { ...based('TableText', styleNames.cell), run: { size: 21 }, paragraph: { spacing: close } },
    {
      ...based('TableHead', styleNames.cellHead),
      run: { size: 21, font: fonts.hei },
      paragraph: { spacing: close, alignment: AlignmentType.CENTER, keepNext: true },
    },
    {
      ...based('TableNote', styleNames.small),
      run: { size: 21 },
      paragraph: { spacing: { ...close, before: 80 } },
    },
    {
      ...based('TableCaption', '统计表年度'),
      run: { size: 24 },
      paragraph: { alignment: AlignmentType.CENTER, spacing: { ...close, line: 320 }, keepNext: true },
    },
    {
      ...based('Caption', 'caption'),
      run: { font: fonts.hei, size: 24 },
      paragraph: { alignment: AlignmentType.CENTER, spacing: picture },
    },
    {
      ...based('Standing', '版本说明'),
      run: { font: fonts.hei, size: 18, color: '505050' },
      paragraph: { alignment: AlignmentType.CENTER, spacing: { ...close, before: 40 } },
    },
    {
      ...based('TOC1', 'toc 1'),
      run: { size: 28 },
      paragraph: { spacing: { ...exact, line: 520 } },
    },
  ],
};
