import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { App } from '../../app.ts';
import { DEMONSTRATION_PASSWORD, setFirstPassword } from '../../areas/accounts/index.ts';
import {
  addReportingUnit,
  batchFiles,
  fileReports,
  listBatches,
  listReportingUnits,
} from '../../areas/filed-reports/index.ts';
import { addStaff, addUnit, createAgency, findAgency } from '../../areas/organisations/index.ts';
import { ROOT } from '../../config.ts';
import { clockAt } from '../../core/clock.ts';
import type { Actor, Ctx } from '../../core/context.ts';
import { transact } from '../../core/db.ts';
import type { Job } from '../../core/jobs.ts';
import { correspond, isRead } from './correspondence.ts';
import type { Delivery } from './deliveries.ts';
import { reportedYears, type SetUnit, setUnits, type UnitKind } from './units.ts';

const officeFile = z.object({
  agency: z.object({
    code: z.string(),
    name: z.string(),
    shortName: z.string(),
    demonstration: z.literal(true),
    site: z.record(z.string(), z.string()),
  }),
  unit: z.object({ code: z.string(), name: z.string() }),
  staff: z.array(
    z.object({
      username: z.string(),
      name: z.string(),
      post: z.string(),
      roles: z.array(z.enum(['disclosure-officer', 'supervisor'])),
    }),
  ),
});

const LOAD_DEMONSTRATION_REPORTS = 'load-demonstration-reports';
const CORRESPOND = 'correspond-about-demonstration-reports';
/** Between two looks whether everything has been read. */
const PATIENCE_MS = 10_000;
const loader: Actor = { kind: 'system', name: '示例数据' };
const openedOn = '2019-01-02';
const FILES_OF_A_STEP = 6;

/**
 * The provincial office that receives the demonstration set, with its people. Its units and their 200 reports come by a
 * job, so that nobody waits for them at start. An office that is already there is left alone.
 */
export async function openDemonstrationOffice(app: App): Promise<void> {
  const { agency, unit, staff } = officeFile.parse(
    JSON.parse(await readFile(join(ROOT, 'data/yunling/office.json'), 'utf8')),
  );
  if (await findAgency(app.connection.db, agency.code)) return;
  const house = { db: app.connection.db, clock: clockAt(openedOn), actor: loader, agencyId: 0 };
  await transact(house, async (base) => {
    const ctx: Ctx = { ...base, agencyId: await createAgency(base, agency) };
    const unitId = await addUnit(ctx, { ...unit, position: 1 });
    for (const { roles, ...person } of staff) {
      const held = roles.map((role) => ({ role, from: openedOn }));
      const id = await addStaff(ctx, { ...person, unitId, roles: held, demonstration: true });
      await setFirstPassword(ctx, id, { password: DEMONSTRATION_PASSWORD, mustChange: false });
    }
    await app.jobs.enqueue(ctx.db, LOAD_DEMONSTRATION_REPORTS, { agency: agency.code });
  });
}

export const demonstrationJobs: readonly Job<App, { agency?: string }>[] = [
  {
    name: LOAD_DEMONSTRATION_REPORTS,
    label: '装载示例省的年报',
    async run(app, { agency: code }) {
      const office = code === undefined ? null : await findAgency(app.connection.db, code);
      if (!office?.demonstration) return;
      const ctx = { db: app.connection.db, clock: clockAt(openedOn), actor: loader, agencyId: office.id };
      await addMissingUnits(ctx);
      await fileMissingReports(app, ctx);
      await app.jobs.enqueue(ctx.db, CORRESPOND, { agency: code });
    },
  },
  {
    name: CORRESPOND,
    label: '示例省公开办认定问题、要求更正',
    async run(app, { agency: code }) {
      const office = code === undefined ? null : await findAgency(app.connection.db, code);
      if (!office?.demonstration) return;
      const { db } = app.connection;
      const ctx = { db, clock: app.clock, actor: loader, agencyId: office.id };
      if (await isRead(ctx)) return correspond(ctx);
      const after = new Date(app.clock.now().epochMilliseconds + PATIENCE_MS);
      await app.jobs.enqueue(db, CORRESPOND, { agency: code }, { after });
    },
  },
];

const kinds = {
  city: 'government',
  county: 'government',
  department: 'department',
  township: 'township',
  subdistrict: 'subdistrict',
  zone: 'zone',
} as const satisfies Record<UnitKind, string>;

/** Parents come first in the list of units. Each is an act of its own, so that a stopping program need not wait for all. */
async function addMissingUnits(ctx: Ctx): Promise<void> {
  const { items } = await listReportingUnits(ctx, {}, { limit: setUnits.length });
  const known = new Map(items.map(({ code, id }) => [code, id]));
  for (const unit of setUnits) {
    if (!known.has(unit.code)) known.set(unit.code, await addReportingUnit(ctx, formOf(unit, known)));
  }
}

function formOf(unit: SetUnit, known: ReadonlyMap<string, number>) {
  return {
    name: unit.name,
    code: unit.code,
    kind: kinds[unit.kind],
    parentId: unit.parent === null ? null : (known.get(unit.parent) ?? null),
    expectedFrom: Math.min(...reportedYears(unit)),
  };
}

/** One batch a delivery, dated as it came and filled in small steps; what it holds is not sent again. */
async function fileMissingReports(app: App, ctx: Ctx): Promise<void> {
  // Office formats and the typesetter are loaded by those who make the set only.
  const { deliveries } = await import('./deliveries.ts');
  const { items } = await listBatches(ctx, { limit: 200 });
  const own = items.filter(({ byName }) => byName === loader.name);
  const batches = new Map(own.map(({ year, id }) => [year, id]));
  for (const { year, arrivedOn, files } of deliveries()) {
    let batchId = batches.get(year);
    const held = batchId === undefined ? [] : (await batchFiles(ctx, batchId, { limit: 200 })).items;
    const names = new Set(held.map(({ name }) => name));
    const missing = files.filter(({ name }) => !names.has(name));
    const then: Ctx = { ...ctx, clock: clockAt(arrivedOn) };
    for (let from = 0; from < missing.length; from += FILES_OF_A_STEP)
      batchId = await fileStep(app, then, { year, batchId }, missing.slice(from, from + FILES_OF_A_STEP));
  }
}

async function fileStep(
  app: App,
  ctx: Ctx,
  batch: { year: number | null; batchId: number | undefined },
  files: Delivery['files'],
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'gongkai-demonstration-'));
  try {
    const spooled = [];
    for (const { name, write } of files) {
      const bytes = await write();
      const path = join(folder, name);
      await writeFile(path, bytes);
      spooled.push({ name, path, size: bytes.byteLength });
      // Visitors come first.
      await setImmediate();
    }
    return (await fileReports(ctx, app, { ...batch, files: spooled })).batchId;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
