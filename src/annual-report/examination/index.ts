export { type ExaminationInput, examineReport, type ReportFinding } from './examine-report.ts';
