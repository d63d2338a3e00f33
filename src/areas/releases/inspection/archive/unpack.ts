import { type Container, openContainer } from '../../../../core/spreadsheet/container.ts';
import { formSheetLimits, UnreadableFile } from '../../../../core/spreadsheet/index.ts';
import { type Budget, refused } from '../limits.ts';

/**
 * All entries of a zip, unpacked within bounds; folders are left out.
 * @throws UnreadableFile `bomb`, `encrypted` or `damaged`
 */
export async function unpack(bytes: Uint8Array, budget: Budget): Promise<Map<string, Uint8Array>> {
  const { entries, ratio } = budget.limits;
  const limits = { ...formSheetLimits, entries, ratio, unpackedBytes: budget.unpackedLeft };
  let container: Container | null = null;
  try {
    container = await openContainer({ name: '', bytes }, limits);
    const found = new Map<string, Uint8Array>();
    const folded = new Set<string>();
    for (const name of container.names) {
      if (name.endsWith('/')) continue;
      // Office tells names apart without regard to case: two such entries are read differently by different readers.
      if (folded.has(name.toLowerCase())) throw damaged();
      folded.add(name.toLowerCase());
      found.set(name, await wholeOf(container, name, budget));
      budget.time();
    }
    return found;
  } catch (error) {
    throw error instanceof UnreadableFile ? inOurWords(error) : damaged();
  } finally {
    container?.close();
  }
}

async function wholeOf(container: Container, name: string, budget: Budget): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of await container.read(name)) {
    const piece = Buffer.from(chunk as Uint8Array);
    budget.unpack(piece.length);
    chunks.push(piece);
  }
  return Buffer.concat(chunks);
}

function inOurWords(error: UnreadableFile): UnreadableFile {
  switch (error.fault) {
    case 'encrypted':
      return refused('encrypted', '文件设有密码，无法检查，不能发出。请取消密码、另存后重试。');
    case 'bomb':
      return refused(
        'bomb',
        '文件解压后过大或内含的文件过多，无法检查，不能发出。请删去不需要的内容后另存。',
      );
    case 'damaged':
      return damaged();
    default:
      return error;
  }
}

function damaged(): UnreadableFile {
  return refused('damaged', '文件已损坏或不完整，无法检查，不能发出。请重新生成后再试。');
}
