import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { filedOffice } from '../../../tests/support/filed-reports.ts';
import { readSheet } from '../../core/spreadsheet/index.ts';
import {
  addReportingUnit,
  changeReportingUnit,
  importReportingUnits,
  listReportingUnits,
  readReportingUnit,
  readUnitSheet,
} from './index.ts';

const { db } = await freshDatabase();
let offices = 0;
const office = () => filedOffice(db, `unit${++offices}`);

it('keeps the old name of a renamed unit, and guesses its kind', async () => {
  const { unit, as, people } = await office();
  const officer = as(people.officer);
  const id = await unit('青山县广播电影电视局');
  expect(await readReportingUnit(officer, id)).toMatchObject({ kind: 'department', aliases: [] });
  await changeReportingUnit(officer, id, { name: '青山县文化和旅游局', expectedFrom: 2021 });
  await changeReportingUnit(officer, id, {
    name: '青山县文化广电和旅游局',
    expectedFrom: 2021,
    expectedTo: 2023,
  });
  expect(await readReportingUnit(officer, id)).toMatchObject({
    name: '青山县文化广电和旅游局',
    aliases: ['青山县广播电影电视局', '青山县文化和旅游局'],
    expectedTo: 2023,
  });
  expect((await listReportingUnits(officer, { search: '广播电影' })).items.map((one) => one.id)).toEqual([
    id,
  ]);
  expect((await listReportingUnits(officer, { year: 2024 })).items).toEqual([]);
});

describe('refuses', () => {
  it.each([
    ['no name', { name: ' ' }, 'name'],
    ['the name of another', { name: '青山县政府' }, 'name'],
    ['the name of another as an alias', { name: '新单位', aliases: ['青山县 人民政府'] }, 'aliases'],
    ['an impossible year', { name: '新单位', expectedFrom: 1999 }, 'expectedFrom'],
    ['an end before the beginning', { name: '新单位', expectedTo: 2015 }, 'expectedTo'],
    ['a parent there is not', { name: '新单位', parentId: 999_999 }, 'parentId'],
    ['a code twice', { name: '新单位', code: 'QS' }, 'code'],
  ])('%s', async (_, form, field) => {
    const { unit, as, people } = await office();
    await unit('青山县人民政府', { code: 'QS' });
    const add = addReportingUnit(as(people.officer), { expectedFrom: 2021, ...form });
    await expect(add).rejects.toMatchObject({ fields: { [field]: expect.any(String) } });
  });

  it('a parent below the unit itself', async () => {
    const { unit, as, people } = await office();
    const county = await unit('青山县人民政府');
    const town = await unit('白水镇人民政府', { parentId: county });
    const form = { name: '青山县人民政府', expectedFrom: 2021 };
    for (const parentId of [town, county])
      await expect(changeReportingUnit(as(people.officer), county, { ...form, parentId })).rejects.toThrow(
        '下级单位',
      );
  });
});

const sheetOf = (text: string) => readSheet({ name: 'units.csv', bytes: Buffer.from(text) });

describe('a list of units', () => {
  it('is added in its order, parents before or after; the same list again changes nothing', async () => {
    const { as, people } = await office();
    const officer = as(people.officer);
    const lines = readUnitSheet(
      await sheetOf(
        '云岭省报送单位名单,,,,\n单位名称,类别,上级单位,简称或曾用名,代码\n' +
          '青山县白水镇人民政府,,青山县政府,白水镇、白水乡,T1\n青山县人民政府,,,,C1\n青山高新区,开发区,青山县人民政府,,\n,,,,\n',
      ),
    );
    const options = { expectedFrom: 2021, fileName: 'units.csv' };
    const preview = await importReportingUnits(officer, lines, { ...options, dryRun: true });
    expect(preview.added).toMatchObject([
      { line: 3, name: '青山县白水镇人民政府', kind: 'township', parentName: '青山县政府' },
      { line: 4, kind: 'government' },
      { line: 5, kind: 'zone' },
    ]);
    expect((await listReportingUnits(officer, {})).items).toEqual([]);
    await importReportingUnits(officer, lines, options);
    expect(
      (await listReportingUnits(officer, {})).items.map(({ name, parentName, aliases }) => [
        name,
        parentName,
        aliases.length,
      ]),
    ).toEqual([
      ['青山县白水镇人民政府', '青山县人民政府', 2],
      ['青山县人民政府', null, 0],
      ['青山高新区', '青山县人民政府', 0],
    ]);
    expect(await importReportingUnits(officer, lines, options)).toMatchObject({
      added: [],
      rejected: [],
      unchanged: { length: 3 },
    });
  });

  it('with a bad line adds nothing and tells each line', async () => {
    const { as, people, unit } = await office();
    await unit('青山县财政局', { aliases: ['财政局'], code: 'F1' });
    const lines = readUnitSheet(
      await sheetOf(
        '名称,类别,上级,别名,编号\n青山县教育局,学校,,,\n青山县民政局,,没有的单位,,\n青山县审计局,,,财政局,\n青山县司法局,,,,F1\n' +
          '青山县统计局,,青山县信访局,,\n青山县信访局,,青山县统计局,,\n青山县水务局,,,,W1\n青山县 水务局,,,,W2\n单位,,,,\n好,,,,\n',
      ),
    );
    const result = await importReportingUnits(as(people.officer), lines, { expectedFrom: 2021 });
    expect(result.rejected.map(({ line, field }) => [line, field])).toEqual([
      [2, '类别'],
      [3, '上级单位'],
      [4, '简称或曾用名'],
      [5, '代码'],
      [6, '上级单位'],
      [7, '上级单位'],
      [9, '单位名称'],
      [11, '单位名称'],
    ]);
    expect((await listReportingUnits(as(people.officer), {})).items).toHaveLength(1);
  });

  it('needs a column of names', async () => {
    expect(() =>
      readUnitSheet({ kind: 'csv', encoding: null, sheet: null, rows: [['a', 'b']], lines: [1] }),
    ).toThrow('没有找到表头');
  });
});
