export { type CheckInput, checkReport } from './check-report.ts';
