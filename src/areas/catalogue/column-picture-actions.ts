import { instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import { pictureSize } from '../../core/picture-size.ts';
import { InvalidForm, NotFound } from '../../core/refusal.ts';
import { megabytes, UnreadableFile } from '../../core/spreadsheet/index.ts';
import { visibleLine } from '../../core/visible-text.ts';
import { holdChain, record } from '../../ledger/index.ts';
import { demand } from '../organisations/index.ts';
import {
  type ColumnPicture,
  deleteColumnPicture,
  findColumnPicture,
  keepColumnPicture,
} from './column-picture-store.ts';
import { findColumn } from './column-store.ts';
import type { FileHost } from './file-actions.ts';
import { raiseContentRevision } from './item-store.ts';

/** The largest picture of a topic, in bytes. */
export const COLUMN_PICTURE_BYTES = 2 * 2 ** 20;
const MOST_PIXELS = 6000;
/** Narrower ones are blurred across the head of a page. */
const FEWEST_PIXELS = 400;

type Kept = Omit<ColumnPicture, 'columnId' | 'alt'>;

/** Where everybody gets the picture. */
export const columnPictureHref = ({ columnId, digest }: Pick<ColumnPicture, 'columnId' | 'digest'>): string =>
  `/files/columns/${columnId}/${digest}`;

/**
 * Gives a topic its picture, or new words to the one it has (`bytes` null). What the picture is is told from its content; it
 * goes through the release gate, which takes away where and by whom it was taken.
 * @throws InvalidForm; NotFound when the column is no topic
 */
export async function setColumnPicture(
  ctx: Ctx,
  host: FileHost,
  columnId: number,
  given: { bytes: Uint8Array | null; alt: string },
): Promise<void> {
  demand(ctx.actor, 'catalogue.columns');
  const alt = visibleLine(given.alt);
  if ([...alt].length < 2 || [...alt].length > 100)
    throw new InvalidForm({ alt: '请写明图片上是什么，2 至 100 字；看不到图片的人听到的就是这句话。' });
  const kept = given.bytes === null ? null : await cleaned(ctx, host, given.bytes);
  await changing(ctx, columnId, async (ctx, before) => {
    const picture = kept ?? before;
    if (!picture) throw new InvalidForm({ picture: '请选择一张 JPG 或 PNG 图片。' });
    const { digest, type, bytes, width, height } = picture;
    await keepColumnPicture(
      ctx.db,
      ctx.agencyId,
      { columnId, digest, type, bytes, width, height, alt },
      instantOf(ctx.clock),
    );
    return { act: 'catalogue.set-picture', before: told(before), after: told({ digest, bytes, alt }) };
  });
}

/** Takes the picture off a topic; the page is whole without. */
export const removeColumnPicture = (ctx: Ctx, columnId: number): Promise<void> =>
  changing(ctx, columnId, async (ctx, before) => {
    if (!before) throw new NotFound('这个专题没有图片。');
    await deleteColumnPicture(ctx.db, ctx.agencyId, columnId);
    return { act: 'catalogue.remove-picture', before: told(before) };
  });

const told = (picture: Pick<ColumnPicture, 'digest' | 'bytes' | 'alt'> | null) =>
  picture && { digest: picture.digest, bytes: picture.bytes, alt: picture.alt };

async function changing(
  ctx: Ctx,
  columnId: number,
  change: (
    ctx: Ctx,
    before: ColumnPicture | null,
  ) => Promise<{ act: string; before?: unknown; after?: unknown }>,
): Promise<void> {
  demand(ctx.actor, 'catalogue.columns');
  await transact(ctx, async (ctx) => {
    const { db, agencyId } = ctx;
    await holdChain(db, agencyId);
    const column = await findColumn(db, agencyId, columnId);
    if (column?.kind !== 'topic') throw new NotFound('没有找到这个专题。');
    const outcome = await change(ctx, await findColumnPicture(db, agencyId, columnId));
    await raiseContentRevision(db, agencyId);
    await record(ctx, {
      ...outcome,
      subject: { kind: 'catalogue-column', id: columnId, label: column.name },
    });
  });
}

/** The picture as it may leave, kept in the store. @throws InvalidForm */
async function cleaned(ctx: Ctx, { files, inspecting }: FileHost, bytes: Uint8Array): Promise<Kept> {
  const wrong = (message: string) => new InvalidForm({ picture: message });
  const tooLarge = wrong(`图片超过 ${megabytes(COLUMN_PICTURE_BYTES)}，请缩小后再选。`);
  if (bytes.length > COLUMN_PICTURE_BYTES) throw tooLarge;
  const given = sizeOf(bytes);
  if (!given) throw wrong('请选择一张 JPG 或 PNG 图片，其他类型的文件不能用。');
  const { width, height } = given;
  if (Math.max(width, height) > MOST_PIXELS)
    throw wrong(`图片的边长最多 ${MOST_PIXELS} 像素，请缩小后再选。`);
  if (width < FEWEST_PIXELS) throw wrong(`图片至少宽 ${FEWEST_PIXELS} 像素，这张宽 ${width} 像素。`);
  const name = given.format === 'png' ? 'topic.png' : 'topic.jpg';
  const { bytes: clean, left } = await inspecting
    .clean(bytes, 'all', { name, today: ctx.clock.today() })
    .catch((error: unknown) => {
      throw error instanceof UnreadableFile ? wrong(error.message) : error;
    });
  if (left.some(({ severity }) => severity !== 'notice'))
    throw wrong('出口检查在图片里发现不能公开又去不掉的内容，请另存一份再选。');
  if (clean.length > COLUMN_PICTURE_BYTES) throw tooLarge;
  const { sha256, bytes: size } = await files.put(clean, { maxBytes: COLUMN_PICTURE_BYTES });
  return {
    digest: sha256,
    bytes: size,
    type: given.format === 'png' ? 'image/png' : 'image/jpeg',
    width,
    height,
  };
}

const sizeOf = (bytes: Uint8Array) => pictureSize('image/png', bytes) ?? pictureSize('image/jpeg', bytes);
