import { describe, expect, it } from 'vitest';
import { examineReport } from '../../src/annual-report/examination/index.ts';
import type { CompiledReport } from '../../src/annual-report/index.ts';
import { readReportFile } from '../../src/annual-report/reading/index.ts';
import { compiledFixture } from '../../src/annual-report/render/fixtures/eras.ts';
import { kunmingReport } from '../../src/annual-report/render/fixtures/kunming.ts';
import { renderers } from '../../src/annual-report/render/index.ts';

/** The forms a report is published in that are also read. */
const kinds = ['html', 'pdf', 'docx', 'xlsx'] as const;

const written = ({ tables }: CompiledReport) =>
  tables
    .filter(({ id }) => id !== 'stated')
    .flatMap(({ id, sections }) =>
      sections.flatMap(({ rows }) =>
        rows.flatMap(({ spec, cells }) =>
          Object.entries(cells).map(
            ([column, { value }]) => [`${id}/${spec.code}/${column}`, value] as const,
          ),
        ),
      ),
    );

async function readBack(report: CompiledReport, kind: (typeof kinds)[number]) {
  const bytes = await renderers[kind].render(report);
  const read = await readReportFile({ name: `report.${kind}`, bytes });
  return { read, findings: examineReport({ report: read }) };
}

describe.each(kinds)('our own report as %s, read back', (kind) => {
  it.each(['2019', '2021'] as const)(
    'gives the same numbers and no finding in the format of %s',
    async (id) => {
      const report = compiledFixture(id);
      const { read, findings } = await readBack(report, kind);
      expect(read).toMatchObject({ year: report.year, format: id, agency: report.agency.name });
      const differing = written(report).filter(([key, value]) => (read.cells[key]?.value ?? null) !== value);
      expect(differing).toEqual([]);
      expect(findings.map(({ rule, message }) => `${rule} ${message}`)).toEqual([]);
      expect(read.unread).toEqual([]);
    },
  );

  it('gives the same numbers and the findings of the 2018 table, no others', async () => {
    const report = kunmingReport();
    const { read, findings } = await readBack(report, kind);
    expect(read).toMatchObject({ year: 2018, format: '2014', agency: report.agency.name });
    const differing = written(report).filter(([key, value]) => (read.cells[key]?.value ?? null) !== value);
    expect(differing).toEqual([]);
    const known = ['S3', 'S9', 'S12', 'S15', 'X5', 'X7', 'X8', 'X9', 'X10'];
    expect(findings.map(({ rule }) => rule).filter((rule) => !known.includes(rule))).toEqual([]);
    expect(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual(['S3']);
  });
});
