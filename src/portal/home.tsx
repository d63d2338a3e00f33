import type { FastifyPluginAsync } from 'fastify';
import type { CompiledReport } from '../annual-report/index.ts';
import type { App } from '../app.ts';
import { everything, type PublicItem, publicItemsBeside } from '../areas/catalogue/index.ts';
import { formatDate, formatNumber, Icon, Stat, Stats, usePage } from '../ui/index.ts';
import { ItemTitles } from './catalogue/item-list.tsx';
import type { PortalFacts } from './facts.ts';
import { headlineFigures } from './headline-figures.ts';
import { latestPublished, type PublishedReport } from './published.ts';
import { SearchForm } from './search-form.tsx';
import { PortalPage } from './shell.tsx';

const LATEST_REPORTS = 5;
/** Two columns of seven. */
const LATEST_ITEMS = 14;
const LATEST_ITEMS_LARGE = 6;

export const homeRoutes =
  (app: App, facts: PortalFacts): FastifyPluginAsync =>
  async (server) => {
    server.get('/', { config: { kept: true } }, async (request, reply) => {
      const agencyId = request.page?.agency.id ?? 0;
      const { db } = app.connection;
      const limit = request.page?.display.large ? LATEST_ITEMS_LARGE : LATEST_ITEMS;
      const [latest, reports, items] = await Promise.all([
        latestPublished(db, agencyId),
        facts.reports(request),
        publicItemsBeside(db, agencyId, everything, { limit }),
      ]);
      return reply.page(
        <HomePage latest={latest} reports={reports.slice(0, LATEST_REPORTS)} items={items} />,
      );
    });
  };

export function HomePage(props: {
  latest: CompiledReport | null;
  reports: readonly PublishedReport[];
  items: readonly PublicItem[];
}) {
  const { latest, reports, items } = props;
  const { agency, display } = usePage();
  const siteName = agency.site.name ?? agency.name;
  return (
    <PortalPage
      title={siteName}
      heading={false}
      ownSearch
      labels={{
        column: {
          name: '首页',
          description: `${agency.name}政府信息公开`,
          keywords: `${agency.shortName},政府信息公开,年度报告`,
          type: '首页',
        },
      }}
    >
      <h1 class="visually-hidden">{siteName}政府信息公开</h1>
      <div class="home-search">
        <SearchForm large />
      </div>
      <section class="home-band home-doors" aria-labelledby="doors">
        <h2 id="doors" class="visually-hidden">
          栏目
        </h2>
        <ul class="doors">
          <Door href="/catalogue" icon="folders" name="政府信息公开">
            公开指南、制度、法定主动公开内容，按栏目查阅和下载。
          </Door>
          {!display.large && (
            <>
              <Door href="/normative" icon="gavel" name="规范性文件">
                每一份文件现在是否有效，被什么修改或者废止。
              </Door>
              <Door href="/gazette" icon="news" name="政府公报">
                按期刊登重要文件，可在线阅读和下载。
              </Door>
            </>
          )}
          <Door href="/requests" icon="file-search" name="依申请公开">
            网站上没有的政府信息，可以申请公开；已经申请的，可以查询进度。
          </Door>
          {display.large ? (
            <Door href="/about" icon="phone" name="联系我们">
              主办单位、地址、电话和办公时间。
            </Door>
          ) : (
            <>
              <Door href="/reports" icon="report-analytics" name="年度报告">
                每年政府信息公开工作的情况和统计数据，可在线阅读和下载。
              </Door>
              <Door href="/ledger" icon="fingerprint" name="公开台账">
                每日公布操作台账的摘要，任何人都可以核验记录未被改动。
              </Door>
            </>
          )}
        </ul>
      </section>
      {items.length > 0 && (
        <section class="home-band" aria-labelledby="items">
          <div class="band-head">
            <h2 id="items">最新公开</h2>
            <a href="/catalogue">全部政府信息</a>
          </div>
          <ItemTitles items={items} class="item-titles-two" />
        </section>
      )}
      {latest && <YearInFigures report={latest} />}
      {reports.length > 0 && <LatestReports reports={reports} />}
    </PortalPage>
  );
}

function YearInFigures({ report }: { report: CompiledReport }) {
  const figures = headlineFigures(report);
  if (figures.length === 0) return null;
  return (
    <section class="home-band" aria-labelledby="year">
      <div class="band-head">
        <h2 id="year">{report.year}年政府信息公开数据</h2>
        <a href={`/reports/${report.year}`}>查看{report.year}年度报告</a>
      </div>
      <Stats>
        {figures.map((figure) => (
          <Stat
            key={figure.label}
            label={figure.label}
            value={formatNumber(figure.value)}
            unit={figure.unit}
            href={figure.href}
            note={
              <>
                查看依据
                <Icon name="chevron-right" />
              </>
            }
          />
        ))}
      </Stats>
    </section>
  );
}

function LatestReports({ reports }: { reports: readonly PublishedReport[] }) {
  return (
    <section class="home-band" aria-labelledby="latest">
      <div class="band-head">
        <h2 id="latest">年度报告</h2>
        <a href="/reports">全部报告</a>
      </div>
      <ul class="dated-list">
        {reports.map((report) => (
          <li key={report.year}>
            <a href={`/reports/${report.year}`}>
              {report.year}年政府信息公开工作年度报告{report.version > 1 && `（第${report.version}版）`}
            </a>
            <time dateTime={report.publishedOn}>{formatDate(report.publishedOn)}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Door(props: { href: string; icon: string; name: string; children: string }) {
  return (
    <li>
      <a class="door" href={props.href}>
        <Icon name={props.icon} />
        <span class="door-words">
          <span class="door-name">{props.name}</span>
          <span class="door-note">{props.children}</span>
        </span>
      </a>
    </li>
  );
}
