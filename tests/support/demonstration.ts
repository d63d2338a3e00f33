import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { buildServer, openApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { loadDemonstration } from '../../src/demonstration/index.ts';
import { freshDatabase } from './database.ts';

/** The whole program listening on a port of its own with the demonstration year loaded. */
export async function openDemonstration() {
  const { url } = await freshDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-demonstration-'));
  const config = readConfig({ GONGKAI_ENV: 'test', GONGKAI_SECRET: 'd'.repeat(48), GONGKAI_VAR: folder });
  const app = await openApp(config, url);
  await loadDemonstration(app);
  const server = await buildServer(app);
  const address = await server.listen({ port: 0, host: '127.0.0.1' });
  afterAll(async () => {
    await server.close();
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { app, server, address, url };
}
