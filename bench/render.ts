import { performance } from 'node:perf_hooks';
import { format2014 } from '../src/annual-report/formats/2014.ts';
import { buildTables } from '../src/annual-report/formats/index.ts';
import type { CompiledReport } from '../src/annual-report/model.ts';
import { kunmingReport, paragraph } from '../src/annual-report/render/fixtures/kunming.ts';
import { renderers } from '../src/annual-report/render/index.ts';

/** Times and memory of each form of a long report. Every run renders other text, so that nothing is answered from memory. */
const runs = 7;
const paragraphsPerChapter = 6;

function longReport(run: number): CompiledReport {
  const base = kunmingReport();
  return {
    ...base,
    tables: buildTables(format2014, { '1.1': 9000 + run, '1.2.2': run }),
    chapters: base.chapters.map((chapter) => ({
      ...chapter,
      blocks: Array.from({ length: paragraphsPerChapter }, (_, n) =>
        paragraph(
          `第${run}次${chapter.number}章${n}段。${chapter.source.slice(0, 240).padEnd(240, '政府信息公开工作')}`,
        ),
      ),
    })),
  };
}

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const pages = (pdf: Uint8Array): number =>
  Number(/\/Type\s*\/Pages\s*\/Count (\d+)/.exec(Buffer.from(pdf).toString('latin1'))?.[1] ?? Number.NaN);

const table: Record<string, Record<string, string | number>> = {};
for (const [kind, { render }] of Object.entries(renderers)) {
  const times: number[] = [];
  let bytes: Uint8Array = new Uint8Array();
  for (let run = 0; run <= runs; run++) {
    const report = longReport(run);
    const start = performance.now();
    bytes = await render(report);
    times.push(performance.now() - start);
  }
  table[kind] = {
    'cold ms': Math.round(times[0] ?? 0),
    'warm median ms': Math.round(median(times.slice(1))),
    'worst warm ms': Math.round(Math.max(...times.slice(1))),
    kB: Math.round(bytes.length / 1024),
    'memory MB (rss)': Math.round(process.memoryUsage().rss / 2 ** 20),
    pages: kind === 'pdf' ? pages(bytes) : '',
  };
}
console.table(table);
