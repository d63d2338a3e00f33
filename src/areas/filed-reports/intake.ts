import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { FileStore } from '../../core/files.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { visibleLine } from '../../core/visible-text.ts';
import { openArchive } from './archive.ts';
import type { Filing, Upload } from './filing-actions.ts';

/** Most files of one batch, those inside archives counted. */
export const MOST_FILES = 500;
const NAME_LENGTH = 300;

export interface KeptFile {
  name: string;
  digest: string;
  bytes: number;
}

interface Taken {
  kept: KeptFile[];
  skipped: Filing['skipped'];
}

export async function keepAll(files: FileStore, given: Upload['files']): Promise<Taken> {
  const taken: Taken = { kept: [], skipped: [] };
  for (const file of given) {
    const archive = await openArchive(file);
    if (!archive) {
      await keep(files, taken, file.name, async () => createReadStream(file.path));
      continue;
    }
    try {
      if (archive.files.length > MOST_FILES) throw tooMany();
      if (archive.files.length === 0) taken.skipped.push({ name: file.name, why: '压缩包里没有文件。' });
      for (const inside of archive.files) await keep(files, taken, inside.name, inside.open);
    } finally {
      archive.close();
    }
  }
  return taken;
}

async function keep(
  files: FileStore,
  taken: Taken,
  name: string,
  open: () => Promise<Readable>,
): Promise<void> {
  const shown = visibleLine(name).slice(-NAME_LENGTH) || '未命名';
  if (taken.kept.length >= MOST_FILES) throw tooMany();
  try {
    const { sha256, bytes } = await files.put(await open());
    if (bytes === 0) taken.skipped.push({ name: shown, why: '文件是空的。' });
    else taken.kept.push({ name: shown, digest: sha256, bytes });
  } catch (error) {
    // One file too large must not keep the others out. What a zip declares and does not hold fails while it is unpacked.
    if (error instanceof Refusal) taken.skipped.push({ name: shown, why: error.message });
    else if (isUnpacking(error))
      taken.skipped.push({ name: shown, why: '压缩包中的这个文件已损坏，无法解压。' });
    else throw error;
  }
}

/** zlib's faults have codes of their own; yauzl tells of wrong sizes and methods in words. */
const isUnpacking = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && String(error.code).startsWith('Z_')) ||
    /too many bytes|not enough bytes|invalid (distance|block|stored|code|bit)|unsupported compression/i.test(
      error.message,
    ));

export const tooMany = () =>
  new InvalidForm({ files: `一批最多 ${MOST_FILES} 个文件（压缩包内的文件计算在内），请分几批上传。` });
