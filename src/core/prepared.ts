import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';

const MARK = '/* prepared */ ';
/** Shapes of query that a connection keeps planned; others are planned each time. */
const MOST_NAMES = 300;

/**
 * Begins a query that each connection plans once and then only runs, for what is asked at every page. Its text must not change
 * with its values: lists go in as one array.
 */
export const prepared = sql.raw(MARK);

const names = new Map<string, string>();

function nameOf(text: string): string | null {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= MOST_NAMES) return null;
  const name = `kept_${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
  names.set(text, name);
  return name;
}

/** A connection that runs queries begun with `prepared` as named statements. */
export class PreparingClient extends pg.Client {
  override query = ((...given: unknown[]) => {
    const [text, values, ...more] = given;
    const name = typeof text === 'string' && text.startsWith(MARK) ? nameOf(text) : null;
    const asked = name === null ? given : [{ name, text, values }, ...more];
    return Reflect.apply(pg.Client.prototype.query, this, asked);
  }) as pg.Client['query'];
}
