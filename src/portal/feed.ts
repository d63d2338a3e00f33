import type { PublishedVersion } from '../annual-report/index.ts';

export const FEED = '/feed.xml';

/** What the feed is of: the agency under its public address, without a slash at the end. */
export interface FeedSite {
  base: string;
  name: string;
  agency: string;
}

/** Feeds hold the newest entries; everything stays on the pages. */
export const FEED_ENTRIES = 50;

/** Published reports and corrections as Atom (RFC 4287), newest first. */
export function feedXml({ base, name, agency }: FeedSite, versions: readonly PublishedVersion[]): string {
  const newest = versions[0]?.publishedAt ?? EMPTY_SINCE;
  const latest = new Map<number, number>();
  for (const { year, version } of versions) latest.set(year, Math.max(version, latest.get(year) ?? 0));
  const entries = versions.map((version) =>
    entry(base, version, latest.get(version.year) === version.version),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">
<title>${escaped(`${name} - 政府信息公开更新`)}</title>
<id>${escaped(`${base}/`)}</id>
<link rel="self" type="application/atom+xml" href="${escaped(base + FEED)}"/>
<link rel="alternate" type="text/html" href="${escaped(`${base}/`)}"/>
<updated>${newest.toISOString()}</updated>
<author><name>${escaped(agency)}</name></author>
${entries.join('')}</feed>
`;
}

/** RFC 4287 demands a time even of a feed without entries; this one never moves. */
const EMPTY_SINCE = new Date('2008-05-01T00:00:00+08:00');

function entry(base: string, found: PublishedVersion, isLatest: boolean): string {
  const { year, version, reason, publishedAt } = found;
  const title = `${year}年政府信息公开工作年度报告`;
  // The address of one version never changes its content, so it is the entry's name as well.
  const own = `${base}/reports/${year}/versions/${version}`;
  const corrected = version > 1;
  return `<entry>
<title>${escaped(corrected ? `${title}（第 ${version} 版，更正）` : title)}</title>
<id>${escaped(own)}</id>
<link rel="alternate" type="text/html" href="${escaped(isLatest ? `${base}/reports/${year}` : own)}"/>
<published>${publishedAt.toISOString()}</published>
<updated>${publishedAt.toISOString()}</updated>
<category term="${corrected ? 'correction' : 'report'}" label="${corrected ? '更正' : '年度报告'}"/>
<summary>${escaped(corrected ? `更正理由：${reason}` : `${title}已发布，可在线阅读和下载。`)}</summary>
</entry>
`;
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
