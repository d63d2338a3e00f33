import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import { afterAll } from 'vitest';
import { buildServer, openApp } from '../../src/app.ts';
import { DEMONSTRATION_PASSWORD, setFirstPassword } from '../../src/areas/accounts/index.ts';
import {
  addStaff,
  addUnit,
  createAgency,
  findAgency,
  type Role,
  roles,
} from '../../src/areas/organisations/index.ts';
import { readConfig } from '../../src/config.ts';
import type { Ctx } from '../../src/core/context.ts';
import { demonstratedHouse } from './demonstration.ts';
import { Visitor } from './visitor.ts';

const PASSWORD = 'autumn-River-27';

export interface KnownRoute {
  method: string;
  url: string;
}

/** Every table that holds business records; the ledger's heads and acts are told apart from them. */
const NOT_BUSINESS =
  /^(ledger_|schema_|sign_in_attempts|account_sessions|account_verifications|notifications)/;

/**
 * Two agencies that must not see each other: the demonstration year, and a neighbour with one member of staff in each
 * role. Also every route the server knows, and a fingerprint of the database to prove that nothing changed.
 */
export async function openTwoHouses(environment: Record<string, string> = {}) {
  const { url, pool, folder } = await demonstratedHouse();
  const config = readConfig({
    GONGKAI_ENV: 'test',
    GONGKAI_SECRET: 's'.repeat(48),
    GONGKAI_VAR: folder,
    PUBLIC_URL: 'http://localhost:8080',
    ...environment,
  });
  const app = await openApp(config, url);
  const routes: KnownRoute[] = [];
  const server = await withRoutes(routes, () => buildServer(app));
  await server.ready();
  afterAll(async () => {
    await server.close();
    await app.close();
  });
  const base = { db: app.connection.db, clock: app.clock, actor: { kind: 'system' as const, name: '系统' } };
  const demonstration = await findAgency(base.db, 'kmhnz');
  if (!demonstration) throw new Error('the demonstration agency is missing');
  const neighbourId = await createAgency(base, {
    code: 'neighbour',
    name: '邻县人民政府办公室',
    shortName: '邻县',
  });
  const neighbour: Ctx = { ...base, agencyId: neighbourId };
  const unitId = await addUnit(neighbour, { code: 'LX', name: '邻县科室' });
  const staff = new Map<Role, number>();
  for (const role of Object.keys(roles) as Role[]) {
    const id = await addStaff(neighbour, {
      unitId,
      name: `邻${roles[role]}`,
      username: `lx-${role}`,
      roles: [{ role, from: '2018-01-01' }],
    });
    await setFirstPassword(neighbour, id, { password: PASSWORD, mustChange: false });
    staff.set(role, id);
  }
  let counter = 0;
  const enter = async (username: string, password: string): Promise<Visitor> => {
    const visitor = new Visitor(server, { address: `198.51.100.${++counter}` });
    await visitor.get('/workbench/sign-in');
    const door = await visitor.post('/workbench/sign-in', { username, password });
    if (door.status !== 303) throw new Error(`sign-in answered ${door.status}`);
    return visitor;
  };
  return {
    app,
    server,
    pool,
    routes,
    demonstration,
    neighbour,
    staff,
    /** One of the demonstration accounts. */
    demonstrated: (username: string) => enter(username, DEMONSTRATION_PASSWORD),
    /** The neighbour's member of staff in this role. */
    neighbourly: (role: Role) => enter(`lx-${role}`, PASSWORD),
    stranger: () => new Visitor(server, { address: `198.51.100.${++counter}` }),
    /** Row counts of all business tables and the head of every chain. */
    async fingerprint(): Promise<Record<string, string>> {
      const { rows: tables } = await pool.query<{ name: string }>(
        `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
      );
      const counts: Record<string, string> = {};
      for (const { name } of tables.filter(({ name }) => !NOT_BUSINESS.test(name))) {
        const { rows } = await pool.query<{ digest: string }>(
          `SELECT count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS digest FROM ${name} t`,
        );
        counts[name] = rows[0]?.digest ?? '';
      }
      const { rows: heads } = await pool.query<{ agency_id: number; head: string }>(
        `SELECT agency_id, seq || ' ' || digest AS head FROM ledger_heads ORDER BY 1`,
      );
      for (const { agency_id, head } of heads) counts[`ledger of ${agency_id}`] = head;
      return counts;
    },
  };
}

/** Listens to the routes that a server registers while it is built. */
async function withRoutes(
  routes: KnownRoute[],
  build: () => Promise<FastifyInstance>,
): Promise<FastifyInstance> {
  const listen = (message: unknown) => {
    (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) if (one !== 'HEAD') routes.push({ method: one, url });
    });
  };
  subscribe('fastify.initialization', listen);
  try {
    return await build();
  } finally {
    unsubscribe('fastify.initialization', listen);
  }
}
