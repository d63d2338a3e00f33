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
  Light,
  Pager,
  RadioField,
  SelectField,
  Table,
  TextArea,
  TextField,
} from '../../ui/index.ts';
import { CORRECTIONS, reportAddress } from './addresses.ts';
import { type Powers, ReportFrame } from './report-frame.tsx';
import { RoomPage } from './room-page.tsx';

const states = { open: '等待更正', answered: '已答复，待复核', closed: '已办结' } as const;
const tones = { open: 'warning', answered: 'info', closed: 'neutral' } as const;

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

/** A due date; past it in red, with the word. */
function Due({ dueOn, overdue }: { dueOn: string; overdue: boolean }) {
  return overdue ? (
    <Light tone="red">{`已逾期（${formatDate(dueOn)}到期）`}</Light>
  ) : (
    <span>{`${formatDate(dueOn)}前`}</span>
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

const filters = { open: '等待更正', overdue: '已逾期', answered: '待复核', closed: '已办结' } as const;
export type CorrectionFilter = keyof typeof filters;
export const correctionFilters = filters;

/** Corrections over all reports, the most urgent first. */
export function CorrectionListPage(props: {
  state: CorrectionFilter;
  year: number | undefined;
  years: readonly number[];
  corrections: readonly Omit<Correction, 'messages'>[];
  previousHref: string | null;
  nextHref: string | null;
}) {
  const { state, year, years, corrections } = props;
  return (
    <RoomPage title="更正往来" view="corrections" year={year}>
      <div class="toolbar">
        <Form action={CORRECTIONS} method="get" layout="inline" label="筛选更正">
          <SelectField
            name="state"
            label="状况"
            value={state}
            autosubmit
            options={Object.entries(filters).map(([value, label]) => ({ value, label }))}
          />
          <SelectField
            name="year"
            label="报告年度"
            blank="全部年度"
            value={year}
            autosubmit
            options={years.map((one) => ({ value: String(one), label: `${one}年` }))}
          />
          <Button>查询</Button>
        </Form>
      </div>
      {corrections.length === 0 ? (
        <Card>
          <Empty
            title={state === 'overdue' ? '没有逾期的更正' : `没有${filters[state]}的报告`}
            icon="circle-check"
          >
            在报告页上“要求更正”后，期限和往来列在这里。
          </Empty>
        </Card>
      ) : (
        <Table
          caption={filters[state]}
          queue
          stack
          columns={[
            { label: '单位' },
            { label: '年度' },
            { label: '状况' },
            { label: '期限' },
            { label: '发起' },
          ]}
        >
          {corrections.map((one) => (
            <tr key={one.id} class={one.overdue ? 'late' : undefined}>
              <td data-label="单位">
                <a href={`${reportAddress(one.unitId, one.year, '/corrections')}#correction-${one.id}`}>
                  {one.unitName}
                </a>
              </td>
              <td data-label="年度">{one.year}年</td>
              <td data-label="状况">
                <Badge tone={tones[one.state]}>{states[one.state]}</Badge>
              </td>
              <td data-label="期限">
                {one.state === 'closed' ? (
                  formatDate(one.dueOn)
                ) : (
                  <Due dueOn={one.dueOn} overdue={one.overdue} />
                )}
              </td>
              <td data-label="发起">{`${one.openedBy} ${formatDateTime(one.openedAt)}`}</td>
            </tr>
          ))}
        </Table>
      )}
      <Pager previousHref={props.previousHref} nextHref={props.nextHref} />
    </RoomPage>
  );
}
