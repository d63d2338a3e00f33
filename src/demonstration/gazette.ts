import { findItem } from '../areas/catalogue/index.ts';
import { postsPage } from '../areas/channels/index.ts';
import { addEntries, beginIssue, publishIssue, reviewIssue, submitIssue } from '../areas/gazette/index.ts';
import { changeSettings } from '../areas/organisations/index.ts';
import { clockAt } from '../core/clock.ts';
import type { Ctx } from '../core/context.ts';
import type { Jobs } from '../core/jobs.ts';
import { castOn } from './people.ts';

/** Days the issues of a year came out on; each holds what was put out for the gazette since the one before. */
const issueDays = ['05-04', '09-28', '12-28'];
const NORMATIVE = '行政规范性文件';
const OTHERS = '政府文件';

/**
 * The gazette of the demonstration year, through the acts of the desk: items that went out in it before are linked to their
 * issue and counted no second time. The files are made by their job, so that nobody waits for them at start.
 */
export async function loadGazette(
  ctx: Ctx & { jobs: Pick<Jobs, 'enqueue'> },
  { year, agency }: { year: number; agency: { name: string; shortName: string } },
): Promise<void> {
  await changeSettings(ctx, {
    gazette: { title: `${agency.shortName}公报`, host: agency.name, editor: '党政办公室' },
  });
  const cast = await castOn(ctx, `${year}-12-31`);
  let from = `${year - 1}-12-31`;
  for (const [index, day] of issueDays.entries()) {
    const on = `${year}-${day}`;
    const officer = { ...ctx, clock: clockAt(on), actor: cast('zhuanyuan') };
    const head = { ...ctx, clock: clockAt(on), actor: cast('lingdao') };
    const printed = await itemsFor(ctx, from, on);
    from = on;
    if (printed.normative.length + printed.others.length === 0) continue;
    const id = await beginIssue(officer, { name: `${year}年第${index + 1}次编印` });
    if (printed.normative.length > 0)
      await addEntries(officer, id, { itemIds: printed.normative, section: NORMATIVE });
    if (printed.others.length > 0)
      await addEntries(officer, id, { itemIds: printed.others, section: OTHERS });
    await submitIssue(officer, id);
    await reviewIssue(head, id, { result: 'passed', opinion: '' });
    await publishIssue(officer, id);
  }
}

/** Items put out for the gazette after a day and up to another. */
async function itemsFor(ctx: Ctx, from: string, to: string) {
  const { posts } = await postsPage(
    ctx.db,
    ctx.agencyId,
    { group: 'out', channel: 'gazette', from, to },
    null,
    50,
  );
  const found: { normative: number[]; others: number[] } = { normative: [], others: [] };
  for (const { itemId, postedOn } of posts.toReversed()) {
    const item = itemId === null || postedOn === from ? null : await findItem(ctx.db, ctx.agencyId, itemId);
    if (item) found[item.normative === 'none' ? 'others' : 'normative'].push(item.id);
  }
  return found;
}
