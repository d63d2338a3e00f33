export { monthlyReturns, type ReturnSum, returnEvidence, sumReturns } from './figures.ts';
