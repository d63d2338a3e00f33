import { createHash } from 'node:crypto';
import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import type { Db } from './db.ts';

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

/** What the client is asked for a query: one begun with `prepared` as a named statement, any other as it was `given`. */
export function asPrepared(given: readonly unknown[]): readonly unknown[] {
  const [text, values, ...more] = given;
  const name = typeof text === 'string' && text.startsWith(MARK) ? nameOf(text) : null;
  return name === null ? given : [{ name, text, values }, ...more];
}

/** Stands for a value while a query is composed. */
class StandIn {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A long query that every page asks, its text composed only once: what `compose` is given are stand-ins, which it may put wherever a
 * value goes but not look at.
 */
export function composedOnce<Values extends Record<string, unknown>, Row>(
  compose: (values: Values) => RawBuilder<Row>,
): (db: Db, values: Values) => Promise<Row[]> {
  const standIns = new Proxy({} as Values, { get: (_, name) => new StandIn(String(name)) });
  let composed: CompiledQuery<Row> | null = null;
  return async (db, values) => {
    composed ??= compose(standIns).compile(db);
    const parameters = composed.parameters.map((each) =>
      each instanceof StandIn ? values[each.name] : each,
    );
    const { rows } = await db.executeQuery<Row>({ ...composed, parameters });
    return rows;
  };
}
