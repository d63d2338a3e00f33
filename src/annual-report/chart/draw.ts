import { type ChartOption, drawChart } from './echarts.ts';
import { plainSvg } from './plain-svg.ts';

/** One category with its bars; `label` is printed at the end of the bar, `share` is its length. */
export interface Bar {
  category: string;
  value: number;
  label: string;
}

const ink = '#1f2937';
const blue = '#12508f';
const pale = '#9db4cf';
const width = 640;
const fontFamily = 'PingFang SC, Microsoft YaHei, Noto Sans SC, Source Han Sans SC, sans-serif';
const text = { fontFamily, fontSize: 13, color: ink, textBorderWidth: 0 };
const bareAxis = { axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } };

/** Horizontal bars, the first on top. */
export function drawBars(title: string, bars: readonly Bar[]): string {
  return drawRows(title, [{ name: '', color: blue, bars }], 34);
}

/** Two bars for each category: last year's pale above this year's blue, each labelled with its year and number. */
export function drawPairs(title: string, before: readonly Bar[], now: readonly Bar[]): string {
  return drawRows(
    title,
    [
      { name: 'before', color: pale, bars: before },
      { name: 'now', color: blue, bars: now },
    ],
    56,
  );
}

/** Vertical columns in the order given. */
export function drawColumns(title: string, bars: readonly (Bar | { category: string })[]): string {
  return render(title, 240, {
    grid: { left: 8, right: 8, top: 28, bottom: 28 },
    xAxis: {
      type: 'category',
      data: bars.map(({ category }) => category),
      axisLabel: { ...text, interval: 0 },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: pale } },
    },
    yAxis: { type: 'value', show: false },
    series: [
      {
        type: 'bar',
        silent: true,
        barWidth: '62%',
        itemStyle: { color: blue },
        data: bars.map((bar) =>
          'value' in bar ? { value: bar.value, label: labelled('top', bar.label) } : null,
        ),
      },
    ],
  });
}

function drawRows(
  title: string,
  series: readonly { name: string; color: string; bars: readonly Bar[] }[],
  rowHeight: number,
): string {
  const categories = series[0]!.bars.map(({ category }) => category);
  const widest = Math.max(...categories.map((category) => [...category].length));
  return render(title, categories.length * rowHeight + 16, {
    grid: { left: widest * 14 + 12, right: 130, top: 8, bottom: 8 },
    xAxis: { type: 'value', show: false, min: 0 },
    yAxis: {
      type: 'category',
      inverse: true,
      data: categories,
      axisLabel: { ...text, interval: 0 },
      ...bareAxis,
    },
    series: series.map(({ name, color, bars }) => ({
      name,
      type: 'bar' as const,
      silent: true,
      barMaxWidth: 18,
      barMinHeight: 1,
      itemStyle: { color },
      data: bars.map((bar) => ({ value: bar.value, label: labelled('right', bar.label) })),
    })),
  });
}

function labelled(position: 'top' | 'right', words: string) {
  return { ...text, show: true, position, formatter: () => words };
}

function render(title: string, height: number, option: ChartOption): string {
  return plainSvg(drawChart(width, height, { ...option, animation: false, textStyle: text }), title);
}
