import pg from 'pg';
import { runCopy } from './copy.ts';
import { asPrepared } from './prepared.ts';

/**
 * A connection that runs queries begun with `prepared` as named statements, and the COPY of `copyInto`. It is a class and not a wrapper
 * made when a connection is taken: the query builder remembers every object it is given for a connection.
 */
export class DatabaseClient extends pg.Client {
  override query = ((...given: unknown[]) =>
    runCopy(this, given[0], given[1]) ??
    Reflect.apply(pg.Client.prototype.query, this, asPrepared(given))) as pg.Client['query'];
}
