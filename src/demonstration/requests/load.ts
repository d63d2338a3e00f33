import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { compileReport, openReport } from '../../annual-report/index.ts';
import type { App } from '../../app.ts';
import { DEMONSTRATION_PASSWORD, setFirstPassword } from '../../areas/accounts/index.ts';
import { currentCalendar } from '../../areas/calendars/index.ts';
import { markAllRead } from '../../areas/notifications/index.ts';
import {
  addStaff,
  addUnit,
  changeSettings,
  createAgency,
  findAgency,
  listStaff,
  listUnits,
} from '../../areas/organisations/index.ts';
import { ROOT } from '../../config.ts';
import { clockAt } from '../../core/clock.ts';
import type { Actor, Ctx } from '../../core/context.ts';
import { type Db, transact } from '../../core/db.ts';
import type { Job } from '../../core/jobs.ts';
import type { WorkingCalendar } from '../../law/index.ts';
import { actsPage } from '../../ledger/index.ts';
import { demonstrationAccounts } from '../accounts.ts';
import { actsOf, inventHistory } from './history.ts';
import type { Ids } from './model.ts';
import { perform } from './perform.ts';

const officeFile = z.object({
  agency: z.object({
    code: z.string(),
    name: z.string(),
    shortName: z.string(),
    demonstration: z.literal(true),
    site: z.record(z.string(), z.string()),
  }),
  settings: z.record(z.string(), z.record(z.string(), z.unknown())),
  units: z.array(z.object({ code: z.string(), name: z.string(), position: z.number() })),
  staff: z.array(
    z.object({
      unit: z.string(),
      username: z.string(),
      name: z.string(),
      post: z.string(),
      roles: z.array(
        z.enum([
          'disclosure-officer',
          'window-clerk',
          'case-handler',
          'unit-head',
          'secrecy-reviewer',
          'leader',
        ]),
      ),
    }),
  ),
  cast: z.object({
    officer: z.string(),
    clerk: z.string(),
    legal: z.string(),
    secrecy: z.string(),
    leader: z.string(),
    handlers: z.record(z.string(), z.string()),
  }),
});

export const LOAD_DEMONSTRATION_REQUESTS = 'load-demonstration-requests';
const loader: Actor = { kind: 'system', name: '示例数据' };
const openedOn = '2018-12-03';
/** After the last request is put away. */
const finishedOn = '2024-12-02';
/** Acts of one transaction: a third of a second, so that a program that stops waits for no more and visitors come first. */
const ACTS_OF_A_STEP = 20;
const YEARS = [2019, 2020, 2021, 2022, 2023];

const office = async () =>
  officeFile.parse(JSON.parse(await readFile(join(ROOT, 'data/anping/office.json'), 'utf8')));

/**
 * The district office whose requests of five years are the larger demonstration, with its people. The requests come by a
 * job, so that nobody waits for them at start. An office that is already there is left alone.
 */
export async function openRequestOffice(app: App): Promise<void> {
  const { agency, settings, units, staff } = await office();
  if (await findAgency(app.connection.db, agency.code)) return;
  const withAccount = new Set<string>(demonstrationAccounts.map(({ username }) => username));
  const house = { db: app.connection.db, clock: clockAt(openedOn), actor: loader, agencyId: 0 };
  await transact(house, async (base) => {
    const ctx: Ctx = { ...base, agencyId: await createAgency(base, agency) };
    await changeSettings(ctx, settings);
    for (const unit of units) await addUnit(ctx, unit);
    const byCode = new Map((await listUnits(ctx.db, ctx.agencyId)).map(({ code, id }) => [code, id]));
    for (const { unit, roles, ...person } of staff) {
      const held = roles.map((role) => ({ role, from: openedOn }));
      const unitId = byCode.get(unit) ?? 0;
      const id = await addStaff(ctx, { ...person, unitId, roles: held, demonstration: true });
      if (withAccount.has(person.username))
        await setFirstPassword(ctx, id, { password: DEMONSTRATION_PASSWORD, mustChange: false });
    }
    await app.jobs.enqueue(ctx.db, LOAD_DEMONSTRATION_REQUESTS, { agency: agency.code, from: 0, ids: {} });
  });
}

/** The acts of the history; made once for a calendar, as every step asks for them. */
let made: { version: string; acts: ReturnType<typeof actsOf> } | null = null;
function historyOf(calendar: WorkingCalendar): ReturnType<typeof actsOf> {
  if (made?.version !== calendar.version)
    made = { version: calendar.version, acts: actsOf(inventHistory(calendar), calendar) };
  return made.acts;
}

interface Progress {
  agency?: string;
  /** Acts performed so far, and the numbers they gave. */
  from?: number;
  ids?: Ids;
}

export const demonstrationRequestJobs: readonly Job<App, Progress>[] = [
  {
    name: LOAD_DEMONSTRATION_REQUESTS,
    label: '装载示例区的申请',
    async run(app, { agency: code, from = 0, ids = {} }) {
      const agency = code === undefined ? null : await findAgency(app.connection.db, code);
      if (!agency?.demonstration) return;
      const calendar = await currentCalendar(app.connection.db, agency.id);
      const acts = historyOf(calendar);
      if ((await actsDone(app.connection.db, agency.id, acts)) > from) return;
      const { cast } = await office();
      const base = { db: app.connection.db, clock: clockAt(openedOn), actor: loader, agencyId: agency.id };
      // The step and the order for the next one are one transaction: whatever stops in between, no act is done twice.
      await transact({ ...base, vault: app.vault }, async (ctx) => {
        const until = from + ACTS_OF_A_STEP;
        const known = { ...ids };
        await perform(ctx, cast, acts.slice(from, until), known);
        if (until < acts.length)
          await app.jobs.enqueue(ctx.db, LOAD_DEMONSTRATION_REQUESTS, {
            agency: code,
            from: until,
            ids: known,
          });
        else await finish(app, ctx);
      });
    },
  },
];

/** How many acts the ledger knows of: more than an order to go on names, when the queue never heard that it was carried out. */
async function actsDone(db: Db, agencyId: number, acts: readonly { at: string }[]): Promise<number> {
  const [last] = await actsPage(db, agencyId, { to: finishedOn }, { limit: 1 });
  const until = last ? Date.parse(last.at) : 0;
  return acts.filter(({ at }) => Date.parse(at) <= until).length;
}

/** Opens the reports of the five years and puts away five years of messages. */
async function finish(app: App, ctx: Ctx): Promise<void> {
  for (const year of YEARS) {
    const then = { ...ctx, clock: clockAt(finishedOn), sources: app.reportSources };
    await openReport(then, year);
    await compileReport(then, year);
  }
  for (const { id, name, unitId } of await listStaff(ctx.db, ctx.agencyId, { on: finishedOn })) {
    const actor: Actor = { kind: 'staff', staffId: id, name, agencyId: ctx.agencyId, unitId, roles: [] };
    await markAllRead({ ...ctx, clock: app.clock, actor });
  }
}
