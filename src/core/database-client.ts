import pg from 'pg';
import { runCopy } from './copy.ts';
import { asPrepared } from './prepared.ts';

/**
 * A connection that runs queries begun with `prepared` as named statements, and the COPY of `copyInto`. It is a class and not a wrapper
 * made when a connection is taken: the query builder remembers every object it is given for a connection. And it asks with a callback:
 * with a promise of the driver's the rows of every answer stay in memory until all of it is searched.
 */
export class DatabaseClient extends pg.Client {
  override query = ((...given: unknown[]) => {
    const copied = runCopy(this, given[0], given[1]);
    if (copied) return copied;
    const ask = (...asked: unknown[]) => Reflect.apply(pg.Client.prototype.query, this, asked);
    const asked = asPrepared(given);
    if (isOwnKind(asked[0]) || typeof asked.at(-1) === 'function') return ask(...asked);
    return new Promise((resolve, reject) => {
      ask(...asked, (fault: Error | null, result: pg.QueryResult) =>
        fault ? reject(fault) : resolve(result),
      );
    });
  }) as pg.Client['query'];
}

/** A query that sends itself and tells on its own what comes back, as a COPY does. */
const isOwnKind = (asked: unknown): boolean =>
  typeof asked === 'object' && asked !== null && typeof (asked as { submit?: unknown }).submit === 'function';
