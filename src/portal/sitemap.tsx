import { type ColumnNode, itemHref, type PublicItem } from '../areas/catalogue/index.ts';
import { issueHref, type PublishedIssue } from '../areas/gazette/index.ts';
import { formatDate } from '../ui/index.ts';
import { ColumnTree, type Counts } from './catalogue/column-tree.tsx';
import { portalNavigation, requestPages, sitePages } from './navigation.ts';
import type { PublishedReport } from './published.ts';
import { PortalPage } from './shell.tsx';

export function SitemapPage(props: {
  reports: readonly PublishedReport[];
  columns: readonly ColumnNode[];
  counts: Counts;
}) {
  const { reports, columns, counts } = props;
  return (
    <PortalPage
      title="网站地图"
      width="reading"
      breadcrumbs={[{ label: '网站地图' }]}
      labels={{
        column: {
          name: '网站地图',
          description: '本站全部栏目和页面',
          keywords: '网站地图,栏目',
          type: '网站地图',
        },
      }}
    >
      <div class="prose">
        <h2>栏目</h2>
        <ul>
          {[...portalNavigation, ...sitePages, { label: '站内搜索', href: '/search' }].map((page) => (
            <li key={page.href}>
              <a href={page.href}>{page.label}</a>
              {page.href === '/catalogue' && columns.length > 0 && (
                <ColumnTree nodes={columns} counts={counts} class="column-tree" />
              )}
              {page.href === '/requests' && (
                <ul>
                  {requestPages.map((below) => (
                    <li key={below.href}>
                      <a href={below.href}>{below.label}</a>
                    </li>
                  ))}
                </ul>
              )}
              {page.href === '/reports' && reports.length > 0 && (
                <ul>
                  {reports.map((report) => (
                    <li key={report.year}>
                      <a href={`/reports/${report.year}`}>{report.year}年政府信息公开工作年度报告</a>
                      <span class="quiet"> {formatDate(report.publishedOn)}</span>
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
      </div>
    </PortalPage>
  );
}

/** The sitemap protocol's file for search engines. `base` is the public address without a slash at the end. */
export function sitemapXml(
  base: string,
  content: {
    reports: readonly PublishedReport[];
    answers: readonly { id: number; publishedOn: string }[];
    columns: readonly ColumnNode[];
    items: readonly PublicItem[];
    issues: readonly PublishedIssue[];
  },
): string {
  const { reports, answers, columns, items, issues } = content;
  const everyColumn = (nodes: readonly ColumnNode[]): ColumnNode[] =>
    nodes.flatMap((node) => [node, ...everyColumn(node.below)]);
  const columnPages = everyColumn(columns).map(
    ({ slug }) => `<url><loc>${escaped(`${base}/catalogue/${slug}`)}</loc></url>`,
  );
  const itemPages = items.map(
    ({ indexNumber, publishedOn, amendedOn }) =>
      `<url><loc>${escaped(base + itemHref(indexNumber))}</loc><lastmod>${amendedOn ?? publishedOn}</lastmod></url>`,
  );
  const issuePages = issues.map(
    (issue) =>
      `<url><loc>${escaped(base + issueHref(issue))}</loc><lastmod>${issue.issuedOn}</lastmod></url>`,
  );
  const pages = [...portalNavigation, ...requestPages, ...sitePages].map(
    ({ href }) => `<url><loc>${escaped(base + href)}</loc></url>`,
  );
  const years = reports.map(
    ({ year, publishedOn }) =>
      `<url><loc>${escaped(`${base}/reports/${year}`)}</loc>${publishedOn && `<lastmod>${publishedOn}</lastmod>`}</url>`,
  );
  const answered = answers.map(
    ({ id, publishedOn }) =>
      `<url><loc>${escaped(`${base}/requests/answered/${id}`)}</loc><lastmod>${publishedOn}</lastmod></url>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${[...pages, ...columnPages, ...years, ...answered, ...issuePages, ...itemPages].join('\n')}
</urlset>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
