import type { Config } from '../config.ts';
import { openInstallation } from './installation.ts';

/** Jobs only, for a second machine on the same `DATABASE_URL`. */
export async function startWorker(config: Config): Promise<{ close(): Promise<void> }> {
  const { app, close } = await openInstallation(config);
  try {
    await app.jobs.start(app);
    return { close };
  } catch (error) {
    await close();
    throw error;
  }
}
