import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkReport } from '../../annual-report/check/index.ts';
import { buildTables } from '../../annual-report/formats/index.ts';
import { faultKinds } from './faults.ts';
import { writeSetFile } from './files.ts';
import { layouts, type SetReport } from './model.ts';
import { composeSet } from './set.ts';
import { childrenOf } from './units.ts';

const { reports, faults } = composeSet();

test('200 reports of made-up units: all three formats, every year before it where it is on file, every layout', () => {
  expect(reports).toHaveLength(200);
  expect(new Set(reports.map(({ file }) => file)).size).toBe(200);
  expect(new Set(reports.map(({ format }) => format.id))).toEqual(new Set(['2014', '2019', '2021']));
  const layoutsOfFormats = new Set(reports.map(({ format, layout }) => `${format.id} ${layout}`));
  expect(layoutsOfFormats.size).toBe(3 * layouts.length);
});

test('40 faults of 20 kinds, one a report, in every layout and every site system', () => {
  expect(faults).toHaveLength(40);
  expect(new Set(faults.map(({ file }) => file)).size).toBe(40);
  expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(Object.keys(faultKinds)));
  expect(Object.keys(faultKinds)).toHaveLength(20);
  expect(new Set(faults.map(({ layout }) => layout))).toEqual(new Set(layouts));
  for (const fault of faults) expect(fault.cells.length + fault.quotes.length).toBeGreaterThan(0);
});

test('the set is the same each time it is made', async () => {
  const hash = createHash('sha256');
  const shown = ['html-semantic', 'html-nested-tables', 'text-lines', 'text-bars'];
  for (const report of reports.filter(({ layout }) => shown.includes(layout)))
    hash.update((await writeSetFile(report)).bytes);
  for (const { preface, chapters, cells } of composeSet().reports)
    hash.update(JSON.stringify({ preface, chapters, cells }));
  expect(hash.digest('hex')).toMatchInlineSnapshot(
    `"8a2a0c776aa2acfba29a28192cba74c0b853782a2bec3a188ef4b072437dcf7f"`,
  );
});

test('without its faults the set satisfies every identity, within a year, from year to year and of parents over children', () => {
  const clean = composeSet([]).reports;
  const find = (unit: string, year: number) =>
    clean.find((report) => report.unit.code === unit && report.year === year);
  for (const report of clean) {
    const previous = find(report.unit.code, report.year - 1);
    const found = checkReport({
      format: report.format,
      year: report.year,
      tables: tablesOf(report),
      previous: previous && tablesOf(previous),
    });
    expect(found.filter(({ severity }) => severity !== 'notice').map(({ message }) => message)).toEqual([]);
    const children = childrenOf(report.unit).flatMap(({ code }) => find(code, report.year) ?? []);
    for (const [key, { value }] of Object.entries(report.cells)) {
      const below = children.reduce((sum, child) => sum + (child.cells[key]?.value ?? 0), 0);
      if (children.length > 0 && !key.endsWith('/change'))
        expect(value ?? 0, `${report.file} ${key}`).toBeGreaterThanOrEqual(below - 1e-9);
    }
  }
});

function tablesOf(report: SetReport) {
  const noFees = { value: 0 };
  const values: Record<string, Record<string, number | null>> = report.format.stated
    ? { F1: noFees, F2: noFees }
    : {};
  for (const [key, { value, state }] of Object.entries(report.cells)) {
    const [, row = '', column = ''] = key.split('/');
    values[row] = { ...values[row], [column]: state === 'blank' ? 0 : value };
  }
  return buildTables(report.format, values);
}
