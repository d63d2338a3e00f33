export { assessFindings, misreadings } from './assess.ts';
export { examineSet, writeSet } from './examine-set.ts';
export { writeSetFile } from './files.ts';
export { layouts, type SetReport } from './model.ts';
export { composeSet } from './set.ts';
