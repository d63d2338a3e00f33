import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import type { FileStore } from '../../core/files.ts';
import { InvalidForm, NotFound, Refusal } from '../../core/refusal.ts';
import { visibleText } from '../../core/visible-text.ts';
import { record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import {
  checkForRelease,
  cleanFindings,
  type Inspecting,
  letThrough,
  type ReleaseCtx,
  type ReleaseRef,
  type ReleaseState,
  releaseStates,
} from '../releases/index.ts';
import { holdVersion, moverOf, subjectOf } from './acting.ts';
import {
  deleteFile,
  filesOfVersion,
  findFile,
  insertFile,
  type NewItemFile,
  updateFile,
} from './file-store.ts';
import type { Item, ItemFile, Version } from './model.ts';
import { demandMove } from './rules.ts';
import { joinHands, replacePicture } from './version-store.ts';

/** The largest attachment of an item. */
export const ITEM_FILE_BYTES = 200 * 2 ** 20;
/** What the gate can look into; a larger file passes by the reason of somebody who answers for it. */
const GATE_BYTES = 50 * 2 ** 20;
const MOST_FILES = 100;

/** What keeps files and looks into them; `App` is one. */
export interface FileHost {
  files: FileStore;
  inspecting: Inspecting;
}

/** A file with how far it has come through the gate; null when it was never checked. */
export interface GatedFile {
  file: ItemFile;
  release: ReleaseState | null;
  /** Too large for the gate. */
  oversized: boolean;
}

/** Adds files that lie in the store to the draft; returns their ids. @throws Refusal when it is no draft or has too many */
export async function addItemFiles(
  ctx: Ctx,
  itemId: number,
  files: readonly NewItemFile[],
): Promise<number[]> {
  return changing(ctx, itemId, async (ctx, { item, version }) => {
    const present = await filesOfVersion(ctx.db, ctx.agencyId, itemId, version.version);
    if (present.length + files.length > MOST_FILES)
      throw new Refusal('catalogue-too-many-files', `一条信息最多 ${MOST_FILES} 份文件。`);
    let position = present.at(-1)?.position ?? 0;
    const ids: number[] = [];
    for (const file of files) {
      const same = present.find(({ digest, kind }) => digest === file.digest && kind === file.kind);
      position += 1;
      ids.push(
        same?.id ??
          (await insertFile(ctx.db, ctx.agencyId, { itemId, version: version.version, position }, file)),
      );
    }
    await record(ctx, {
      act: 'catalogue.add-files',
      subject: subjectOf({ id: item.id, title: version.title }),
      after: { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) },
    });
    return ids;
  });
}

/** Takes a file off the draft. A picture goes from the text as well when it is next saved without it. */
export async function removeItemFile(ctx: Ctx, itemId: number, fileId: number): Promise<void> {
  await changing(ctx, itemId, async (ctx, { item, version }) => {
    const file = await fileOf(ctx, version, fileId);
    await deleteFile(ctx.db, ctx.agencyId, file.id);
    await record(ctx, {
      act: 'catalogue.remove-file',
      subject: subjectOf({ id: item.id, title: version.title }),
      before: { bytes: file.bytes, type: file.type },
    });
  });
}

/** Moves an attachment one place up or down. */
export async function moveItemFile(
  ctx: Ctx,
  itemId: number,
  fileId: number,
  direction: 'up' | 'down',
): Promise<void> {
  await changing(ctx, itemId, async (ctx, { version }) => {
    const { db, agencyId } = ctx;
    const all = await filesOfVersion(db, agencyId, itemId, version.version);
    const attachments = all.filter(({ kind }) => kind === 'attachment');
    const at = attachments.findIndex(({ id }) => id === fileId);
    if (at < 0) throw new NotFound('没有找到这份附件。');
    const to = at + (direction === 'up' ? -1 : 1);
    const moved = attachments[at];
    if (!moved || to < 0 || to >= attachments.length) return;
    attachments.splice(at, 1);
    attachments.splice(to, 0, moved);
    for (const [index, file] of attachments.entries())
      await updateFile(db, agencyId, file.id, { position: index + 1 });
  });
}

/** Looks into a file of the open version and marks it released when nothing is left open. @throws UnreadableFile */
export async function checkItemFile(
  ctx: ReleaseCtx,
  host: FileHost,
  itemId: number,
  fileId: number,
): Promise<ReleaseState> {
  const { version } = await holdVersion(ctx, itemId);
  const file = await fileOf(ctx, version, fileId);
  if (file.bytes > GATE_BYTES)
    throw new Refusal('catalogue-file-too-large', '文件超过 50 MB，无法自动检查，请由审查人员说明理由放行。');
  const bytes = await host.files.read(file.digest);
  await checkForRelease(ctx, host, {
    subject: { kind: 'item', id: itemId },
    file: { name: file.name, bytes },
  });
  const states = await refreshReleased(ctx, itemId);
  const state = states.find((one) => one.file.id === fileId)?.release;
  if (!state) throw new NotFound('没有找到这份附件。');
  return state;
}

