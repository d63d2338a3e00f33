import type { TrackedCase, TrackedForm } from '../../areas/requests/index.ts';
import { deliveryWays } from '../../areas/requests/index.ts';
import {
  Alert,
  Badge,
  Button,
  Card,
  Confirm,
  ErrorSummary,
  Facts,
  Form,
  FormActions,
  formatBytes,
  formatDate,
  Icon,
  LinkButton,
  RadioField,
  TextArea,
  TextField,
  Timeline,
  usePage,
} from '../../ui/index.ts';
import { PortalPage } from '../shell.tsx';
import { DueDate } from './case-parts.tsx';
import {
  CorrectionForm,
  type KeptForHandIn,
  NotHandedIn,
  ReasonsForm,
  ReceivedItems,
  RectificationForm,
  type WrongForm,
} from './hand-in.tsx';
import { progressOf, standingWords } from './progress.ts';
import { requestLabels, requestsCrumb } from './step-page.tsx';
import { FORM, TRACK } from './track-addresses.ts';

type Errors = Readonly<Record<string, string>>;

/** Number and code; nothing else is needed. */
export function TrackPage(props: { number: string; errors?: Errors; refusal?: string; open: boolean }) {
  const { number, errors, refusal, open } = props;
  return (
    <PortalPage
      title="查询办理进度"
      width="reading"
      labels={requestLabels}
      breadcrumbs={[requestsCrumb, { label: '查询进度' }]}
      lead="编号和查询码在申请回执上。"
    >
      {open && (
        <Alert>
          您刚才查询的申请还可以继续查看。<a href={FORM}>继续查看</a>
        </Alert>
      )}
      {refusal && (
        <Alert tone="warning" title="暂时不能查询" live>
          {refusal}
        </Alert>
      )}
      <ErrorSummary errors={errors} />
      <Form action={TRACK}>
        <TextField
          name="number"
          label="申请编号"
          help="例如：2026-000012"
          value={number}
          autocomplete="off"
          inputmode="text"
          width={20}
          required
        />
        <TextField
          name="code"
          label="查询码"
          help="8 位字母和数字，不分大小写。"
          autocomplete="off"
          width={20}
          required
        />
        <FormActions>
          <Button tone="primary" icon="search">
            查询
          </Button>
        </FormActions>
      </Form>
      <p class="quiet">
        查询码丢失的，请带身份证件到受理窗口补打回执。为保护您的信息，查询后 30 分钟不操作会自动退出。
      </p>
    </PortalPage>
  );
}

/** Every request of a form: where it stands, when it is due, what can be done. */
export function TrackedPage(props: {
  tracked: TrackedForm;
  /** Files that went out with the reply, by request. */
  files: ReadonlyMap<number, readonly ReplyFile[]>;
  errors?: Errors;
  /** Files that wait with what is being handed in. */
  kept: KeptForHandIn;
  /** The form that was wrong, and what was typed there. */
  wrong?: WrongForm;
}) {
  const { tracked, files, kept, errors, wrong } = props;
  const { form, cases } = tracked;
  return (
    <PortalPage
      title={`申请 ${form.number}`}
      labels={requestLabels}
      breadcrumbs={[requestsCrumb, { label: '查询进度', href: TRACK }, { label: form.number }]}
      lead={`${formatDate(form.submittedOn)}提交，获取方式：${deliveryWays[form.deliveryWay]}`}
    >
      <ErrorSummary errors={errors} />
      {cases.length > 1 && (
        <Alert>这份申请有 {cases.length} 个事项，分开办理、分别答复，各有各的编号和期限。</Alert>
      )}
      {cases.map((one) => (
        <CaseSection
          key={one.case.id}
          tracked={one}
          files={files.get(one.case.id) ?? []}
          kept={kept}
          errors={errors ?? {}}
          {...(wrong?.requestId === one.case.id && { wrong })}
        />
      ))}
      <Form action={`${TRACK}/end`} layout="bare">
        <FormActions>
          <Button icon="logout">退出查询</Button>
        </FormActions>
      </Form>
    </PortalPage>
  );
}

