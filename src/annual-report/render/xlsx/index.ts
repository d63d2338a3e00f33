import ExcelJS from 'exceljs';
import type { CompiledReport } from '../../model.ts';
import { settlePackage } from '../office-package.ts';
import { printedTables } from '../print-model.ts';
import { demonstrationMark, demonstrationNote, fileTime, plain, standing } from '../words.ts';
import { fillComposition, fillFindings } from './lists.ts';
import { fillStatistics } from './statistics.ts';

/** The statistics as a workbook: the tables as printed, how each cell came about, and what the checks found. */
export async function renderXlsx(report: CompiledReport): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const time = fileTime(report);
  workbook.created = time;
  workbook.modified = time;
  workbook.creator = plain(report.agency.name);
  workbook.lastModifiedBy = plain(report.agency.name);
  workbook.title = plain(report.title);
  workbook.description = plain(
    [
      ...standing(report),
      ...(report.agency.demonstration ? [`${demonstrationMark}：${demonstrationNote}`] : []),
    ].join('；'),
  );
  const names = new Set<string>();
  const printed = printedTables(report);
  for (const [index, table] of printed.entries()) {
    const sheet = workbook.addWorksheet(sheetName(table.title, names));
    fillStatistics(sheet, table, report, index === printed.length - 1 && report.foot.length > 0);
  }
  fillComposition(workbook.addWorksheet(sheetName('数据构成', names)), report);
  fillFindings(workbook.addWorksheet(sheetName('核对结果', names)), report);
  return settlePackage(new Uint8Array(await workbook.xlsx.writeBuffer()), time);
}

/** A name Excel accepts: at most 31 characters, none of []:*?/\ and no apostrophe at either end, unique regardless of case. */
function sheetName(title: string, names: Set<string>): string {
  const base =
    plain(title)
      .replace(/[[\]:*?/\\'\t\r\n]/g, ' ')
      .trim()
      .slice(0, 27)
      .toWellFormed() || '统计表';
  let name = base;
  for (let n = 2; names.has(name.toLowerCase()); n++) name = `${base} ${n}`;
  names.add(name.toLowerCase());
  return name;
}
