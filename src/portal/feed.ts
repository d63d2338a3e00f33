import type { PublishedVersion } from '../annual-report/index.ts';
import { itemHref, type PublicItem } from '../areas/catalogue/index.ts';

export const FEED = '/feed.xml';

/** What the feed is of: a list of the site whose public address, without a slash at the end, is `base`. */
export interface FeedOf {
  base: string;
  /** Page and feed below the public address. */
  path: string;
  self: string;
  title: string;
  agency: string;
}

/** Feeds hold the newest entries; everything stays on the pages. */
export const FEED_ENTRIES = 50;

export interface FeedEntry {
  title: string;
  /** Whole addresses: the name the entry has for ever, and where it is read now. */
  id: string;
  href: string;
  published: Date;
  updated: Date;
  category: { term: string; label: string };
  summary: string;
}

/** Entries as Atom (RFC 4287), in the order given: the newest first. */
export function feedXml({ base, path, self, title, agency }: FeedOf, entries: readonly FeedEntry[]): string {
  const newest = later(EMPTY_SINCE, ...entries.map(({ updated }) => updated));
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">
<title>${escaped(title)}</title>
<id>${escaped(base + path)}</id>
<link rel="self" type="application/atom+xml" href="${escaped(base + self)}"/>
<link rel="alternate" type="text/html" href="${escaped(base + path)}"/>
<updated>${newest.toISOString()}</updated>
<author><name>${escaped(agency)}</name></author>
${entries.map(entryXml).join('')}</feed>
`;
}

/** RFC 4287 demands a time even of a feed without entries; this one never moves. */
const EMPTY_SINCE = new Date('2008-05-01T00:00:00+08:00');

const later = (...times: Date[]): Date => new Date(Math.max(...times.map(Number)));

function entryXml({ title, id, href, published, updated, category, summary }: FeedEntry): string {
  return `<entry>
<title>${escaped(title)}</title>
<id>${escaped(id)}</id>
<link rel="alternate" type="text/html" href="${escaped(href)}"/>
<published>${published.toISOString()}</published>
<updated>${updated.toISOString()}</updated>
<category term="${escaped(category.term)}" label="${escaped(category.label)}"/>
<summary>${escaped(summary)}</summary>
</entry>
`;
}

/** Published reports and corrections, newest first. */
export function reportEntries(base: string, versions: readonly PublishedVersion[]): FeedEntry[] {
  const latest = new Map<number, number>();
  for (const { year, version } of versions) latest.set(year, Math.max(version, latest.get(year) ?? 0));
  return versions.map(({ year, version, reason, publishedAt }) => {
    const title = `${year}年政府信息公开工作年度报告`;
    // The address of one version never changes its content, so it is the entry's name as well.
    const own = `${base}/reports/${year}/versions/${version}`;
    const corrected = version > 1;
    return {
      title: corrected ? `${title}（第 ${version} 版，更正）` : title,
      id: own,
      href: latest.get(year) === version ? `${base}/reports/${year}` : own,
      published: publishedAt,
      updated: publishedAt,
      category: corrected ? { term: 'correction', label: '更正' } : { term: 'report', label: '年度报告' },
      summary: corrected ? `更正理由：${reason}` : `${title}已发布，可在线阅读和下载。`,
    };
  });
}

/** Published items; an amended one keeps its name and is newer than it was. */
export function itemEntries(base: string, items: readonly PublicItem[]): FeedEntry[] {
  return items.map((item) => {
    const address = base + itemHref(item.indexNumber);
    const amended = item.amendedOn ? new Date(`${item.amendedOn}T00:00:00+08:00`) : item.publishedAt;
    return {
      title: item.title,
      id: address,
      href: address,
      published: item.publishedAt,
      updated: later(amended, item.publishedAt),
      category: { term: 'item', label: item.genre || '政府信息' },
      summary:
        item.abstract || [item.documentNumber, item.issuingBody || item.unitName].filter(Boolean).join('，'),
    };
  });
}

/** Text for XML 1.0, which has no control characters. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
