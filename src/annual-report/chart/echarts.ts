import { createRequire } from 'node:module';
import type { BarSeriesOption, ComposeOption, GridComponentOption } from 'echarts';

export type ChartOption = ComposeOption<BarSeriesOption | GridComponentOption>;

const require = createRequire(import.meta.url);
let loaded: typeof import('echarts') | null = null;

/** Draws a chart as SVG text, `width` by `height` in pixels. What draws it is loaded with the first one: half a second. */
export function drawChart(width: number, height: number, option: ChartOption): string {
  loaded ??= require('echarts') as typeof import('echarts');
  const chart = loaded.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
