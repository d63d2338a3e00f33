import type { Ctx } from '../../core/context.ts';
import { writeCsv } from '../../core/spreadsheet/index.ts';
import { demand } from '../organisations/index.ts';
import { heldBack } from '../reviews/index.ts';
import { moverOf, road } from './acting.ts';
import { submissionProblems } from './content-rules.ts';
import {
  countDesk,
  type DeskFilter,
  type DeskGroup,
  type DeskPerson,
  type DeskPlace,
  type DeskRow,
  deskRows,
  ordersByDay,
  type ReviewableStep,
} from './desk-store.ts';
import { filesOfVersion } from './file-store.ts';
import { findItem } from './item-store.ts';
import {
  type Item,
  type ReviewResult,
  type ReviewStep,
  type Version,
  validities,
  versionStates,
} from './model.ts';
import type { Move } from './moves.ts';
import { obstacle } from './rules.ts';
import { findingsOf } from './scanning.ts';
import { openVersion } from './version-store.ts';

const PAGE = 50;
const MOST_COUNTED = 1001;
const MOST_EXPORTED = 50_000;

/** One page of a list; `next` is where the following one begins. */
export async function deskPage(
  ctx: Ctx,
  filter: DeskFilter,
  after: DeskPlace | null,
): Promise<{ rows: DeskRow[]; next: DeskPlace | null }> {
  demand(ctx.actor, 'catalogue.read');
  const person = await personOf(ctx);
  const found = await deskRows(ctx.db, ctx.agencyId, person, filter, { after, limit: PAGE + 1 });
  const rows = found.slice(0, PAGE);
  return { rows, next: found.length > PAGE ? placeOf(filter.group, rows.at(-1)) : null };
}

/** Drafts of this person that a review has sent back, the newest first: a page of them. */
export async function sentBackDrafts(ctx: Ctx): Promise<DeskRow[]> {
  const { rows } = await deskPage(ctx, { ...everything, group: 'drafts', sentBack: true }, null);
  return rows;
}

/** How much lies in each list for this person; 1,001 stands for more than a thousand. */
export async function deskCounts(
  ctx: Ctx,
  groups: readonly DeskGroup[],
): Promise<Partial<Record<DeskGroup, number>>> {
  demand(ctx.actor, 'catalogue.read');
  const person = await personOf(ctx);
  const counts = await Promise.all(
    groups.map((group) => countDesk(ctx.db, ctx.agencyId, person, { ...everything, group }, MOST_COUNTED)),
  );
  return Object.fromEntries(groups.map((group, index) => [group, counts[index] ?? 0]));
}

const everything: DeskFilter = {
  group: 'all',
  text: '',
  columnId: null,
  unitId: null,
  genre: '',
  validity: '',
  from: '',
  to: '',
};

/** The whole list as CSV, at most fifty thousand rows. */
export async function exportDesk(ctx: Ctx, filter: DeskFilter): Promise<string> {
  demand(ctx.actor, 'catalogue.read');
  const person = await personOf(ctx);
  const rows: DeskRow[] = [];
  for (let after: DeskPlace | null = null; rows.length < MOST_EXPORTED; ) {
    const some: DeskRow[] = await deskRows(ctx.db, ctx.agencyId, person, filter, { after, limit: 2000 });
    rows.push(...some);
    after = placeOf(filter.group, some.at(-1));
    if (some.length < 2000 || after === null) break;
  }
  return writeCsv(
    ['索引号', '标题', '发文字号', '栏目', '部门', '体裁', '状态', '有效性', '发布日期'],
    rows.map((row) => [
      row.indexNumber,
      row.title,
      row.documentNumber,
      row.columnName,
      row.unitName,
      row.genre,
      stateWords(row),
      validities[row.validity],
      row.publishedOn,
    ]),
  );
}

/** The state of an item in the words of the lists. */
export function stateWords(row: Pick<DeskRow, 'state' | 'versionState'>): string {
  const open = row.versionState === null ? '' : versionStates[row.versionState].label;
  const now = row.state === 'published' ? '已发布' : row.state === 'withdrawn' ? '已撤下' : '';
  return [now, now !== '' && open !== '' ? `修改稿：${open}` : open].filter((word) => word !== '').join('，');
}

