import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { filedOffice, reportPage } from '../../../tests/support/filed-reports.ts';
import type { ReadingOrder } from '../../annual-report/reading/thread/index.ts';
import {
  assignFile,
  batchFiles,
  batchProgress,
  discardFile,
  fileReports,
  filesApart,
  matrix,
  readAgain,
  readFiledFile,
  readFiledReport,
  readPending,
  readReportingUnit,
} from './index.ts';

const { db } = await freshDatabase();

it('files a batch by what the reports say, each to its unit and year', async () => {
  const office = await filedOffice(db, 'a');
  const [town, bureau] = [await office.unit('青山县白水镇人民政府'), await office.unit('青山县教育局')];
  const { batchId, waiting, same, skipped } = await office.file({
    '1.html': reportPage('青山县白水镇人民政府', 2022),
    '2.html': reportPage('青山县教育局', 2022),
    '3.html': reportPage('青山县教育局', 2021),
  });
  expect({ waiting, same, skipped }).toEqual({ waiting: 3, same: 0, skipped: [] });
  const progress = await batchProgress(office.as(office.people.officer), batchId);
  expect(progress).toMatchObject({ total: 3, counts: { read: 3, waiting: 0 }, checking: 0, finished: true });
  const { items } = await matrix(office.as(office.people.leader), [2022, 2021], {});
  expect(
    items.map(({ unit, cells }) => [unit.id, ...cells.map(({ state, version }) => `${state} ${version}`)]),
  ).toEqual([
    [town, 'clean 1', 'missing 0'],
    [bureau, 'clean 1', 'clean 1'],
  ]);
});

it.each([
  ['the spelling of a name does not matter', '青山县 白水镇政府', 'x.html', 'text'],
  ['a short name is a name', '白水镇', 'x.html', 'text'],
  [
    'the file name may tell less of the name than the text',
    '云岭省青山县白水镇人民政府',
    '青山县白水镇人民政府2022年年报.html',
    'file-name',
  ],
])('%s', async (_, agency, name, foundBy) => {
  const office = await filedOffice(db, `b${foundBy}${agency.length}`);
  const town = await office.unit('青山县白水镇人民政府', { aliases: ['白水镇'] });
  await office.file({ [name]: reportPage(agency, 2022) });
  const report = await readFiledReport(office.system, town, 2022);
  expect(report.versions.map((version) => version.foundBy)).toEqual([foundBy]);
});

it.each([
  ['a name that is only alike', '青山县白水乡人民政府', '2.html', undefined, '名单中没有这个名称'],
  [
    'the office of a government for the government',
    '青山县白水镇人民政府办公室',
    '2.html',
    undefined,
    '名单中没有',
  ],
  [
    'two names',
    '青山县白水镇人民政府',
    '青山县教育局2022年年报.html',
    undefined,
    '文件名写的是“青山县教育局”',
  ],
  ['two years', '青山县白水镇人民政府', '2.html', 2021, '上传时选择的是 2021 年度'],
])('a report is never filed on %s', async (_, agency, name, year, words) => {
  const office = await filedOffice(db, `c${words.length}${agency.length}`);
  const town = await office.unit('青山县白水镇人民政府');
  await office.unit('青山县教育局');
  await office.file({ [name]: reportPage(agency, 2022) }, year === undefined ? {} : { year });
  const { items } = await filesApart(office.system, 'unfiled');
  expect(items).toMatchObject([{ state: 'unfiled', agencyInText: agency, yearInText: 2022, unitId: null }]);
  expect(items[0]?.fault).toContain(words);
  expect(items[0]?.suggestions[0]?.unitId).toBe(town);
});

it('a person files what could not be told, and the name is known from then on', async () => {
  const office = await filedOffice(db, 'd');
  const town = await office.unit('青山县白水镇人民政府');
  const officer = office.as(office.people.officer);
  await office.file({ 'a.html': reportPage('白水镇党政办', 2022) });
  const [file] = (await filesApart(officer, 'unfiled')).items;
  const place = { unitId: town, year: 2022, rememberName: true };
  expect(await assignFile(officer, office.host, file!.id, place)).toBe(1);
  expect(await assignFile(officer, office.host, file!.id, place)).toBe(1);
  await office.work();
  expect((await readReportingUnit(officer, town)).aliases).toEqual(['白水镇党政办']);
  await office.file({ 'b.html': reportPage('白水镇党政办', 2022, { requests: 6 }) });
  const report = await readFiledReport(officer, town, 2022);
  expect(report.versions.map(({ version, foundBy }) => [version, foundBy])).toEqual([
    [2, 'text'],
    [1, 'person'],
  ]);
});

it('a unit that is registered later gets the reports that waited for it', async () => {
  const office = await filedOffice(db, 'e');
  await office.file({ 'a.html': reportPage('青山县财政局', 2022) });
  expect((await filesApart(office.system, 'unfiled')).items).toHaveLength(1);
  const unit = await office.unit('青山县财政局');
  await office.work();
  expect((await readFiledReport(office.system, unit, 2022)).cell.state).toBe('clean');
});

it('the same bytes sent again change nothing, and that is said', async () => {
  const office = await filedOffice(db, 'f');
  const town = await office.unit('青山县白水镇人民政府');
  const page = reportPage('青山县白水镇人民政府', 2022);
  await office.file({ 'a.html': page, 'copy.html': page });
  const again = await office.file({ 'b.html': page });
  expect(again).toMatchObject({ waiting: 0, same: 1 });
  const { items } = await batchFiles(office.system, again.batchId);
  expect(items).toMatchObject([{ state: 'same', unitId: town, year: 2022, version: 1 }]);
  expect(items[0]?.fault).toBe(
    '与已接收的“a.html”内容相同（青山县白水镇人民政府 2022 年度第 1 版），没有改动。',
  );
  expect((await readFiledReport(office.system, town, 2022)).versions).toHaveLength(1);
});

