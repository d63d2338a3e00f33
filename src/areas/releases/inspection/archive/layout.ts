const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

/**
 * Bytes of a zip that belong to none of its entries: before the first, between two of them, behind the end, and the
 * comment. What was deleted from an archive by a careless program lies there.
 */
export function strayBytes(bytes: Uint8Array): number {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  if (end < 0) return 0;
  const count = view.readUInt16LE(end + 10);
  let at = view.readUInt32LE(end + 16);
  const spans: [number, number][] = [[end, end + 22]];
  const directory = at;
  for (let entry = 0; entry < count && at + 46 <= view.length; entry++) {
    if (view.readUInt32LE(at) !== CENTRAL) break;
    const span = localSpan(view, view.readUInt32LE(at + 42), {
      flags: view.readUInt16LE(at + 8),
      packed: view.readUInt32LE(at + 20),
    });
    if (span) spans.push(span);
    if (view.readUInt16LE(at + 32) > 0) return view.readUInt16LE(at + 32);
    at += 46 + view.readUInt16LE(at + 28) + view.readUInt16LE(at + 30);
  }
  spans.push([directory, at]);
  return uncovered(spans, view.length);
}

function endOf(view: Buffer): number {
  const earliest = Math.max(0, view.length - 22 - 0xffff);
  for (let at = view.length - 22; at >= earliest; at--) if (view.readUInt32LE(at) === END) return at;
  return -1;
}

function localSpan(
  view: Buffer,
  at: number,
  { flags, packed }: { flags: number; packed: number },
): [number, number] | null {
  if (at + 30 > view.length || view.readUInt32LE(at) !== LOCAL) return null;
  let end = at + 30 + view.readUInt16LE(at + 26) + view.readUInt16LE(at + 28) + packed;
  // A descriptor follows the data of entries whose size was not known before: 12 or 16 bytes, 24 in large archives.
  if (flags & 8) {
    const signed = end + 4 <= view.length && view.readUInt32LE(end) === 0x08074b50;
    end += signed ? 16 : 12;
    const next = end + 4 <= view.length ? view.readUInt32LE(end) : 0;
    if (next !== LOCAL && next !== CENTRAL && end + 12 <= view.length) {
      const longer = view.readUInt32LE(end + 8);
      if (longer === LOCAL || longer === CENTRAL) end += 8;
    }
  }
  return [at, end];
}

function uncovered(spans: [number, number][], length: number): number {
  let covered = 0;
  let stray = 0;
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
    if (from > covered) stray += from - covered;
    covered = Math.max(covered, to);
  }
  return stray + Math.max(0, length - covered);
}
