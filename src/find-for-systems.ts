import type { Db } from './core/db.ts';
import { findEntries } from './core/search-index/index.ts';

/** What can be searched, by the kind of entry. */
export const searchKinds: Readonly<Record<string, string>> = {
  item: '公开信息',
  report: '年度报告',
  figure: '统计指标',
  answer: '已公开的答复',
  gazette: '政府公报',
};

/** What the command and the address for other systems answer with. */
export interface SystemsAnswer {
  /** Counted to 1000; of very common words only among what is newer, so that there are more. */
  total: number;
  /** How many of `total`, the last of them, hold only part of what was looked for: next to nothing holds all of it. */
  partial: number;
  tookMs: number;
  hits: {
    id: string;
    sourceId: string | null;
    kind: string;
    title: string;
    publishedOn: string | null;
    score: number;
    snippet: string;
    /** Words that it lacks; empty when it holds all. */
    missing: string[];
  }[];
}

export async function findForSystems(
  db: Db,
  agencyId: number,
  ask: { query: string; limit: number; kind?: string; sort: 'relevance' | 'date' },
): Promise<SystemsAnswer> {
  const from = performance.now();
  const { total, partial, hits } = await findEntries(db, agencyId, {
    query: ask.query,
    limit: ask.limit,
    sort: ask.sort,
    ...(ask.kind === undefined ? {} : { filters: { kind: ask.kind } }),
  });
  const text = (pieces: readonly { text: string }[]) => pieces.map((piece) => piece.text).join('');
  return {
    total,
    partial,
    tookMs: Math.round((performance.now() - from) * 10) / 10,
    hits: hits.map(({ ref, sourceId, kind, title, publishedOn, score, excerpt, missing }) => ({
      id: ref,
      sourceId,
      kind,
      title: text(title),
      publishedOn,
      score,
      snippet: text(excerpt),
      missing: [...missing],
    })),
  };
}
