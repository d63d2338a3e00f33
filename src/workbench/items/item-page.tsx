import {
  attributes,
  type CatalogueColumn,
  channelKinds,
  type Duty,
  type GatedFile,
  type Item,
  type ItemReview,
  type Move,
  type ReviewStep,
  reviewResults,
  reviewSteps,
  type Version,
  versionStates,
} from '../../areas/catalogue/index.ts';
import type { Judged } from '../../areas/reviews/index.ts';
import type { TimelineAct } from '../../ledger/index.ts';
import {
  Alert,
  Badge,
  Button,
  Card,
  ErrorSummary,
  Facts,
  Form,
  formatDate,
  formatDateTime,
  LinkButton,
  Steps,
  Table,
} from '../../ui/index.ts';
import { DutyCard } from '../duties/duty-page.tsx';
import { ActHistory } from '../history.tsx';
import type { Errors, Given } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { ITEMS, itemAddress } from './addresses.ts';
import { ChangedText } from './changed-text.tsx';
import { ItemDocument } from './document.tsx';
import { FileList } from './editor-files.tsx';
import { ReviewedFindings } from './editor-findings.tsx';
import { DeterminationForm, LaterReviewForm, ReviewForm } from './review-forms.tsx';

export interface ItemPageProps {
  item: Item;
  /** The open version, else the live one. */
  version: Version;
  live: Version | null;
  /** Owes the review of an urgent publication. */
  owing: Version | null;
  duty: Duty | null;
  columns: readonly CatalogueColumn[];
  files: readonly GatedFile[];
  reviews: readonly ItemReview[];
  versions: readonly Pick<Version, 'version' | 'state' | 'title' | 'amendment' | 'publishedAt' | 'savedAt'>[];
  steps: readonly ReviewStep[];
  /** What the scan finds in an open version; null where none is open. */
  findings: readonly Judged[] | null;
  acts: readonly TimelineAct[];
  /** Moves that the actor can make now, and why not the others. */
  can: ReadonlySet<Move>;
  why: ReadonlyMap<Move, string>;
  mayWithdraw: boolean;
  mayAmend: boolean;
  publicHref: string;
  given?: Given;
  errors?: Errors;
}

/** An item as a document, with what changed, its reviews, versions and acts, and what can be done now. */
export function ItemPage(props: ItemPageProps) {
  const { item, version, live } = props;
  const open = version.state === 'draft' || version.state === 'in-review' || version.state === 'approved';
  const state = open ? versionStates[version.state] : null;
  return (
    <WorkbenchPage
      title={version.title || item.title || '未命名的信息'}
      current={ITEMS}
      wide
      state={
        <>
          {item.state === 'published' && <Badge tone="success">已发布</Badge>}
          {item.state === 'withdrawn' && <Badge tone="warning">已撤下</Badge>}
          {state && <Badge tone={state.tone}>{live ? `修改稿：${state.label}` : state.label}</Badge>}
        </>
      }
      lead={`索引号 ${item.indexNumber}，第 ${version.version} 版`}
      breadcrumbs={[{ label: '公开信息', href: ITEMS }, { label: version.title || '未命名的信息' }]}
      actions={<Acts {...props} open={open} />}
    >
      <ErrorSummary errors={props.errors} />
      {item.state === 'withdrawn' && <Tombstone item={item} />}
      {version.state === 'in-review' && <Road {...props} />}
      <div class="item-desk">
        <div>
          {open && live && <Changes version={version} live={live} />}
          <Card>
            <ItemDocument item={item} version={version} columns={props.columns} files={props.files} />
          </Card>
        </div>
        <aside class="item-aside" aria-label="审查和附件">
          <Decide {...props} />
          {props.findings && <ReviewedFindings findings={props.findings} />}
          <DutyCard duty={props.duty} />
          <AboutDocument item={item} version={version} />
          <Card title="公开属性和发布">
            <Facts
              items={[
                { label: '公开属性', value: attributes[version.attribute] },
                ...(version.attributeReason ? [{ label: '理由', value: version.attributeReason }] : []),
                { label: '渠道', value: version.channels.map((one) => channelKinds[one]).join('、') || '—' },
                {
                  label: '发布时间',
                  value: version.publishAt ? `定于 ${formatDateTime(version.publishAt)}` : '审查通过后立即',
                },
              ]}
            />
          </Card>
          <Card title="附件和图片" id="files">
            <FileList itemId={item.id} files={props.files} />
          </Card>
          <Reviews reviews={props.reviews} />
        </aside>
        <div class="item-past">
          <Versions {...props} />
          <Card title="办理记录" id="record">
            <ActHistory items={props.acts} />
          </Card>
        </div>
      </div>
    </WorkbenchPage>
  );
}

