import {
  type DeskIssue,
  type Entry,
  erratumStates,
  type Issue,
  issueHref,
  issueReviewResults,
  issueWords,
} from '../../areas/gazette/index.ts';
import {
  Alert,
  Badge,
  Button,
  bookTitle,
  Card,
  ErrorSummary,
  Facts,
  Form,
  FormActions,
  formatBytes,
  formatDate,
  formatDateTime,
  LinkButton,
  SelectField,
  TextArea,
  Timeline,
} from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { DESK, issueAddress } from './addresses.ts';
import { IssueBadge } from './list-page.tsx';
import { ReviewForm } from './review-form.tsx';

interface IssueProps {
  desk: DeskIssue;
  given: Given;
  errors: Errors;
}

const titleOf = ({ year, number, total, name }: Issue) =>
  year === null || number === null ? name : `${issueWords({ year, number })}（总第${total}号）`;

/** An issue that waits for its review, may come out, or is out. */
export function IssuePage(props: IssueProps) {
  const { desk, errors } = props;
  const { issue, moves, next } = desk;
  const title = titleOf(issue);
  return (
    <WorkbenchPage
      title={title}
      current={DESK}
      wide
      breadcrumbs={[{ label: '政府公报', href: DESK }, { label: title }]}
      state={<IssueBadge issue={issue} />}
      lead={next && `今天出版将编为${next.year}年第${next.number}期（总第${next.total}号）。`}
      actions={<Actions desk={desk} />}
    >
      <ErrorSummary errors={errors} />
      <div class="gazette-desk">
        <div class="gazette-order">
          <Contents desk={desk} />
        </div>
        <div class="gazette-sources">
          {desk.whyNoReview && <Alert tone="info">{desk.whyNoReview}</Alert>}
          {moves.includes('approve') && (
            <ReviewForm
              action={issueAddress(issue.id, '/reviews')}
              results={issueReviewResults}
              help="退回的，请写明要修改什么。"
              given={props.given}
              errors={props.errors}
            />
          )}
          <PrintTrouble desk={desk} />
          {issue.state === 'published' && <PublishedCard desk={desk} />}
          <ErrataCard {...props} />
          <DecisionList desk={desk} />
          {(moves.includes('recall') || moves.includes('discard')) && (
            <Card title="处理">
              <div class="gazette-row-acts">
                {moves.includes('recall') && (
                  <Form action={issueAddress(issue.id, '/recall')} layout="bare">
                    <Button>撤回修改</Button>
                  </Form>
                )}
                {moves.includes('discard') && (
                  <LinkButton href={issueAddress(issue.id, '/discard')}>作废这一期</LinkButton>
                )}
              </div>
            </Card>
          )}
        </div>
      </div>
    </WorkbenchPage>
  );
}

function Actions({ desk: { issue, moves } }: { desk: DeskIssue }) {
  const { year, number } = issue;
  return (
    <>
      {moves.includes('publish') && (
        <LinkButton href={issueAddress(issue.id, '/publication')} tone="primary">
          出版
        </LinkButton>
      )}
      {year !== null && number !== null && (
        <LinkButton href={issueHref({ year, number })} icon="external-link">
          查看公开页面
        </LinkButton>
      )}
      {(issue.state !== 'published' || issue.pdfBytes !== null) && (
        <LinkButton href={issueAddress(issue.id, '/preview.pdf')} icon="file-type-pdf">
          {issue.state === 'published' ? '阅读 PDF' : '预览 PDF'}
        </LinkButton>
      )}
    </>
  );
}

function Contents({ desk }: { desk: DeskIssue }) {
  return (
    <>
      {desk.sections.map(({ section, entries }) => (
        <Card key={section} title={`${section}（${entries.length} 篇）`} flush>
          <ol class="gazette-entries">
            {entries.map((entry) => (
              <li key={entry.itemId} class="gazette-row">
                <div>
                  <a href={`/workbench/items/${entry.itemId}/versions/${entry.version ?? entry.liveVersion}`}>
                    {entry.title}
                  </a>
                  <p class="quiet">
                    {[entry.documentNumber, entry.unitName].filter((part) => part !== '').join('，')}{' '}
                    <Later entry={entry} />
                  </p>
                </div>
              </li>
            ))}
          </ol>
        </Card>
      ))}
    </>
  );
}

