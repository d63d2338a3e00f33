import ExcelJS from 'exceljs';
import mammoth from 'mammoth';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  buildTables,
  type CellValues,
  formatForYear,
  placedFigures,
} from '../../src/annual-report/formats/index.ts';
import { markPowers } from '../../src/annual-report/powers.ts';
import { sound2019, sound2021 } from '../../src/annual-report/render/fixtures/eras.ts';
import { gridOf } from '../../src/annual-report/render/index.ts';
import { listUnits } from '../../src/areas/organisations/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import { countedYear } from '../support/counted-requests.ts';
import { openDesk } from '../support/desk.ts';
import type { Page, Visitor } from '../support/visitor.ts';

const { server, pool, system, signedIn, stranger } = await openDesk({}, clockAt('2024-02-01'));
let publisher: Visitor;
let officer: Visitor;
let reviewer: Visitor;
let head: Visitor;
let secrecy: Visitor;
let leader: Visitor;
const visitor = stranger();
beforeAll(async () => {
  publisher = await signedIn('publisher');
  officer = await signedIn('disclosure-officer');
  reviewer = await signedIn('disclosure-officer');
  head = await signedIn('unit-head');
  secrecy = await signedIn('secrecy-reviewer');
  leader = await signedIn('leader');
});

const hidden = (page: Page) =>
  Object.fromEntries(
    ['unit', 'from', 'to', 'version', 'desk'].map((name) => [
      name,
      new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1] ?? '',
    ]),
  );

/** What a unit types into the form of a year so that the tables come out like this; requests have records of their own. */
function fields(year: number, values: CellValues): Record<string, string> {
  return Object.fromEntries(
    placedFigures(formatForYear(year)!).flatMap(({ need, cell }) => {
      const given = values[cell.row];
      const value = typeof given === 'object' ? given?.[cell.column] : given;
      return need.area === 'requests' || value === undefined || value === null
        ? []
        : [[`q.${need.code}`, String(value)]];
    }),
  );
}

/** A whole year: its requests, and the rest reported by the unit and accepted by the office. */
async function report(year: number, values: CellValues): Promise<void> {
  const [unit] = await listUnits(system.db, system.agencyId);
  await countedYear(system.db, system.agencyId, year, values, unit?.id);
  const address = `/workbench/returns/fill?from=${year}-01-01&to=${year}-12-31`;
  const saved = await publisher.post('/workbench/returns/fill', {
    ...hidden(await publisher.get(address)),
    ...fields(year, values),
  });
  expect(saved.status, saved.body.slice(0, 2000)).toBe(303);
  await publisher.get(saved.location ?? '');
  await publisher.post(`${saved.location}/submission`);
  await reviewer.get(saved.location ?? '');
  const accepted = await reviewer.follow(await reviewer.post(`${saved.location}/acceptance`));
  expect(accepted.body).toContain('已通过');
}

/** From compiling to publication, by four people. */
async function publish(year: number): Promise<void> {
  const base = `/workbench/reports/${year}`;
  await officer.get('/workbench/reports');
  await officer.post('/workbench/reports', { year: String(year) });
  await officer.post(`${base}/compile`);
  expect((await officer.get(`${base}/findings`)).body).toContain('没有发现问题');
  expect((await officer.follow(await officer.post(`${base}/check`))).body).toContain('已核对通过');
  await head.get(base);
  await head.post(`${base}/reviews`, { kind: 'content', result: 'pass' });
  await secrecy.get(base);
  await secrecy.post(`${base}/reviews`, { kind: 'secrecy', result: 'pass' });
  await leader.get(`${base}/signature`);
  await leader.post(`${base}/signature`);
  await officer.post(`${base}/publication`);
}

/** Every cell of the sound tables by `row/column`, with the totals that nobody reports. */
const flat = (values: CellValues): [string, number][] =>
  Object.entries(values).flatMap(([row, given]): [string, number][] =>
    typeof given === 'object' && given !== null
      ? Object.entries(given).flatMap(([column, value]) =>
          value === null ? [] : [[`${row}/${column}`, value]],
        )
      : given === null
        ? []
        : [[`${row}/value`, given]],
  );

/** The rows of all printed tables as texts: label, then the cells. */
function printedRows(year: number, values: CellValues): string[][] {
  const tables = markPowers(buildTables(formatForYear(year)!, values), []);
  return tables
    .filter(({ spec }) => !spec.unprinted)
    .flatMap((table) => gridOf(table, '0').sections)
    .flatMap(({ rows }) => rows.filter(({ kind }) => kind !== 'heading'))
    .map(({ cells }) => cells.map(({ text }) => text));
}

/** Rows of the tables of an HTML text. */
function htmlRows(html: string): string[][] {
  return [...html.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) =>
      cell
        .replace(/<[^>]*>/g, '')
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&'),
    ),
  );
}

