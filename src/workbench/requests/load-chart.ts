import { type ChartOption, drawChart } from '../../annual-report/chart/echarts.ts';
import { plainSvg } from '../../annual-report/chart/plain-svg.ts';

/** One line of the chart: how much is late, due this week, next week, later, and how much has no running limit. */
export interface LoadBar {
  name: string;
  overdue: number;
  thisWeek: number;
  nextWeek: number;
  later: number;
  none: number;
}

/** The parts of a bar, from the left; each differs from its neighbour in lightness too, for print in black and white. */
export const loadParts = [
  { key: 'overdue', label: '已逾期', color: '#b3261e' },
  { key: 'thisWeek', label: '本周', color: '#e0a030' },
  { key: 'nextWeek', label: '下周', color: '#12508f' },
  { key: 'later', label: '以后', color: '#9db4cf' },
  { key: 'none', label: '期限未计', color: '#d9dee5' },
] as const satisfies readonly { key: keyof LoadBar; label: string; color: string }[];

const width = 920;
const text = {
  fontFamily: 'PingFang SC, Microsoft YaHei, Noto Sans SC, Source Han Sans SC, sans-serif',
  fontSize: 13,
  color: '#1f2937',
  textBorderWidth: 0,
};

/** Stacked horizontal bars as plain SVG, the first on top, each with its sum at the end. */
export function drawLoad(title: string, bars: readonly LoadBar[]): string {
  const widest = Math.max(4, ...bars.map(({ name }) => [...name].length));
  const sums = bars.map((bar) => loadParts.reduce((sum, { key }) => sum + bar[key], 0));
  const option: ChartOption = {
    animation: false,
    textStyle: text,
    grid: { left: Math.min(widest, 14) * 14 + 16, right: 72, top: 4, bottom: 4 },
    xAxis: { type: 'value', show: false, min: 0 },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      axisLabel: { ...text, interval: 0, width: 14 * 14, overflow: 'truncate' },
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    series: loadParts.map(({ key, label, color }, index) => ({
      name: label,
      type: 'bar' as const,
      stack: 'load',
      silent: true,
      barMaxWidth: 20,
      itemStyle: { color, borderColor: '#fff', borderWidth: 0.5 },
      data: bars.map((bar, place) => ({
        value: bar[key],
        label:
          index === loadParts.length - 1
            ? { ...text, show: true, position: 'right' as const, formatter: () => `${sums[place]} 件` }
            : { show: false },
      })),
    })),
  };
  return plainSvg(drawChart(width, bars.length * 32 + 12, option), title);
}
