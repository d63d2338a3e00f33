import { Resvg } from '@resvg/resvg-js';
import { ImageRun } from 'docx';
import type { ReportChart } from '../../model.ts';
import { fontFiles, sans } from '../fonts.ts';
import { chartInWords } from '../print-model.ts';
import { plain } from '../words.ts';

/** Width of the type area in CSS pixels (156 mm), and how many picture points go into one of them. */
const width = 589;
const density = 3;

/** A chart as a picture that every Word can show. */
export function chartPicture(chart: ReportChart): ImageRun {
  const picture = new Resvg(chart.svg, {
    background: '#ffffff',
    fitTo: { mode: 'width', value: width * density },
    font: {
      fontFiles: [fontFiles.sans],
      loadSystemFonts: false,
      defaultFontFamily: sans,
    },
  }).render();
  return new ImageRun({
    type: 'png',
    data: picture.asPng(),
    transformation: { width, height: Math.round((picture.height / picture.width) * width) },
    altText: { name: plain(chart.title), title: plain(chart.title), description: plain(chartInWords(chart)) },
  });
}
