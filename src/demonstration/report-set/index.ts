export { assessFindings, misreadings } from './assess.ts';
export { writeSetFile } from './files.ts';
export { type Layout, layouts, type SetReport } from './model.ts';
export { composeSet } from './set.ts';
export { childrenOf } from './units.ts';
