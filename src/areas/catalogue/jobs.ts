import { type Clock, instantOf } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { Connection } from '../../core/db.ts';
import type { Job } from '../../core/jobs.ts';
import { currentCalendar } from '../calendars/index.ts';
import { notify } from '../notifications/index.ts';
import { allAgencies, staffWithRole } from '../organisations/index.ts';
import { remindOfCatalogue } from './duty-reminders.ts';
import { publishDue } from './publishing-actions.ts';
import { expireDocuments } from './validity-actions.ts';
import { dueVersions, owedReviews } from './version-store.ts';

interface Host {
  connection: Pick<Connection, 'db'>;
  clock: Clock;
}

export const catalogueJobs: readonly Job<Host>[] = [
  {
    name: 'publish-scheduled-items',
    label: '按时发布已审查的公开信息',
    schedule: '* * * * *',
    async run({ connection: { db }, clock }) {
      const due = await dueVersions(db, instantOf(clock));
      for (const [agencyId, items] of Map.groupBy(due, (one) => one.agencyId)) {
        const ctx: Ctx = { db, clock, agencyId, actor: { kind: 'system', name: '定时发布' } };
        await publishDue(
          ctx,
          items.map(({ itemId }) => itemId),
        );
      }
    },
  },
  {
    name: 'expire-documents',
    label: '标注有效期届满的文件',
    schedule: '5 0 * * *',
    async run(host) {
      for (const ctx of await contexts(host, '有效期届满')) await expireDocuments(ctx);
    },
  },
  {
    name: 'remind-of-catalogue',
    label: '提醒公开期限、定期评估和有效期届满',
    // Every day, since a Saturday may be a working day; the action does nothing on days off.
    schedule: '40 8 * * *',
    async run(host) {
      for (const ctx of await contexts(host, '自动提醒')) await remindOfCatalogue(ctx);
    },
  },
  {
    name: 'chase-urgent-reviews',
    label: '催促紧急发布信息的补审',
    schedule: '0 9 * * *',
    async run(host) {
      for (const ctx of await contexts(host, '自动催办')) await chaseReviews(ctx);
    },
  },
];

async function contexts({ connection: { db }, clock }: Host, name: string): Promise<Ctx[]> {
  const agencies = await allAgencies(db);
  return agencies
    .filter(({ closedOn }) => closedOn === null)
    .map(({ id }) => ({ db, clock, agencyId: id, actor: { kind: 'system', name } }));
}

/** Tells those who review afterwards of what is due within a working day or late; nothing on days off. */
async function chaseReviews(ctx: Ctx): Promise<void> {
  const { db, agencyId, clock } = ctx;
  const today = clock.today();
  const calendar = await currentCalendar(db, agencyId);
  if (!calendar.isWorkingDay(today)) return;
  const until = calendar.workingDayAfter(today, 1).toString();
  const owed = await owedReviews(db, agencyId, until);
  if (owed.length === 0) return;
  const people = await Promise.all(
    (['secrecy-reviewer', 'disclosure-officer'] as const).map((role) =>
      staffWithRole(db, agencyId, role, today.toString()),
    ),
  );
  const ids = [...new Set(people.flat().map(({ id }) => id))];
  for (const { itemId, title, dueOn } of owed) {
    const late = dueOn < today.toString();
    await notify(ctx, ids, {
      title: `${late ? '已超过补审期限' : '请尽快补审'}（${dueOn}）：${title}`,
      href: `/workbench/items/${itemId}`,
    });
  }
}
