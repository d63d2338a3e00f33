import type { SheetFile } from '../../../../core/spreadsheet/source.ts';
import { decodedPieces } from '../decoding.ts';
import type { Budget } from '../limits.ts';
import { PageReader } from './reader.ts';
import { TagReader } from './tags.ts';

export { PageReader };

/** Reads a page; `page` holds what it has, also when a bound was reached. */
export async function readPage(
  file: SheetFile,
  encoding: string,
  page: PageReader,
  budget: Budget,
): Promise<void> {
  const tags = new TagReader(page);
  for await (const piece of decodedPieces(file, encoding)) {
    budget.time();
    tags.write(piece);
  }
  tags.end();
  page.end();
}
