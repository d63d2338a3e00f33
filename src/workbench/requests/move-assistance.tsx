import { askAssistance, previewAssistance, recordAssistance } from '../../areas/requests/index.ts';
import { parseDay } from '../../law/index.ts';
import { DateField, FileField, formatDate, SelectField, TextArea } from '../../ui/index.ts';
import { SCANS } from './case-uploads.ts';
import type { MoveForm } from './move-form.ts';
import { PartyFields, partyGiven, partyName } from './move-party.tsx';
import { numberOf } from './request.ts';

const GONE = '没有找到这份协办函。';

export const askAssistanceForm: MoveForm = {
  move: 'ask-assistance',
  path: 'assistance',
  title: '请求协办',
  button: '签发协办函',
  consequence: ({ case: { dueOn } }) => (
    <p>
      请其他单位协助查找、提供材料或者核实情况。协办所需时间计入答复期限
      {dueOn !== null && `，答复期限仍到${formatDate(dueOn)}为止`}
      ；需要对方对是否公开表示意见的，请用“征求意见”。
    </p>
  ),
  fields: ({ ctx, given, errors }) => (
    <>
      <PartyFields given={given} errors={errors} />
      <TextArea
        name="information"
        label="请对方协助的事项"
        rows={4}
        value={given('information')}
        error={errors.information}
        maxlength={1000}
        help="写清要什么材料、核实什么；不要写申请人是谁。"
        required
      />
      <DateField
        name="dueOn"
        label="请对方回复的日期"
        value={given('dueOn')}
        error={errors.dueOn}
        min={ctx.clock.today().toString()}
        required
      />
    </>
  ),
  preview: ({ ctx, view, given }) =>
    previewAssistance(
      ctx,
      view.case,
      partyGiven(given),
      parseDay(given('dueOn')) === null ? null : given('dueOn'),
    ),
  submit: async (ctx, ref, { given }) => {
    await askAssistance(ctx, ref, { ...partyGiven(given), dueOn: given('dueOn') });
    return '协办函已签发，请打印发出。';
  },
};

export const recordAssistanceForm: MoveForm = {
  move: 'record-assistance',
  path: 'assistance-answer',
  title: '登记协办回复',
  button: '登记回复',
  files: { answer: 'record' },
  fields: ({ ctx, view, given, errors }) => {
    const waiting = view.standing.consultations.filter(
      ({ party, answeredOn }) => party === 'assistant' && answeredOn === null,
    );
    return (
      <>
        <SelectField
          name="consultation"
          label="哪个单位"
          value={given('consultation') || waiting[0]?.id}
          options={waiting.map(({ id, sentOn }) => ({
            value: String(id),
            label: `${partyName(view, id)}（${formatDate(sentOn)}发出）`,
          }))}
        />
        <DateField
          name="answeredOn"
          label="收到回复的日期"
          value={given('answeredOn') || ctx.clock.today().toString()}
          error={errors.answeredOn}
          max={ctx.clock.today().toString()}
          required
        />
        <TextArea
          name="text"
          label="回复的内容"
          rows={4}
          value={given('text')}
          error={errors.text}
          maxlength={4000}
          required
        />
        <FileField name="answer" label="对方提供的材料" multiple accept={SCANS} error={errors.answer} />
      </>
    );
  },
  submit: async (ctx, ref, { given, files }) => {
    await recordAssistance(ctx, ref, numberOf(given('consultation'), GONE), {
      text: given('text'),
      answeredOn: given('answeredOn'),
      files,
    });
    return '协办回复已登记。';
  },
};
