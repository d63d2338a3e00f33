import { writeSetFile } from './files.ts';
import { writeScan } from './layouts/pdf.ts';
import { writeText } from './layouts/text.ts';
import type { SetReport } from './model.ts';
import { composeSet } from './set.ts';

/** Files that arrive at the office in one go. */
export interface Delivery {
  /** Null where the sender named none. */
  year: number | null;
  arrivedOn: string;
  files: readonly { name: string; write(): Promise<Uint8Array> }[];
}

/** The set as the office receives it: a delivery a year, and one of two files that cannot be filed without a person. */
export function deliveries(): Delivery[] {
  const { reports } = composeSet();
  const byYear = [...Map.groupBy(reports, ({ year }) => year)].toSorted(([a], [b]) => a - b);
  const yearly = byYear.map(([year, ofYear]) => ({
    year,
    arrivedOn: `${year + 1}-02-01`,
    files: ofYear.map((report) => ({
      name: report.file,
      write: async () => (await writeSetFile(report)).bytes,
    })),
  }));
  return [...yearly, strays(reports)];
}

/** A report that was scanned, and one of a body that the list of units does not have. */
function strays(reports: readonly SetReport[]): Delivery {
  const model = reports.find(({ layout, year }) => layout === 'text-lines' && year === 2022)!;
  const name = '归云县人民政府';
  const rename = (text: string) => text.replaceAll(model.unit.name, name);
  const stranger: SetReport = {
    ...model,
    unit: { ...model.unit, name },
    title: rename(model.title),
    preface: model.preface.map(rename),
    chapters: model.chapters.map((chapter) => ({
      ...chapter,
      paragraphs: chapter.paragraphs.map(rename),
    })),
  };
  return {
    year: null,
    arrivedOn: '2023-02-08',
    files: [
      { name: '扫描件0001.pdf', write: async () => writeScan() },
      { name: '2022年年报（补报）.txt', write: async () => writeText(stranger) },
    ],
  };
}
