import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import type { App } from '../../app.ts';
import { findColumnBySlug, setColumnPicture } from '../../areas/catalogue/index.ts';
import type { Ctx } from '../../core/context.ts';

/**
 * Gives topics their pictures: a drawing is named for the address of its topic, and its title says what it shows. They hold no
 * letters, so that no font is read.
 */
export async function loadTopicPictures(
  ctx: Ctx,
  host: Pick<App, 'files' | 'inspecting'>,
  dir: string,
): Promise<void> {
  const folder = join(dir, 'topics');
  for (const file of (await readdir(folder)).sort()) {
    const drawing = await readFile(join(folder, file), 'utf8');
    const column = await findColumnBySlug(ctx.db, ctx.agencyId, basename(file, '.svg'));
    const alt = /<title>([^<]+)<\/title>/.exec(drawing)?.[1];
    if (!column || alt === undefined) throw new Error(`topics/${file} has no topic or no title`);
    const bytes = new Resvg(drawing, { font: { loadSystemFonts: false } }).render().asPng();
    await setColumnPicture(ctx, host, column.id, { bytes, alt });
  }
}
