import type { ChapterSpec } from './format.ts';

/** The fourteen chapters of reports on 2014 to 2018. */
export const chapters2014: readonly ChapterSpec[] = [];
