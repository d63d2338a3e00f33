import {
  decideRectification,
  previewRectification,
  rectificationOutcomes,
  takeRectification,
} from '../../areas/requests/index.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { DateField, FileField, formatDate, RadioField, TextArea } from '../../ui/index.ts';
import { oneOf } from '../request.ts';
import { SCANS } from './case-uploads.ts';
import type { MoveForm } from './move-form.ts';
import { maskedLetter } from './move-preview.tsx';

export const takeRectificationForm: MoveForm = {
  move: 'take-rectification',
  path: 'rectification',
  title: '登记更正要求',
  button: '登记更正要求',
  files: { evidence: 'evidence' },
  consequence: () => (
    <p>
      申请人有证据证明本机关提供的、与其自身相关的政府信息记录不准确的，可以要求更正。审核属实的应当更正并告知；无权更正的，转送或者告知向有权更正的机关提出。
    </p>
  ),
  fields: ({ ctx, view, given, errors }) => (
    <>
      <DateField
        name="askedOn"
        label="提出的日期"
        value={given('askedOn') || ctx.clock.today().toString()}
        error={errors.askedOn}
        min={view.case.concludedOn ?? undefined}
        max={ctx.clock.today().toString()}
        required
      />
      <TextArea
        name="asked"
        label="要求更正什么、有什么证据"
        rows={5}
        value={given('asked')}
        error={errors.asked}
        maxlength={2000}
        required
      />
      <FileField name="evidence" label="证据材料" multiple accept={SCANS} error={errors.evidence} />
    </>
  ),
  submit: async (ctx, ref, { given, files }) => {
    await takeRectification(ctx, ref, { askedOn: given('askedOn'), asked: given('asked'), files });
    return '更正要求已登记，请审核后答复。';
  },
};

export const decideRectificationForm: MoveForm = {
  move: 'decide-rectification',
  path: 'rectification-decision',
  title: '答复更正要求',
  button: '签发更正告知书',
  fields: ({ view, given, errors }) => {
    const open = view.standing.rectifications.find(({ decidedOn }) => decidedOn === null);
    return (
      <>
        {open && (
          <div class="quoted-content">
            <p class="quoted-head">{formatDate(open.askedOn)}提出</p>
            <p class="song">{view.rectifications.get(open.id)?.asked}</p>
          </div>
        )}
        <RadioField
          name="outcome"
          label="处理结果"
          value={given('outcome')}
          error={errors.outcome}
          options={Object.entries(rectificationOutcomes).map(([value, label]) => ({ value, label }))}
          required
        />
        <TextArea
          name="decision"
          label="结果和理由"
          rows={5}
          value={given('decision')}
          error={errors.decision}
          maxlength={2000}
          help="怎样更正的、为什么不更正，或者向哪个机关提出，写给申请人看。"
          required
        />
      </>
    );
  },
  preview: async ({ ctx, view, given }) => {
    const open = view.standing.rectifications.find(({ decidedOn }) => decidedOn === null);
    if (!open) return null;
    const demand = { id: open.id, askedOn: open.askedOn, decision: given('decision') };
    return maskedLetter(await previewRectification(ctx, view.case, demand), view);
  },
  submit: async (ctx, ref, { given }) => {
    const outcome = oneOf(rectificationOutcomes, given('outcome'));
    if (!outcome) throw new InvalidForm({ outcome: '请选择处理结果。' });
    await decideRectification(ctx, ref, { outcome, decision: given('decision') });
    return '更正告知书已签发，请打印发出。';
  },
};