function CaseSection(props: {
  tracked: TrackedCase;
  files: readonly ReplyFile[];
  kept: KeptForHandIn;
  errors: Errors;
  wrong?: WrongForm;
}) {
  const { tracked, files, kept, wrong } = props;
  const { today } = usePage();
  const { case: request, standing } = tracked;
  const errorsOf = (what: WrongForm['what']) => (wrong?.what === what ? props.errors : {});
  const handIn = { tracked, kept, ...(wrong && { wrong }) };
  const { word, sentence } = standingWords(tracked, today);
  const done = request.concludedOn !== null;
  return (
    <article class="request-case" aria-labelledby={`case-${request.id}`}>
      <header>
        <h2 id={`case-${request.id}`}>{request.title}</h2>
        <p class="quiet">{request.number}</p>
        <p class="request-stand">
          <Badge tone={done ? 'success' : tracked.awaited.length > 0 ? 'warning' : 'info'}>{word}</Badge>
          {sentence}
        </p>
      </header>
      <div class="split">
        <div class="stack">
          <NotHandedIn {...handIn} />
          <CorrectionForm {...handIn} errors={errorsOf('correction')} />
          <ReasonsForm {...handIn} errors={errorsOf('reasons')} />
          {!done && <DueCard tracked={tracked} />}
          <Letters tracked={tracked} files={files} />
          {standing.fee && <FeeCard fee={standing.fee} />}
          <ReceivedItems tracked={tracked} />
          {done && (
            <Feedback
              tracked={tracked}
              errors={errorsOf('feedback')}
              {...(wrong?.what === 'feedback' && { wrong })}
            />
          )}
          <RectificationForm {...handIn} errors={errorsOf('rectification')} />
          {done && tracked.clock?.due && <DueCard tracked={tracked} />}
        </div>
        <aside class="stack">
          <Card title="办理过程">
            <Timeline
              items={progressOf(tracked).map(({ on, title, detail }) => ({
                at: <time dateTime={on}>{formatDate(on)}</time>,
                title,
                ...(detail && { detail }),
              }))}
            />
          </Card>
          {tracked.mayWithdraw && (
            <p>
              不再需要了？
              <a href={`${TRACK}/cases/${request.id}/withdrawal`}>撤回这件申请</a>
            </p>
          )}
          <Office />
        </aside>
      </div>
    </article>
  );
}

function DueCard({ tracked }: { tracked: TrackedCase }) {
  return (
    <Card title={tracked.clock?.due ? '答复期限' : '答复期限没有在计算'}>
      <DueDate tracked={tracked} />
    </Card>
  );
}

function Office() {
  const { agency } = usePage();
  const { phone, officeHours } = agency.site;
  if (!phone) return null;
  return (
    <p class="quiet">
      有疑问请致电 {phone}
      {officeHours && `（${officeHours}）`}
    </p>
  );
}

/** A file that goes with the reply. */
export interface ReplyFile {
  id: number;
  name: string;
  bytes: number;
}

