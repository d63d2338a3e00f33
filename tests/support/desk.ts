import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { buildServer, openApp } from '../../src/app.ts';
import { setFirstPassword } from '../../src/areas/accounts/index.ts';
import { addStaff, addUnit, createAgency, type Role } from '../../src/areas/organisations/index.ts';
import { readConfig } from '../../src/config.ts';
import { type Clock, systemClock } from '../../src/core/clock.ts';
import type { Ctx } from '../../src/core/context.ts';
import { freshDatabase } from './database.ts';
import { Visitor } from './visitor.ts';

const PASSWORD = 'autumn-River-27';

/**
 * The whole program on a database of its own with one agency, and staff of any role signed in on demand. `clock` is what
 * the office believes the time to be.
 */
export async function openDesk(environment: Record<string, string> = {}, clock: Clock = systemClock) {
  const { url, pool } = await freshDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-desk-'));
  const config = readConfig({
    GONGKAI_ENV: 'test',
    GONGKAI_SECRET: 's'.repeat(48),
    GONGKAI_VAR: folder,
    PUBLIC_URL: 'http://localhost:8080',
    ...environment,
  });
  const app = await openApp(config, url, clock);
  const server = await buildServer(app);
  afterAll(async () => {
    await server.close();
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const base = { db: app.connection.db, clock: app.clock, actor: { kind: 'system' as const, name: '系统' } };
  const agencyId = await createAgency(base, { code: 'kmhnz', name: '昆明高新区管委会', shortName: '高新区' });
  const system: Ctx = { ...base, agencyId };
  const unitId = await addUnit(system, { code: 'BGS', name: '办公室' });
  let counter = 0;
  const signedIn = async (role: Role): Promise<Visitor> => {
    const username = `person${++counter}`;
    const roles = [{ role, from: '2018-01-01' }];
    const id = await addStaff(system, {
      unitId,
      name: `张${counter}`,
      username,
      phone: '13888001234',
      roles,
    });
    await setFirstPassword(system, id, { password: PASSWORD, mustChange: false });
    const visitor = new Visitor(server, { address: `198.51.100.${counter}` });
    await visitor.get('/workbench/sign-in');
    const door = await visitor.post('/workbench/sign-in', { username, password: PASSWORD });
    if (door.status !== 303) throw new Error(`sign-in answered ${door.status}: ${door.body.slice(0, 2000)}`);
    return visitor;
  };
  return { app, server, pool, url, folder, system, agencyId, signedIn, stranger: () => new Visitor(server) };
}
