import type { Discovery, OpenedFile } from '../finding.ts';
import { refused } from '../limits.ts';

interface Block {
  kind: 'needed' | 'comment' | 'private';
  bytes: Uint8Array;
}

/** Takes a GIF apart: comments, data of programs, what follows its end. @throws UnreadableFile `damaged` */
export function openGif(bytes: Uint8Array): OpenedFile {
  const { blocks, rest } = blocksOf(bytes);
  const gone = new Set<Block['kind']>();
  let trailing: Uint8Array = rest;
  const discoveries: Discovery[] = [];
  for (const [kind, finding] of [
    ['comment', 'image-text'],
    ['private', 'image-metadata'],
  ] as const) {
    const count = blocks.filter((block) => block.kind === kind).length;
    if (count > 0) {
      discoveries.push({ kind: finding, at: 'image', place: '图片', count, mend: () => void gone.add(kind) });
    }
  }
  if (rest.length > 0) {
    discoveries.push({
      kind: 'trailing-data',
      at: 'end',
      place: '图片',
      evidence: [`${rest.length} 字节`],
      mend: () => {
        trailing = new Uint8Array();
      },
    });
  }
  return {
    extensions: ['gif'],
    discoveries,
    save: async () =>
      Buffer.concat([...blocks.filter(({ kind }) => !gone.has(kind)).map((block) => block.bytes), trailing]),
  };
}

/** How often it is shown, in a block that holds that and nothing else; or its colours. `bytes` begins with the name. */
function isPlain(bytes: Uint8Array): boolean {
  const name = Buffer.from(bytes.subarray(0, 11)).toString('latin1');
  if (name === 'ICCRGBG1012') return true;
  const loop = bytes[11] === 3 && bytes[12] === 1 && bytes[15] === 0;
  return loop && (name === 'NETSCAPE2.0' || name === 'ANIMEXTS1.0');
}

function blocksOf(bytes: Uint8Array): { blocks: Block[]; rest: Uint8Array } {
  const flags = bytes[10] ?? 0;
  let at = 13 + (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const blocks: Block[] = [{ kind: 'needed', bytes: bytes.subarray(0, at) }];
  while (at < bytes.length) {
    const start = at;
    if (bytes[at] === 0x3b) {
      blocks.push({ kind: 'needed', bytes: bytes.subarray(at, at + 1) });
      return { blocks, rest: bytes.subarray(at + 1) };
    }
    let kind: Block['kind'] = 'needed';
    if (bytes[at] === 0x21) {
      const label = bytes[at + 1];
      // Words to be drawn (plain text) are drawn by no program of today: nobody sees them, and they are there.
      if (label === 0xfe || label === 0x01) kind = 'comment';
      else if (label === 0xff && !(bytes[at + 2] === 11 && isPlain(bytes.subarray(at + 3)))) kind = 'private';
      at += 2;
    } else if (bytes[at] === 0x2c) {
      const local = bytes[at + 9] ?? 0;
      at += 10 + (local & 0x80 ? 3 * 2 ** ((local & 7) + 1) : 0) + 1;
    } else break;
    for (let size = bytes[at] ?? 0; ; size = bytes[at] ?? 0) {
      at += 1 + size;
      if (size === 0 || at >= bytes.length) break;
    }
    blocks.push({ kind, bytes: bytes.subarray(start, at) });
  }
  throw refused('damaged', '图片已损坏或不完整，无法检查，不能发出。请重新导出后再试。');
}