/** What became of a document since it was chosen. */
function Later({ entry }: { entry: Entry }) {
  return (
    <>
      {entry.itemState === 'withdrawn' && <Badge tone="danger">{formatDate(entry.withdrawnOn)}撤下</Badge>}{' '}
      {entry.itemState === 'published' && entry.version !== null && entry.version !== entry.liveVersion && (
        <Badge tone="warning">{entry.amendedOn && formatDate(entry.amendedOn)}修改</Badge>
      )}{' '}
      {entry.earlier.length > 0 && <Badge tone="neutral">另刊于{entry.earlier.join('、')}</Badge>}
    </>
  );
}

/** Why there is no file, and the way to try again. */
function PrintTrouble({ desk: { issue, printFailure, moves } }: { desk: DeskIssue }) {
  if (!printFailure) return null;
  return (
    <Alert tone="danger" title="PDF 没有排印成功">
      <p>{`${formatDateTime(printFailure.at)}：${printFailure.reason}`}</p>
      <p>公众仍可从目录打开每一份文件。系统会自动再试几次；原因消除以后，也可以现在重新排印。</p>
      {moves.includes('print-again') && (
        <Form action={issueAddress(issue.id, '/printing')} layout="bare">
          <Button icon="refresh">重新排印</Button>
        </Form>
      )}
    </Alert>
  );
}

function PublishedCard({ desk: { issue, entries, printFailure } }: { desk: DeskIssue }) {
  return (
    <Card title="出版情况">
      <Facts
        items={[
          { label: '公报名称', value: issue.title },
          { label: '出版日期', value: formatDate(issue.issuedOn) },
          { label: '篇数', value: `${entries.length} 篇` },
          { label: '主办', value: issue.host || '—' },
          { label: '编辑', value: issue.editor || '—' },
          {
            label: 'PDF',
            value: printFailure
              ? '没有排印成功'
              : issue.pdfBytes === null
                ? '正在排印'
                : formatBytes(issue.pdfBytes),
          },
          { label: '内容摘要（SM3）', value: <code class="gazette-digest">{issue.digest}</code> },
        ]}
      />
    </Card>
  );
}

function ErrataCard({ desk, given, errors }: IssueProps) {
  const { issue, errata, entries, moves } = desk;
  if (issue.state !== 'published') return null;
  const titles = new Map(entries.map(({ itemId, title }) => [itemId, title]));
  return (
    <Card title="更正">
      {errata.length === 0 ? (
        <p class="quiet">没有登记过更正。出版的公报不能修改，有误的登记更正，经他人审核后在公开页面说明。</p>
      ) : (
        <ul class="gazette-errata">
          {errata.map(({ id, itemId, notice, state, notedOn, byName, decidedName, opinion, ...erratum }) => (
            <li key={id}>
              <Badge tone={erratumStates[state].tone}>{erratumStates[state].label}</Badge>
              {itemId !== null && <p>{bookTitle(titles.get(itemId) ?? '')}</p>}
              <p>{notice}</p>
              <p class="quiet">
                {formatDate(notedOn)}，{byName}登记{decidedName !== '' && `，${decidedName}审核`}
                {opinion !== '' && `：${opinion}`}
              </p>
              {state === 'proposed' &&
                moves.includes('judge-correction') &&
                (erratum.whyNotDecided === null ? (
                  <LinkButton href={issueAddress(issue.id, `/errata/${id}`)} tone="primary">
                    审核这条更正
                  </LinkButton>
                ) : (
                  <p class="help">{erratum.whyNotDecided}</p>
                ))}
            </li>
          ))}
        </ul>
      )}
      {moves.includes('correct') && (
        <Form action={issueAddress(issue.id, '/errata')}>
          <SelectField
            name="item"
            label="更正哪一篇"
            value={given('item')}
            blank="整期"
            error={errors.item}
            options={entries.map(({ itemId, title }) => ({ value: String(itemId), label: title }))}
          />
          <TextArea
            name="notice"
            label="更正内容（公众会看到）"
            value={given('notice')}
            error={errors.notice}
            rows={3}
            maxlength={2000}
            required
            help="写明哪里有误、应当是什么。登记后不能修改，由他人审核通过后公众才能看到。"
          />
          <FormActions>
            <Button>登记更正</Button>
          </FormActions>
        </Form>
      )}
    </Card>
  );
}

/** Every decision on the issue. */
export function DecisionList({ desk: { reviews } }: { desk: DeskIssue }) {
  if (reviews.length === 0) return null;
  return (
    <Card title="审核记录">
      <Timeline
        items={reviews.toReversed().map(({ result, reviewerName, opinion, at }) => ({
          at: formatDateTime(at),
          title: issueReviewResults[result],
          by: reviewerName,
          detail: opinion,
          tone: result === 'passed' ? 'success' : 'warning',
        }))}
      />
    </Card>
  );
}
