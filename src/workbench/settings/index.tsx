import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { powersOf } from '../../annual-report/index.ts';
import type { App } from '../../app.ts';
import { catalogueSettingsOf, MOST_REASSESSMENT_MONTHS } from '../../areas/catalogue/index.ts';
import { correctionDaysOf } from '../../areas/filed-reports/index.ts';
import { changeSettings, demand, findAgencyById, may } from '../../areas/organisations/index.ts';
import {
  FEWEST_YEARS,
  MOST_YEARS,
  reminderSettingsOf,
  retentionYearsOf,
} from '../../areas/requests/index.ts';
import { dutyOf } from '../../areas/returns/index.ts';
import type { Ctx } from '../../core/context.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { FARTHEST_REMINDER, lawSettingsOf, MOST_REMINDERS, readDays } from '../../law/index.ts';
import { registerLabels } from '../../ledger/index.ts';
import { staffCtx } from '../request.ts';
import type { Room } from '../room.ts';
import { SettingsPage } from './page.tsx';

registerLabels({
  acts: { 'organisations.change-settings': '修改规则设置' },
  fields: {
    law: '依申请公开规则',
    requests: '申请催办和保管规则',
    remindBefore: '到期前催办（工作日）',
    escalateAfter: '逾期后报告领导（工作日）',
    retentionYears: '申请人信息保管年限',
    catalogue: '主动公开规则',
    reassessmentMonths: '不公开信息评估间隔（月）',
    returns: '填报规则',
    filedReports: '年报核查规则',
    report: '年度报告规则',
    ruleMaking: '规章制定权',
    monthlySince: '按月填报起始',
    dueWorkingDay: '填报截止工作日',
  },
});

const whole = (from: number, to: number, message: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,3}$/, message)
    .transform(Number)
    .refine((value) => value >= from && value <= to, message);

/** Days as `5、2、1、0`. */
const days = (least: number, message: string) =>
  z
    .string()
    .transform((typed) => readDays(typed, least))
    .refine((read) => read !== null, message)
    .optional();

const choose = '请选择其中一项。';
const form = z.object({
  monthlySince: z
    .string()
    .trim()
    .regex(/^(\d{4}-(0[1-9]|1[0-2]))?$/, '请写成 2018-01 这样的年月，或留空。'),
  dueWorkingDay: whole(1, 20, '请填 1 至 20 的整数。'),
  confirmOnArrival: z.enum(['yes', 'no'], choose),
  webReceipt2008: z.enum(['submission', 'confirmation'], choose),
  correctionDays: whole(1, 60, '请填 1 至 60 的整数。'),
  reasonsDays: whole(1, 60, '请填 1 至 60 的整数。').optional(),
  timelyBy: z.enum(['dispatch', 'delivery'], choose),
  partialNeedsReconsideration: z.enum(['yes', 'no'], choose),
  ruleMaking: z.enum(['yes', 'no'], choose).optional(),
  filedCorrectionDays: whole(1, 60, '请填 1 至 60 的整数。'),
  retentionYears: whole(
    FEWEST_YEARS,
    MOST_YEARS,
    `请填 ${FEWEST_YEARS} 至 ${MOST_YEARS} 的整数。`,
  ).optional(),
  publicationRemindBefore: days(
    0,
    `请填 0 至 ${FARTHEST_REMINDER} 的整数，用顿号隔开，最多 ${MOST_REMINDERS} 个，例如 10、5、2、0。`,
  ),
  publicationEscalateAfter: days(
    1,
    `请填 1 至 ${FARTHEST_REMINDER} 的整数，用顿号隔开，最多 ${MOST_REMINDERS} 个，例如 1、5。`,
  ),
  reassessmentMonths: whole(
    1,
    MOST_REASSESSMENT_MONTHS,
    `请填 1 至 ${MOST_REASSESSMENT_MONTHS} 的整数。`,
  ).optional(),
  remindBefore: days(
    0,
    `请填 0 至 ${FARTHEST_REMINDER} 的整数，用顿号隔开，最多 ${MOST_REMINDERS} 个，例如 5、2、1、0。`,
  ),
  escalateAfter: days(
    1,
    `请填 1 至 ${FARTHEST_REMINDER} 的整数，用顿号隔开，最多 ${MOST_REMINDERS} 个，例如 1、5。`,
  ),
});

