import type {
  Correction,
  CorrectionMessage,
  DueProposal,
  FiledReport,
} from '../../areas/filed-reports/index.ts';
import {
  Badge,
  Button,
  Card,
  CheckField,
  DateField,
  Empty,
  ErrorSummary,
  Form,
  FormActions,
  formatDate,
  formatDateTime,
  RadioField,
  TextArea,
  TextField,
} from '../../ui/index.ts';
import { CORRECTIONS, reportAddress } from './addresses.ts';
import { Due, states, tones } from './correction-parts.tsx';
import { type Powers, ReportFrame } from './report-frame.tsx';

/** A form of this page that was refused, with what was typed. */
export interface RefusedForm {
  form: 'ask' | 'message' | 'due' | 'close';
  given: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
}

/** The conversation about one report: what the office asks, what the unit answers, until when. */
export function CorrectionsPage(props: {
  filed: FiledReport;
  powers: Powers;
  proposal: DueProposal | null;
  /** Text for a new request, from the findings confirmed. */
  draft: string;
  refused?: RefusedForm;
}) {
  const { filed, powers, proposal, draft, refused } = props;
  const { corrections, cell } = filed;
  const current = corrections.find(({ state }) => state !== 'closed');
  const past = corrections.filter(({ state }) => state === 'closed');
  const mayAsk = powers.ask && !current && cell.state !== 'missing' && proposal !== null;
  return (
    <ReportFrame filed={filed} view="/corrections" powers={powers}>
      <ErrorSummary errors={refused?.errors} />
      {current && <Conversation filed={filed} correction={current} mayAct={powers.ask} refused={refused} />}
      {mayAsk && <AskForm filed={filed} proposal={proposal} draft={draft} refused={refused} />}
      {!current && !mayAsk && past.length === 0 && (
        <Card>
          <Empty title="没有更正往来" icon="messages">
            {cell.state === 'missing'
              ? '还没有收到这份报告。'
              : '要求更正后，往来、期限和单位的答复都记在这里。'}
          </Empty>
        </Card>
      )}
      {past.map((correction) => (
        <Conversation key={correction.id} filed={filed} correction={correction} mayAct={false} />
      ))}
    </ReportFrame>
  );
}

function AskForm(props: { filed: FiledReport; proposal: DueProposal; draft: string; refused?: RefusedForm }) {
  const { filed, proposal, draft } = props;
  const refused = props.refused?.form === 'ask' ? props.refused : undefined;
  return (
    <Card title="要求更正" id="ask">
      <Form action={`${reportAddress(filed.unit.id, filed.year)}/corrections`}>
        <TextArea
          name="text"
          label="要求"
          rows={8}
          maxlength={4000}
          value={refused?.given.text ?? draft}
          error={refused?.errors.text}
          help={draft ? '已列入认定为“属实”的发现，可以修改。' : '写明哪里有误、怎样更正。'}
          required
        />
        <DateField
          name="dueOn"
          label="期限"
          value={refused?.given.dueOn ?? proposal.dueOn}
          error={refused?.errors.dueOn}
          help={dueWords(proposal)}
          required
        />
        <FormActions>
          <Button tone="primary" icon="mail-forward">
            要求更正
          </Button>
        </FormActions>
      </Form>
    </Card>
  );
}

/** How the day was counted. */
function dueWords({ dueOn, workingDays, daysOff }: DueProposal): string {
  const off = daysOff > 0 ? `，其间 ${daysOff} 天休息不计` : '';
  return `从明天起数 ${workingDays} 个工作日，到${formatDate(dueOn)}${off}。天数在“规则设置”中确定。`;
}

