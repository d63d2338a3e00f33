export { loadDictionary } from './dictionary.ts';
export { type Choice, putRight } from './fixes.ts';
export * from './model.ts';
export { heldBack, holdsBack, type Judged, judged, type Reasoned } from './rules.ts';
export { type ScanFacts, scan } from './scan.ts';
