import type { ComponentChildren } from 'preact';
import type { PublicItem } from '../../areas/catalogue/index.ts';
import { Empty, formatDate, LinkButton, usePage } from '../../ui/index.ts';
import type { PublishedReport } from '../published.ts';
import { PortalPage } from '../shell.tsx';
import type { Blocks } from './blocks.ts';
import { ColumnTree, type Counts } from './column-tree.tsx';
import { ListDownloads } from './downloads.tsx';
import { CATALOGUE } from './filter.ts';
import { ItemTitles } from './item-list.tsx';

export const catalogueCrumb = { label: '政府信息公开', href: CATALOGUE };
export const GUIDE = '/guide';

const STATUTORY = '法定主动公开内容';

export const catalogueLabels = {
  column: {
    name: '政府信息公开',
    description: '政府信息公开指南、制度、法定主动公开内容、年报和依申请公开',
    keywords: '政府信息公开,公开指南,公开制度,主动公开,公开目录',
    type: '信息公开目录',
  },
};

/** The column 政府信息公开: five blocks in their order (国办公开办函〔2019〕61号). */
export function CataloguePage(props: {
  blocks: Blocks;
  counts: Counts;
  guide: PublicItem | null;
  rules: readonly PublicItem[];
  latest: readonly PublicItem[];
  reports: readonly PublishedReport[];
}) {
  const { blocks, counts, guide, rules, latest, reports } = props;
  const { agency } = usePage();
  // An office may keep one column of that name above all others.
  const whole = blocks.statutory.find(({ name, below }) => name === STATUTORY && below.length > 0);
  const statutory = blocks.statutory.flatMap((node) => (node === whole ? node.below : [node]));
  const sections: {
    id: string;
    title: string;
    more?: { label: string; href: string };
    content: ComponentChildren;
  }[] = [
    {
      id: 'guide',
      title: '政府信息公开指南',
      more: { label: '阅读指南', href: GUIDE },
      content: (
        <p>
          公开什么、怎样获取、由谁负责，以及对公开工作有意见时可以怎么办。
          {guide && <span class="quiet">{formatDate(guide.amendedOn ?? guide.publishedOn)}修订</span>}
        </p>
      ),
    },
    {
      id: 'rules',
      title: '政府信息公开制度',
      more: blocks.rules[0] && { label: '全部制度', href: `${CATALOGUE}/${blocks.rules[0].slug}` },
      content:
        rules.length > 0 ? <ItemTitles items={rules} /> : <p class="quiet">这里还没有发布的制度文件。</p>,
    },
    {
      id: 'statutory',
      title: STATUTORY,
      more: whole && { label: '全部内容', href: `${CATALOGUE}/${whole.slug}` },
      content: (
        <>
          {statutory.length > 0 ? (
            <ColumnTree nodes={statutory} counts={counts} class="column-tree column-blocks" />
          ) : (
            <p class="quiet">栏目正在设置。</p>
          )}
          {latest.length > 0 && (
            <>
              <h3>最新公开</h3>
              <ItemTitles items={latest} />
            </>
          )}
        </>
      ),
    },
    {
      id: 'reports',
      title: '政府信息公开年报',
      more: { label: '全部年报', href: '/reports' },
      content:
        reports.length === 0 ? (
          <p class="quiet">尚未发布年度报告。</p>
        ) : (
          <ul class="item-titles">
            {reports.slice(0, 5).map((report) => (
              <li key={report.year}>
                <a href={`/reports/${report.year}`}>{report.year}年政府信息公开工作年度报告</a>
                <time dateTime={report.publishedOn}>{report.publishedOn}</time>
              </li>
            ))}
          </ul>
        ),
    },
    {
      id: 'requests',
      title: '依申请公开',
      content: (
        <>
          <p>这里没有您需要的政府信息，可以向本机关申请公开。</p>
          <p class="catalogue-acts">
            <LinkButton href="/requests/new">提出申请</LinkButton>
            <LinkButton href="/requests/track" tone="plain">
              查询进度
            </LinkButton>
          </p>
        </>
      ),
    },
  ];
  return (
    <PortalPage
      title="政府信息公开"
      labels={catalogueLabels}
      breadcrumbs={[{ label: '政府信息公开' }]}
      lead={`${agency.name}依法公开的政府信息。`}
    >
      <div class="split split-left catalogue">
        <nav class="catalogue-blocks" aria-label="政府信息公开专栏">
          <ol>
            {sections.map(({ id, title }) => (
              <li key={id}>
                <a href={`#${id}`}>{title}</a>
              </li>
            ))}
          </ol>
        </nav>
        <div class="catalogue-sections">
          {sections.map(({ id, title, more, content }) => (
            <section key={id} aria-labelledby={id}>
              <div class="band-head">
                <h2 id={id}>{title}</h2>
                {more && <a href={more.href}>{more.label}</a>}
              </div>
              {content}
            </section>
          ))}
          {blocks.topics.length > 0 && (
            <section aria-labelledby="topics">
              <div class="band-head">
                <h2 id="topics">专题</h2>
                <a href="/topics">全部专题</a>
              </div>
              <ColumnTree
                nodes={blocks.topics}
                counts={counts}
                open={new Set()}
                class="column-tree column-blocks"
              />
            </section>
          )}
          {blocks.other.length > 0 && (
            <section aria-labelledby="other">
              <h2 id="other">其他栏目</h2>
              <ColumnTree nodes={blocks.other} counts={counts} class="column-tree column-blocks" />
            </section>
          )}
          <ListDownloads
            label="下载全部公开目录"
            hrefOf={(kind) => `${CATALOGUE}/items.${kind}`}
            feed="/feed.xml"
          />
        </div>
      </div>
    </PortalPage>
  );
}

/** Nothing published yet, in a list of any kind. */
export function NoItems({ filteredBase }: { filteredBase: string | null }) {
  return filteredBase === null ? (
    <Empty
      title="这个栏目还没有公开的信息"
      icon="file-text"
      action={<LinkButton href="/requests">依申请公开</LinkButton>}
    >
      需要的信息没有公开的，可以向本机关提出申请。
    </Empty>
  ) : (
    <Empty
      title="没有符合条件的信息"
      icon="filter-off"
      action={<LinkButton href={filteredBase}>查看全部</LinkButton>}
    >
      可以去掉一些筛选条件再看。
    </Empty>
  );
}
