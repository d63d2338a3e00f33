import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { filedOffice, reportPage } from '../../../tests/support/filed-reports.ts';
import { verifyLedger } from '../../ledger/index.ts';
import {
  batchProgress,
  changeReportingUnit,
  compareWithLastYear,
  exportFindings,
  filedReportActs,
  fileReports,
  judgeFinding,
  matrix,
  readFiledReport,
  readPending,
  readReportingUnit,
  recheckReport,
  recheckYear,
  rulesBroken,
  worstFindings,
  yearSummaries,
} from './index.ts';

const { db, pool } = await freshDatabase();

const town = '青山县白水镇人民政府';
/** 第一项加第二项不等于第三项加第四项. */
const unbalanced = { cells: { 'requests/4/naturalPerson': 1, 'requests/4/total': 1 } };

it('finds what does not fit, with its cells, and counts it', async () => {
  const office = await filedOffice(db, 'a');
  const unit = await office.unit(town);
  await office.file({ 'a.html': reportPage(town, 2022, unbalanced) });
  const report = await readFiledReport(office.system, unit, 2022);
  expect(report.cell.state).toBe('wrong');
  expect(report.cell.wrong).toBe(report.findings.filter(({ finding }) => finding.verdict === 'wrong').length);
  expect(report.findings[0]).toMatchObject({
    judged: null,
    finding: { rule: 'T1', verdict: 'wrong', difference: 1 },
  });
  expect(report.findings[0]?.key).toMatch(/^[0-9a-f]{32}$/);
  expect(report.shown?.report.tables).toHaveLength(3);
});

it('a crash between reading and checking is made up for by the next run', async () => {
  const office = await filedOffice(db, 'b');
  const unit = await office.unit(town);
  await fileReports(office.as(office.people.officer), office.host, {
    year: null,
    files: await office.spool({ 'a.html': reportPage(town, 2022, unbalanced) }),
  });
  let turns = 0;
  const stopped = await readPending(office.system, office.host, () => ++turns > 2);
  expect(stopped).toBe(true);
  expect((await readFiledReport(office.system, unit, 2022)).cell).toMatchObject({
    state: 'waiting',
    checking: true,
  });
  expect(await office.work()).toBe(false);
  expect((await readFiledReport(office.system, unit, 2022)).cell).toMatchObject({
    state: 'wrong',
    checking: false,
  });
});

it('outcomes come while a large batch is still being read', async () => {
  const office = await filedOffice(db, 'large');
  const pages: Record<string, string> = {};
  for (let at = 1; at <= 25; at++) {
    await office.unit(`青山县第${at}局`);
    pages[`${at}.html`] = reportPage(`青山县第${at}局`, 2022);
  }
  const officer = office.as(office.people.officer);
  const files = await office.spool(pages);
  const { batchId } = await fileReports(officer, office.host, { year: null, files });
  let turns = 0;
  expect(await readPending(office.system, office.host, () => ++turns > 25)).toBe(true);
  expect(await batchProgress(officer, batchId)).toMatchObject({
    counts: { read: 20, waiting: 5 },
    checking: 15,
    outcomes: { clean: 5 },
    finished: false,
  });
  await office.work();
  expect(await batchProgress(officer, batchId)).toMatchObject({ outcomes: { clean: 25 }, finished: true });
});

it('a report that our own fault keeps from being checked is doubtful and does not hold up the others', async () => {
  const office = await filedOffice(db, 'fault');
  const [one, two] = [await office.unit(town), await office.unit('青山县教育局')];
  await office.file({ 'a.html': reportPage(town, 2022), 'b.html': reportPage('青山县教育局', 2022) });
  const officer = office.as(office.people.officer);
  await pool.query(
    `UPDATE filed_files SET report = jsonb_set(report, '{chapters}', '5') WHERE unit_id = $1`,
    [one],
  );
  await recheckYear(officer, office.host, 2022);
  await expect(office.work()).rejects.toThrow('1 filed reports met a fault');
  const { cell, findings } = await readFiledReport(officer, one, 2022);
  expect(cell).toMatchObject({ state: 'doubtful', checking: false });
  expect(findings.map(({ finding }) => finding.rule)).toEqual(['B0']);
  expect((await readFiledReport(officer, two, 2022)).cell.state).toBe('clean');
  expect(await office.work()).toBe(false);
});