/** 规则设置: what the law leaves open, decided by the agency. */
export const settingsRoom = (app: App): Room => ({
  key: 'settings',
  nav: [
    {
      label: '规则设置',
      href: '/workbench/settings',
      icon: 'adjustments',
      group: '管理',
      act: 'settings.read',
    },
  ],
  routes: settingsRoutes(app),
});

function settingsRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    server.get('/workbench/settings', async (request, reply) =>
      reply.page(await page(staffCtx(app, request))),
    );

    server.post('/workbench/settings', async (request, reply) => {
      const ctx = staffCtx(app, request);
      demand(ctx.actor, 'settings.write');
      const given = z.record(z.string(), z.string()).catch({}).parse(request.body);
      const parsed = form.safeParse(given);
      if (!parsed.success) {
        const errors = Object.fromEntries(
          parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message]),
        );
        return reply.page(await page(ctx, given, new InvalidForm(errors).fields), 422);
      }
      await save(ctx, parsed.data);
      reply.flash('success', '规则设置已保存。');
      return reply.redirect('/workbench/settings', 303);
    });
  };
}

async function page(ctx: Ctx, given?: Record<string, string>, errors?: Readonly<Record<string, string>>) {
  demand(ctx.actor, 'settings.read');
  const settings = (await findAgencyById(ctx.db, ctx.agencyId))?.settings ?? {};
  return (
    <SettingsPage
      law={lawSettingsOf(settings)}
      duty={dutyOf(settings)}
      ruleMaking={powersOf(settings).includes('rule-making')}
      filedCorrectionDays={correctionDaysOf(settings)}
      reminders={reminderSettingsOf(settings)}
      catalogue={catalogueSettingsOf(settings)}
      retentionYears={retentionYearsOf(settings)}
      mayWrite={may(ctx.actor, 'settings.write')}
      form={given}
      errors={errors}
    />
  );
}

async function save(ctx: Ctx, given: z.output<typeof form>): Promise<void> {
  const settings = (await findAgencyById(ctx.db, ctx.agencyId))?.settings ?? {};
  const reminders = reminderSettingsOf(settings);
  const catalogue = catalogueSettingsOf(settings);
  await changeSettings(ctx, {
    returns: {
      ...dutyOf(settings),
      monthlySince: given.monthlySince || null,
      dueWorkingDay: given.dueWorkingDay,
    },
    report: {
      ruleMaking: given.ruleMaking ? given.ruleMaking === 'yes' : powersOf(settings).includes('rule-making'),
    },
    filedReports: { correctionDays: given.filedCorrectionDays },
    requests: {
      ...(settings.requests as object | undefined),
      remindBefore: given.remindBefore ?? reminders.remindBefore,
      escalateAfter: given.escalateAfter ?? reminders.escalateAfter,
      retentionYears: given.retentionYears ?? retentionYearsOf(settings),
    },
    catalogue: {
      ...(settings.catalogue as object | undefined),
      remindBefore: given.publicationRemindBefore ?? catalogue.remindBefore,
      escalateAfter: given.publicationEscalateAfter ?? catalogue.escalateAfter,
      reassessmentMonths: given.reassessmentMonths ?? catalogue.reassessmentMonths,
    },
    law: {
      confirmOnArrival: given.confirmOnArrival === 'yes',
      webReceipt2008: given.webReceipt2008,
      correctionDays: given.correctionDays,
      reasonsDays: given.reasonsDays ?? lawSettingsOf(settings).reasonsDays,
      timelyBy: given.timelyBy,
      partialNeedsReconsideration: given.partialNeedsReconsideration === 'yes',
    },
  });
}
