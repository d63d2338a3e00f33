import ExcelJS from 'exceljs';
import { afterAll, describe, expect, it } from 'vitest';
import { kunmingReport } from '../../annual-report/render/fixtures/kunming.ts';
import { type RenderKind, renderers } from '../../annual-report/render/index.ts';
import { draftFile, openLetterPrinting, receiptSheet, sheetFile } from '../letters/index.ts';
import { byHand, byPdfLib, byRevision, byTypst, byWord } from '../redactions/engine/fixtures/producers.ts';
import { openRedactor } from '../redactions/index.ts';
import { found, RESIDENT } from './inspection/fixtures/inspected.ts';

const letterPrinting = openLetterPrinting();
const redactor = openRedactor();
afterAll(async () => {
  await letterPrinting.close();
  await redactor.close();
});

/** More than a notice. */
const alarms = async (bytes: Uint8Array, name: string) =>
  (await found(bytes, name)).filter((finding) => !finding.startsWith('~'));

describe('what the house itself makes raises no alarm', () => {
  it.each(['pdf', 'docx', 'xlsx', 'csv', 'json'] satisfies RenderKind[])(
    'an annual report as %s',
    async (kind) => {
      expect(await alarms(await renderers[kind].render(kunmingReport()), `年度报告.${kind}`)).toEqual([]);
    },
  );

  const letter = {
    kind: 'reply',
    head: '昆明高新区管委会',
    title: '政府信息公开申请答复书',
    salutation: '欧阳若兰：',
    paragraphs: ['本机关于2026年11月2日收到您的申请。', '经审查，现答复如下：您申请的信息予以公开。'],
    remedy: '如对本答复不服，可以自收到之日起60日内申请行政复议。',
    attachments: ['清单（已作区分处理）'],
    signature: '昆明高新区管委会',
    issuedOn: '2026-11-27',
    dateText: '2026年11月27日',
  };
  const host = { letterPrinting, config: { publicUrl: 'https://gongkai.example.gov.cn' } } as Parameters<
    typeof draftFile
  >[0];
  it.each(['pdf', 'docx'] as const)('a letter as %s', async (kind) => {
    expect(await alarms((await draftFile(host, letter, kind)).bytes, `答复书.${kind}`)).toEqual([]);
  });

  it('a form and a receipt', async () => {
    const receipt = receiptSheet({
      agency: '昆明高新区管委会',
      number: '2026-000012',
      queryCode: 'K7QM-3F9T',
      trackAddress: 'https://gongkai.example.gov.cn/requests',
      submittedOn: '2026-11-02',
      submittedText: '2026年11月2日',
      receivedText: null,
      dueText: null,
      applicant: '张三',
      channel: '网络',
      content: '项目清单',
      deliveryWay: '邮寄',
      contact: '0871-63130000',
    });
    expect(await alarms((await sheetFile(host, receipt)).bytes, '回执.pdf')).toEqual([]);
  });
});

describe('a file before and after redaction', () => {
  const person = { name: '欧阳靖远', identity: RESIDENT };
  it.each([
    ['typst', byTypst, 'resident-number'],
    ['pdf-lib', byPdfLib, 'attachment'],
    ['hand', byHand, 'resident-number'],
    ['revision', byRevision, 'older-revision'],
  ] as const)(
    'made by %s',
    async (_, producer, told) => {
      const pdf = await producer(person);
      expect((await alarms(pdf, 'a.pdf')).join()).toContain(told);
      const prepared = await redactor.prepare([pdf]);
      const words = { title: '索引', preface: ['说明'] };
      const made = await redactor.redact({ pdf: prepared.pdf, pages: prepared.pages.length }, [], words);
      expect(await alarms(made.pdf, 'a.pdf')).toEqual([]);
    },
    60_000,
  );

  it('made by Word', async () => {
    const alarmed = await alarms(await byWord(person), 'a.docx');
    expect(alarmed.join()).toContain('resident-number');
  });
});

describe('work of an office as it usually is', () => {
  it('a formatted workbook with a filter, a header in white on blue and an empty hidden column', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('统计', { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.addRow(['区域', '件数', '占比']);
    sheet.addRow(['东区', 3, { formula: 'B2/SUM(B$2:B$3)', result: 0.75 }]);
    sheet.addRow(['西区', 1, { formula: 'B3/SUM(B$2:B$3)', result: 0.25 }]);
    for (const address of ['A1', 'B1', 'C1']) {
      const cell = sheet.getCell(address);
      cell.font = { bold: true, color: { argb: 'FFFFFFFF' } };
      cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF12508F' } };
    }
    sheet.getColumn(3).numFmt = '0.0%';
    sheet.getColumn(8).hidden = true;
    sheet.autoFilter = 'A1:C3';
    sheet.pageSetup.printArea = 'A1:C3';
    sheet.getCell('A5').value = { text: '网站', hyperlink: 'https://www.gov.cn/' };
    expect(await alarms(new Uint8Array(await workbook.xlsx.writeBuffer()), 'a.xlsx')).toEqual([]);
  });
});
