import { itemHref } from '../../areas/catalogue/index.ts';
import {
  type Entry,
  type Erratum,
  GAZETTE,
  type IssueView,
  issueFileHref,
  issueHref,
  issueTitle,
  issueWords,
  type PublishedIssue,
} from '../../areas/gazette/index.ts';
import { Alert, bookTitle, formatBytes, formatDate, formatStamp, Icon } from '../../ui/index.ts';
import { PortalPage } from '../shell.tsx';
import { gazetteColumn } from './list-page.tsx';

/** An issue: its numbers, its contents with what became of each document since, its corrections, its file. */
export function IssuePage({ view, base, agency }: { view: IssueView; base: string; agency: string }) {
  const { issue, sections, errata, before, after } = view;
  const title = issueTitle(issue);
  return (
    <PortalPage
      title={title}
      heading={false}
      labels={labelsOf(view, base, agency)}
      breadcrumbs={[{ label: '政府公报', href: GAZETTE }, { label: issueWords(issue) }]}
      structured={structuredIssue(view, base, agency)}
    >
      <article class="gazette-issue">
        <header class="gazette-head">
          <h1>
            <span class="gazette-name">{issue.title}</span>
            <span class="gazette-number">
              {issueWords(issue)}
              <span class="gazette-total">（总第{issue.total}号）</span>
            </span>
          </h1>
          <p class="gazette-imprint">
            <span>{formatDate(issue.issuedOn)}出版</span>
            {issue.host && <span>主办：{issue.host}</span>}
            {issue.editor && <span>编辑：{issue.editor}</span>}
          </p>
          <p class="gazette-acts">
            {issue.pdfBytes === null ? (
              <span class="quiet">PDF 尚未排印好，每一份文件都可以从目录打开。</span>
            ) : (
              <a class="btn btn-primary" href={issueFileHref(issue)}>
                <Icon name="file-type-pdf" />
                <span>阅读 PDF（{formatBytes(issue.pdfBytes)}）</span>
              </a>
            )}
            <button type="button" class="btn btn-plain" data-print hidden>
              <Icon name="printer" />
              <span>打印目录</span>
            </button>
          </p>
        </header>
        {errata.length > 0 && <Errata errata={errata} entries={sections.flatMap(({ entries }) => entries)} />}
        <section aria-labelledby="contents">
          <h2 id="contents">目录</h2>
          {sections.map(({ section, entries }) => (
            <section key={section} class="gazette-section" aria-label={section}>
              <h3>{section}</h3>
              <ol>
                {entries.map((entry) => (
                  <EntryLine key={entry.itemId} entry={entry} />
                ))}
              </ol>
            </section>
          ))}
        </section>
      </article>
      {(before || after) && (
        <nav class="item-neighbours gazette-neighbours" aria-label="前后各期">
          <Neighbour label="上一期" issue={before} rel="prev" none="本期是第一期" />
          <Neighbour label="下一期" issue={after} rel="next" none="本期是最新一期" />
        </nav>
      )}
    </PortalPage>
  );
}

const ended = { amended: '修改', repealed: '废止', expired: '失效' } as const;

/** A document as it was printed, and beside it what became of it. */
function EntryLine({ entry }: { entry: Entry }) {
  const { itemState, version, liveVersion, validity, validityOn, withdrawnOn, amendedOn } = entry;
  const href = itemHref(entry.indexNumber);
  const changed = itemState === 'published' && version !== liveVersion;
  return (
    <li>
      <span class="gazette-entry">
        {itemState === 'published' ? (
          <a href={changed ? `${href}/versions/${version}` : href}>{entry.title}</a>
        ) : (
          <span>{entry.title}</span>
        )}
        {entry.documentNumber && <span class="quiet">{entry.documentNumber}</span>}
      </span>
      {itemState === 'withdrawn' && (
        <span class="gazette-later">
          刊登后已于{formatDate(withdrawnOn)}撤下，<a href={href}>查看说明</a>
        </span>
      )}
      {changed && (
        <span class="gazette-later">
          刊登后{amendedOn && `于${formatDate(amendedOn)}`}修改，<a href={href}>查看现行文本</a>
        </span>
      )}
      {itemState === 'published' && validity !== 'in-force' && (
        <span class="gazette-later">
          {validityOn ? `已于${formatDate(validityOn)}` : '已'}
          {ended[validity]}
        </span>
      )}
    </li>
  );
}

function Errata({ errata, entries }: { errata: readonly Erratum[]; entries: readonly Entry[] }) {
  const titles = new Map(entries.map(({ itemId, title }) => [itemId, title]));
  return (
    <Alert tone="warning" title="更正">
      <ul class="gazette-errata">
        {errata.map(({ id, itemId, notice, notedOn }) => (
          <li key={id}>
            {itemId !== null && <p>{bookTitle(titles.get(itemId) ?? '')}</p>}
            {notice.split('\n').map((line, index) => (
              <p key={index}>{line}</p>
            ))}
            <p class="quiet">{formatDate(notedOn)}</p>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function Neighbour({
  label,
  issue,
  rel,
  none,
}: {
  label: string;
  issue: PublishedIssue | null;
  rel: 'prev' | 'next';
  none: string;
}) {
  return (
    <p>
      <span class="quiet">{label}</span>
      {issue ? (
        <a href={issueHref(issue)} rel={rel}>
          {issueWords(issue)}（总第{issue.total}号）
        </a>
      ) : (
        <span class="quiet">{none}</span>
      )}
    </p>
  );
}

function labelsOf({ issue, sections }: IssueView, base: string, agency: string) {
  return {
    column: gazetteColumn,
    article: {
      title: issueTitle(issue),
      publishedAt: formatStamp(issue.publishedAt),
      source: issue.host || agency,
      keywords: ['政府公报', ...sections.map(({ section }) => section)].join(','),
      author: issue.editor || issue.host || agency,
      description: sections
        .flatMap(({ entries }) => entries.map(({ title }) => title))
        .join('；')
        .slice(0, 200),
      url: base + issueHref(issue),
    },
  };
}

function structuredIssue({ issue, sections }: IssueView, base: string, agency: string): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'PublicationIssue',
    name: issueTitle(issue),
    issueNumber: String(issue.number),
    datePublished: issue.issuedOn,
    url: base + issueHref(issue),
    isPartOf: { '@type': 'Periodical', name: issue.title },
    publisher: { '@type': 'GovernmentOrganization', name: issue.host || agency },
    hasPart: sections.flatMap(({ entries }) =>
      entries.map(({ title, indexNumber }) => ({
        '@type': 'CreativeWork',
        name: title,
        url: base + itemHref(indexNumber),
      })),
    ),
  };
}
