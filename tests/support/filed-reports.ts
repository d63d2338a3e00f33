import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { formatForYear } from '../../src/annual-report/formats/index.ts';
import {
  type Printed,
  proactiveRows,
  remedyRows,
  requestRows,
} from '../../src/annual-report/reading/fixtures/documents.ts';
import { readReportFile } from '../../src/annual-report/reading/index.ts';
import type { ReadingOrder } from '../../src/annual-report/reading/thread/index.ts';
import {
  addReportingUnit,
  fileReports,
  readPending,
  type UnitForm,
} from '../../src/areas/filed-reports/index.ts';
import type { Role } from '../../src/areas/organisations/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import type { Actor, Ctx } from '../../src/core/context.ts';
import type { Db } from '../../src/core/db.ts';
import { openFiles } from '../../src/core/files.ts';

/** Values by `table/row/column` over a report of noughts in which `requests` people asked and were answered. */
export interface ReportNumbers {
  requests?: number;
  cells?: Readonly<Record<string, number>>;
}

/** A published report on 2021 or later as a web page: title, six chapters, three tables. */
export function reportPage(
  agency: string,
  year: number,
  { requests = 5, cells = {} }: ReportNumbers = {},
  prose: { overview?: string; problems?: string } = {},
): string {
  const format = formatForYear(year)!;
  const numbers = new Map<string, number>();
  for (const table of format.tables)
    for (const { rows, columns } of table.sections)
      for (const { code } of rows) for (const { id } of columns) numbers.set(`${table.id}/${code}/${id}`, 0);
  for (const row of ['1', '3.1', '3.7'])
    for (const column of ['naturalPerson', 'total']) numbers.set(`requests/${row}/${column}`, requests);
  for (const [key, value] of Object.entries(cells)) {
    if (!numbers.has(key)) throw new Error(`no such cell: ${key}`);
    numbers.set(key, value);
  }
  const [one, two, three] = format.tables;
  return `<!doctype html><html><head><meta charset="utf-8"><title>${agency}${year}年政府信息公开工作年度报告</title></head><body>
    <h1>${agency}${year}年政府信息公开工作年度报告</h1>
    <p>本报告根据《中华人民共和国政府信息公开条例》编制。统计期限为${year}年1月1日至${year}年12月31日。</p>
    <h2>一、总体情况</h2><p>${prose.overview ?? '本机关按照上级部署推进政府信息公开工作，各项工作平稳有序。'}</p>
    <h2>二、主动公开政府信息情况</h2>${tableHtml(proactiveRows(one!, numbers))}
    <h2>三、收到和处理政府信息公开申请情况</h2>${tableHtml(requestRows(two!, numbers))}
    <h2>四、政府信息公开行政复议、行政诉讼情况</h2>${tableHtml(remedyRows(three!, numbers))}
    <h2>五、存在的主要问题及改进情况</h2><p>${prose.problems ?? '公开的主动性有待加强，将继续改进。'}</p>
    <h2>六、其他需要报告的事项</h2><p>本年度没有收取信息处理费，无其他需要报告的事项。</p></body></html>`;
}

function tableHtml(rows: readonly (readonly Printed[])[]): string {
  const cell = (printed: Printed) => {
    const { text, colSpan = 1, rowSpan = 1 } = typeof printed === 'string' ? { text: printed } : printed;
    return `<td colspan="${colSpan}" rowspan="${rowSpan}">${text}</td>`;
  };
  return `<table>${rows.map((cells) => `<tr>${cells.map(cell).join('')}</tr>`).join('')}</table>`;
}

/** An office that receives reports, with its people, its file store and a reader; jobs are run by `work`. */
export async function filedOffice(db: Db, code: string) {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-filed-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const { id: agencyId } = await db
    .insertInto('agencies')
    .values({
      code,
      name: `${code}省政府办公厅`,
      short_name: `${code}省`,
      parent_id: null,
      credit_code: '',
      closed_on: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id: unitId } = await db
    .insertInto('units')
    .values({ agency_id: agencyId, code: 'BGT', name: '公开办', closed_on: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  const person = async (name: string, role: Role): Promise<Actor> => {
    const username = `${code}-${role}-${name.codePointAt(0)}`.toLowerCase();
    const { id: staffId } = await db
      .insertInto('staff')
      .values({ agency_id: agencyId, unit_id: unitId, name, username, account_id: null, left_on: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { kind: 'staff', staffId, name, agencyId, unitId, roles: [role] };
  };
  const people = {
    officer: await person('周专员', 'disclosure-officer'),
    second: await person('吴专员', 'disclosure-officer'),
    supervisor: await person('郑督查', 'supervisor'),
    leader: await person('王主任', 'leader'),
    auditor: await person('冯审计', 'auditor'),
    publisher: await person('陈发布', 'publisher'),
  };
  const as = (actor: Actor, on = '2023-02-01'): Ctx => ({ db, clock: clockAt(on), actor, agencyId });
  const queued: { name: string; payload: object }[] = [];
  const host = {
    files: openFiles(join(folder, 'kept'), { maxBytes: 50 * 1024 * 1024 }),
    jobs: {
      enqueue: async (_: Db, name: string, payload: object = {}) => {
        queued.push({ name, payload });
      },
    },
    reading: { read: ({ file, hints }: ReadingOrder) => readReportFile(file, hints) },
  };
  let spooled = 0;
  /** Files on disk, as an upload leaves them. */
  const spool = async (files: Readonly<Record<string, string | Uint8Array>>) => {
    const list = [];
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, `upload-${++spooled}`);
      await writeFile(path, content);
      list.push({ name, path, size: Buffer.byteLength(content) });
    }
    return list;
  };
  const system: Actor = { kind: 'system', name: '年报读取' };
  /** Reads and checks all that is due. */
  const work = (on?: string) => readPending(as(system, on), host, () => false);
  /** Uploads and works. */
  const file = async (
    files: Readonly<Record<string, string | Uint8Array>>,
    options: { year?: number; on?: string } = {},
  ) => {
    const ctx = as(people.officer, options.on);
    const filing = await fileReports(ctx, host, { year: options.year ?? null, files: await spool(files) });
    await work(options.on);
    return filing;
  };
  const unit = (name: string, more: Partial<UnitForm> = {}) =>
    addReportingUnit(as(people.officer), { name, expectedFrom: 2021, ...more });
  return { agencyId, people, as, host, queued, spool, work, file, unit, system: as(system) };
}
