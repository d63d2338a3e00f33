import { type Config, readConfig } from '../config.ts';
import { openDatabaseServer } from '../core/database-server.ts';
import { type Connection, connect } from '../core/db.ts';
import { migrate } from '../core/migrations.ts';
import { untilAskedToStop } from './stop-signals.ts';

/** A current database and the settings: all that commands need which show no page and send no mail. */
export interface OpenDatabase extends Connection {
  config: Config;
}

/** Runs a command's work on the migrated database and closes it again, also when the command is interrupted. */
export async function withDatabase<T>(
  env: Readonly<Record<string, string | undefined>>,
  work: (database: OpenDatabase) => Promise<T>,
): Promise<T> {
  const config = readConfig(env);
  const server = await openDatabaseServer(config);
  const interruption = untilAskedToStop();
  try {
    await migrate(server.url);
    const connection = connect(server.url);
    const worked = work({ ...connection, config }).finally(() => connection.close());
    return await Promise.race([
      worked,
      interruption.asked.then(async (code): Promise<never> => {
        await server.release();
        process.exit(code);
      }),
    ]);
  } finally {
    interruption.forget();
    await server.release();
  }
}
