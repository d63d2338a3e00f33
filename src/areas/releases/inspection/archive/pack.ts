import JSZip from 'jszip';

/** The times of entries tell when somebody worked on them; every entry gets the first day that zip knows. */
const NO_TIME = new Date(Date.UTC(1980, 0, 1));

/** A zip of these entries in their order; the list of content types, which readers look for first, comes first. */
export function pack(entries: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array> {
  const zip = new JSZip();
  const names = [...entries.keys()].sort((a, b) => rank(a) - rank(b));
  for (const name of names) {
    zip.file(name, entries.get(name) as Uint8Array, { date: NO_TIME, createFolders: false });
  }
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE', platform: 'DOS' });
}

function rank(name: string): number {
  if (name === 'mimetype' || name === '[Content_Types].xml') return 0;
  return name.startsWith('_rels/') ? 1 : 2;
}
