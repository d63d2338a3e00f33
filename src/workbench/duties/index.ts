import type { App } from '../../app.ts';
import { dutiesByUnit, reassessmentsDue } from '../../areas/catalogue/index.ts';
import { may } from '../../areas/organisations/index.ts';
import type { Ctx } from '../../core/context.ts';
import type { Room, Task } from '../room.ts';
import { DUTIES, REASSESSMENTS } from './addresses.ts';
import { dutyRoutes } from './routes.tsx';

/** 公开期限和评估: the duty to publish within twenty working days, and the periodic look at what is not public. */
export const dutiesRoom = (app: App): Room => ({
  key: 'duties',
  nav: [
    { label: '公开期限和评估', href: DUTIES, icon: 'calendar-due', group: '主动公开', act: 'catalogue.read' },
  ],
  tasks,
  routes: dutyRoutes(app),
});

/** What is late and ends soon: of the whole house for who answers for it, else of one's own unit. */
async function tasks(ctx: Ctx): Promise<Task[]> {
  const { actor } = ctx;
  if (actor.kind !== 'staff' || !may(actor, 'catalogue.write')) return assessments(ctx);
  const everyUnit = may(actor, 'catalogue.review-final');
  const own = (await dutiesByUnit(ctx, null)).filter(({ unitId }) => everyUnit || unitId === actor.unitId);
  const late = own.reduce((sum, one) => sum + one.late, 0);
  const soon = own.reduce((sum, one) => sum + one.soon, 0);
  const unit = everyUnit ? '' : `&unit=${actor.unitId}`;
  const detail = everyUnit ? '全部部门，主动公开的期限' : '本部门，主动公开的期限';
  return [
    ...(late > 0
      ? [
          {
            title: `${late} 条信息超过公开期限`,
            href: `${DUTIES}?view=late${unit}`,
            verb: '尽快公开',
            due: null,
            detail,
          },
        ]
      : []),
    ...(soon > 0
      ? [
          {
            title: `${soon} 条信息临近公开期限`,
            href: `${DUTIES}?view=soon${unit}`,
            verb: '按期公开',
            due: null,
            detail,
          },
        ]
      : []),
    ...(await assessments(ctx)),
  ];
}

async function assessments(ctx: Ctx): Promise<Task[]> {
  const due = await reassessmentsDue(ctx);
  if (due === 0) return [];
  return [
    {
      title: `${due} 条不公开信息到了评估日期`,
      href: REASSESSMENTS,
      verb: '评估审查',
      due: null,
      detail: '不公开信息的定期评估',
    },
  ];
}
