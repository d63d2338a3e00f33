import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { currentCalendar } from '../../areas/calendars/index.ts';
import { addColumn, type ColumnKind, importItems } from '../../areas/catalogue/index.ts';
import { listUnits } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import type { SheetRecord } from '../../core/spreadsheet/index.ts';
import { generateItems } from './generate.ts';

const columnFile = z.array(
  z.object({
    slug: z.string(),
    name: z.string(),
    kind: z.string(),
    pageType: z.string(),
    parent: z.string().nullable(),
    updateDays: z.number().nullable(),
    description: z.string(),
    keywords: z.string().default(''),
    required: z.array(z.string()),
    unit: z.string().nullable(),
  }),
);
const publicationFile = z.array(
  z.object({ channel: z.string(), unit: z.string(), month: z.string(), quantity: z.number() }),
);

const read = async <T>(dir: string, name: string, shape: z.ZodType<T>): Promise<T> =>
  shape.parse(JSON.parse(await readFile(join(dir, name), 'utf8')));

/** The columns of the demonstration zone, in their order. */
export async function loadColumns(ctx: Ctx, dir: string): Promise<void> {
  const units = new Map((await listUnits(ctx.db, ctx.agencyId)).map(({ code, id }) => [code, id]));
  const ids = new Map<string, number>();
  for (const [position, { parent, unit, kind, ...column }] of (
    await read(dir, 'columns.json', columnFile)
  ).entries()) {
    const id = await addColumn(ctx, {
      ...column,
      kind: kind as ColumnKind,
      parentId: parent === null ? null : (ids.get(parent) ?? null),
      unitId: unit === null ? null : (units.get(unit) ?? null),
      reviewSteps: [],
      position: position + 1,
    });
    ids.set(column.slug, id);
  }
}

/** What the zone put out in the year: made up, but as many of each unit, channel and month as its returns told. */
export async function loadItems(ctx: Ctx, dir: string): Promise<number> {
  const counts = await read(dir, 'publications.json', publicationFile);
  const items = generateItems(counts, (await currentCalendar(ctx.db, ctx.agencyId)).numbers);
  const result = await importItems(ctx, () => inBatches(items), {
    strict: true,
    fileName: 'kunming-2018/publications.json',
  });
  const [fault] = result.rejected;
  const wrong = fault ?? result.notes[0];
  if (wrong) throw new Error(`publications.json item ${wrong.line}: ${wrong.field} ${wrong.problem}`);
  return result.imported;
}

async function* inBatches(items: readonly Record<string, unknown>[]): AsyncGenerator<SheetRecord[]> {
  for (let from = 0; from < items.length; from += 1000) {
    yield items.slice(from, from + 1000).map((values, index) => ({ line: from + index + 1, values }));
  }
}
