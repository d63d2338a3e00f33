import JSZip from 'jszip';

export type PartChange = (parts: JSZip) => Promise<void> | void;

/**
 * Rewrites an Office file so that the same report gives the same bytes: parts in a fixed order, stamped with the time of
 * the report instead of now.
 */
export async function settlePackage(bytes: Uint8Array, time: Date, change?: PartChange): Promise<Uint8Array> {
  const parts = await JSZip.loadAsync(bytes);
  await change?.(parts);
  await stampProperties(parts, time);
  const settled = new JSZip();
  for (const name of Object.keys(parts.files).sort(byContentTypesFirst)) {
    const part = parts.file(name);
    if (part)
      settled.file(name, await part.async('uint8array'), { date: zipTime(time), createFolders: false });
  }
  return settled.generateAsync({
    type: 'uint8array',
    compression: 'DEFLATE',
    compressionOptions: { level: 6 },
  });
}

async function stampProperties(parts: JSZip, time: Date): Promise<void> {
  const core = await parts.file('docProps/core.xml')?.async('string');
  if (core === undefined) return;
  const stamp = time.toISOString().replace(/\.\d+Z$/, 'Z');
  parts.file('docProps/core.xml', core.replace(/(<dcterms:(created|modified)[^>]*>)[^<]*/g, `$1${stamp}`));
}

/** ZIP cannot tell times before 1980. */
function zipTime(time: Date): Date {
  return time.getUTCFullYear() < 1980 ? new Date(Date.UTC(1980, 0, 1)) : time;
}

const contentTypes = '[Content_Types].xml';
function byContentTypesFirst(a: string, b: string): number {
  if (a === contentTypes || b === contentTypes) return a === contentTypes ? -1 : 1;
  return a < b ? -1 : 1;
}