/** Cleans a file: the new one takes its place in the draft, a picture also in the text. */
export async function cleanItemFile(
  ctx: ReleaseCtx,
  host: FileHost,
  { itemId, fileId, check }: { itemId: number; fileId: number; check: ReleaseRef },
  keys: readonly string[] | 'all',
): Promise<void> {
  const { version } = await holdVersion(ctx, itemId);
  const file = await fileOf(ctx, version, fileId);
  const bytes = await host.files.read(file.digest);
  await cleanFindings(ctx, host, check, { bytes, keys }, async (ctx, cleaned) => {
    const kept = await host.files.put(cleaned.bytes, { maxBytes: ITEM_FILE_BYTES });
    await changing(ctx, itemId, async (ctx) => {
      await updateFile(ctx.db, ctx.agencyId, fileId, {
        name: cleaned.name,
        digest: kept.sha256,
        bytes: kept.bytes,
        type: typesByName[cleaned.name.split('.').at(-1) ?? ''] ?? file.type,
        released: false,
      });
      if (file.kind === 'picture')
        await replacePicture(ctx.db, ctx.agencyId, version, { from: file.digest, to: kept.sha256 });
    });
  });
  await refreshReleased(ctx, itemId);
}

/** What content is called by its kind; a cleaned file may be of another kind than it was. */
const typesByName: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
};

/** Lets findings stay in a file of the open version, for a reason. */
export async function letItemFileThrough(
  ctx: ReleaseCtx,
  itemId: number,
  check: ReleaseRef,
  given: { keys: readonly string[]; reason: string },
): Promise<void> {
  await letThrough(ctx, check, given);
  await refreshReleased(ctx, itemId);
}

/** Lets a file pass that is too large for the gate, for a reason that goes on record. @throws InvalidForm */
export async function releaseLargeFile(
  ctx: Ctx,
  itemId: number,
  fileId: number,
  given: string,
): Promise<void> {
  demand(ctx.actor, 'releases.let-through');
  const reason = visibleText(given).trim();
  if (reason.length < 4 || reason.length > 500)
    throw new InvalidForm({ reason: '请写明谁用什么办法检查过，4 至 500 字。' });
  await transact(ctx, async (ctx) => {
    const { item, version } = await holdVersion(ctx, itemId);
    const file = await fileOf(ctx, version, fileId);
    if (file.bytes <= GATE_BYTES)
      throw new Refusal('catalogue-file-checkable', '这份文件可以自动检查，请先做出口检查。');
    await updateFile(ctx.db, ctx.agencyId, file.id, { released: true });
    await record(ctx, {
      act: 'catalogue.release-file',
      subject: subjectOf({ id: item.id, title: version.title }),
      after: { bytes: file.bytes, type: file.type },
      reason,
    });
  });
}

/** Files of a version with their way through the gate. */
export async function gatedFiles(ctx: ReleaseCtx, itemId: number, version: number): Promise<GatedFile[]> {
  const files = await filesOfVersion(ctx.db, ctx.agencyId, itemId, version);
  const digestOfFile = new Map(files.map(({ digest }) => [digest, ctx.vault.digests('content', digest)]));
  const wanted = [...digestOfFile.values()].flat();
  const states = await releaseStates(ctx, { kind: 'item', id: itemId }, wanted);
  return files.map((file) => ({
    file,
    release: (digestOfFile.get(file.digest) ?? []).flatMap((digest) => states.get(digest) ?? [])[0] ?? null,
    oversized: file.bytes > GATE_BYTES,
  }));
}

/** Writes down which files of the open version the gate has let pass by now. */
async function refreshReleased(ctx: ReleaseCtx, itemId: number): Promise<GatedFile[]> {
  const { version } = await holdVersion(ctx, itemId);
  const gated = await gatedFiles(ctx, itemId, version.version);
  for (const { file, release, oversized } of gated) {
    const released = release?.passed ?? (oversized && file.released);
    if (released !== file.released) await updateFile(ctx.db, ctx.agencyId, file.id, { released });
  }
  return gated;
}

async function fileOf(ctx: Ctx, version: Version, id: number): Promise<ItemFile> {
  const file = await findFile(ctx.db, ctx.agencyId, {
    itemId: version.itemId,
    version: version.version,
    id,
  });
  if (!file) throw new NotFound('没有找到这份附件。');
  return file;
}

/** Changes the files of a draft: held, allowed as saving is, and whoever does it may not review it. */
async function changing<T>(
  ctx: Ctx,
  itemId: number,
  change: (ctx: Ctx, held: { item: Item; version: Version }) => Promise<T>,
): Promise<T> {
  return transact(ctx, async (ctx) => {
    const held = await holdVersion(ctx, itemId);
    demandMove('save', held.item, held.version, await moverOf(ctx, 'save'));
    if (ctx.actor.kind === 'staff') await joinHands(ctx.db, ctx.agencyId, held.version, ctx.actor.staffId);
    return change(ctx, held);
  });
}
