import {
  type gazetteDesk,
  type Issue,
  type IssueLine,
  issueStates,
  issueWords,
} from '../../areas/gazette/index.ts';
import { may } from '../../areas/organisations/index.ts';
import {
  Badge,
  Card,
  Empty,
  formatBytes,
  formatDate,
  formatDateTime,
  LinkButton,
  Table,
  Tabs,
  usePage,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { DESK, issueAddress, NEW, SETTINGS } from './addresses.ts';

export type Desk = Awaited<ReturnType<typeof gazetteDesk>>;

/** Issues that are composed, and what came out year by year. */
export function GazettePage({ desk }: { desk: Desk }) {
  const { actor } = usePage();
  const composes = actor !== null && may(actor, 'gazette.compose');
  return (
    <WorkbenchPage
      title="政府公报"
      current={DESK}
      wide
      lead="从已经公开的信息里选编，审核后出版；期号和总期号在出版时给出。年度报告第 1.2.1 项从这里统计。"
      actions={
        <>
          {composes && (
            <LinkButton href={NEW} tone="primary" icon="plus">
              新编一期
            </LinkButton>
          )}
          <LinkButton href={SETTINGS} icon="adjustments">
            公报规则
          </LinkButton>
        </>
      }
    >
      <Card title="正在编辑" flush={desk.open.length > 0}>
        {desk.open.length === 0 ? (
          <Empty title="没有正在编辑的公报" icon="news">
            选择了“政府公报”渠道的信息公开以后，会排在新一期的待编文件里。
          </Empty>
        ) : (
          <Table
            caption="正在编辑的公报"
            captionHidden
            queue
            stack
            columns={[
              { label: '名称' },
              { label: '篇数', numeric: true },
              { label: '最近改动' },
              { label: '状态' },
            ]}
          >
            {desk.open.map(({ issue, entries }) => (
              <tr key={issue.id}>
                <th scope="row" data-label="名称">
                  <a href={issueAddress(issue.id)}>{issue.name}</a>
                </th>
                <td class="numeric" data-label="篇数">
                  {entries}
                </td>
                <td data-label="最近改动">{formatDateTime(issue.changedAt)}</td>
                <td data-label="状态">
                  <IssueBadge issue={issue} />
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Card>
      <Published desk={desk} />
    </WorkbenchPage>
  );
}

function Published({ desk: { out, years, year } }: { desk: Desk }) {
  return (
    <Card title="已出版">
      {year === null ? (
        <Empty title="还没有出版过公报">以前已有公报的，请先在“公报规则”里填写第一期的期号和总期号。</Empty>
      ) : (
        <>
          <Tabs
            label="年份"
            items={years.map((one) => ({
              label: `${one.year}年`,
              href: `${DESK}?year=${one.year}`,
              current: one.year === year,
              count: one.count,
            }))}
          />
          <Table
            caption={`${year}年出版的公报`}
            captionHidden
            queue
            stack
            columns={[
              { label: '期号' },
              { label: '总期号' },
              { label: '出版日期' },
              { label: '篇数', numeric: true },
              { label: 'PDF' },
            ]}
          >
            {out.map((line) => (
              <Line key={line.issue.id} {...line} />
            ))}
          </Table>
        </>
      )}
    </Card>
  );
}

function Line({ issue, entries, printFailed }: IssueLine) {
  const { year, number, total, pdfBytes } = issue;
  return (
    <tr>
      <th scope="row" data-label="期号">
        <a href={issueAddress(issue.id)}>
          {year !== null && number !== null ? issueWords({ year, number }) : issue.name}
        </a>
      </th>
      <td data-label="总期号">总第{total}号</td>
      <td data-label="出版日期">{formatDate(issue.issuedOn)}</td>
      <td class="numeric" data-label="篇数">
        {entries}
      </td>
      <td data-label="PDF">
        {printFailed ? (
          <Badge tone="danger">没有排印成功</Badge>
        ) : pdfBytes === null ? (
          '正在排印'
        ) : (
          <a href={issueAddress(issue.id, '/preview.pdf')}>{formatBytes(pdfBytes)}</a>
        )}
      </td>
    </tr>
  );
}

export function IssueBadge({ issue }: { issue: Pick<Issue, 'state'> }) {
  const { tone, shape, label } = issueStates[issue.state];
  return (
    <Badge tone={tone}>
      <span aria-hidden="true">{shape}</span>
      {label}
    </Badge>
  );
}
