export { type ChartExtras, renderCharts } from './charts.ts';
export { chartSpecs } from './specs.ts';
