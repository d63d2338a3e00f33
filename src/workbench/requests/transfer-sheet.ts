import type { Sheet } from '../../areas/letters/index.ts';
import type { Transferred } from '../../areas/requests/index.ts';
import { formatDate } from '../../ui/index.ts';
import type { OfficeNames } from './case-names.ts';

/** 主动公开移送明细表 (711/44): what was asked for by one and is public for everybody since, in the order of the days. */
export function transferSheet(
  transferred: readonly Transferred[],
  made: {
    agency: string;
    year: number;
    /** Civil date. */
    on: string;
    by: string;
    names: OfficeNames;
    /** Of the portal, without a slash at its end. */
    publicUrl: string;
  },
): Sheet {
  const { names } = made;
  return {
    agency: made.agency,
    title: `${made.year}年依申请公开转主动公开移送明细表`,
    on: made.on,
    landscape: true,
    foot: `共 ${transferred.length} 件　${made.by}于${formatDate(made.on)}生成`,
    blocks: [
      {
        kind: 'list',
        columns: ['序号', '信息名称', '来源申请', '承办部门', '提出', '审查', '公开日期', '公开地址', '备注'],
        widths: [2, 8, 6, 4, 6, 3, 6, 7, 3],
        rows: transferred.map((one, index) => [
          String(index + 1),
          one.title,
          `${one.number}${one.concludedOn ? `\n${formatDate(one.concludedOn)}答复` : ''}`,
          names.unit(one.unitId),
          [names.person(one.authorId), formatDate(one.proposedOn)].filter(Boolean).join('\n'),
          names.person(one.reviewerId),
          formatDate(one.publishedOn),
          `${made.publicUrl}/requests/answered/${one.id}`,
          [
            one.fileIds.length > 0 ? `附件 ${one.fileIds.length} 个` : '',
            one.state === 'withdrawn' ? '已撤下' : '',
          ]
            .filter(Boolean)
            .join('\n'),
        ]),
        empty: '这一年没有依申请公开转为主动公开的信息。',
      },
    ],
  };
}
