import { type Status, statuses } from '../../areas/returns/index.ts';
import { Badge } from '../../ui/index.ts';

/** The state of a return by word, colour and shape. */
export function StateBadge({ status }: { status: Status }) {
  const { label, tone, shape } = statuses[status];
  return (
    <Badge tone={tone}>
      <span aria-hidden="true">{shape}</span> {label}
    </Badge>
  );
}

/** A quantity as people read it: 留空 is a word, not filled in is a dash. */
export function quantityText(quantity: string | null | undefined): string {
  if (quantity === undefined) return '—';
  if (quantity === null) return '留空';
  const [whole = '0', fraction] = quantity.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** `+12(+20%)` of one quantity against another; null when either is missing. */
export function changeText(now: string | null | undefined, before: string | null | undefined): string | null {
  if (now === null || now === undefined || before === null || before === undefined) return null;
  const difference = Number(now) - Number(before);
  const sign = difference > 0 ? '+' : '';
  const rounded = Number(difference.toFixed(6));
  if (Number(before) === 0) return `${sign}${rounded}`;
  return `${sign}${rounded}(${sign}${Math.round((difference / Number(before)) * 100)}%)`;
}

/** A change worth a second look: by half or more, or from or to nothing (rule S16 of the statistics table). */
export function isStriking(now: string | null | undefined, before: string | null | undefined): boolean {
  if (now === null || now === undefined || before === null || before === undefined) return false;
  const [a, b] = [Number(now), Number(before)];
  return a !== b && (a === 0 || b === 0 || Math.abs(a - b) / b > 0.5);
}

const areas: Readonly<Record<string, string>> = {
  catalogue: '主动公开',
  channels: '公开渠道',
  responses: '回应关切',
  press: '新闻发布与访谈',
  interpretations: '政策解读',
  requests: '依申请公开',
  remedies: '复议、诉讼与举报',
  registers: '机构、经费与培训',
  enforcement: '行政执法、收费与采购',
};

export function areaName(area: string): string {
  return areas[area] ?? area;
}