describe('the judgement of a finding', () => {
  it('survives re-checking, re-reading and a new version with the same contradiction; another number is another finding', async () => {
    const office = await filedOffice(db, 'c');
    const unit = await office.unit(town);
    const officer = office.as(office.people.officer);
    await office.file({ 'a.html': reportPage(town, 2022, unbalanced) });
    const { findings } = await readFiledReport(officer, unit, 2022);
    for (const { key } of findings)
      await judgeFinding(
        officer,
        { unitId: unit, year: 2022, key },
        { judgement: 'dismissed', note: '已核实台账' },
      );
    const settled = async () => {
      const { cell, findings } = await readFiledReport(officer, unit, 2022);
      return [
        cell.state,
        cell.wrong,
        findings.filter(({ judged }) => judged?.judgement === 'dismissed').length,
      ];
    };
    const all = ['clean', 0, findings.length];
    expect(await settled()).toEqual(all);
    await recheckReport(officer, unit, 2022);
    expect(await settled()).toEqual(all);
    await office.file({
      'b.html': reportPage(town, 2022, unbalanced, { overview: '换了一段文字，数字没有改。' }),
    });
    expect(await settled()).toEqual(all);
    const worse = { cells: { 'requests/4/naturalPerson': 2, 'requests/4/total': 2 } };
    await office.file({ 'c.html': reportPage(town, 2022, worse) });
    expect(await settled()).toEqual(['wrong', findings.length, 0]);
  });

  it('weighs: confirmed hints are wrong, taking it back restores what the check said', async () => {
    const office = await filedOffice(db, 'd');
    const unit = await office.unit(town);
    const officer = office.as(office.people.officer);
    await office.file({ 'a.html': reportPage(town, 2022, unbalanced) });
    const [first] = (await readFiledReport(officer, unit, 2022)).findings;
    const place = { unitId: unit, year: 2022, key: first!.key };
    const wrongBefore = (await readFiledReport(officer, unit, 2022)).cell.wrong;
    await judgeFinding(officer, place, { judgement: 'explained', note: '单位已说明' });
    expect((await readFiledReport(officer, unit, 2022)).cell).toMatchObject({
      wrong: wrongBefore - 1,
      settled: 1,
    });
    await judgeFinding(officer, place, { judgement: null, note: '' });
    expect((await readFiledReport(officer, unit, 2022)).cell).toMatchObject({
      wrong: wrongBefore,
      settled: 0,
    });
    const acts = await filedReportActs(officer, unit, 2022);
    expect(acts.map(({ title }) => title)).toEqual(['认定核查发现', '认定核查发现', '年报归档']);
  });

  it.each([
    [{ judgement: 'dismissed', note: '' }, '请写明理由'],
    [{ judgement: 'explained', note: ' ' }, '请写明理由'],
    [{ judgement: 'nonsense' as 'confirmed', note: '' }, '请选择认定结果'],
    [{ judgement: 'confirmed', note: '长'.repeat(1001) }, '最多 1000 字'],
  ] as const)('%j is refused', async (verdict, words) => {
    const office = await filedOffice(db, `e${words.length}${verdict.note.length}`);
    const unit = await office.unit(town);
    const place = { unitId: unit, year: 2022, key: '0'.repeat(32) };
    await expect(judgeFinding(office.system, place, verdict)).rejects.toThrow(words);
  });

  it('of a finding that is gone is refused', async () => {
    const office = await filedOffice(db, 'f');
    const unit = await office.unit(town);
    await office.file({ 'a.html': reportPage(town, 2022) });
    const place = { unitId: unit, year: 2022, key: '0'.repeat(32) };
    await expect(judgeFinding(office.system, place, { judgement: 'confirmed', note: '' })).rejects.toThrow(
      '没有这项发现',
    );
  });
});

describe('neighbours are examined again', () => {
  it("this year's when last year's is filed or corrected", async () => {
    const office = await filedOffice(db, 'g');
    const unit = await office.unit(town);
    const open = {
      cells: {
        'requests/1/naturalPerson': 6,
        'requests/1/total': 6,
        'requests/4/naturalPerson': 1,
        'requests/4/total': 1,
      },
    };
    await office.file({ '2022.html': reportPage(town, 2022) });
    expect((await readFiledReport(office.system, unit, 2022)).cell.state).toBe('clean');
    await office.file({ '2021.html': reportPage(town, 2021, open) });
    const report = await readFiledReport(office.system, unit, 2022);
    expect(report.findings.map(({ finding }) => finding.rule)).toContain('T4');
    expect(report.previous).toMatchObject({ year: 2021, version: 1 });
    await office.file({ '2021-2.html': reportPage(town, 2021) });
    expect((await readFiledReport(office.system, unit, 2022)).cell.state).toBe('clean');
  });

  it("the parent's when a child's is filed, and when the child gets another parent", async () => {
    const office = await filedOffice(db, 'h');
    const county = await office.unit('青山县人民政府');
    const below = await office.unit(town, { parentId: county });
    await office.file({ 'county.html': reportPage('青山县人民政府', 2022, { requests: 3 }) });
    expect((await readFiledReport(office.system, county, 2022)).cell.wrong).toBe(0);
    await office.file({ 'town.html': reportPage(town, 2022, { requests: 9 }) });
    const report = await readFiledReport(office.system, county, 2022);
    expect(report.children).toEqual({ expected: 1, filed: 1 });
    expect(report.findings.map(({ finding }) => finding.rule)).toContain('S17');
    const officer = office.as(office.people.officer);
    await changeReportingUnit(officer, below, {
      ...(await readReportingUnit(officer, below)),
      parentId: null,
    });
    await office.work();
    expect(
      (await readFiledReport(officer, county, 2022)).findings.map(({ finding }) => finding.rule),
    ).not.toContain('S17');
  });
});

