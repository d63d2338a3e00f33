import { createAgency } from '../../src/areas/organisations/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import type { Ctx } from '../../src/core/context.ts';
import type { Db } from '../../src/core/db.ts';
import { putEntries, type SearchEntry } from '../../src/core/search-index/index.ts';

/** An entry of an item of 5 March 2018. */
export const anEntry = (
  ref: string,
  title: string,
  body = '',
  more: Partial<SearchEntry> = {},
): SearchEntry => ({
  kind: 'item',
  ref,
  sourceId: null,
  href: `/items/${ref}`,
  title,
  body,
  publishedOn: '2018-03-05',
  ...more,
});

/** An agency that made six things public, and one that made nothing public. */
export async function openSearchOffice(db: Db) {
  const ctx: Omit<Ctx, 'agencyId'> = {
    db,
    clock: clockAt('2026-11-27'),
    actor: { kind: 'system', name: '测试' },
  };
  const agencyId = await createAgency(ctx, { code: 'khtz', name: '昆明高新区管委会', shortName: '高新区' });
  const otherAgency = await createAgency(ctx, { code: 'other', name: '别的机关', shortName: '别的' });
  await putEntries(db, agencyId, [
    anEntry('1', '住房公积金提取管理办法', '申请人可以提取公积金。局长王小雅同志负责解释。', {
      documentNumber: '昆高发〔2018〕12号',
      unitId: 1,
      columnId: 7,
      furtherColumns: [8],
      genre: '办法',
      validity: 'in-force',
    }),
    anEntry('2', '关于印发汛期安全生产工作方案的通知', '各部门按照昆高办〔2017〕3号文件执行。', {
      unitId: 2,
      columnId: 7,
      genre: '通知',
      publishedOn: '2017-06-01',
      validity: 'repealed',
    }),
    anEntry('3', '安全生产简报', '本期内容：检查情况。公积金政策另行通知。', { unitId: 2, genre: '通知' }),
    anEntry('4', '關於開展環境影響評價的公告', '請有關單位提交資料', { genre: '公告', sourceId: 'S4' }),
    anEntry('5', '<script>alert(1)</script>测试 & "引号"', '<b>粗体</b>不是标签，100%_有效\\。', {}),
    anEntry('6', '２０１８年ＧＤＰ统计数据', '全区生产总值 GDP 增长 8.5%', { publishedOn: null }),
  ]);
  return { ctx, agencyId, otherAgency };
}
