import type { Candidate, DeskIssue, Entry } from '../../areas/gazette/index.ts';
import {
  Alert,
  Badge,
  Button,
  bookTitle,
  Card,
  CheckboxesField,
  Empty,
  ErrorSummary,
  Form,
  FormActions,
  formatDate,
  LinkButton,
  SelectField,
  TextField,
} from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { DESK, issueAddress } from './addresses.ts';
import { DecisionList } from './issue-page.tsx';
import { IssueBadge } from './list-page.tsx';

export interface ComposeProps {
  desk: DeskIssue;
  waiting: readonly Candidate[];
  query: string;
  /** Null: nothing was looked for. */
  found: readonly Candidate[] | null;
  given: Given;
  errors: Errors;
}

/** An issue while it is composed: its entries in order, and what can still be taken in. */
export function ComposePage(props: ComposeProps) {
  const { desk, errors } = props;
  const { issue, entries, sections, next } = desk;
  return (
    <WorkbenchPage
      title={issue.name}
      current={DESK}
      wide
      breadcrumbs={[{ label: '政府公报', href: DESK }, { label: issue.name }]}
      state={<IssueBadge issue={issue} />}
      lead={next && `今天出版将编为${next.year}年第${next.number}期（总第${next.total}号）。`}
      actions={
        entries.length > 0 && (
          <>
            <LinkButton href={issueAddress(issue.id, '/submission')} tone="primary">
              送审
            </LinkButton>
            <LinkButton href={issueAddress(issue.id, '/preview.pdf')} icon="file-type-pdf">
              预览 PDF
            </LinkButton>
          </>
        )
      }
    >
      <ErrorSummary errors={errors} />
      <div class="gazette-desk">
        <div class="gazette-order">
          {sections.length === 0 ? (
            <Card title="这一期的目录">
              <Empty title="还没有编入文件" icon="news">
                从待编文件里选择，或者查找其他已经公开的信息。
              </Empty>
            </Card>
          ) : (
            sections.map(({ section, entries: own }) => (
              <Card key={section} title={`${section}（${own.length} 篇）`} flush>
                <ol class="gazette-entries">
                  {own.map((entry, index) => (
                    <EntryRow
                      key={entry.itemId}
                      entry={entry}
                      desk={desk}
                      place={index + 1}
                      last={index === own.length - 1}
                    />
                  ))}
                </ol>
              </Card>
            ))
          )}
        </div>
        <div class="gazette-sources">
          <WaitingCard {...props} />
          <SearchCard {...props} />
          <Card title="名称和处理">
            <Form action={issueAddress(issue.id, '/name')}>
              <TextField
                name="name"
                label="名称"
                value={errors.name === undefined ? issue.name : props.given('name')}
                error={errors.name}
                width={20}
                maxlength={60}
                help="只供编辑时辨认，不印在公报上。"
              />
              <FormActions>
                <Button>改名</Button>
                <LinkButton href={issueAddress(issue.id, '/discard')}>作废这一期</LinkButton>
              </FormActions>
            </Form>
          </Card>
          <DecisionList desk={desk} />
        </div>
      </div>
    </WorkbenchPage>
  );
}

function EntryRow(props: { entry: Entry; desk: DeskIssue; place: number; last: boolean }) {
  const { entry, desk, place, last } = props;
  const { itemId, title, documentNumber, unitName, itemState, earlier } = entry;
  const named = <span class="visually-hidden">{bookTitle(title)}</span>;
  const known = desk.settings.sections.includes(entry.section);
  const options = [...(known ? [] : [entry.section]), ...desk.settings.sections];
  return (
    <li id={`entry-${itemId}`} class="gazette-row">
      <div>
        <a href={`/workbench/items/${itemId}`}>{title}</a>
        <p class="quiet">
          {[documentNumber, unitName].filter((part) => part !== '').join('，')}{' '}
          {itemState !== 'published' && <Badge tone="danger">已撤下，请移出</Badge>}{' '}
          {earlier.length > 0 && <Badge tone="warning">曾刊于{earlier.join('、')}</Badge>}
        </p>
      </div>
      <Form
        action={issueAddress(desk.issue.id, `/entries/${itemId}`)}
        layout="bare"
        label={`编排第 ${place} 篇${bookTitle(title)}`}
      >
        <div class="gazette-row-acts">
          <Button small icon="arrow-up" name="act" value="up" disabled={place === 1}>
            上移{named}
          </Button>
          <Button small icon="arrow-down" name="act" value="down" disabled={last}>
            下移{named}
          </Button>
          <SelectField
            name="section"
            id={`section-${itemId}`}
            label={`${bookTitle(title)}的栏目`}
            labelHidden
            value={entry.section}
            options={options.map((name) => ({ value: name, label: name }))}
          />
          <Button small name="act" value="section">
            换栏目{named}
          </Button>
          <Button small icon="x" name="act" value="remove">
            移出{named}
          </Button>
        </div>
      </Form>
    </li>
  );
}

function WaitingCard({ desk, waiting }: ComposeProps) {
  return (
    <Card title={`待编文件（${waiting.length} 篇）`}>
      {waiting.length === 0 ? (
        <Empty title="没有待编文件" icon="circle-check">
          选择了“政府公报”渠道的信息公开以后排在这里。
        </Empty>
      ) : (
        <AddForm
          desk={desk}
          candidates={waiting}
          label="选择了政府公报、还没有刊登的"
          id="waiting"
          query=""
        />
      )}
    </Card>
  );
}

function SearchCard({ desk, query, found }: ComposeProps) {
  return (
    <Card title="查找其他已公开的信息" id="search">
      <Form
        action={`${issueAddress(desk.issue.id)}#search`}
        method="get"
        layout="inline"
        label="查找已公开的信息"
      >
        <TextField
          name="q"
          label="标题、文号或者关键词"
          value={query}
          type="search"
          width={20}
          maxlength={100}
        />
        <Button icon="search">查找</Button>
      </Form>
      {found !== null &&
        (found.length === 0 ? (
          <Alert>没有找到可以编入的信息。已经在这一期或者别的稿件里的不再列出。</Alert>
        ) : (
          <AddForm desk={desk} candidates={found} label={`“${query}”的查找结果`} id="found" query={query} />
        ))}
    </Card>
  );
}

function AddForm(props: {
  desk: DeskIssue;
  candidates: readonly Candidate[];
  label: string;
  id: string;
  query: string;
}) {
  const { desk, candidates, label, id, query } = props;
  const { sections } = desk.settings;
  return (
    <Form action={issueAddress(desk.issue.id, '/entries')}>
      {query !== '' && <input type="hidden" name="q" value={query} />}
      <CheckboxesField
        name="items"
        id={`items-${id}`}
        label={label}
        values={[]}
        options={candidates.map((candidate) => ({
          value: String(candidate.itemId),
          label: candidate.title,
          help: [
            candidate.documentNumber,
            candidate.unitName,
            formatDate(candidate.publishedOn),
            candidate.earlier.length > 0 ? `曾刊于${candidate.earlier.join('、')}` : '',
          ]
            .filter((part) => part !== '')
            .join('，'),
        }))}
      />
      <SelectField
        name="section"
        id={`section-${id}`}
        label="编入栏目"
        value={candidates.every(({ normative }) => normative) ? sections[0] : (sections[1] ?? sections[0])}
        options={sections.map((name) => ({ value: name, label: name }))}
      />
      <FormActions>
        <Button tone="primary" icon="plus">
          编入所选文件
        </Button>
      </FormActions>
    </Form>
  );
}