/** Rows of the first sheets of a workbook, each merged cell once; a total is its formula's result. */
async function workbookRows(bytes: Buffer, sheets: number): Promise<string[][]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  const rows: string[][] = [];
  for (const sheet of workbook.worksheets.slice(0, sheets))
    sheet.eachRow((row) => {
      const cells: string[] = [];
      row.eachCell((cell) => {
        if (cell.master.address !== cell.address) return;
        const number = cell.formula ? cell.result : cell.value;
        const signed = cell.numFmt?.startsWith('+') && Number(number) > 0;
        cells.push(`${signed ? '+' : ''}${number}`);
      });
      rows.push(cells);
    });
  return rows;
}

async function pdfText(bytes: Buffer): Promise<string> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  let text = '';
  for (let page = 1; page <= pdf.numPages; page++)
    for (const item of (await (await pdf.getPage(page)).getTextContent()).items)
      text += 'str' in item ? item.str : '';
  return text.replace(/\s/g, '');
}

const bytesOf = async (url: string) =>
  (await server.inject({ url, remoteAddress: '203.0.113.9' })).rawPayload;

describe.each([
  [2020, sound2019],
  [2023, sound2021],
] as const)('the report on %i', (year, values) => {
  it('is reported on a form of its own tables, and of no others', async () => {
    const { body } = await publisher.get(`/workbench/returns/fill?month=${year}-03`);
    expect(body).toContain('<caption>主动公开政府信息情况');
    expect(body).not.toContain('name="q.requests.');
    expect(body.includes('name="q.catalogue.normative.in-force"')).toBe(year === 2023);
    for (const other of ['channels.weibo', 'requests.received', 'registers.meetings'])
      expect(body).not.toContain(`name="q.${other}"`);
    for (const [code, words] of [
      ['channels.weibo', '没有“channels.weibo”这个指标'],
      ['requests.new.company', '由系统按记录统计，不接受填报'],
    ] as const) {
      const old = await publisher.post('/workbench/returns/fill', {
        ...hidden(await publisher.get(`/workbench/returns/fill?month=${year}-03`)),
        [`q.${code}`]: '3',
      });
      expect([old.status, old.body.includes(words)], code).toEqual([422, true]);
    }
  });

  it('goes from the form to publication with nothing found', async () => {
    await report(year, values);
    await publish(year);
  });

  it('has every number in JSON under the address of the contract', async () => {
    const json = JSON.parse((await visitor.get(`/reports/${year}.json`)).body);
    for (const [cell, value] of flat(values)) {
      const [row = '', column = ''] = cell.split('/');
      const table =
        row === 'R' ? 'remedies' : /^F/.test(row) ? 'stated' : /^P/.test(row) ? 'proactive' : 'requests';
      const read = row === 'R' ? json.tables[table][column] : json.tables[table][row][column];
      expect(read, cell).toBe(value);
    }
    expect(json.tables.proactive['P1.1']).toEqual(
      Object.fromEntries(Object.keys(json.tables.proactive['P1.1']).map((column) => [column, null])),
    );
    expect(Object.keys(json.tables.remedies)).toHaveLength(15);
    expect(json.findings).toEqual([]);
  });

  it('has the same numbers on its page, in Word, in the workbook, in PDF and in CSV', async () => {
    const expected = printedRows(year, values);
    const known = new Set(expected.map((row) => row.join('|')));
    // A heading may stand beside its first row.
    const within = (rows: string[][]) =>
      rows.flatMap(
        (row) => [0, 1, 2].map((from) => row.slice(from).join('|')).find((text) => known.has(text)) ?? [],
      );
    const wanted = expected.map((row) => row.join('|'));
    expect(within(htmlRows((await visitor.get(`/reports/${year}`)).body))).toEqual(wanted);
    expect(within(htmlRows((await visitor.get(`/reports/${year}.html`)).body))).toEqual(wanted);
    const word = await mammoth.convertToHtml({ buffer: await bytesOf(`/reports/${year}.docx`) });
    expect(within(htmlRows(word.value))).toEqual(wanted);
    expect(within(await workbookRows(await bytesOf(`/reports/${year}.xlsx`), 3))).toEqual(wanted);
    const typeset = await pdfText(await bytesOf(`/reports/${year}.pdf`));
    for (const row of expected) expect(typeset).toContain(row.join('').replace(/\s/g, ''));
    const csv = (await visitor.get(`/reports/${year}.csv`)).body.trim().split('\r\n');
    expect(csv).toHaveLength(1 + expected.flatMap((row) => row.slice(row.length === 15 ? 0 : 1)).length + 2);
  });

  it('opens the evidence of a figure, the parts of a total, and says what a mark means', async () => {
    const one = await visitor.get(`/reports/${year}/figures/3.1/naturalPerson`);
    expect(one.body).toContain('予以公开（自然人）');
    expect(one.body).toContain('办公室');
    const total = await visitor.get(`/reports/${year}/figures/3.1/total`);
    expect(total.body).toContain(`href="/reports/${year}/figures/3.1/company"`);
    const rules = await visitor.get(`/reports/${year}/figures/P1.1/${year === 2020 ? 'created' : 'issued'}`);
    expect(rules.body).toContain('本机关没有这项职权');
    expect((await visitor.get(`/reports/${year}/figures/F1/value`)).body).toContain('正文载明的数字');
    expect((await visitor.get(`/reports/${year}/figures/R/directPending`)).body).toContain(
      '行政诉讼·未经复议直接起诉：尚未审结',
    );
    expect((await visitor.get(`/reports/${year}/figures/R/constructor`)).status).toBe(404);
    const desk = await officer.get(`/workbench/reports/${year}/cells/requests/3.7/total`);
    expect(desk.body).toContain('合计的组成');
    expect((await officer.get(`/workbench/reports/${year}/cells/stated/F2/value`)).body).toContain(
      '发出信息处理费收费通知',
    );
  });

  it('states live figures in its chapters', async () => {
    const { body } = await officer.get(`/workbench/reports/${year}/chapters`);
    const received = flat(values).find(([cell]) => cell === '1/total')?.[1];
    expect(body).toMatch(new RegExp(`href="/workbench/reports/${year}#row-1"[^>]*>${received}<`));
    expect(body).toContain(`#row-R"`);
    expect(body).toContain(`#row-F1"`);
  });
});

