import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { ImageRun } from 'docx';
import subsetFont from 'subset-font';
import type { ReportChart } from '../../model.ts';
import { fontFiles, sans } from '../fonts.ts';
import { chartInWords } from '../print-model.ts';
import { plain } from '../words.ts';

/** Width of the type area in CSS pixels (156 mm), and how many picture points go into one of them. */
const width = 589;
const density = 3;

/**
 * Charts as pictures that every Word can show. The drawing program reads its whole font for each picture, which takes
 * far longer than drawing, and only from disk: it is given one with the characters of these charts.
 */
export async function chartPictures(
  charts: readonly ReportChart[],
): Promise<ReadonlyMap<ReportChart, ImageRun>> {
  if (charts.length === 0) return new Map();
  const folder = await mkdtemp(join(tmpdir(), 'gongkai-charts-'));
  try {
    const font = join(folder, 'font.ttf');
    await writeFile(font, await fontOf(charts.map(({ svg }) => svg).join('')));
    return new Map(charts.map((chart) => [chart, picture(chart, font)]));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function fontOf(svg: string): Promise<Buffer> {
  const characters = svg.replace(/&#(x?)([\da-f]+);/gi, (_, hexadecimal: string, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, hexadecimal === '' ? 10 : 16)),
  );
  return subsetFont(await readFile(fontFiles.sans), [...new Set(characters)].join(''), {
    targetFormat: 'sfnt',
  });
}

function picture(chart: ReportChart, font: string): ImageRun {
  const drawn = new Resvg(chart.svg, {
    background: '#ffffff',
    fitTo: { mode: 'width', value: width * density },
    font: {
      fontFiles: [font],
      loadSystemFonts: false,
      defaultFontFamily: sans,
    },
  }).render();
  return new ImageRun({
    type: 'png',
    data: drawn.asPng(),
    transformation: { width, height: Math.round((drawn.height / drawn.width) * width) },
    altText: { name: plain(chart.title), title: plain(chart.title), description: plain(chartInWords(chart)) },
  });
}