it('two officers who send the same files at one moment file them once', async () => {
  const office = await filedOffice(db, 'g');
  const town = await office.unit('青山县白水镇人民政府');
  const pages = Object.fromEntries(
    [1, 2, 3, 4].map((requests) => [
      `${requests}.html`,
      reportPage('青山县白水镇人民政府', 2022, { requests }),
    ]),
  );
  const send = async (who: 'officer' | 'second') =>
    fileReports(office.as(office.people[who]), office.host, { year: null, files: await office.spool(pages) });
  const filed = await Promise.all([send('officer'), send('second')]);
  expect(filed.map(({ waiting, same }) => waiting + same)).toEqual([4, 4]);
  expect(filed.reduce((sum, { waiting }) => sum + waiting, 0)).toBe(4);
  await Promise.all([office.work(), office.work(), office.work()]);
  const report = await readFiledReport(office.system, town, 2022);
  expect(report.versions.map(({ version }) => version)).toEqual([4, 3, 2, 1]);
  expect(report.cell).toMatchObject({ version: 4, state: 'clean', checking: false });
});

it('what cannot be read is kept apart, and shown with the unit its name tells', async () => {
  const office = await filedOffice(db, 'h');
  const town = await office.unit('青山县白水镇人民政府');
  await office.file({
    '青山县白水镇人民政府2022年政府信息公开工作年度报告.pdf': '%PDF-1.7 not really',
    '通知.html': '<html><body><p>关于召开会议的通知</p></body></html>',
  });
  const { items } = await filesApart(office.system, 'unreadable');
  expect(items.map(({ name, unitId, year }) => [name.slice(0, 5), unitId, year])).toEqual([
    ['青山县白水', town, 2022],
    ['通知.ht', null, null],
  ]);
  expect(items.map(({ fault }) => fault)).toEqual([
    expect.stringMatching(/损坏|不完整/),
    expect.stringContaining('不像是政府信息公开工作年度报告'),
  ]);
  expect((await readFiledReport(office.system, town, 2022)).cell).toMatchObject({
    state: 'unreadable',
    version: 0,
  });
  const officer = office.as(office.people.officer);
  await expect(discardFile(officer, items[1]!.id, '')).rejects.toMatchObject({ name: 'InvalidForm' });
  await discardFile(officer, items[0]!.id, '传错了文件');
  expect((await matrix(officer, [2022], {})).items[0]?.cells[0]?.state).toBe('missing');
});

it('a report filed to a wrong unit is moved, and both places are right afterwards', async () => {
  const office = await filedOffice(db, 'i');
  const [town, other] = [
    await office.unit('青山县白水镇人民政府'),
    await office.unit('青山县黑水镇人民政府'),
  ];
  const officer = office.as(office.people.officer);
  const wrong = { requests: 5, cells: { 'requests/4/naturalPerson': 1 } };
  await office.file({ 'a.html': reportPage('青山县白水镇人民政府', 2022) });
  await office.file({ 'b.html': reportPage('青山县白水镇人民政府', 2022, wrong) });
  const before = await readFiledReport(officer, town, 2022);
  expect(before.cell).toMatchObject({ version: 2, state: 'wrong' });
  await assignFile(officer, office.host, before.shown!.fileId, { unitId: other, year: 2022 });
  await office.work();
  const { items } = await matrix(officer, [2022], {});
  expect(items.map(({ cells: [cell] }) => [cell?.version, cell?.state])).toEqual([
    [1, 'clean'],
    [1, 'wrong'],
  ]);
});

it('a reader that has become better reads everything again, versions stay', async () => {
  const office = await filedOffice(db, 'j');
  const town = await office.unit('青山县白水镇人民政府');
  const officer = office.as(office.people.officer);
  const page = reportPage('青山县白水镇人民政府', 2022);
  const blind = {
    ...office.host,
    reading: { read: async () => Promise.reject(new TypeError('a fault of the reader')) },
  };
  await fileReports(officer, office.host, { year: null, files: await office.spool({ 'a.html': page }) });
  await expect(readPending(office.system, blind, () => false)).rejects.toThrow('1 filed reports met a fault');
  await office.work();
  expect(await readAgain(officer, office.host, null)).toBe(1);
  await office.work();
  expect((await readFiledReport(officer, town, 2022)).versions).toHaveLength(1);
});

it('a file that ends in a fault every time is given up after a few attempts, the others are read', async () => {
  const office = await filedOffice(db, 'k');
  const town = await office.unit('青山县白水镇人民政府');
  const officer = office.as(office.people.officer);
  const read = office.host.reading.read;
  const host = {
    ...office.host,
    reading: {
      read: (order: ReadingOrder) =>
        readFileSync(order.file.path, 'utf8').includes('毒')
          ? Promise.reject(new Error('fault'))
          : read(order),
    },
  };
  const files = await office.spool({
    'bad.html': '<p>毒</p>',
    'good.html': reportPage('青山县白水镇人民政府', 2022),
  });
  const { batchId } = await fileReports(officer, host, { year: null, files });
  for (let run = 0; run < 4; run++)
    await expect(readPending(office.system, host, () => false)).rejects.toThrow();
  expect(await readPending(office.system, host, () => false)).toBe(false);
  const [bad, good] = (await batchFiles(officer, batchId)).items;
  expect([bad?.state, good?.state, good?.unitId]).toEqual(['unreadable', 'read', town]);
  expect((await readFiledFile(officer, bad!.id)).fault).toContain('内部错误');
});
