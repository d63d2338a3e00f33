import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  checkOff,
  compileReport,
  explainFinding,
  figureFinder,
  findingKey,
  loadDesk,
  openReport,
  publishReport,
  type ReportCtx,
  reviewReport,
  saveChapter,
  signReport,
} from '../annual-report/index.ts';
import type { App } from '../app.ts';
import { DEMONSTRATION_PASSWORD, setFirstPassword } from '../areas/accounts/index.ts';
import {
  addStaff,
  addUnit,
  changeSettings,
  createAgency,
  findAgency,
  listAgencies,
  listUnits,
  type Role,
} from '../areas/organisations/index.ts';
import { findRegister, importEntries } from '../areas/registers/index.ts';
import { importReturns } from '../areas/returns/index.ts';
import { ROOT } from '../config.ts';
import { clockAt } from '../core/clock.ts';
import type { Actor, Ctx } from '../core/context.ts';
import { transact } from '../core/db.ts';
import { SetupFault } from '../core/setup-fault.ts';
import { importSheetLimits, readRecords } from '../core/spreadsheet/index.ts';
import { defaultLawSettings } from '../law/index.ts';
import { demonstrationAccounts } from './accounts.ts';
import { loadGazette } from './gazette.ts';
import { loadColumns, loadItems } from './items/load.ts';
import { loadNormative } from './items/normative.ts';
import { loadTopicPictures } from './items/pictures.ts';
import { castOn } from './people.ts';
import { openDemonstrationOffice } from './report-set/load.ts';
import { loadLivingRequests, loadRequestsOfYear } from './requests/kunming.ts';
import { openRequestOffice } from './requests/load.ts';
import { inTurn } from './turn-store.ts';

const demonstration = z.object({
  agency: z.object({
    code: z.string(),
    name: z.string(),
    shortName: z.string(),
    creditCode: z.string(),
    demonstration: z.literal(true),
    site: z.record(z.string(), z.string()),
  }),
  report: z.object({
    year: z.number(),
    explanations: z.array(z.object({ rule: z.string(), row: z.string(), text: z.string() })),
    steps: z.array(z.object({ step: z.string(), by: z.string(), on: z.string() })),
  }),
});
const unitList = z.array(z.object({ code: z.string(), name: z.string(), position: z.number() }));
const staffList = z.array(
  z.object({
    unit: z.string(),
    name: z.string(),
    username: z.string(),
    post: z.string(),
    roles: z.array(z.string()),
  }),
);
const registerFile = z.record(z.string(), z.array(z.record(z.string(), z.unknown())));

/** At start outside production: loads the demonstration year into a new database. True when demonstration accounts exist. */
export async function showDemonstration(app: App, announce: () => void): Promise<boolean> {
  if (app.config.environment === 'production') return false;
  // Two starts at once load it once.
  return inTurn(app.connection, async () => {
    const agencies = await listAgencies(app.connection.db);
    if (agencies.length > 0) return agencies.some(({ demonstration }) => demonstration);
    announce();
    await loadDemonstration(app);
    await openDemonstrationOffice(app);
    await openRequestOffice(app);
    return true;
  });
}

/**
 * Loads a demonstration year from `data/<name>` through the same acts people perform: each leaves its line in the ledger,
 * dated as in the year it belongs to. An agency that is already there is left alone.
 * @returns what was loaded, or null when the agency exists
 */
export async function loadDemonstration(
  app: App,
  name = 'kunming-2018',
): Promise<{ agency: string; staff: number; returns: number } | null> {
  if (app.config.environment === 'production') {
    throw new SetupFault('生产环境不加载示例数据。 Production refuses demonstration data.');
  }
  const dir = join(ROOT, 'data', name);
  const { agency, report } = demonstration.parse(await json(dir, 'demonstration.json'));
  if (await findAgency(app.connection.db, agency.code)) return null;
  const { year } = report;
  const loader: Actor = { kind: 'system', name: '示例数据' };
  // One transaction: a crash while loading leaves no half-loaded year behind.
  return transact(
    { db: app.connection.db, clock: clockAt(`${year}-01-02`), actor: loader, agencyId: 0 },
    async (base) => {
      const agencyId = await createAgency(base, agency);
      const ctx: Ctx = { ...base, agencyId };
      const staff = await loadPeople(ctx, dir, `${year}-01-01`);
      // Named before the first reply, so that its remedies say before whom.
      await changeSettings(ctx, {
        letters: { prefix: '昆高新公开', reconsideration: '昆明市人民政府', court: '昆明铁路运输法院' },
      });
      await loadRequestsOfYear({ ...ctx, vault: app.vault }, dir);
      const yearEnd: Ctx = { ...ctx, clock: clockAt(`${year + 1}-01-04`) };
      await loadRegisters(yearEnd, dir);
      const yearBegin: Ctx = { ...ctx, clock: clockAt(`${year}-01-02`) };
      await loadColumns(yearBegin, dir);
      await loadTopicPictures(yearBegin, app, dir);
      await loadItems(yearEnd, dir);
      await loadGazette({ ...ctx, jobs: app.jobs }, { year, agency });
      const returns = await importReturns(
        yearEnd,
        readRecords({ name: 'returns.jsonl', path: join(dir, 'returns.jsonl') }, importSheetLimits),
        { fileName: `${name}/returns.jsonl`, resolveFigure: figureFinder(app.figures) },
      );
      const [fault] = returns.rejected;
      if (fault) throw new Error(`${name}/returns.jsonl line ${fault.line}: ${fault.field} ${fault.problem}`);
      await writeReport({ ...yearEnd, sources: app.reportSources, jobs: app.jobs }, dir, report);
      // The living office reports monthly from last month on, so that the desk of a publisher is not empty.
      const since = app.clock.today().subtract({ months: 1 }).toPlainYearMonth().toString();
      // What comes over the net is confirmed by an officer, so that both dates of a request are seen.
      const living = { ...ctx, clock: app.clock, vault: app.vault };
      await changeSettings(living, {
        returns: { monthlySince: since, dueWorkingDay: 5, units: null },
        law: { ...defaultLawSettings, confirmOnArrival: false },
      });
      await loadLivingRequests(living, dir);
      await loadNormative(living, dir);
      return { agency: agency.name, staff, returns: returns.imported };
    },
  );
}

