import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { App } from '../app.ts';
import { currentCalendar } from '../areas/calendars/index.ts';
import { shippedCalendar } from '../core/calendar-data.ts';
import { InvalidForm } from '../core/refusal.ts';
import {
  answerDeadline,
  feeGrounds,
  lawSettingsOf,
  MAX_FEE_QUANTITY,
  pageFee,
  pieceFee,
  yuan,
} from '../law/index.ts';
import { REQUIRED } from './operations.ts';
import { civilDate, limited, problems } from './shapes.ts';

const reason = z.object({ text: z.string(), article: z.string().nullable() });

const explainedDays = z.array(z.object({ date: civilDate, counted: z.boolean(), why: z.string() }));

const deadlineAnswer = z.object({
  kind: z.string(),
  regime: z.enum(['492', '711']).describe('适用的条例：国务院令第492号或第711号'),
  channel: z.string().nullable(),
  submitted: civilDate.describe('提交之日，即所给的日期'),
  received: civilDate.nullable().describe('收到申请之日或起算之日；尚待双方确认时为 null'),
  limit: z.int().nullable(),
  unit: z.enum(['working-day', 'day', 'month', 'year']),
  due: civilDate.nullable(),
  extension: z.int(),
  extendedDue: civilDate.nullable(),
  suspended: z.int(),
  provisional: z.boolean().describe('跨入放假安排尚未公布的年份'),
  calendar: z.string().describe('所用工作日历的版本'),
  reasons: z.array(reason),
  days: explainedDays.describe('自起算之日至届满之日'),
  extensionDays: explainedDays.describe('延长期间'),
});

const feeAnswer = z.object({
  method: z.enum(['piece', 'page']),
  quantity: z.int(),
  amount: z.string().describe('元，两位小数'),
  tiers: z.array(
    z.object({
      from: z.int(),
      to: z.int().nullable(),
      rate: z.string(),
      quantity: z.int(),
      amount: z.string(),
    }),
  ),
  ground: reason,
});

/** What the law says, for systems that only need an answer: nothing is stored. */
export const lawRoutes =
  (app: App): FastifyPluginAsyncZod =>
  async (server) => {
    server.get(
      '/api/v1/deadline',
      {
        config: limited(120),
        schema: {
          tags: ['law'],
          summary: '计算法定期限，逐日说明理由',
          querystring: z.object({
            // Optional to the framework, so that its absence is told in our words beside the field.
            received: z
              .string()
              .optional()
              .meta({ description: '收到或提交的日期，YYYY-MM-DD', [REQUIRED]: true }),
            kind: z.string().optional().describe('期限种类，默认 reply（答复申请）'),
            channel: z
              .string()
              .optional()
              .describe('in-person、signed-post、ordinary-post、fax、internet 或 email'),
            confirmed: z.string().optional().describe('双方确认的日期'),
            extend: z.string().optional().describe('延长的天数'),
            limit: z.string().optional().describe('另定的工作日数'),
            suspend: z
              .union([z.string(), z.array(z.string())])
              .optional()
              .describe('征求意见期间，2018-03-01..2018-03-09，可重复'),
          }),
          response: { 200: deadlineAnswer, ...problems },
        },
      },
      async (request) => {
        const agency = await app.portalAgency(request.hostname);
        const calendar = agency ? await currentCalendar(app.connection.db, agency.id) : shippedCalendar();
        return answerDeadline(request.query, calendar, lawSettingsOf(agency?.settings ?? {}));
      },
    );

    server.get(
      '/api/v1/fee',
      {
        config: limited(120),
        schema: {
          tags: ['law'],
          summary: '计算信息处理费（按件或按量，只能选一种）',
          querystring: z.object({
            pieces: z.string().optional().describe('同一申请人一个自然月内的件数；与 pages 二选一'),
            pages: z.string().optional().describe('一件申请的页数；与 pieces 二选一'),
          }),
          response: { 200: feeAnswer, ...problems },
        },
      },
      async ({ query }) => {
        if ((query.pieces === undefined) === (query.pages === undefined)) {
          throw new InvalidForm({ pieces: '请在 pieces（件数）和 pages（页数）中填写一项，且只填一项' });
        }
        const fee =
          query.pieces === undefined
            ? pageFee(quantity('pages', query.pages))
            : pieceFee(quantity('pieces', query.pieces));
        return {
          method: fee.method,
          quantity: fee.quantity,
          amount: yuan(fee.amount),
          tiers: fee.tiers.map((tier) => ({ ...tier, rate: yuan(tier.rate), amount: yuan(tier.amount) })),
          ground: feeGrounds[fee.method],
        };
      },
    );
  };

function quantity(field: string, text: string | undefined): number {
  const value = /^\d{1,7}$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (value <= MAX_FEE_QUANTITY) return value;
  throw new InvalidForm({ [field]: `请填写 0 至 ${MAX_FEE_QUANTITY} 的整数` });
}
