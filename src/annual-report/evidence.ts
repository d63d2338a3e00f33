import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Db } from '../core/db.ts';
import type { EvidencePage, EvidenceRecord, Figure, FigureScope } from '../core/figure.ts';
import { sm3 } from '../ledger/index.ts';
import { evidencePart, insertEvidence } from './version-store.ts';

export interface EvidenceSources {
  figures: ReadonlyMap<string, Figure>;
  returnEvidence(
    db: Db,
    scope: FigureScope,
    figure: Figure,
    page: { after: string | null; limit: number },
  ): Promise<EvidencePage>;
}

const PART_SIZE = 1000;
/** A thousand million records of one figure. */
const MOST_PARTS = 1_000_000;
const zip = promisify(gzip);
const unzip = promisify(gunzip);

/**
 * One page of the live evidence of a figure: the area's own records first, then the accepted return lines.
 * The cursor carries which of the two lists it stands in (`records:` or `returns:`).
 */
export async function liveEvidence(
  db: Db,
  sources: EvidenceSources,
  scope: FigureScope,
  figureCode: string,
  page: { after: string | null; limit: number },
): Promise<EvidencePage> {
  const figure = sources.figures.get(figureCode);
  if (!figure) return { records: [], next: null };
  const [list, after] = readCursor(page.after);
  if (list === 'records' && figure.evidence) {
    const { records, next } = await figure.evidence(db, scope, { after, limit: page.limit });
    if (next !== null) return { records, next: `records:${next}` };
    if (records.length > 0) return { records, next: 'returns:' };
  }
  const { records, next } = await sources.returnEvidence(db, scope, figure, {
    after: list === 'returns' ? after : null,
    limit: page.limit,
  });
  return { records, next: next === null ? null : `returns:${next}` };
}

function readCursor(cursor: string | null): ['records' | 'returns', string | null] {
  if (cursor === null) return ['records', null];
  const colon = cursor.indexOf(':');
  const list = cursor.slice(0, colon) === 'returns' ? 'returns' : 'records';
  return [list, cursor.slice(colon + 1) || null];
}

/** Copies the evidence of every figure into the signed version. Returns how many records, and one SM3 over all lists. */
export async function freezeEvidence(
  db: Db,
  sources: EvidenceSources,
  scope: FigureScope,
  version: { reportId: number; version: number },
  figureCodes: readonly string[],
): Promise<{ records: number; digest: string }> {
  let total = 0;
  const digests: string[] = [];
  for (const figure of figureCodes) {
    let after: string | null = null;
    let part = 0;
    do {
      const page: EvidencePage = await liveEvidence(db, sources, scope, figure, { after, limit: PART_SIZE });
      if (page.records.length > 0) {
        part += 1;
        const text = JSON.stringify(page.records);
        const digest = sm3(text);
        digests.push(`${figure} ${part} ${page.records.length} ${digest}`);
        total += page.records.length;
        await insertEvidence(db, {
          agencyId: scope.agencyId,
          ...version,
          figure,
          part,
          records: page.records.length,
          body: await zip(text),
          digest,
        });
      }
      after = page.next;
    } while (after !== null);
  }
  return { records: total, digest: sm3(digests.join('\n')) };
}

/** One part of the frozen evidence of a figure in a signed version; `after` is the number of the last part seen. */
export async function frozenEvidence(
  db: Db,
  key: { agencyId: number; reportId: number; version: number; figure: string },
  after: string | null,
): Promise<EvidencePage> {
  const part = Number(after ?? 0) + 1;
  if (!Number.isInteger(part) || part < 1 || part > MOST_PARTS) return { records: [], next: null };
  const found = await evidencePart(db, { ...key, part });
  if (!found) return { records: [], next: null };
  const records = JSON.parse((await unzip(found.body)).toString()) as EvidenceRecord[];
  const more = await evidencePart(db, { ...key, part: part + 1 });
  return { records, next: more ? String(part) : null };
}
