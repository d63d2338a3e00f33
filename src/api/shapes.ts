import { z } from 'zod';

export const civilDate = z.string().describe('YYYY-MM-DD');

/** What every refused or faulty request is answered with. */
const problem = z.object({
  code: z.string().describe('固定的代码，供程序判断'),
  message: z.string().describe('给人看的中文说明'),
  article: z.string().nullable().describe('所依据的条文'),
  fields: z.record(z.string(), z.string()).describe('各字段的问题'),
  reference: z.string().describe('向管理员报告问题时引用的编号'),
});

export const problems = {
  400: problem,
  404: problem,
  409: problem,
  422: problem,
  429: problem,
} as const;

/** At most so many requests a minute from one address. */
export function limited(max: number) {
  return { rateLimit: { max, timeWindow: '1 minute' } };
}