function Conversation(props: {
  filed: FiledReport;
  correction: Correction;
  mayAct: boolean;
  refused?: RefusedForm;
}) {
  const { filed, correction, mayAct, refused } = props;
  return (
    <Card id={`correction-${correction.id}`} title={`第 ${correction.version} 版的更正`}>
      <p class="correction-head">
        <Badge tone={tones[correction.state]}>{states[correction.state]}</Badge>
        {correction.state !== 'closed' && <Due dueOn={correction.dueOn} overdue={correction.overdue} />}
        <span class="help">{`${correction.openedBy} ${formatDateTime(correction.openedAt)} 发起`}</span>
        {correction.closedAt && (
          <span class="help">{`${correction.closedBy ?? ''} ${formatDateTime(correction.closedAt)} 办结`}</span>
        )}
      </p>
      <ol class="messages">
        {correction.messages.map((message) => (
          <Message key={message.id} message={message} filed={filed} />
        ))}
      </ol>
      {correction.closeReason && <p class="judged-note">办结说明：{correction.closeReason}</p>}
      {mayAct && <Acts correction={correction} refused={refused} />}
    </Card>
  );
}

const sides = { office: '本机关', unit: '单位', system: '系统' } as const;

function Message({ message, filed }: { message: CorrectionMessage; filed: FiledReport }) {
  return (
    <li class={`message message-${message.side}`}>
      <p class="message-meta">
        <strong>{message.side === 'unit' ? filed.unit.name : sides[message.side]}</strong>
        {message.side !== 'system' && <span>{message.byName}</span>}
        <span>{formatDateTime(message.at)}</span>
        {message.version !== null && (
          <a href={`${reportAddress(filed.unit.id, filed.year)}?version=${message.version}`}>
            {`第 ${message.version} 版`}
          </a>
        )}
      </p>
      <p class="message-text">{message.text}</p>
    </li>
  );
}

function Acts({ correction, refused }: { correction: Correction; refused?: RefusedForm }) {
  const base = `${CORRECTIONS}/${correction.id}`;
  const of = (form: RefusedForm['form']) => (refused?.form === form ? refused : undefined);
  const [message, due, close] = [of('message'), of('due'), of('close')];
  return (
    <div class="correction-acts">
      <Form action={`${base}/messages`}>
        <RadioField
          name="side"
          label="记下谁的话"
          inline
          value={message?.given.side ?? 'unit'}
          error={message?.errors.side}
          options={[
            { value: 'unit', label: '单位的答复（来函、来电）' },
            { value: 'office', label: '本机关的意见' },
          ]}
        />
        <TextField
          name="byName"
          label="答复人"
          width={12}
          maxlength={40}
          value={message?.given.byName}
          error={message?.errors.byName}
          help="记单位的答复时填写。"
        />
        <TextArea
          name="text"
          label="内容"
          rows={4}
          maxlength={4000}
          value={message?.given.text}
          error={message?.errors.text}
          required
        />
        <CheckField
          name="remark"
          label="单位只是补充说明，还不算答复，继续等待更正"
          checked={message?.given.remark === '1'}
        />
        <FormActions>
          <Button tone="primary">记入往来</Button>
        </FormActions>
      </Form>
      <details open={due !== undefined}>
        <summary>改期限</summary>
        <Form action={`${base}/due-date`}>
          <DateField
            name="dueOn"
            id={`due-${correction.id}`}
            label="新的期限"
            value={due?.given.dueOn ?? correction.dueOn}
            error={due?.errors.dueOn}
            required
          />
          <TextField
            name="reason"
            id={`due-reason-${correction.id}`}
            label="理由"
            width={40}
            maxlength={500}
            value={due?.given.reason}
            error={due?.errors.reason}
            required
          />
          <Button>保存期限</Button>
        </Form>
      </details>
      <details open={close !== undefined}>
        <summary>办结</summary>
        <Form action={`${base}/closing`}>
          <TextArea
            name="reason"
            id={`close-${correction.id}`}
            label="办结说明"
            rows={2}
            maxlength={500}
            value={close?.given.reason}
            error={close?.errors.reason}
            help="仍有认定为“属实”的发现时必须写明理由。"
          />
          <Button>办结更正</Button>
        </Form>
      </details>
    </div>
  );
}
