export { assessFindings, misreadings } from './assess.ts';
export { examineSet, writeSet } from './examine-set.ts';
export { writeSetFile } from './files.ts';
export { layouts } from './model.ts';
export { composeSet } from './set.ts';
