import { type Config, readConfig } from '../config.ts';
import { openDatabaseServer } from '../core/database-server.ts';
import { type Connection, connect } from '../core/db.ts';
import { migrate } from '../core/migrations.ts';
import { untilAskedToStop } from './stop-signals.ts';

/** A current database and the settings: all that commands need which show no page and send no mail. */
export interface OpenDatabase extends Connection {
  config: Config;
}

/** Where the installation's database is, whatever its migrations. */
export interface OpenServer {
  config: Config;
  url: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs a command's work on the migrated database and closes it again, also when the command is interrupted. */
export function withDatabase<T>(env: Environment, work: (database: OpenDatabase) => Promise<T>): Promise<T> {
  return withServer(env, async ({ config, url }) => {
    await migrate(url);
    const connection = connect(url);
    return work({ ...connection, config }).finally(() => connection.close());
  });
}

/** The same for commands that take the database as they find it: nothing is migrated. */
export async function withServer<T>(env: Environment, work: (server: OpenServer) => Promise<T>): Promise<T> {
  const config = readConfig(env);
  const server = await openDatabaseServer(config);
  const interruption = untilAskedToStop();
  try {
    return await Promise.race([
      work({ config, url: server.url }),
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
