import {
  type ColumnNode,
  type ColumnPicture,
  columnPictureHref,
  type PublicItem,
} from '../../areas/catalogue/index.ts';
import { Alert, Empty, formatDate, formatNumber, LinkButton } from '../../ui/index.ts';
import { PortalPage } from '../shell.tsx';
import { columnLabels } from './column-page.tsx';
import { ListDownloads } from './downloads.tsx';
import { CATALOGUE } from './filter.ts';
import { catalogueCrumb } from './front-page.tsx';
import { ItemList, ItemTitles } from './item-list.tsx';

export const TOPICS = '/topics';

/** What a topic page shows in the list of one column. */
export interface TopicSection {
  column: ColumnNode;
  items: readonly PublicItem[];
}

const topicsCrumb = { label: '专题', href: TOPICS };
const hrefOf = ({ slug }: ColumnNode) => `${CATALOGUE}/${slug}`;

/** 专题: what belongs to one subject, from any column; each column below it is a section of the page. */
export function TopicPage(props: {
  node: ColumnNode;
  path: readonly ColumnNode[];
  /** Items of the topic itself, the newest first. */
  latest: readonly PublicItem[];
  picture: ColumnPicture | null;
  sections: readonly TopicSection[];
}) {
  const { node, path, latest, picture, sections } = props;
  const feed = `${hrefOf(node)}/feed.xml`;
  const filled = sections.filter(({ items }) => items.length > 0);
  return (
    <PortalPage
      title={node.name}
      feed={{ href: feed, title: node.name }}
      labels={{ column: columnLabels(node) }}
      breadcrumbs={[topicsCrumb, ...path.map((above) => ({ label: above.name, href: hrefOf(above) }))]}
      lead={node.description || undefined}
    >
      {picture && <Picture of={picture} class="topic-picture" />}
      {node.closedOn !== null && (
        <Alert tone="info" title="本专题已停用">
          原有内容继续保留，不再更新。
        </Alert>
      )}
      {filled.length > 1 && (
        <nav class="topic-jump" aria-label="专题内容">
          <ul>
            {filled.map(({ column }) => (
              <li key={column.id}>
                <a href={`#topic-${column.id}`}>{column.name}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {latest.length === 0 && filled.length === 0 ? (
        <Empty title="这个专题还没有公开的信息" action={<LinkButton href={TOPICS}>其他专题</LinkButton>} />
      ) : (
        <div class="topic">
          {latest.length > 0 && (
            <section aria-labelledby="topic-latest">
              <div class="band-head">
                <h2 id="topic-latest">最新内容</h2>
                <a href={`${hrefOf(node)}?list=1`}>全部内容</a>
              </div>
              <ItemList items={latest} />
            </section>
          )}
          {filled.length > 0 && (
            <div class="topic-sections">
              {filled.map(({ column, items }) => (
                <section key={column.id} aria-labelledby={`topic-${column.id}`}>
                  <div class="band-head">
                    <h2 id={`topic-${column.id}`}>{column.name}</h2>
                    <a href={hrefOf(column)} aria-label={`${column.name}的全部内容`}>
                      更多
                    </a>
                  </div>
                  <ItemTitles items={items} />
                </section>
              ))}
            </div>
          )}
          <ListDownloads
            label="下载本专题的目录"
            hrefOf={(kind) => `${hrefOf(node)}/items.${kind}`}
            feed={feed}
          />
        </div>
      )}
    </PortalPage>
  );
}

function Picture({ of, class: name }: { of: ColumnPicture; class: string }) {
  return <img class={name} src={columnPictureHref(of)} alt={of.alt} width={of.width} height={of.height} />;
}

/** A topic in the index; `newestOn` is the day of its newest item, '' without any. */
interface ListedTopic {
  node: ColumnNode;
  total: number;
  newestOn: string;
  picture: ColumnPicture | null;
}

/** Every topic with what it is about. */
export function TopicsPage({ topics }: { topics: readonly ListedTopic[] }) {
  return (
    <PortalPage
      title="专题"
      breadcrumbs={[{ label: '专题' }]}
      lead="把同一件事的文件、解读和进展放在一起。"
      labels={{
        column: {
          name: '专题',
          description: '同一主题的政府信息、解读和工作进展',
          keywords: '专题,专栏',
          type: '信息公开目录',
        },
      }}
    >
      {topics.length === 0 ? (
        <Empty
          title="现在没有专题"
          icon="folders"
          action={<LinkButton href={catalogueCrumb.href}>政府信息公开</LinkButton>}
        />
      ) : (
        <ul class="topic-list">
          {topics.map(({ node, total, newestOn, picture }) => (
            <li key={node.id}>
              <div>
                <h2>
                  <a href={hrefOf(node)}>{node.name}</a>
                </h2>
                {node.description && <p>{node.description}</p>}
                <p class="quiet">
                  {total === 0 ? '还没有内容' : `${formatNumber(total)} 条`}
                  {newestOn && `，${formatDate(newestOn)}更新`}
                </p>
              </div>
              {picture && <Picture of={picture} class="topic-thumb" />}
            </li>
          ))}
        </ul>
      )}
    </PortalPage>
  );
}
