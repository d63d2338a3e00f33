export type { AnchoredNumber } from './anchors.ts';
export { resolveChapters } from './chapters.ts';
export { narrativeContext } from './context.ts';
export { findContradictions, statedFigures } from './contradictions.ts';
export { diffText, type TextChange } from './diff.ts';
export { type NumberInText, numbersIn } from './numbers.ts';
export { linesOf, parseNarrative, textOf } from './parse.ts';
export type { NarrativeContext } from './reference.ts';
export { draftChapter } from './template.ts';