it('gives the summary of years, the worst first, and the rules broken', async () => {
  const office = await filedOffice(db, 'i');
  const names = ['青山县教育局', '青山县财政局', '青山县民政局', town];
  for (const name of names) await office.unit(name);
  await office.file({
    'a.html': reportPage(names[0]!, 2022),
    'b.html': reportPage(names[1]!, 2022, unbalanced),
    '青山县民政局2022年政府信息公开工作年度报告.pdf': '不是 PDF',
  });
  const officer = office.as(office.people.officer);
  expect(await yearSummaries(officer, [2022, 2021])).toMatchObject([
    { year: 2022, expected: 4, missing: 1, clean: 1, wrong: 1, unreadable: 1, waiting: 0, doubtful: 0 },
    { year: 2021, expected: 4, missing: 4 },
  ]);
  const findings = await worstFindings(officer, { year: 2022 });
  expect(new Set(findings.items.map(({ unitName }) => unitName))).toEqual(new Set(['青山县财政局']));
  expect(findings.items.map(({ finding }) => finding.verdict)).toEqual(
    [...findings.items.map(({ finding }) => finding.verdict)].sort().reverse(),
  );
  const [one, ...rest] = findings.items;
  const first = await worstFindings(officer, { year: 2022 }, { limit: 1 });
  expect(first.items).toEqual([one]);
  if (rest.length > 0)
    expect((await worstFindings(officer, { year: 2022 }, { after: first.next })).items).toEqual(rest);
  await judgeFinding(officer, { ...one!, key: one!.key }, { judgement: 'confirmed', note: '' });
  expect((await worstFindings(officer, { year: 2022, judged: 'none' })).items).toHaveLength(rest.length);
  expect((await worstFindings(officer, { year: 2022, judged: 'confirmed', rule: 'T1' })).items).toHaveLength(
    1,
  );
  expect((await worstFindings(officer, { year: 2022, verdict: 'unassessable' })).items).toHaveLength(0);
  expect((await rulesBroken(officer, 2022))[0]).toMatchObject({ rule: expect.stringMatching(/^T\d$/) });
  for (const [state, count] of [
    ['clean', 1],
    ['wrong', 1],
    ['unreadable', 1],
    ['missing', 1],
    ['waiting', 0],
    ['overdue', 0],
  ] as const)
    expect((await matrix(officer, [2022], { state, stateYear: 2022 })).items, state).toHaveLength(count);
  expect((await matrix(officer, [2022], { search: '民政' })).items.map(({ unit }) => unit.name)).toEqual([
    '青山县民政局',
  ]);
  expect(await recheckYear(officer, office.host, 2022)).toBe(2);
});

it('pages a matrix without losing or repeating a unit', async () => {
  const office = await filedOffice(db, 'j');
  for (let index = 1; index <= 7; index++) await office.unit(`青山县第${index}中学`, { kind: 'other' });
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof matrix>> = await matrix(
      office.system,
      [2022],
      {},
      { after, limit: 3 },
    );
    seen.push(...page.items.map(({ unit }) => unit.name));
    after = page.next;
  } while (after !== null);
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7].map((index) => `青山县第${index}中学`));
});

