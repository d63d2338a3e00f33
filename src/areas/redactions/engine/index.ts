export type { IndexWords } from './index-page.ts';
export { redactionLimits } from './limits.ts';
export type { Box, Ground, GroundedBox, PageSize, PreparedSource, Rect, SourceKind } from './model.ts';
export type { Query } from './occurrences.ts';
export { type Pattern, patterns } from './patterns.ts';
export { openRedactor, type Redactor } from './queue.ts';