describe('over the years', () => {
  it('the home page shows the figures that the newest report has', async () => {
    const { body } = await visitor.get('/');
    for (const words of ['收到公开申请', '办结公开申请', '制发行政规范性文件', '行政许可决定'])
      expect(body).toContain(words);
    expect(body).toContain('href="/reports/2023/figures/1/total"');
  });

  it('the search finds rows of wide tables', async () => {
    const { body } = await visitor.get('/search?q=%E4%B8%8D%E6%8E%8C%E6%8F%A1');
    expect(body).toContain('/reports/2023/figures/3.4.1/total');
  });

  it('the report on 2021 is held against that on 2020, where they count the same', async () => {
    // One of the six that 2020 carried over is found to have come on the first working day of 2021.
    await pool.query(`UPDATE requests SET received_on = '2021-01-04' WHERE id = (
      SELECT min(id) FROM requests WHERE concluded_on = '2021-01-20' AND applicant_kind = 'natural-person')`);
    await report(2021, {
      '1': { naturalPerson: 49 },
      '3.1': { naturalPerson: 49 },
      'P1.2': { inForce: 60, issued: 1, repealed: 0 },
      F1: 0,
    });
    await officer.get('/workbench/reports');
    await officer.post('/workbench/reports', { year: '2021' });
    await officer.post('/workbench/reports/2021/compile');
    const { body } = await officer.get('/workbench/reports/2021/findings');
    expect(body).toContain(
      '2021年“二、上年结转政府信息公开申请数量”（自然人） 5 件，2020年“四、结转下年度继续办理”（自然人） 6 件',
    );
    expect(body).toMatch(/V4.*?少于2020年/s);
    expect(body).not.toContain('（现行有效件数）');
    expect((await officer.get('/workbench/reports/2021/cells/requests/1/total')).body).toMatch(/上年.*?117/s);
    expect((await officer.get('/workbench/reports/2021/cells/proactive/P1.2/inForce')).body).not.toContain(
      '上年',
    );
  });

  it('a number in the text that states several cells is not offered one of them', async () => {
    const chapter = '/workbench/reports/2021/chapters/overview';
    await officer.get(chapter);
    const { body } = await officer.post(`${chapter}/check`, {
      source: '新收政府信息公开申请51件，不予公开3件。',
    });
    expect(body).toMatch(
      /表中 50 件&quot;,&quot;replace&quot;:\{&quot;number&quot;:&quot;51&quot;,&quot;ref&quot;:&quot;1\.total/,
    );
    expect(body).toMatch(/不予公开3件[^}]*?&quot;replace&quot;:null/);
  });

  it('a rule-making power reported by a body without it is an error', async () => {
    await publisher.get('/workbench/returns/fill?month=2021-03');
    await report(2022, { 'P1.1': { issued: 1 }, F1: 0 });
    await officer.get('/workbench/reports');
    await officer.post('/workbench/reports', { year: '2022' });
    await officer.post('/workbench/reports/2022/compile');
    expect((await officer.get('/workbench/reports/2022/findings')).body).toContain(
      '“规章”（本年制发件数）填 1 件，应为 0。本机关没有规章制定权。',
    );
  });

  it('the crosswalk is public, linked, and within reach of the desk', async () => {
    expect((await visitor.get('/reports')).body).toContain('href="/reports/crosswalk"');
    const page = await visitor.get('/reports/crosswalk');
    expect(page.body).toContain('1.1.2 制发规范性文件总数');
    expect(page.body).toContain('2019至2020年的格式 → 2021年起的格式');
    expect((await officer.get('/workbench/reports')).body).toContain('href="/workbench/reports/crosswalk"');
    expect((await officer.get('/workbench/reports/crosswalk')).status).toBe(200);
  });
});