function placeOf(group: DeskGroup, row: DeskRow | undefined): DeskPlace | null {
  if (!row) return null;
  const day = group === 'withdrawn' ? row.withdrawnOn : row.publishedOn;
  return { on: ordersByDay(group) ? (day ?? '') : '', id: row.id };
}

const stepsAndMoves: readonly [ReviewableStep['step'], Move][] = [
  ['first', 'review-first'],
  ['second', 'review-second'],
  ['final', 'review-final'],
  ['secrecy', 'record-determination'],
  ['afterwards', 'review-afterwards'],
];

async function personOf(ctx: Ctx): Promise<DeskPerson> {
  const { actor } = ctx;
  const movers = await Promise.all(
    stepsAndMoves.map(async ([step, move]) => ({ step, move, mover: await moverOf(ctx, move) })),
  );
  const steps = movers.flatMap(({ step, mover }): ReviewableStep[] => {
    const answers = [
      ...(mover.may ? [{ unitId: mover.unitId, everyUnit: mover.everyUnit }] : []),
      ...mover.lenders,
    ];
    if (answers.length === 0) return [];
    const everyUnit = step !== 'first' || answers.some((one) => one.everyUnit);
    return [{ step, unitIds: everyUnit ? null : answers.flatMap(({ unitId }) => unitId ?? []) }];
  });
  return actor.kind === 'staff'
    ? { staffId: actor.staffId, unitId: actor.unitId, steps }
    : { staffId: 0, unitId: null, steps };
}

/** An item that can be reviewed together with others, or why not. */
export interface BulkReview {
  id: number;
  title: string;
  step: ReviewStep | null;
  /** The revision that was looked at. */
  revision: number;
  reason: string | null;
}

/** Which of these items the actor can decide in this way now, and why not the others (批量审查). */
export async function sortOutReviews(
  ctx: Ctx,
  ids: readonly number[],
  result: ReviewResult,
): Promise<BulkReview[]> {
  demand(ctx.actor, 'catalogue.read');
  const sorted: BulkReview[] = [];
  for (const id of ids) {
    const item = await findItem(ctx.db, ctx.agencyId, id);
    const version = item ? await openVersion(ctx.db, ctx.agencyId, id) : null;
    if (!item) continue;
    const title = version?.title || item.title || '未命名的信息';
    const step = version && version.step !== '' && version.step !== 'secrecy' ? version.step : null;
    const reason =
      version === null
        ? '没有等待审查的稿件。'
        : step === null
          ? '现在不在审查步骤上。'
          : await whyNot(ctx, item, version, { step, result });
    sorted.push({ id, title, step, revision: version?.revision ?? 0, reason });
  }
  return sorted;
}

async function whyNot(
  ctx: Ctx,
  item: Item,
  version: Version,
  { step, result }: { step: ReviewStep; result: ReviewResult },
): Promise<string | null> {
  const move: Move = `review-${step}`;
  const found = obstacle(move, item, version, await moverOf(ctx, move));
  if (found) return found.message;
  const { steps } = await road(ctx, version);
  if (result !== 'passed' || steps.at(-1) !== step) return null;
  const files = await filesOfVersion(ctx.db, ctx.agencyId, item.id, version.version);
  const open = files.filter(({ released }) => !released).length;
  return open === 0 ? heldBack(await findingsOf(ctx, version, files)) : `${open} 份文件还没有通过出口检查。`;
}

/** What a draft lacks before it can go to review, at the field; what is not complete may be saved all the same. */
export async function draftLacks(ctx: Ctx, item: Item, version: Version): Promise<Record<string, string>> {
  const { column } = await road(ctx, version);
  const files = await filesOfVersion(ctx.db, ctx.agencyId, item.id, version.version);
  return submissionProblems(version, column, {
    today: ctx.clock.today().toString(),
    amends: item.liveVersion !== null,
    files: files.length,
  });
}

/** The steps this version goes through. */
export async function stepsOfVersion(ctx: Ctx, version: Version): Promise<ReviewStep[]> {
  return (await road(ctx, version)).steps;
}