function Letters({ tracked, files }: { tracked: TrackedCase; files: readonly ReplyFile[] }) {
  const { letters } = tracked;
  if (letters.length === 0 && files.length === 0) return null;
  return (
    <Card title="文书">
      <ul class="request-letters">
        {letters.map((letter) => (
          <li key={letter.id}>
            <span class="request-letter-name">
              <Icon name="file-text" />
              {letter.label}
              <span class="quiet">
                {letter.number}，{formatDate(letter.issuedOn)}
              </span>
            </span>
            {letter.disposedOn === null ? (
              <span class="request-letter-files">
                <LinkButton href={`${TRACK}/letters/${letter.id}.pdf`} small icon="download" download>
                  PDF
                </LinkButton>
                <LinkButton href={`${TRACK}/letters/${letter.id}.docx`} small icon="download" download>
                  Word
                </LinkButton>
              </span>
            ) : (
              <span class="quiet">已按保管期限销毁</span>
            )}
          </li>
        ))}
        {files.map((file) => (
          <li key={`file-${file.id}`}>
            <span class="request-letter-name">
              <Icon name="paperclip" />
              {file.name}
              <span class="quiet">答复附件，{formatBytes(file.bytes)}</span>
            </span>
            <span class="request-letter-files">
              <LinkButton
                href={`${TRACK}/cases/${tracked.case.id}/files/${file.id}`}
                small
                icon="download"
                download
              >
                下载
              </LinkButton>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function FeeCard({ fee }: { fee: NonNullable<TrackedCase['standing']['fee']> }) {
  const state = fee.lapsedOn
    ? `逾期未缴，${formatDate(fee.lapsedOn)}视为放弃申请`
    : fee.paidOn
      ? `${formatDate(fee.paidOn)}已缴清${fee.receiptNumber ? `，票据 ${fee.receiptNumber}` : ''}`
      : fee.dueOn
        ? `请在${formatDate(fee.dueOn)}前缴清，怎样缴费见收费通知书`
        : '收到收费通知书次日起 20 个工作日内缴清';
  const methods = { piece: '按件', page: '按页', cost: '成本费用' } as const;
  return (
    <Card title="信息处理费">
      <Facts
        items={[
          { label: '金额', value: `${fee.amount.toFixed(2)} 元` },
          {
            label: '计费方式',
            value: fee.method === 'cost' ? methods.cost : `${methods[fee.method]}，${fee.quantity}`,
          },
          { label: '缴费情况', value: state },
          ...(fee.refundedOn
            ? [{ label: '退费', value: `${formatDate(fee.refundedOn)}退 ${fee.refunded.toFixed(2)} 元` }]
            : []),
        ]}
      />
    </Card>
  );
}

function Feedback(props: { tracked: TrackedCase; errors: Errors; wrong?: WrongForm }) {
  const { tracked, errors, wrong } = props;
  const { case: request, feedback } = tracked;
  if (feedback) {
    return (
      <Card title="您的评价">
        <p>
          {feedback.answered ? '答复解决了我的问题。' : '答复没有解决我的问题。'}
          {feedback.comment && `“${feedback.comment}”`}
        </p>
      </Card>
    );
  }
  return (
    <Card title="答复是您要的吗？">
      <Form action={`${TRACK}/cases/${request.id}/feedback`}>
        <RadioField
          name="answered"
          label="答复是您要的吗"
          labelHidden
          value={wrong?.answered}
          error={errors.answered}
          inline
          options={[
            { value: 'yes', label: '是我要的' },
            { value: 'no', label: '不是我要的' },
          ]}
        />
        <TextArea
          name="comment"
          label="说明（选填）"
          help="只用于改进工作，不是投诉，也不影响您申请复议和提起诉讼的权利。"
          value={wrong?.text}
          error={errors.comment}
          rows={3}
        />
        <FormActions>
          <Button>提交评价</Button>
        </FormActions>
      </Form>
    </Card>
  );
}

export function WithdrawalPage({ tracked }: { tracked: TrackedCase }) {
  const { case: request } = tracked;
  return (
    <PortalPage
      title="撤回申请"
      width="reading"
      labels={requestLabels}
      breadcrumbs={[requestsCrumb, { label: '查询进度', href: FORM }, { label: '撤回申请' }]}
    >
      <Confirm
        consequence={
          <p>
            撤回后，申请 {request.number}“{request.title}
            ”立即办结，我们不再答复，也不能恢复；以后仍需要的，可以重新申请，答复期限从新的申请起算。
          </p>
        }
        action={`${TRACK}/cases/${request.id}/withdrawal`}
        label="撤回申请"
        tone="danger"
        backHref={FORM}
      />
    </PortalPage>
  );
}