async function loadPeople(ctx: Ctx, dir: string, from: string): Promise<number> {
  for (const unit of unitList.parse(await json(dir, 'units.json'))) await addUnit(ctx, unit);
  const units = new Map((await listUnits(ctx.db, ctx.agencyId)).map((unit) => [unit.code, unit.id]));
  const people = staffList.parse(await json(dir, 'staff.json'));
  const withAccount = new Set<string>(demonstrationAccounts.map(({ username }) => username));
  for (const { unit, roles, ...person } of people) {
    const id = await addStaff(ctx, {
      ...person,
      unitId: units.get(unit) ?? 0,
      roles: roles.map((role) => ({ role: role as Role, from })),
      demonstration: true,
    });
    if (withAccount.has(person.username)) {
      await setFirstPassword(ctx, id, { password: DEMONSTRATION_PASSWORD, mustChange: false });
    }
  }
  return people.length;
}

async function loadRegisters(ctx: Ctx, dir: string): Promise<void> {
  for (const [key, rows] of Object.entries(registerFile.parse(await json(dir, 'registers.json')))) {
    const register = findRegister(key);
    if (!register) throw new Error(`registers.json names an unknown register: ${key}`);
    const given = rows.map((row, index) => ({
      line: index + 1,
      given: Object.fromEntries(Object.entries(row).map(([field, value]) => [field, asText(value)])),
    }));
    const { rejected } = await importEntries(ctx, register, given);
    const [fault] = rejected;
    if (fault) throw new Error(`registers.json ${key} ${fault.line}: ${fault.field} ${fault.problem}`);
  }
}

/** Lists of people become one line each, as the form takes them. */
function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (!Array.isArray(value)) return String(value);
  return value.map((person: { name: string; unit: string }) => `${person.name} ${person.unit}`).join('\n');
}

/** Takes the report down its whole road, each step by the person and on the day the data file names. */
async function writeReport(
  ctx: ReportCtx & { jobs: App['jobs'] },
  dir: string,
  report: z.infer<typeof demonstration>['report'],
): Promise<void> {
  const { year } = report;
  for (const { step, by, on } of report.steps) {
    const clock = clockAt(on);
    const actor = (await castOn(ctx, clock.today().toString()))(by);
    await takeStep({ ...ctx, clock, actor }, dir, report, year, step);
  }
}

async function takeStep(
  ctx: ReportCtx & { jobs: App['jobs'] },
  dir: string,
  report: z.infer<typeof demonstration>['report'],
  year: number,
  step: string,
): Promise<void> {
  if (step === 'compile') {
    await openReport(ctx, year);
    await compileReport(ctx, year);
    for (const file of (await readdir(join(dir, 'chapters'))).sort()) {
      const key = file.replace(/^\d+-|\.md$/g, '');
      await saveChapter(ctx, year, {
        key,
        source: (await readFile(join(dir, 'chapters', file), 'utf8')).trim(),
        fromRevision: 0,
      });
    }
  } else if (step === 'check') {
    const { report: composed } = await loadDesk(ctx, year);
    for (const finding of composed.findings.filter(({ severity }) => severity === 'error')) {
      const known = report.explanations.find(
        ({ rule, row }) => finding.rule === rule && finding.cells.some((cell) => cell.row === row),
      );
      if (!known)
        throw new Error(
          `the demonstration year has an unexplained error: ${finding.rule} ${finding.message}`,
        );
      await explainFinding(ctx, year, findingKey(finding), known.text);
    }
    await checkOff(ctx, year);
  } else if (step === 'review-content' || step === 'review-secrecy') {
    await reviewReport(ctx, year, {
      kind: step === 'review-content' ? 'content' : 'secrecy',
      result: 'pass',
      comment: '',
    });
  } else if (step === 'sign') {
    await signReport(ctx, year);
  } else if (step === 'publish') {
    await publishReport(ctx, year);
  } else {
    throw new Error(`demonstration.json: unknown step ${step}`);
  }
}

async function json(dir: string, file: string): Promise<unknown> {
  return JSON.parse(await readFile(join(dir, file), 'utf8'));
}
