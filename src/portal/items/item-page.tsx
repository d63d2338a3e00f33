import type { ComponentChildren } from 'preact';
import {
  type ColumnNode,
  itemFileHref,
  itemHref,
  type PublicItem,
  type PublicItemView,
  type SeenVersion,
  validities,
} from '../../areas/catalogue/index.ts';
import { Alert, formatBytes, formatDate, formatDateTime, formatStamp, Icon } from '../../ui/index.ts';
import { columnLabels } from '../catalogue/column-page.tsx';
import { CATALOGUE } from '../catalogue/filter.ts';
import { catalogueCrumb } from '../catalogue/front-page.tsx';
import { PortalPage } from '../shell.tsx';
import { ItemBody } from './body.tsx';
import { isShown } from './file.ts';
import { structuredItem } from './structured-data.ts';

export interface ItemSite {
  /** Public address without a slash at the end. */
  base: string;
  agency: string;
}

/** An item: metadata, the document on paper, attachments, and beside it its versions and where it lies. */
export function ItemPage({ view, site }: { view: PublicItemView; site: ItemSite }) {
  const { item, version, files } = view;
  const pictures = new Set(files.map(({ digest }) => digest));
  const attachments = files.filter(({ kind }) => kind === 'attachment');
  return (
    <PortalPage
      title={item.title}
      heading={false}
      labels={itemLabels(view, site)}
      breadcrumbs={itemCrumbs(view)}
      structured={structuredItem(view, site)}
    >
      <ValidityStrip view={view} />
      <ItemFacts view={view} />
      <div class="split item-split">
        <article class="item-paper">
          <header>
            <h1>{item.title}</h1>
            {item.documentNumber && <p class="item-number">{item.documentNumber}</p>}
            <p class="item-source">
              <span>发布时间：{formatDateTime(item.publishedAt)}</span>
              {item.amendedOn && <a href={versionHref(view, version)}>{formatDate(item.amendedOn)}修改</a>}
              <span>来源：{version.source || item.issuingBody}</span>
              <button type="button" class="item-print" data-print hidden>
                <Icon name="printer" />
                打印
              </button>
            </p>
          </header>
          {version.body === '' ? (
            <p class="quiet">正文见附件。</p>
          ) : (
            <ItemBody body={version.body} images={pictures} />
          )}
          {attachments.length > 0 && (
            <section class="item-attachments" aria-labelledby="attachments">
              <h2 id="attachments">附件</h2>
              <ul>
                {attachments.map((file) => (
                  <li key={file.id}>
                    <Icon name={fileIcon(file.type)} />
                    <span>
                      <a href={itemFileHref(file.itemId, file.digest)} download={file.name}>
                        {file.name}
                      </a>
                      <span class="quiet">
                        {fileKind(file.type)}，{formatBytes(file.bytes)}
                      </span>
                      {isShown(file.type) && (
                        <a href={itemFileHref(file.itemId, file.digest)} aria-label={`预览 ${file.name}`}>
                          预览
                        </a>
                      )}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </article>
        <aside class="item-side" aria-label="相关内容">
          <Related title="解读的文件" items={view.documents} />
          <Related title="相关解读" items={view.interpretations} />
          {view.versions.length > 1 && (
            <SideCard title="修改记录">
              <p>本信息公开后修改过，最近一次在{formatDate(item.amendedOn)}。</p>
              <VersionList view={view} />
            </SideCard>
          )}
          <Related title="本文件代替" items={view.replaces} />
          <FurtherColumns view={view} />
          <SideCard title="手机阅读">
            <figure class="item-qr">
              <img
                src={`${itemHref(item.indexNumber)}/qr.svg`}
                alt="本页网址的二维码"
                width="132"
                height="132"
              />
              <figcaption>用手机扫一扫，打开或者分享本页</figcaption>
            </figure>
          </SideCard>
        </aside>
      </div>
      {(view.newer || view.older) && (
        <nav class="item-neighbours" aria-label="同栏目的前后信息">
          <Neighbour label="上一条" item={view.newer} rel="prev" />
          <Neighbour label="下一条" item={view.older} rel="next" />
        </nav>
      )}
    </PortalPage>
  );
}

export function itemCrumbs({ item, path }: Pick<PublicItemView, 'item' | 'path'>) {
  return [
    catalogueCrumb,
    ...path.map(({ name, slug }) => ({ label: name, href: `${CATALOGUE}/${slug}` })),
    { label: item.title, href: itemHref(item.indexNumber) },
  ];
}

export function itemLabels({ item, version, path, files }: PublicItemView, site: ItemSite) {
  const column = path.at(-1);
  const picture = files.find(({ kind }) => kind === 'picture');
  return {
    column: column
      ? columnLabels(column)
      : columnLabels({ name: '政府信息公开', description: '', keywords: '', pageType: '信息公开目录' }),
    article: {
      title: item.title,
      publishedAt: formatStamp(item.publishedAt),
      source: version.source || item.issuingBody || site.agency,
      keywords: version.keywords.join(','),
      author: item.issuingBody,
      description: item.abstract,
      ...(picture && { image: site.base + itemFileHref(item.id, picture.digest) }),
      url: site.base + itemHref(item.indexNumber),
    },
  };
}

/** The table that 国办公开办函〔2019〕61号 asks for, in its order. */
function ItemFacts({ view: { item } }: { view: PublicItemView }) {
  const facts: { label: string; value: ComponentChildren; wide?: boolean }[] = [
    { label: '索引号', value: item.indexNumber },
    { label: '主题分类', value: item.subject },
    { label: '发布机构', value: item.issuingBody },
    { label: '成文日期', value: item.formedOn && formatDate(item.formedOn) },
    { label: '名称', value: item.title, wide: true },
    { label: '文号', value: item.documentNumber },
    { label: '发布日期', value: formatDate(item.publishedOn) },
    { label: '有效性', value: validities[item.validity] },
    { label: '体裁', value: item.genre },
  ];
  return (
    <dl class="item-facts">
      {facts.map(({ label, value, wide }) => (
        <div key={label} class={wide ? 'item-fact-wide' : undefined}>
          <dt>{label}</dt>
          <dd>{value || '—'}</dd>
        </div>
      ))}
    </dl>
  );
}

const validityWords = { amended: '修改', repealed: '废止', expired: '失效' } as const;

function ValidityStrip({ view }: { view: PublicItemView }) {
  const { item, replacement, validityGround } = view;
  if (item.validity === 'in-force') return null;
  const when = item.validityOn ? `已于${formatDate(item.validityOn)}` : '已';
  return (
    <div class="item-validity">
      <Alert tone="warning" title={`本文件${when}${validityWords[item.validity]}`}>
        {validityGround && <p>依据：{validityGround}</p>}
        {replacement && (
          <p>
            现行文件：<a href={itemHref(replacement.indexNumber)}>{replacement.title}</a>
          </p>
        )}
      </Alert>
    </div>
  );
}

/** Versions readers have seen; each but the first leads to what it changed. */
export function VersionList({ view, current }: { view: PublicItemView; current?: number }) {
  const [live] = view.versions;
  return (
    <ol class="item-versions">
      {view.versions.map((version, index) => (
        <li key={version.version}>
          <a
            href={versionHref(view, version)}
            aria-current={version.version === current ? 'page' : undefined}
          >
            {formatDateTime(version.publishedAt)}
          </a>
          <span class="quiet">
            {index === view.versions.length - 1 ? '首次公开' : version.amendment || '修改'}
            {version === live && '（现行）'}
          </span>
        </li>
      ))}
    </ol>
  );
}

export const versionHref = (
  { item }: Pick<PublicItemView, 'item'>,
  { version }: Pick<SeenVersion, 'version'>,
) => `${itemHref(item.indexNumber)}/versions/${version}`;

function SideCard({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** The topics and other columns that the item stands in besides its own. What is out of use is named, but leads nowhere. */
function FurtherColumns({ view: { further } }: { view: PublicItemView }) {
  const [topics, others] = [true, false].map((wanted) =>
    further.filter((path) => (path.at(-1)?.kind === 'topic') === wanted),
  );
  return (
    <>
      <ColumnLinks title="所在专题" paths={topics} />
      <ColumnLinks title="同时刊载于" paths={others} />
    </>
  );
}

function ColumnLinks({ title, paths = [] }: { title: string; paths?: readonly ColumnNode[][] }) {
  if (paths.length === 0) return null;
  return (
    <SideCard title={title}>
      <ul class="item-links">
        {paths.map((path) => {
          const name = path.map((column) => column.name).join(' › ');
          const open = path.every(({ closedOn }) => closedOn === null);
          return (
            <li key={name}>
              {open ? (
                <a href={`${CATALOGUE}/${path.at(-1)?.slug}`}>{name}</a>
              ) : (
                <>
                  {name}
                  <span class="quiet">已停用</span>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </SideCard>
  );
}

/** Other items at the side; nothing where there are none. */
function Related({ title, items }: { title: string; items: readonly PublicItem[] }) {
  if (items.length === 0) return null;
  return (
    <SideCard title={title}>
      <ul class="item-links">
        {items.map((other) => (
          <li key={other.id}>
            <a href={itemHref(other.indexNumber)}>{other.title}</a>
            <span class="quiet">
              {[other.documentNumber, formatDate(other.publishedOn)].filter(Boolean).join('，')}
            </span>
          </li>
        ))}
      </ul>
    </SideCard>
  );
}

function Neighbour({ label, item, rel }: { label: string; item: PublicItem | null; rel: 'prev' | 'next' }) {
  return (
    <p>
      <span class="quiet">{label}</span>
      {item ? (
        <a href={itemHref(item.indexNumber)} rel={rel}>
          {item.title}
        </a>
      ) : (
        <span class="quiet">没有了</span>
      )}
    </p>
  );
}

const OFFICE = 'application/vnd.openxmlformats-officedocument.';
const kinds: readonly { type: string; label: string; icon: string }[] = [
  { type: 'application/pdf', label: 'PDF', icon: 'file-type-pdf' },
  { type: `${OFFICE}wordprocessingml`, label: 'Word', icon: 'file-type-docx' },
  { type: `${OFFICE}spreadsheetml`, label: 'Excel', icon: 'file-type-xls' },
  { type: `${OFFICE}presentationml`, label: 'PowerPoint', icon: 'presentation' },
  { type: 'application/zip', label: '压缩包', icon: 'file-zip' },
  { type: 'image/', label: '图片', icon: 'photo' },
  { type: 'text/csv', label: 'CSV', icon: 'file-type-csv' },
  { type: 'text/', label: '文本', icon: 'file-text' },
];

const kindOf = (type: string) => kinds.find((kind) => type.startsWith(kind.type));
const fileKind = (type: string): string => kindOf(type)?.label ?? '文件';
const fileIcon = (type: string): string => kindOf(type)?.icon ?? 'file';
