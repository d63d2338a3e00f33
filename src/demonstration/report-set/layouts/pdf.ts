import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { fontPaths } from '../../../annual-report/render/fonts.ts';
import type { SetReport } from '../model.ts';
import { type DrawnTable, drawTable } from '../printed-table.ts';
import { randomOf } from '../random.ts';

const folder = import.meta.dirname;
const template = readFileSync(join(folder, 'report.typ'), 'utf8');
let compiler: NodeCompiler | null = null;

/** The report as a PDF with text: tables ruled and broken over pages, or set in columns without rules. */
export function writePdf(report: SetReport): Uint8Array {
  return typeset(template, typesetData(report), report.year + 1);
}

/** Two pages that were scanned: grey paper, no letter on it. */
export function writeScan(): Uint8Array {
  const page = '#page(paper: "a4", fill: luma(236), rect(width: 100%, height: 60%, fill: luma(190)))';
  return typeset(`${page}\n${page}`, {}, 2023);
}

function typeset(mainFileContent: string, data: object, madeIn: number): Uint8Array {
  compiler ??= NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: fontPaths({}) }] });
  compiler.mapShadow(join(folder, 'report.json'), Buffer.from(JSON.stringify(data)));
  const compiled = compiler.compile({ mainFileContent });
  if (!compiled.result) {
    const found: { message?: string }[] = compiled.takeDiagnostics()?.shortDiagnostics ?? [];
    throw new Error(`typesetting failed: ${found.map(({ message }) => message).join('; ')}`);
  }
  const pdf = compiler.pdf(compiled.result, {
    creationTimestamp: Date.UTC(madeIn, 0, 20) / 1000,
  });
  compiler.resetShadow();
  compiler.evictCache(4);
  return new Uint8Array(pdf);
}

function typesetData(report: SetReport): object {
  const ruled = report.layout === 'pdf-ruled';
  const repeats = randomOf(`${report.file} header`).chance(0.6);
  return {
    title: report.title,
    author: report.unit.name,
    ruled,
    header: randomOf(`${report.file} head`).chance(0.4) ? report.title : null,
    fonts: randomOf(`${report.file} font`).pick([['Noto Serif SC'], ['Noto Sans SC']]),
    parts: [
      ...report.preface.map((text) => ({ kind: 'paragraph', text })),
      ...report.chapters.flatMap(({ title, paragraphs, tables }) => [
        { kind: 'heading', text: title },
        ...paragraphs.map((text) => ({ kind: 'paragraph', text })),
        ...tables.flatMap((id) => [
          ...(id === 'statistics'
            ? [{ kind: 'caption', text: `政府信息公开情况统计表（${report.year}年度）` }]
            : []),
          { kind: 'table', ...gridOf(drawTable(report, id)), repeats },
        ]),
      ]),
    ],
  };
}

const widths: Readonly<Record<string, readonly number[]>> = {
  requests: [0.9, 1.3, 4.2, 1.3, 1.3, 1.3, 1.3, 1.3, 1.3, 1.3],
  statistics: [6, 1, 1.5],
  proactive: [3.4, 1, 1, 1, 1, 1, 1],
};

function gridOf(table: DrawnTable): object {
  const cells = table.rows.map((row, y) =>
    row.map(({ text, column, span, rows }) => ({ text, x: column, y, span, rows })),
  );
  return {
    widths: widths[table.id] ?? Array.from({ length: table.columns }, () => 1),
    size: table.columns > 10 ? 8 : 9.5,
    header: cells.slice(0, table.headerRows).flat(),
    body: cells.slice(table.headerRows).flat(),
  };
}
