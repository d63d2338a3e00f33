import type { Discovery, OpenedFile } from '../finding.ts';
import type { Budget } from '../limits.ts';
import { strayBytes } from './layout.ts';
import { pack } from './pack.ts';
import { unpack } from './unpack.ts';

export type OpenInner = (name: string, bytes: Uint8Array) => Promise<OpenedFile | null>;

/** Takes an archive apart, and every file in it; one that cannot be inspected is a finding of its own. */
export async function openArchive(
  bytes: Uint8Array,
  budget: Budget,
  openInner: OpenInner,
): Promise<OpenedFile> {
  const entries = await unpack(bytes, budget);
  const discoveries: Discovery[] = [
    { kind: 'archive-inside', at: 'archive', place: '整个文件', count: entries.size, evidence: [] },
  ];
  const stray = strayBytes(bytes);
  if (stray > 0) {
    discoveries.push({
      kind: 'trailing-data',
      at: 'archive',
      place: '整个文件',
      evidence: [`${stray} 字节`],
      mend: () => {},
    });
  }
  for (const [index, [name, content]] of [...entries].entries()) {
    // By number: the name of a file may be that of a person.
    const at = `entry ${index + 1}`;
    const place = `压缩包内第 ${index + 1} 个文件`;
    const inner = await openInner(name, content);
    if (!inner) {
      discoveries.push({
        kind: 'unreadable-inside',
        at,
        place,
        mend: () => void entries.delete(name),
      });
      continue;
    }
    for (const discovery of inner.discoveries) {
      discoveries.push({
        ...discovery,
        at: `${at}!${discovery.at}`,
        place: `${place} · ${discovery.place}`,
        mend:
          discovery.mend &&
          (async () => {
            await discovery.mend?.();
            if (entries.has(name)) entries.set(name, await inner.save());
          }),
      });
    }
  }
  return { extensions: ['zip'], discoveries, save: () => pack(entries) };
}
