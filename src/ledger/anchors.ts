import type { Clock } from '../core/clock.ts';
import type { Db } from '../core/db.ts';
import { transact } from '../core/db.ts';
import {
  type AnchorFile,
  type AnchorLine,
  anchorText,
  appendAnchors,
  dropTornLine,
  readAnchorFile,
} from './anchor-file.ts';
import {
  type Anchor,
  insertAnchor,
  lastAnchor,
  ledgerId,
  lockAnchors,
  unanchoredHeads,
} from './anchor-store.ts';
import { GENESIS, sm3 } from './chain.ts';

export interface Anchoring {
  /** Lines written now. */
  written: number;
  /** What stood in the file before. */
  file: AnchorFile;
}

/**
 * Writes the head of each chain to the anchor file and to the table the public page shows. The daily job asks for a line
 * per chain and day; start and shutdown only for heads that moved since their last line. Safe to run twice: lines that
 * reached the file but not the table (a crash in between) are completed, not repeated.
 */
export async function anchorHeads(
  target: { db: Db; clock: Clock; anchorFile: string },
  scope: 'daily' | 'moved',
): Promise<Anchoring> {
  return transact(target, async ({ db, clock, anchorFile }) => {
    await lockAnchors(db);
    await dropTornLine(anchorFile);
    const day = clock.today().toString();
    const ledger = await ledgerId(db);
    const onFile = new Map<string, Anchor>();
    const file = await readAnchorFile(anchorFile, (line, lineDigest) => {
      if (line.ledger === ledger) onFile.set(line.agency, { ...line, lineDigest });
    });
    // A file that vanished goes on from the last line the table knows, so that the gap shows.
    let previous =
      file.state === 'missing' ? ((await lastAnchor(db))?.lineDigest ?? GENESIS) : file.lastDigest;
    const heads = await unanchoredHeads(db, scope === 'daily' ? day : null);
    const anchors: { agencyId: number; anchor: Anchor }[] = [];
    const lines: string[] = [];
    for (const { agencyId, agency, seq, digest } of heads) {
      const written = onFile.get(agency);
      if (written?.seq === seq && written.digest === digest && (scope === 'moved' || written.day === day)) {
        anchors.push({ agencyId, anchor: written });
        continue;
      }
      const line: AnchorLine = {
        ledger,
        agency,
        day,
        seq,
        digest,
        takenAt: clock.now().toString({ smallestUnit: 'millisecond' }),
        previous,
      };
      const text = anchorText(line);
      previous = sm3(text);
      lines.push(text);
      anchors.push({ agencyId, anchor: { ...line, lineDigest: previous } });
    }
    if (lines.length > 0) await appendAnchors(anchorFile, lines);
    for (const { agencyId, anchor } of anchors) await insertAnchor(db, agencyId, anchor);
    return { written: lines.length, file };
  });
}
