import type { CompiledReport } from '../../annual-report/index.ts';
import { type RenderKind, renderers } from '../../annual-report/render/index.ts';

/** A signed report always renders to the same bytes, so what was rendered once is kept, at most this many files. */
const KEPT = 40;

/** Renders published reports, each file once; two readers who ask at the same moment wait for the same rendering. */
export function renderedFiles() {
  const kept = new Map<string, Promise<Uint8Array>>();
  return {
    bytes(report: CompiledReport, kind: RenderKind): Promise<Uint8Array> {
      const key = `${report.agency.id}/${report.signed?.digest}/${report.publishedOn}/${kind}`;
      const known = kept.get(key);
      if (known) return known;
      const rendering = renderers[kind].render(report);
      // A failed rendering is not kept: the next reader tries again.
      rendering.catch(() => kept.delete(key));
      const oldest = kept.size >= KEPT ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
      kept.set(key, rendering);
      return rendering;
    },
  };
}
