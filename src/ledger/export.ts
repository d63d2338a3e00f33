import type { Db } from '../core/db.ts';
import { ledgerId } from './anchor-store.ts';
import { type Chain, walk } from './store.ts';

/** First line of an exported ledger; the acts follow, one JSON object a line, oldest first. */
export interface ExportHeader {
  format: 'gongkai-ledger';
  version: 1;
  /** Which database's ledger; lines of the anchor file repeat it. */
  ledger: string;
  agency: { id: number; code: string; name: string };
  entries: number;
  head: string;
  exportedAt: string;
  /** How `digest` is made: SM3 of the previous digest, a line feed, and the act as RFC 8785 JSON without its digests. */
  hash: 'SM3';
}

/**
 * The chain of one agency as JSON Lines, in constant memory, up to the head it had when the export began.
 * Each yielded text is a run of whole lines.
 */
export async function* exportLedger(db: Db, chain: Chain, exportedAt: string): AsyncGenerator<string> {
  const header: ExportHeader = {
    format: 'gongkai-ledger',
    version: 1,
    ledger: await ledgerId(db),
    agency: { id: chain.agencyId, code: chain.code, name: chain.name },
    entries: chain.seq,
    head: chain.digest,
    exportedAt,
    hash: 'SM3',
  };
  yield `${JSON.stringify(header)}\n`;
  for await (const entries of walk(db, chain.agencyId)) {
    const within = entries.filter((entry) => entry.seq <= chain.seq);
    yield within.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    if (within.length < entries.length) return;
  }
}
