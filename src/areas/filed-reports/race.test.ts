import { expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { filedOffice, reportPage } from '../../../tests/support/filed-reports.ts';
import {
  assignFile,
  changeReportingUnit,
  fileReports,
  judgeFinding,
  matrix,
  openCorrection,
  readAgain,
  readFiledReport,
  recheckReport,
  recheckYear,
} from './index.ts';

const { db, pool } = await freshDatabase();
const wrong = (requests: number) => ({
  requests,
  cells: { 'requests/4/naturalPerson': 1, 'requests/4/total': 1 },
});

it('many hands on one family of reports neither block each other for good nor lose a version', async () => {
  const office = await filedOffice(db, 'race');
  const county = await office.unit('青山县人民政府');
  const towns = ['白水镇', '黑水镇', '清水镇'].map((name) => `青山县${name}人民政府`);
  const ids: number[] = [];
  for (const town of towns) ids.push(await office.unit(town, { parentId: county }));
  const pages: Record<string, string> = {};
  for (const name of ['青山县人民政府', ...towns])
    for (const year of [2021, 2022])
      pages[`${name}${year}.html`] = reportPage(name, year, wrong(name.length));
  await office.file(pages);
  const officer = office.as(office.people.officer);
  const second = office.as(office.people.second);
  const { findings } = await readFiledReport(officer, county, 2022);
  const stray = await office.file({ 'x.html': reportPage('无名单位', 2022, wrong(77)) });
  const { rows } = await pool.query<{ id: number }>('SELECT id FROM filed_files WHERE batch_id = $1', [
    stray.batchId,
  ]);
  for (let round = 0; round < 4; round++) {
    const again: Record<string, string> = {};
    for (const [at, name] of towns.entries())
      again[`${at}.html`] = reportPage(name, 2022, wrong(100 * round + at));
    const files = await office.spool(again);
    const settled = await Promise.allSettled([
      fileReports(officer, office.host, { year: 2022, files }).then(() =>
        Promise.all([office.work(), office.work()]),
      ),
      recheckYear(second, office.host, 2022).then(() => office.work()),
      ...findings.map(({ key }) =>
        judgeFinding(
          second,
          { unitId: county, year: 2022, key },
          { judgement: 'explained', note: `第 ${round} 次` },
        ),
      ),
      readAgain(second, office.host, null).then(() => office.work()),
      recheckReport(officer, county, 2022),
      assignFile(officer, office.host, rows[0]!.id, { unitId: ids[round % 3]!, year: 2022 }),
      openCorrection(second, { unitId: ids[2]!, year: 2022, text: '请更正。' }),
      changeReportingUnit(second, ids[1]!, {
        name: towns[1]!,
        expectedFrom: 2020,
        parentId: round % 2 ? county : null,
      }),
    ]);
    const faults = settled.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    // A person may be told that the file is being read or that the case is open; nothing else may happen to him.
    expect(faults.filter((fault) => !/正在读取|没有办结的更正|没有这项发现/.test(fault))).toEqual([]);
  }
  await office.work();
  const { items } = await matrix(officer, [2022], {});
  expect(items.map(({ cells: [cell] }) => cell?.checking)).toEqual(Array(4).fill(false));
  expect(items.slice(1).map(({ cells: [cell] }) => cell?.state)).toEqual(Array(3).fill('wrong'));
  const versions = await Promise.all(ids.map((id) => readFiledReport(officer, id, 2022)));
  for (const { versions: list, shown } of versions) {
    expect(new Set(list.map(({ version }) => version)).size).toBe(list.length);
    expect(shown?.version).toBe(Math.max(...list.map(({ version }) => version)));
  }
});
