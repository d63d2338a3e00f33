import { channels, type DeadlineAnswer, timeLimits, unitLabels } from '../../law/index.ts';
import {
  Alert,
  Button,
  Card,
  DateField,
  Facts,
  Form,
  FormActions,
  formatDate,
  SelectField,
  Table,
  TextField,
} from '../../ui/index.ts';
import { CALENDAR } from './pages.tsx';

export interface Calculation {
  input: Readonly<Record<string, string | undefined>>;
  answer: DeadlineAnswer | null;
  errors: Readonly<Record<string, string>>;
  /** What the law forbids in the question. */
  refusal: { message: string; article: string | null } | null;
}

/** When something is due, and the reason of every day on the way. */
export function Calculator({ year, calculation }: { year: number; calculation: Calculation }) {
  const { input, answer, errors, refusal } = calculation;
  return (
    <Card title="期限计算" id="calculator">
      <Form action={`${CALENDAR}#calculator`} method="get" layout="inline" label="计算期限">
        <input type="hidden" name="year" value={year} />
        <SelectField
          name="kind"
          label="期限种类"
          value={input.kind ?? 'reply'}
          error={errors.kind}
          options={Object.entries(timeLimits).map(([value, { label }]) => ({ value, label }))}
        />
        <SelectField
          name="channel"
          label="提交方式"
          value={input.channel ?? 'in-person'}
          error={errors.channel}
          options={Object.entries(channels).map(([value, { label }]) => ({ value, label }))}
        />
        <DateField name="received" label="收到（提交）日期" value={input.received} error={errors.received} />
        <DateField name="confirmed" label="双方确认日期" value={input.confirmed} error={errors.confirmed} />
        <TextField
          name="extend"
          label="延长"
          value={input.extend}
          error={errors.extend}
          width={4}
          inputmode="numeric"
          suffix="天"
        />
        <DateField name="suspendFrom" label="征求意见发出" value={input.suspendFrom} error={errors.suspend} />
        <DateField name="suspendUntil" label="意见收到" value={input.suspendUntil} />
        <FormActions>
          <Button tone="primary" icon="calculator">
            计算
          </Button>
        </FormActions>
      </Form>
      {refusal && (
        <Alert tone="danger" title={refusal.message} live>
          {refusal.article}
        </Alert>
      )}
      {answer && <Answer answer={answer} />}
    </Card>
  );
}

function Answer({ answer }: { answer: DeadlineAnswer }) {
  const { due, extendedDue, limit, unit } = answer;
  const days = [...answer.days, ...answer.extensionDays];
  const counted = numbered(days);
  return (
    <div class="calculation">
      {answer.provisional && (
        <Alert tone="warning" title="此期限为暂定">
          期限跨入放假安排尚未公布的年份，公布后请重新计算。
        </Alert>
      )}
      <Facts
        items={[
          {
            label: '适用条例',
            value:
              answer.regime === '492' ? '2008年条例（国务院令第492号）' : '2019年条例（国务院令第711号）',
          },
          {
            label: '起算之日',
            value: answer.received ? formatDate(answer.received) : '尚未确认，期限暂不起算',
          },
          { label: '期限', value: limit === null ? '法律未规定天数' : `${limit}${unitLabels[unit]}` },
          { label: '届满日', value: due ? <strong>{formatDate(due)}</strong> : '—' },
          ...(extendedDue
            ? [{ label: '延长后届满日', value: <strong>{formatDate(extendedDue)}</strong> }]
            : []),
          ...(answer.suspended > 0
            ? [{ label: '扣除征求意见时间', value: `${answer.suspended}个工作日` }]
            : []),
        ]}
      />
      <h3>理由</h3>
      <ol>
        {answer.reasons.map(({ text, article }, index) => (
          <li key={index}>
            {text}
            {article && `（${article}）`}
          </li>
        ))}
      </ol>
      {days.length > 0 && (
        <details>
          <summary>逐日说明（{days.length} 天）</summary>
          <Table
            caption="逐日说明"
            columns={[
              { label: '日期' },
              { label: '是否计入' },
              { label: '第几日', numeric: true },
              { label: '理由', width: 'wide' },
            ]}
          >
            {counted.map((day) => (
              <tr key={day.date}>
                <td>{formatDate(day.date)}</td>
                <td>{day.counted ? '计入' : '不计'}</td>
                <td class="numeric">{day.counted ? day.nth : '—'}</td>
                <td>{day.why}</td>
              </tr>
            ))}
          </Table>
        </details>
      )}
    </div>
  );
}

function numbered(days: DeadlineAnswer['days']) {
  let nth = 0;
  return days.map((day) => {
    if (day.counted) nth += 1;
    return { ...day, nth };
  });
}
