export { type ChartExtras, renderCharts } from './charts.ts';