function Acts({
  item,
  version,
  can,
  mayWithdraw,
  mayAmend,
  publicHref,
  open,
}: ItemPageProps & { open: boolean }) {
  const address = itemAddress(item.id);
  return (
    <>
      {can.has('save') && (
        <LinkButton href={address} icon="edit" tone="primary">
          继续撰写
        </LinkButton>
      )}
      {can.has('submit') && <LinkButton href={`${address}/submission`}>送审</LinkButton>}
      {can.has('publish') && (
        <LinkButton href={`${address}/publication`} tone="primary">
          发布
        </LinkButton>
      )}
      {can.has('recall') && (
        <Form action={`${address}/recall`} layout="bare">
          <Button>撤回送审</Button>
        </Form>
      )}
      {mayAmend && !open && (
        <Form action={`${address}/amendment`} layout="bare">
          <Button icon="edit">{item.state === 'withdrawn' ? '修改后重新发布' : '修改'}</Button>
        </Form>
      )}
      {can.has('publish-urgently') && open && version.attribute === 'proactive' && (
        <LinkButton href={`${address}/urgent`} tone="danger">
          紧急发布
        </LinkButton>
      )}
      {mayWithdraw && item.state === 'published' && (
        <LinkButton href={`${address}/withdrawal`} tone="danger">
          撤下
        </LinkButton>
      )}
      {can.has('discard') && <LinkButton href={`${address}/discard`}>删除草稿</LinkButton>}
      {item.liveVersion !== null && (
        <LinkButton href={publicHref} icon="external-link">
          公开页面
        </LinkButton>
      )}
    </>
  );
}

/** Where its validity is kept, or its closure is looked at again. */
function AboutDocument({ item, version }: { item: Item; version: Version }) {
  const keptBack = version.state === 'approved' && version.attribute !== 'proactive';
  if (item.normative === 'none' && !keptBack) return null;
  return (
    <p>
      {item.normative !== 'none' && item.liveVersion !== null && (
        <a href={`/workbench/normative/${item.id}`}>有效性和有效期</a>
      )}
      {keptBack && <a href={`/workbench/duties/reassessments/${item.id}`}>定期评估审查</a>}
    </p>
  );
}

function Road({ steps, version }: ItemPageProps) {
  const at = version.step === 'secrecy' ? -1 : steps.indexOf(version.step as ReviewStep);
  return version.step === 'secrecy' ? (
    <Alert tone="warning" title="已报保密行政管理部门确定">
      收到确定文书后登记，再继续审查。
    </Alert>
  ) : (
    <Steps items={[...steps.map((step) => ({ label: reviewSteps[step] })), { label: '发布' }]} current={at} />
  );
}

function Tombstone({ item }: { item: Item }) {
  return (
    <Alert tone="warning" title={`已于 ${item.withdrawnOn ? formatDate(item.withdrawnOn) : ''}撤下`}>
      {`原地址向公众说明：本条信息已撤下。理由：${item.withdrawalReason}。依据：${item.withdrawalGround}。`}
    </Alert>
  );
}

