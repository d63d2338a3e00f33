import type { Sheet } from '../../areas/letters/index.ts';
import type { HandedIn, ReceivedItem, TrackedCase } from '../../areas/requests/index.ts';
import { formatBytes, formatDate } from '../../ui/index.ts';

const names: Readonly<Record<HandedIn, string>> = {
  correction: '补正材料',
  reasons: '说明理由材料',
  rectification: '更正要求',
};

/** What the receipt says of the period to answer. */
function clockWords({ case: request }: TrackedCase, what: HandedIn): string {
  const due = request.dueOn === null ? '' : `，到${formatDate(request.dueOn)}为止`;
  if (what === 'correction') return `自收到补正之日起重新计算${due}`;
  if (what === 'reasons') return `说明理由的时间不扣除，答复期限继续计算${due}`;
  return '更正要求审核后另行书面答复';
}

/** 材料接收回执: that something came in, on which day, with which files. */
export function handInReceiptSheet(agency: string, tracked: TrackedCase, item: ReceivedItem): Sheet {
  const { number, title } = tracked.case;
  return {
    agency,
    title: `${names[item.what]}接收回执`,
    on: item.on,
    foot: `申请编号 ${number}`,
    blocks: [
      {
        kind: 'facts',
        rows: [
          { label: '申请编号', value: number },
          { label: '收到日期', value: formatDate(item.on) },
          { label: '申请事项', value: title, wide: true },
          { label: '收到的材料', value: names[item.what], wide: true },
          { label: '答复期限', value: clockWords(tracked, item.what), wide: true },
        ],
      },
      {
        kind: 'list',
        heading: '随附文件',
        columns: ['序号', '文件名', '大小'],
        widths: [1, 7, 2],
        rows: item.files.map(({ name, bytes }, index) => [String(index + 1), name, formatBytes(bytes)]),
        empty: '没有随附文件。',
      },
    ],
  };
}
