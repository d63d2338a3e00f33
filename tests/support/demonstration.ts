import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { buildServer, openApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { loadDemonstration } from '../../src/demonstration/index.ts';
import { filledDatabase } from './database.ts';

/** The whole program listening on a port of its own with the demonstration year loaded. */
export async function openDemonstration() {
  const { url, folder } = await demonstratedHouse();
  const app = await openApp(
    readConfig({ GONGKAI_ENV: 'test', GONGKAI_SECRET: 'd'.repeat(48), GONGKAI_VAR: folder }),
    url,
  );
  const server = await buildServer(app);
  const address = await server.listen({ port: 0, host: '127.0.0.1' });
  afterAll(async () => {
    await server.close();
    await app.close();
  });
  return { app, server, address, url };
}

/**
 * A database of the test file's own with the demonstration year in it, and the folder (GONGKAI_VAR) with the keys and files
 * that belong to it. The year is loaded once in a run: it takes ten seconds.
 */
export async function demonstratedHouse() {
  const kept = join(inject('testDatabase').folder, 'demonstration');
  const database = await filledDatabase('demonstration', async (url) => {
    rmSync(kept, { recursive: true, force: true });
    const config = readConfig({ GONGKAI_ENV: 'test', GONGKAI_SECRET: 'd'.repeat(48), GONGKAI_VAR: kept });
    const app = await openApp(config, url);
    try {
      await loadDemonstration(app);
    } finally {
      await app.close();
    }
  });
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-demonstration-'));
  cpSync(kept, folder, { recursive: true });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return { ...database, folder };
}
