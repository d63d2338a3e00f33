import { expect, test } from 'vitest';
import { assessFindings, misreadings } from './assess.ts';
import { examineSet, writeSet } from './examine-set.ts';
import { composeSet } from './set.ts';

const { reports, faults } = composeSet();
const examined = await examineSet(reports, await writeSet(reports));

test('every file of the set is taken, and every cell reads as it was written', () => {
  const wrong = reports.flatMap((report) => {
    const { read, refusal } = examined.get(report.file)!;
    if (!read) return [`${report.file}: ${refusal}`];
    return misreadings(report, read).map(
      ({ what, written, read: found }) => `${report.file} ${what}: ${written} → ${found}`,
    );
  });
  expect(wrong).toEqual([]);
});

test('all 40 faults are found at their own cell or clause, and nothing else is called an error or a difference', () => {
  const { found, missed, falseAlarms } = assessFindings(faults, reports, examined);
  expect(missed.map(({ file, kind }) => `${file} ${kind}`)).toEqual([]);
  expect(falseAlarms.map(({ file, finding }) => `${file} ${finding.message}`)).toEqual([]);
  expect(found).toHaveLength(40);
});
