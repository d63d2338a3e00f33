export { openRenderedFiles, type RenderedFile, type RenderedFiles } from './files.ts';
export { openRendering, type Rendering } from './queue.ts';