const plainFields = [
  ['title', '标题'],
  ['abstract', '内容概述'],
  ['documentNumber', '发文字号'],
  ['issuingBody', '发布机构'],
  ['genre', '体裁'],
  ['subject', '主题分类'],
  ['formedOn', '生成日期'],
] as const;

function Changes({ version, live }: { version: Version; live: Version }) {
  return (
    <Card title={`与现行第 ${live.version} 版的差别`}>
      {version.amendment !== '' && <p>{`修改说明：${version.amendment}`}</p>}
      <Differences before={live} after={version} />
    </Card>
  );
}

/** Everything in which two versions differ. */
export function Differences({ before, after }: { before: Version; after: Version }) {
  const changed = plainFields.filter(([name]) => before[name] !== after[name]);
  return (
    <>
      {changed.map(([name, label]) => (
        <ChangedText key={name} label={label} before={before[name] ?? ''} after={after[name] ?? ''} />
      ))}
      <ChangedText label="正文" before={before.plain} after={after.plain} />
    </>
  );
}

function Decide(props: ItemPageProps) {
  const { version, can, why, owing } = props;
  const move: Move | null =
    version.state !== 'in-review' || version.step === ''
      ? null
      : version.step === 'secrecy'
        ? 'record-determination'
        : `review-${version.step}`;
  return (
    <>
      {owing && (
        <Card title={`补审（${owing.reviewDueOn ? formatDate(owing.reviewDueOn) : ''}前）`}>
          <p>{`紧急发布的理由：${owing.urgentReason}`}</p>
          {can.has('review-afterwards') ? (
            <LaterReviewForm {...props} />
          ) : (
            <p class="help">{why.get('review-afterwards')}</p>
          )}
        </Card>
      )}
      {move && (
        <Card title={version.step === 'secrecy' ? '保密部门的确定' : reviewSteps[version.step as ReviewStep]}>
          {!can.has(move) ? (
            <p class="help">{why.get(move)}</p>
          ) : move === 'record-determination' ? (
            <DeterminationForm {...props} />
          ) : (
            <ReviewForm {...props} />
          )}
        </Card>
      )}
    </>
  );
}

function Reviews({ reviews }: { reviews: readonly ItemReview[] }) {
  if (reviews.length === 0) return null;
  return (
    <Card title="审查记录">
      <ol class="item-reviews">
        {reviews.toReversed().map((review) => (
          <li key={review.id}>
            <p>
              <Badge
                tone={
                  review.result === 'refused'
                    ? 'danger'
                    : review.result === 'referred'
                      ? 'warning'
                      : 'success'
                }
              >
                {reviewResults[review.result]}
              </Badge>{' '}
              {`${stepWords[review.step]}　第 ${review.version} 版`}
            </p>
            <p>{review.opinion}</p>
            <p class="help">
              {`${review.reviewerName}${review.onBehalfOf === null ? '' : '（代为审查）'}，${formatDateTime(review.at)}`}
            </p>
          </li>
        ))}
      </ol>
    </Card>
  );
}

const stepWords: Readonly<Record<ItemReview['step'], string>> = {
  ...reviewSteps,
  secrecy: '保密部门确定',
  import: '历史导入',
};

function Versions({ item, versions }: ItemPageProps) {
  return (
    <Card title="版本" flush id="versions">
      <Table
        caption="各个版本"
        stack
        columns={[
          { label: '版本' },
          { label: '状态' },
          { label: '标题', width: 'wide' },
          { label: '修改说明' },
          { label: '时间' },
        ]}
      >
        {versions.map((one) => (
          <tr key={one.version}>
            <td data-label="版本">
              <a href={itemAddress(item.id, `/versions/${one.version}`)}>{`第 ${one.version} 版`}</a>
            </td>
            <td data-label="状态">{versionStates[one.state].label}</td>
            <td data-label="标题">{one.title || '未命名的信息'}</td>
            <td data-label="修改说明">{one.amendment || '—'}</td>
            <td data-label="时间">{formatDateTime(one.publishedAt ?? one.savedAt)}</td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}
