import type { Discovery } from '../finding.ts';

/** What the bytes of a PDF tell before anything is parsed: earlier versions and what lies outside. Writing anew drops all. */
export function rawDiscoveries(bytes: Uint8Array): Discovery[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const found: Discovery[] = [];
  const older = olderRevisions(text);
  if (older > 0) {
    found.push({ kind: 'older-revision', at: 'file', place: '整个文件', count: older, mend: () => {} });
  }
  const before = Math.max(0, text.indexOf('%PDF-'));
  const end = text.lastIndexOf('%%EOF');
  const after = end < 0 ? 0 : text.slice(end + 5).replace(/[\s\0]+/g, '').length;
  if (before + after > 0) {
    found.push({
      kind: 'trailing-data',
      at: 'file',
      place: '整个文件',
      evidence: [`${before + after} 字节`],
      mend: () => {},
    });
  }
  return found;
}

/**
 * How many versions were saved before this one. A file laid out for the web has two ends of its own; objects written twice
 * tell of an earlier version as well.
 */
function olderRevisions(text: string): number {
  const ends = text.match(/startxref\s+\d+\s+%%EOF/g)?.length ?? 0;
  const forWeb = /\/Linearized\b/.test(text.slice(0, 2048));
  const beyond = ends - (forWeb ? 2 : 1);
  if (beyond > 0) return beyond;
  const seen = new Set<string>();
  for (const [, number] of text.matchAll(/(?:^|[\r\n])(\d{1,8}) +\d{1,5} +obj\b/g)) {
    if (seen.has(number ?? '')) return 1;
    seen.add(number ?? '');
  }
  return 0;
}
