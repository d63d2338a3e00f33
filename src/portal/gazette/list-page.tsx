import {
  GAZETTE,
  issueFileHref,
  issueHref,
  issueWords,
  type PublishedIssue,
} from '../../areas/gazette/index.ts';
import { Empty, FilterLinks, formatBytes, formatDate, Icon, LinkButton, usePage } from '../../ui/index.ts';
import { PortalPage } from '../shell.tsx';

export const gazetteColumn = {
  name: '政府公报',
  description: '历年政府公报，可在线查看目录、下载全文',
  keywords: '政府公报,公报,规范性文件,人事任免',
  type: '政府公报',
};

/** Issues of a year, the newest first. */
export function IssueListPage(props: {
  years: readonly { year: number; count: number }[];
  year: number | null;
  issues: readonly PublishedIssue[];
}) {
  const { years, year, issues } = props;
  const { agency } = usePage();
  return (
    <PortalPage
      title="政府公报"
      labels={{ column: gazetteColumn }}
      breadcrumbs={[{ label: '政府公报' }]}
      lead={`${agency.name}出版的公报，刊登规范性文件、重要文件和人事任免。`}
    >
      {year === null ? (
        <Empty
          title="还没有出版公报"
          icon="news"
          action={<LinkButton href="/catalogue">查看政府信息</LinkButton>}
        >
          已经公开的文件可以在政府信息公开目录里查看。
        </Empty>
      ) : (
        <div class="split split-left gazette-list">
          <FilterLinks
            title="年份"
            items={years.map((one) => ({
              label: `${one.year}年`,
              href: `${GAZETTE}?year=${one.year}`,
              current: one.year === year,
              count: one.count,
            }))}
          />
          <ol class="gazette-issues" aria-label={`${year}年的公报`}>
            {issues.map((issue) => (
              <li key={issue.id}>
                <a class="gazette-cover" href={issueHref(issue)}>
                  <span class="gazette-cover-title">{issue.title}</span>
                  <span class="gazette-cover-number">{issueWords(issue)}</span>
                  <span class="gazette-cover-total">总第{issue.total}号</span>
                </a>
                <p class="quiet">{formatDate(issue.issuedOn)}出版</p>
                {issue.pdfBytes !== null && (
                  <p>
                    <a href={issueFileHref(issue)} aria-label={`${issueWords(issue)} PDF`}>
                      <Icon name="file-type-pdf" />
                      PDF（{formatBytes(issue.pdfBytes)}）
                    </a>
                  </p>
                )}
              </li>
            ))}
          </ol>
        </div>
      )}
    </PortalPage>
  );
}
