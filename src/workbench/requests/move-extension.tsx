import { currentCalendar } from '../../areas/calendars/index.ts';
import { composeLetter } from '../../areas/letters/index.ts';
import {
  clockOf,
  decideExtension,
  letterOf,
  printedDay,
  proposeExtension,
} from '../../areas/requests/index.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { maxExtension } from '../../law/index.ts';
import { Facts, formatDate, RadioField, TextArea, TextField } from '../../ui/index.ts';
import type { MoveForm, MoveQuestion } from './move-form.ts';
import { maskedLetter } from './move-preview.tsx';

export const proposeExtensionForm: MoveForm = {
  move: 'propose-extension',
  path: 'extension',
  title: '提请延期',
  button: '提请批准',
  consequence: ({ clock }) => (
    <p>
      延期只能一次，须由公开工作机构负责人批准，并在现在的期限
      {clock?.firstDue && `（${formatDate(clock.firstDue.toString())}）`}
      届满前告知申请人。批准当天签发延期答复告知书。
    </p>
  ),
  fields: ({ view, given, errors }) => (
    <>
      <TextField
        name="days"
        label="延长"
        type="number"
        width={8}
        min={1}
        max={maxExtension(view.case.regime ?? 'R2019')}
        suffix="个工作日"
        value={given('days') || maxExtension(view.case.regime ?? 'R2019')}
        error={errors.days}
        help={`最多 ${maxExtension(view.case.regime ?? 'R2019')} 个工作日。`}
        required
      />
      <TextArea
        name="reason"
        label="延期的理由"
        rows={3}
        value={given('reason')}
        error={errors.reason}
        maxlength={500}
        help="印在给申请人的告知书上，请写具体：为什么在原期限内不能答复。"
        required
      />
    </>
  ),
  preview: (question) => extensionLetter(question, Number(question.given('days')), question.given('reason')),
  submit: async (ctx, ref, { given }) => {
    await proposeExtension(ctx, ref, { days: Number(given('days')), reason: given('reason') });
    return '已提请批准延期。';
  },
};

export const decideExtensionForm: MoveForm = {
  move: 'decide-extension',
  path: 'extension-decision',
  title: '审批延期',
  button: '提交决定',
  consequence: () => <p>批准后立即签发延期答复告知书，编入文号；答复期限随之延长。</p>,
  fields: ({ view, given, errors }) => {
    const { extension } = view.standing;
    return (
      <>
        {extension && (
          <Facts
            items={[
              { label: '延长', value: `${extension.days} 个工作日` },
              { label: '提请日期', value: formatDate(extension.proposedOn) },
              { label: '理由', value: extension.reason },
            ]}
          />
        )}
        <RadioField
          name="decision"
          label="决定"
          value={given('decision')}
          error={errors.decision}
          options={[
            { value: 'approve', label: '批准延期' },
            { value: 'refuse', label: '不批准，按原期限答复' },
          ]}
          required
        />
        <TextArea
          name="reason"
          label="意见"
          rows={3}
          value={given('reason')}
          error={errors.reason}
          maxlength={500}
          help="不批准的须写明理由。"
        />
      </>
    );
  },
  preview: (question) => {
    const { extension } = question.view.standing;
    return extension ? extensionLetter(question, extension.days, extension.reason) : Promise.resolve(null);
  },
  submit: async (ctx, ref, { given }) => {
    const decision = given('decision');
    if (decision !== 'approve' && decision !== 'refuse')
      throw new InvalidForm({ decision: '请选择批准或者不批准。' });
    await decideExtension(ctx, ref, { approve: decision === 'approve', reason: given('reason') });
    return decision === 'approve' ? '已批准延期，告知书已签发，请今天发出。' : '没有批准延期。';
  },
};

async function extensionLetter({ ctx, view }: MoveQuestion, days: number, reason: string) {
  const calendar = await currentCalendar(ctx.db, ctx.agencyId);
  const today = ctx.clock.today();
  const most = maxExtension(view.case.regime ?? 'R2019');
  const valid = Number.isInteger(days) && days >= 1 && days <= most;
  const extended = {
    ...view.standing,
    extension: {
      state: 'approved' as const,
      days,
      reason,
      proposedBy: null,
      proposedOn: today.toString(),
      decidedOn: today.toString(),
      notifiedOn: today.toString(),
      letterId: null,
    },
  };
  const due = valid ? (clockOf(extended, calendar)?.due ?? null) : null;
  return maskedLetter(
    await composeLetter(
      ctx,
      await letterOf(ctx, view.case, {
        kind: 'extension',
        fields: {
          due: printedDay(view.case.dueOn),
          ...(reason !== '' && { extensionReason: reason }),
          ...(due && { extendedDue: printedDay(due.toString()) }),
        },
        issuedOn: today,
      }),
    ),
    view,
  );
}
