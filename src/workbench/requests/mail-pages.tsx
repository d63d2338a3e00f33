import {
  type MailLetter,
  type MailLine,
  type MailState,
  mailReasons,
  mailStates,
} from '../../areas/requests/index.ts';
import {
  Alert,
  Badge,
  Button,
  Card,
  Empty,
  ErrorSummary,
  Form,
  formatDateTime,
  LinkButton,
  Pager,
  RadioField,
  Table,
  Tabs,
  TextField,
} from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { caseAddress, MAIL, mailAddress, newFromMailAddress, REQUESTS } from './case-addresses.ts';
import { LetterText, senderWords } from './mail-letter.tsx';

const addressOf = (state: MailState, behind?: string) =>
  `${MAIL}?state=${state}${behind === undefined ? '' : `&behind=${behind}`}`;

/** Letters in one state, newest first. */
export function MailPage(props: {
  state: MailState;
  items: readonly MailLine[];
  next: string | null;
  first: boolean;
  /** Whether a mailbox is set. */
  connected: boolean;
}) {
  const { state, items, next, first, connected } = props;
  return (
    <WorkbenchPage
      title="邮件申请"
      current={MAIL}
      breadcrumbs={[{ label: '依申请公开', href: REQUESTS }, { label: '邮件申请' }]}
      wide
      lead="申请邮箱每 5 分钟收取一次。逐封辨认：要求公开政府信息的登记为申请，不完整的也要登记；不是申请的注明理由。"
    >
      {!connected && (
        <Alert tone="warning" title="没有设置申请邮箱">
          系统管理员在 IMAP_URL 中写明邮箱后，邮件才会自动收取。
        </Alert>
      )}
      <Tabs
        label="邮件的状态"
        items={(Object.keys(mailStates) as MailState[]).map((one) => ({
          label: mailStates[one].label,
          href: addressOf(one),
          current: one === state,
        }))}
      />
      {items.length === 0 ? (
        <Card>
          <Empty title={first ? empty[state] : '没有更早的邮件'} icon="mail-check" />
        </Card>
      ) : (
        <MailTable state={state} items={items} />
      )}
      <Pager
        previousHref={first ? null : addressOf(state)}
        nextHref={next === null ? null : addressOf(state, next)}
      />
    </WorkbenchPage>
  );
}

const empty: Readonly<Record<MailState, string>> = {
  new: '没有待辨认的邮件',
  registered: '还没有邮件登记为申请',
  dismissed: '没有认定不是申请的邮件',
};

function MailTable({ state, items }: { state: MailState; items: readonly MailLine[] }) {
  return (
    <Table
      caption={`${mailStates[state].label}的邮件`}
      queue
      stack
      columns={[
        { label: '主题', width: 'wide' },
        { label: '发件人' },
        { label: '收到', width: 'medium' },
        { label: '附件', numeric: true },
        ...(state === 'new' ? [] : [{ label: '办理' }]),
      ]}
    >
      {items.map((mail) => (
        <tr key={mail.id}>
          <th scope="row" data-label="主题" class="mail-subject">
            <a href={mailAddress(mail.id)}>
              {mail.sender === null ? `邮件 ${mail.id}（内容已删除）` : mail.subject || '（没有主题）'}
            </a>
          </th>
          <td data-label="发件人" class="mail-sender">
            {senderWords(mail.sender)}
          </td>
          <td data-label="收到" class="queue-day">
            {formatDateTime(mail.receivedAt)}
          </td>
          <td data-label="附件" class="numeric">
            {mail.files}
          </td>
          {state !== 'new' && (
            <td data-label="办理">
              <Decision mail={mail} />
            </td>
          )}
        </tr>
      ))}
    </Table>
  );
}

function Decision({ mail: { request, reason, decidedBy } }: { mail: MailLine }) {
  return (
    <>
      {request && <a href={caseAddress(request.id)}>{request.number}</a>}
      {reason && mailReasons[reason]}
      <div class="help">{decidedBy}</div>
    </>
  );
}

/** One letter, and what becomes of it. */
export function LetterPage({ letter, given, errors }: { letter: MailLetter; given: Given; errors: Errors }) {
  const { id, state, request, reason, decidedBy, decidedAt, clearedOn } = letter;
  const { label, tone } = mailStates[state];
  return (
    <WorkbenchPage
      title={letter.subject || `邮件 ${id}`}
      current={MAIL}
      breadcrumbs={[
        { label: '依申请公开', href: REQUESTS },
        { label: '邮件申请', href: MAIL },
        { label: '邮件' },
      ]}
      state={<Badge tone={tone}>{label}</Badge>}
      actions={
        state === 'new' && (
          <LinkButton href={newFromMailAddress(id)} tone="primary" icon="file-plus">
            登记为申请
          </LinkButton>
        )
      }
    >
      <ErrorSummary errors={errors} />
      {state !== 'new' && (
        <Alert tone={state === 'registered' ? 'success' : 'info'} title={label}>
          {decidedBy}，{formatDateTime(decidedAt)}
          {reason && `：${mailReasons[reason]}`}
          {request && (
            <>
              {'：'}
              <a href={caseAddress(request.id)}>申请 {request.number}</a>
            </>
          )}
          {state === 'dismissed' && clearedOn === null && (
            <Form action={`${mailAddress(id)}/restoration`} layout="bare">
              <Button small icon="arrow-back-up">
                恢复为待辨认
              </Button>
            </Form>
          )}
        </Alert>
      )}
      <Card title="邮件">
        <LetterText letter={letter} />
        {clearedOn === null && (
          <p class="help mail-note">
            发件人、主题和内容都是对方所写，没有核实；只显示文字，不载入图片和链接。打开已记入台账。
          </p>
        )}
      </Card>
      {state === 'new' && (
        <Card title="不是申请">
          <Form action={`${mailAddress(id)}/dismissal`}>
            <RadioField
              name="reason"
              label="理由"
              value={given('reason')}
              error={errors.reason}
              options={Object.entries(mailReasons).map(([value, words]) => ({ value, label: words }))}
              required
            />
            <TextField
              name="note"
              label="说明"
              value={given('note')}
              error={errors.note}
              maxlength={200}
              autocomplete="off"
              help="选“其他”的须写明。记入台账，不要写姓名、电话。"
            />
            <Button>认定不是申请</Button>
          </Form>
        </Card>
      )}
    </WorkbenchPage>
  );
}
