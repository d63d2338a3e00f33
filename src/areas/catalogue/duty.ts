import { Temporal } from 'temporal-polyfill';
import type { Ctx } from '../../core/context.ts';
import { writeCsv } from '../../core/spreadsheet/index.ts';
import type { WorkingCalendar } from '../../law/index.ts';
import { currentCalendar } from '../calendars/index.ts';
import { demand, findAgencyById } from '../organisations/index.ts';
import {
  type DutyState,
  dueDays,
  dutyDue,
  dutyGrounds,
  dutyState,
  dutyStates,
  lastStartDueBefore,
} from './duty-rules.ts';
import { type CatalogueSettings, catalogueSettingsOf } from './duty-settings.ts';
import {
  type DutyCounts,
  type DutyFilter,
  type DutyPlace,
  type DutyRow,
  dutyCounts,
  dutyOfVersion,
  lateDuties,
  openDuties,
} from './duty-store.ts';

export type DutyView = 'late' | 'soon' | 'running' | 'published-late';

/** A version with the end of its limit, counted now. */
export interface Duty extends DutyRow {
  due: string | null;
  stands: DutyState;
  /** Working days until the end; negative after it. */
  daysLeft: number | null;
}

const PAGE = 50;
const AT_ONCE = 1000;
const MOST_EXPORTED = 20_000;
/** Calendar days before a span within which every limit that ends in it began, holidays included. */
const REACH = 90;

interface DutyBounds {
  calendar: WorkingCalendar;
  today: string;
  soonUntil: string;
  lateStart: string;
  soonStart: string;
}

export async function settingsOfCatalogue(ctx: Pick<Ctx, 'db' | 'agencyId'>): Promise<CatalogueSettings> {
  return catalogueSettingsOf((await findAgencyById(ctx.db, ctx.agencyId))?.settings ?? {});
}

/** Where lists of limits are cut today: what began by `lateStart` is late, what began by `soonStart` ends soon. */
export async function dutyBounds(ctx: Ctx): Promise<DutyBounds> {
  const calendar = await currentCalendar(ctx.db, ctx.agencyId);
  const { remindBefore } = await settingsOfCatalogue(ctx);
  const today = ctx.clock.today();
  const soonUntil = calendar.workingDayAfter(today, Math.max(0, ...remindBefore));
  return {
    calendar,
    today: today.toString(),
    soonUntil: soonUntil.toString(),
    lateStart: lastStartDueBefore(today.toString(), calendar.numbers),
    soonStart: lastStartDueBefore(soonUntil.add({ days: 1 }).toString(), calendar.numbers),
  };
}

/** Counts the limit of a version. */
export function countDuty(row: DutyRow, bounds: DutyBounds): Duty {
  const { calendar, today, soonUntil } = bounds;
  const due = dutyDue(row.startOn, calendar.numbers);
  return {
    ...row,
    due,
    stands: dutyState({ due, publishedOn: row.publishedOn }, today, soonUntil),
    daysLeft:
      due === null
        ? null
        : calendar.workingDaysBetween(
            Temporal.PlainDate.from(row.publishedOn ?? today),
            Temporal.PlainDate.from(due),
          ),
  };
}

export interface DutyQuery extends DutyFilter {
  view: DutyView;
  /** Of publication, for what was published late. */
  year: number;
}

function rowsOf(
  ctx: Ctx,
  query: DutyQuery,
  bounds: DutyBounds,
  page: { after: DutyPlace | null; limit: number },
): Promise<DutyRow[]> {
  const { db, agencyId } = ctx;
  const { lateStart, soonStart } = bounds;
  if (query.view === 'published-late')
    return lateDuties(db, agencyId, { ...spanOf(query.year), days: daysOf(query.year, bounds) }, query, page);
  const span = {
    late: { after: '2008-04-30', until: lateStart },
    soon: { after: lateStart, until: soonStart },
    running: { after: soonStart, until: null },
  }[query.view];
  return openDuties(db, agencyId, span, query, page);
}

const spanOf = (year: number) => ({ from: `${year}-01-01`, to: `${year}-12-31` });
const daysOf = (year: number, { calendar }: DutyBounds) => {
  const { from, to } = spanOf(year);
  const first = Temporal.PlainDate.from(from).subtract({ days: REACH }).toString();
  return dueDays(first, to, calendar.numbers);
};

const placeOf = (query: DutyQuery, row: DutyRow | undefined): DutyPlace | null =>
  row
    ? {
        on: query.view === 'published-late' ? (row.publishedOn ?? '') : row.startOn,
        itemId: row.itemId,
        version: row.version,
      }
    : null;

/** One page of what is to be made public, or was made public late (公开期限). */
export async function dutyPage(
  ctx: Ctx,
  query: DutyQuery,
  after: DutyPlace | null,
): Promise<{ rows: Duty[]; next: DutyPlace | null }> {
  demand(ctx.actor, 'catalogue.read');
  const bounds = await dutyBounds(ctx);
  const found = await rowsOf(ctx, query, bounds, { after, limit: PAGE + 1 });
  const rows = found.slice(0, PAGE);
  return {
    rows: rows.map((row) => countDuty(row, bounds)),
    next: found.length > PAGE ? placeOf(query, rows.at(-1)) : null,
  };
}

/** How each unit stands today, and how it published in a year; null: only how it stands. */
export async function dutiesByUnit(ctx: Ctx, year: number | null): Promise<DutyCounts[]> {
  demand(ctx.actor, 'catalogue.read');
  const bounds = await dutyBounds(ctx);
  return dutyCounts(ctx.db, ctx.agencyId, {
    lateUntil: bounds.lateStart,
    soonUntil: bounds.soonStart,
    span: year === null ? null : { ...spanOf(year), days: daysOf(year, bounds) },
  });
}

/** The whole list as CSV, at most twenty thousand rows. */
export async function exportDuties(ctx: Ctx, query: DutyQuery): Promise<string> {
  demand(ctx.actor, 'catalogue.read');
  const bounds = await dutyBounds(ctx);
  const rows: DutyRow[] = [];
  for (let after: DutyPlace | null = null; rows.length < MOST_EXPORTED; ) {
    const some: DutyRow[] = await rowsOf(ctx, query, bounds, { after, limit: AT_ONCE });
    rows.push(...some);
    after = placeOf(query, some.at(-1));
    if (some.length < AT_ONCE) break;
  }
  return writeCsv(
    ['标题', '部门', '撰写人', '起算事由', '起算日期', '期限', '公开日期', '状态', '剩余工作日'],
    rows.map((row) => {
      const duty = countDuty(row, bounds);
      return [
        duty.title,
        duty.unitName,
        duty.authorName,
        dutyGrounds[duty.ground],
        duty.startOn,
        duty.due,
        duty.publishedOn,
        dutyStates[duty.stands].label,
        duty.daysLeft,
      ];
    }),
  );
}

/** The limit of one version, for its page; null where none runs: it is not for the public, or says no day of formation. */
export async function dutyOf(ctx: Ctx, itemId: number, version: number): Promise<Duty | null> {
  const row = await dutyOfVersion(ctx.db, ctx.agencyId, itemId, version);
  return row && countDuty(row, await dutyBounds(ctx));
}
