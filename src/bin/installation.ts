import { type App, openApp } from '../app.ts';
import { holdsDemonstration } from '../areas/organisations/index.ts';
import { type Config, readConfig } from '../config.ts';
import { openDatabaseServer } from '../core/database-server.ts';
import { migrate } from '../core/migrations.ts';
import { SetupFault } from '../core/setup-fault.ts';
import { untilAskedToStop } from './stop-signals.ts';

/** A running installation: database server, current schema, application. */
export interface Installation {
  app: App;
  /** The migrations applied while opening. */
  applied: string[];
  close(): Promise<void>;
}

/**
 * Opens the database server, migrates, opens the application.
 * @throws SetupFault when the surroundings do not allow it; nothing stays open then
 */
export async function openInstallation(config: Config): Promise<Installation> {
  const server = await openDatabaseServer(config);
  try {
    const applied = await migrate(server.url);
    const app = await openApp(config, server.url);
    await refuseDemonstration(app);
    const close = async () => {
      await app.close().finally(() => server.release());
    };
    return { app, applied, close };
  } catch (error) {
    await server.release();
    throw error;
  }
}

/** Everybody can read the password of the demonstration accounts. */
async function refuseDemonstration(app: App): Promise<void> {
  if (app.config.environment !== 'production' || !(await holdsDemonstration(app.connection.db))) return;
  await app.close();
  throw new SetupFault(
    '数据库中有示例机构或示例账号，正式环境不启动：请为正式环境另建一个空的数据库。 The database holds demonstration data, so production does not start; give it an empty database.',
  );
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs a command's work on the installation and closes it again, also when the command is interrupted. */
export async function withApp<T>(env: Environment, work: (app: App) => Promise<T>): Promise<T> {
  const installation = await openInstallation(readConfig(env));
  const interruption = untilAskedToStop();
  try {
    return await Promise.race([
      work(installation.app),
      interruption.asked.then(async (code): Promise<never> => {
        await installation.close();
        process.exit(code);
      }),
    ]);
  } finally {
    interruption.forget();
    await installation.close();
  }
}