it('writes one workbook of all findings and one sheet of what is missing', async () => {
  const office = await filedOffice(db, 'k');
  const unit = await office.unit(town);
  await office.unit('青山县教育局');
  await office.file({ 'a.html': reportPage(town, 2022, unbalanced) });
  const officer = office.as(office.people.officer);
  const { findings } = await readFiledReport(officer, unit, 2022);
  const [first] = findings;
  await judgeFinding(
    officer,
    { unitId: unit, year: 2022, key: first!.key },
    { judgement: 'confirmed', note: '=HYPERLINK("x")' },
  );
  const dismissed = findings.at(-1)!;
  const place = { unitId: unit, year: 2022, key: dismissed.key };
  await judgeFinding(officer, place, { judgement: 'dismissed', note: '核实无误' });
  const { name, content } = await exportFindings(officer, { year: 2022 });
  expect(name).toBe('2022年度年报核查发现.xlsx');
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await buffer(content)) as unknown as ArrayBuffer);
  const [one, two] = workbook.worksheets;
  const rows = (sheet: ExcelJS.Worksheet | undefined, from: number) =>
    (sheet?.getRows(from, (sheet?.rowCount ?? 0) - from + 1) ?? []).map((row) => row.values as unknown[]);
  expect(rows(one, 3)[0]?.slice(1)).toEqual([
    '单位',
    '年度',
    '表',
    '行',
    '列',
    '规则',
    '发现',
    '一方',
    '另一方',
    '相差',
    '核查结论',
    '认定',
    '认定说明',
    '答复期限',
    '单位答复',
  ]);
  const body = rows(one, 4);
  expect(findings.length).toBeGreaterThan(1);
  expect(body).toHaveLength(findings.length - 1);
  expect(body[0]?.slice(1, 3)).toEqual([town, 2022]);
  expect(body[0]?.slice(6, 14)).toEqual([
    first!.finding.rule,
    first!.finding.message,
    first!.finding.left,
    first!.finding.right,
    first!.finding.difference,
    '有误',
    '属实',
    '=HYPERLINK("x")',
  ]);
  expect(String(body[0]?.[3])).toContain('收到和处理政府信息公开申请');
  expect(String(body[0]?.[4])).toContain('结转下年度继续办理');
  expect(rows(two, 4).map((row) => row.slice(1, 4))).toEqual([['青山县教育局', 2022, '未报']]);
});

it("lays this year's text beside last year's", async () => {
  const office = await filedOffice(db, 'l');
  const unit = await office.unit(town);
  const words =
    '积极推进政府信息公开平台建设，完善信息发布审核机制，规范信息公开流程，提升信息公开质量和实效';
  await office.file({
    'a.html': reportPage(town, 2021, {}, { overview: `2021年，${words}。` }),
    'b.html': reportPage(town, 2022, {}, { overview: `2022年，${words}。全年新开设两个专栏。` }),
  });
  const comparison = await compareWithLastYear(office.system, unit, 2022);
  const overview = comparison?.chapters.find(({ title }) => title.includes('总体情况'));
  expect(overview?.rows[0]).toMatchObject({ change: 'changed' });
  expect(overview?.rows[0]?.current?.find(({ copied }) => copied)?.text).toContain('完善信息发布审核机制');
  expect(await compareWithLastYear(office.system, unit, 2021)).toBeNull();
});

it('only those who may, and each act leaves its line in a chain that holds', async () => {
  const office = await filedOffice(db, 'm');
  const unit = await office.unit(town);
  await office.file({ 'a.html': reportPage(town, 2022, unbalanced) });
  const { findings } = await readFiledReport(office.system, unit, 2022);
  const place = { unitId: unit, year: 2022, key: findings[0]!.key };
  const acts = {
    read: (who: keyof typeof office.people) => readFiledReport(office.as(office.people[who]), unit, 2022),
    judge: (who: keyof typeof office.people) =>
      judgeFinding(office.as(office.people[who]), place, { judgement: 'confirmed', note: who }),
    file: async (who: keyof typeof office.people) =>
      fileReports(office.as(office.people[who]), office.host, {
        year: null,
        files: await office.spool({ 'x.html': who }),
      }),
  };
  const allowed = async (act: keyof typeof acts) => {
    const who = Object.keys(office.people) as (keyof typeof office.people)[];
    const answers = await Promise.allSettled(who.map((one) => acts[act](one)));
    return who.filter((_, index) => answers[index]?.status === 'fulfilled');
  };
  expect(await allowed('read')).toEqual(['officer', 'second', 'supervisor', 'leader', 'auditor']);
  expect(await allowed('judge')).toEqual(['officer', 'second', 'supervisor']);
  expect(await allowed('file')).toEqual(['officer', 'second', 'supervisor']);
  const other = await filedOffice(db, 'n');
  await expect(readFiledReport(other.as(other.people.officer), unit, 2022)).rejects.toMatchObject({
    status: 404,
  });
  expect(await verifyLedger(db)).toMatchObject({ ok: true });
});
