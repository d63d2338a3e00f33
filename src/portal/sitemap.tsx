import type { ColumnNode } from '../areas/catalogue/index.ts';
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
