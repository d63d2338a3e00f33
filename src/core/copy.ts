import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CompiledQuery } from 'kysely';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Db } from './db.ts';

/** What stands in a cell of COPY's text format; a list is a PostgreSQL array of text. */
export type CopyValue = string | number | boolean | Date | null | readonly string[];

const special = /[\\\t\n\r]/;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escaped = (text: string): string =>
  special.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (sign) => escapes[sign] as string) : text;

function cell(value: CopyValue): string {
  if (value === null) return '\\N';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object')
    return escaped(`{${value.map((each) => `"${each.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`);
  return typeof value === 'string' ? escaped(value) : String(value);
}

/** Cells of one row in COPY's text format, without a line end. Text must hold no zeros and no halves of characters. */
export const copyCells = (values: readonly CopyValue[]): string => values.map(cell).join('\t');

/** Travels as the only parameter of a COPY statement to the client that runs it. */
class CopyText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Writes rows by COPY, in the caller's transaction; `text` is lines of `copyCells`, each with its line end. */
export async function copyInto(
  db: Db,
  table: string,
  columns: readonly string[],
  text: string,
): Promise<void> {
  if (text === '') return;
  await db.executeQuery(
    CompiledQuery.raw(`COPY ${table} (${columns.join(', ')}) FROM STDIN`, [new CopyText(text)]),
  );
}

/**
 * Runs the COPY that a query with these values stands for; null: it is an ordinary query.
 * @returns what an INSERT would tell
 */
export function runCopy(
  client: pg.ClientBase,
  statement: unknown,
  values: unknown,
): Promise<Pick<pg.QueryResult, 'command' | 'rowCount' | 'rows'>> | null {
  const first = Array.isArray(values) ? values[0] : undefined;
  if (!(first instanceof CopyText)) return null;
  const copy = client.query(copyFrom(String(statement)));
  return pipeline(Readable.from([first.text]), copy).then(() => ({
    command: 'INSERT',
    rowCount: copy.rowCount,
    rows: [],
  }));
}
