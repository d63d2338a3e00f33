import type { ColumnNode } from '../areas/catalogue/index.ts';
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
      <div class="catalogue-sections">
        <Section
          id="pages"
          title="主要页面"
          links={[...portalNavigation, { label: '站内搜索', href: '/search' }]}
        />
        {columns.length > 0 && (
          <section aria-labelledby="columns">
            <h2 id="columns">政府信息公开栏目</h2>
            <ColumnTree nodes={columns} counts={counts} class="column-tree column-blocks" />
          </section>
        )}
        <Section id="requests" title="依申请公开" links={requestPages} />
        {reports.length > 0 && (
          <Section
            id="reports"
            title="年度报告"
            links={reports.map(({ year }) => ({
              label: `${year}年政府信息公开工作年度报告`,
              href: `/reports/${year}`,
            }))}
          />
        )}
        <Section id="site" title="本站" links={sitePages} />
      </div>
    </PortalPage>
  );
}

function Section(props: { id: string; title: string; links: readonly { label: string; href: string }[] }) {
  const { id, title, links } = props;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="sitemap-links">
        {links.map(({ label, href }) => (
          <li key={href}>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
