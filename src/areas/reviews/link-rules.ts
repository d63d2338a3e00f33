import type { Probe } from '../../core/http/outside.ts';

/** Why an address does not open for readers; '' where it opens or cannot be told. Pure. */
export function faultOf(probe: Probe, online: boolean): string {
  if ('status' in probe) {
    const { status } = probe;
    if (status === 404 || status === 410) return `打不开：网页已不存在（${status}）`;
    return status >= 500 ? `打不开：对方网站出错（${status}）` : '';
  }
  switch (probe.fault) {
    case 'loops':
      return '打不开：跳转没有尽头';
    // A house that reaches nothing outside learns nothing about what is there.
    case 'no-address':
      return online ? '打不开：没有这个网站' : '';
    case 'silent':
      return online ? '打不开：对方没有回应' : '';
    default:
      return '';
  }
}

/** Links of a body that lead outside, at most so many. */
const MOST_NOTED = 200;
export const outsideLinks = (hrefs: readonly string[]): string[] =>
  [...new Set(hrefs.filter((href) => /^https?:\/\//i.test(href) && href.length <= 1000))].slice(
    0,
    MOST_NOTED,
  );

/** A page of this site that a link leads to, as far as its address tells. */
export type InsidePage =
  | { kind: 'item'; indexNumber: string }
  | { kind: 'column'; slug: string }
  | { kind: 'file'; itemId: number; digest: string };

/** What an address of this site names; null where that cannot be told from it. Pure. */
export function insidePage(href: string): InsidePage | null {
  if (!href.startsWith('/') || href.startsWith('//')) return null;
  const path = href.split(/[?#]/, 1)[0] ?? '';
  const file = /^\/files\/items\/(\d{1,9})\/([0-9a-f]{64})$/.exec(path);
  if (file) return { kind: 'file', itemId: Number(file[1]), digest: file[2] ?? '' };
  const column = /^\/catalogue\/([a-z0-9-]{1,100})$/.exec(path);
  if (column) return { kind: 'column', slug: column[1] ?? '' };
  const item = /^\/items\/(.{1,200})$/.exec(path);
  if (!item?.[1] || /\/versions\//.test(item[1])) return null;
  try {
    const indexNumber = item[1].split('/').map(decodeURIComponent).join('/');
    return indexNumber.includes('\0') ? null : { kind: 'item', indexNumber };
  } catch {
    return null;
  }
}
