/** A process that uses the embedded PostgreSQL under its first argument until it is told to `release`. */
import { createInterface } from 'node:readline';
import { openEmbeddedPostgres } from '../../src/core/embedded-postgres/index.ts';

const { url, release } = await openEmbeddedPostgres(process.argv[2]!, { durable: false });
process.stdout.write(`${url}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'release') break;
}
await release();
process.exit(0);
