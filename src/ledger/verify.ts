import type { Db } from '../core/db.ts';
import { readAnchorFile } from './anchor-file.ts';
import { brokenAnchor, ledgerId } from './anchor-store.ts';
import { chain, GENESIS } from './chain.ts';
import { type Chain, chains, digestsOf, head, walk } from './store.ts';

/** Why a chain is broken: the plain word of the finding, one per kind. */
export type Problem = 'altered' | 'missing' | 'relinked' | 'head' | 'anchor';

export const problemWords: Record<Problem, string> = {
  altered: '内容与摘要不符，记录被改动',
  missing: '序号不连续，有记录缺失或被插入',
  relinked: '与上一条记录的摘要不衔接，顺序或上一条被改动',
  head: '链尾与登记的链头不符，尾部被截去或多出记录',
  anchor: '与已公布的当日摘要不符，历史被整体改写',
};

export interface ChainVerification {
  agency: string;
  entries: number;
  ok: boolean;
  /** Number of the first act that cannot be trusted; null when all can. */
  firstBroken: number | null;
  problem: Problem | null;
}

export interface VerifyOptions {
  /** Called after each batch with the acts seen so far in this chain and the number it should have. */
  onProgress?: (entries: number, total: number) => void | Promise<void>;
  batch?: number;
  /** The file outside the database; its digests must agree too, even where the table of anchors was made to fit. */
  anchorFile?: string;
}

/**
 * Recomputes one chain from its rows in constant memory. Acts appended while it runs are covered as far as the head that
 * was read last. Stops at the first act that does not hold.
 */
export async function verifyChain(
  db: Db,
  target: Chain,
  options: VerifyOptions = {},
): Promise<ChainVerification> {
  let seen = 0;
  let previous = GENESIS;
  const broken = (firstBroken: number, problem: Problem): ChainVerification => ({
    agency: target.code,
    entries: seen,
    ok: false,
    firstBroken,
    problem,
  });
  for await (const entries of walk(db, target.agencyId, options.batch)) {
    for (const { previousDigest, digest, ...act } of entries) {
      if (act.seq !== seen + 1) return broken(seen + 1, 'missing');
      if (previousDigest !== previous) return broken(act.seq, 'relinked');
      if (chain(previous, act) !== digest) return broken(act.seq, 'altered');
      previous = digest;
      seen = act.seq;
    }
    await options.onProgress?.(seen, Math.max(seen, target.seq));
  }
  const now = (await head(db, target.agencyId)) ?? { seq: 0, digest: GENESIS };
  // Only acts recorded after the walk ended may stand between its last act and the head.
  if (seen < target.seq || now.seq < seen || (now.seq === seen && now.digest !== previous)) {
    return broken(Math.min(seen, now.seq) + 1, 'head');
  }
  const anchor =
    (await brokenAnchor(db, target.agencyId)) ?? (await brokenOnFile(db, target, options.anchorFile));
  if (anchor !== null) return broken(anchor, 'anchor');
  return { agency: target.code, entries: seen, ok: true, firstBroken: null, problem: null };
}

/** Number of the first act that a line of the anchor file contradicts; lines of acts not yet walked are none of it. */
async function brokenOnFile(db: Db, target: Chain, path: string | undefined): Promise<number | null> {
  if (path === undefined) return null;
  const promised = new Map<number, string>();
  const own = await ledgerId(db);
  await readAnchorFile(path, ({ ledger, agency, seq, digest }) => {
    if (ledger === own && agency === target.code) promised.set(seq, digest);
  });
  const seqs = [...promised.keys()].sort((a, b) => a - b);
  for (let from = 0; from < seqs.length; from += 1000) {
    const part = seqs.slice(from, from + 1000);
    const found = await digestsOf(db, target.agencyId, part);
    const bad = part.find((seq) => found.get(seq) !== promised.get(seq));
    if (bad !== undefined) return bad;
  }
  return null;
}

export interface LedgerVerification {
  entries: number;
  ok: boolean;
  firstBroken: number | null;
  /** Agency of `firstBroken`, and what is wrong there. */
  agency: string | null;
  problem: string | null;
  chains: ChainVerification[];
}

/** Verifies the chain of one agency, or of all; broken chains do not hide what the others say. */
export async function verifyLedger(
  db: Db,
  agencyCode?: string,
  options: {
    onProgress?: (agency: string, entries: number, total: number) => void;
    anchorFile?: string;
  } = {},
): Promise<LedgerVerification> {
  const results: ChainVerification[] = [];
  for (const target of await chains(db, agencyCode)) {
    const onProgress = (entries: number, total: number) => options.onProgress?.(target.code, entries, total);
    results.push(await verifyChain(db, target, { onProgress, anchorFile: options.anchorFile }));
  }
  const bad = results.find((result) => !result.ok);
  return {
    entries: results.reduce((sum, result) => sum + result.entries, 0),
    ok: bad === undefined,
    firstBroken: bad?.firstBroken ?? null,
    agency: bad?.agency ?? null,
    problem: bad?.problem ? problemWords[bad.problem] : null,
    chains: results,
  };
}
