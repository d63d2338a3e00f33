import { Temporal } from 'temporal-polyfill';
import { currentCalendar } from '../../areas/calendars/index.ts';
import { composeLetter } from '../../areas/letters/index.ts';
import { findAgencyById } from '../../areas/organisations/index.ts';
import {
  askCorrection,
  formLengths,
  lapseCorrection,
  letterOf,
  printedDay,
  type RequestCtx,
  takeCorrection,
} from '../../areas/requests/index.ts';
import { correctionNoticeDue, lawSettingsOf } from '../../law/index.ts';
import { DateField, FileField, formatDate, TextArea, TextField } from '../../ui/index.ts';
import { SCANS } from './case-uploads.ts';
import type { MoveForm, MoveQuestion } from './move-form.ts';
import { maskedLetter } from './move-preview.tsx';

const MOST_DAYS = 60;

export const askCorrectionForm: MoveForm = {
  move: 'ask-correction',
  path: 'correction-notice',
  title: '告知补正',
  button: '签发补正告知书',
  consequence: ({ case: { regime, receivedOn } }) => (
    <p>
      补正只能一次性告知，要请申请人补充的都写在这一份里。签发后编入文号、不能更改；答复期限停止计算，收到补正之日起重新计算。
      {regime === 'R2019' &&
        receivedOn &&
        `告知须在收到申请（${formatDate(receivedOn)}）后 7 个工作日内作出。`}
    </p>
  ),
  fields: async ({ ctx, view, given, errors }) => {
    const last = await lastNoticeDay(ctx, view.case);
    return (
      <>
        <TextArea
          name="asked"
          label="需要补正的事项"
          rows={6}
          value={given('asked')}
          error={errors.asked}
          maxlength={2000}
          help={`哪里不明确、请申请人补充什么、怎样写才查得到。${last ? `最迟${formatDate(last)}告知。` : ''}`}
          required
        />
        <TextField
          name="days"
          label="补正期限"
          type="number"
          width={8}
          min={1}
          max={MOST_DAYS}
          suffix="个工作日"
          value={given('days') || (await usualDays(ctx))}
          error={errors.days}
          help="合理期限，从告知之日起算；期满没有补正又没有正当理由的，视为放弃申请。"
        />
      </>
    );
  },
  preview: async ({ ctx, view, given }) => {
    const days = Number(given('days') || (await usualDays(ctx)));
    const today = ctx.clock.today();
    const valid = Number.isInteger(days) && days >= 1 && days <= MOST_DAYS;
    const due = valid ? (await currentCalendar(ctx.db, ctx.agencyId)).workingDayAfter(today, days) : null;
    const asked = given('asked');
    return maskedLetter(
      await composeLetter(
        ctx,
        await letterOf(ctx, view.case, {
          kind: 'correction',
          fields: {
            ...(asked !== '' && { correctionItems: asked }),
            ...(due && { correctionDue: printedDay(due.toString()) }),
          },
          issuedOn: today,
        }),
      ),
      view,
    );
  },
  submit: async (ctx, ref, { given }) => {
    const days = given('days');
    await askCorrection(ctx, ref, { asked: given('asked'), ...(days !== '' && { days: Number(days) }) });
    return '补正告知书已签发，请打印发出；收到补正之前，答复期限不计算。';
  },
};

async function usualDays({ db, agencyId }: RequestCtx): Promise<number> {
  const agency = await findAgencyById(db, agencyId);
  return lawSettingsOf(agency?.settings ?? {}).correctionDays;
}

async function lastNoticeDay(
  ctx: RequestCtx,
  { regime, receivedOn }: MoveQuestion['view']['case'],
): Promise<string | null> {
  if (regime === null || receivedOn === null) return null;
  const calendar = await currentCalendar(ctx.db, ctx.agencyId);
  return correctionNoticeDue(regime, Temporal.PlainDate.from(receivedOn), calendar)?.toString() ?? null;
}

export const takeCorrectionForm: MoveForm = {
  move: 'take-correction',
  path: 'correction',
  title: '收到补正',
  button: '登记补正',
  files: { correction: 'correction' },
  consequence: () => <p>登记后回到“待审查”，答复期限自收到补正之日起重新计算。</p>,
  fields: ({ ctx, view, given, errors }) => {
    const asked = view.standing.corrections.find(
      ({ answeredOn, lapsedOn }) => answeredOn === null && lapsedOn === null,
    );
    return (
      <>
        {asked && (
          <div class="quoted-content">
            <p class="quoted-head">请申请人补正的事项</p>
            <p class="song">{view.corrections.get(asked.id)?.asked}</p>
          </div>
        )}
        <DateField
          name="receivedOn"
          label="收到补正的日期"
          value={given('receivedOn') || ctx.clock.today().toString()}
          min={asked?.noticedOn}
          max={ctx.clock.today().toString()}
          error={errors.receivedOn}
          required
        />
        <TextArea
          name="text"
          label="补正的内容"
          rows={5}
          value={given('text')}
          error={errors.text}
          maxlength={formLengths.content}
          required
        />
        <FileField name="correction" label="补正材料" multiple accept={SCANS} error={errors.correction} />
      </>
    );
  },
  submit: async (ctx, ref, { given, files }) => {
    await takeCorrection(ctx, ref, { text: given('text'), files, receivedOn: given('receivedOn') });
    return '补正已登记，答复期限重新计算；请审查补正后的申请。';
  },
};

export const lapseCorrectionForm: MoveForm = {
  move: 'lapse-correction',
  path: 'correction-lapse',
  title: '逾期未补正',
  button: '按逾期未补正处理',
  tone: 'danger',
  consequence: () => (
    <p>
      补正期限已满，申请人没有补正，也没有说明正当理由。登记后视为放弃申请，不再处理；还需要起草并发出不再处理的告知书。
    </p>
  ),
  submit: async (ctx, ref) => {
    await lapseCorrection(ctx, ref);
    return '已按逾期未补正处理，请起草不再处理的告知书。';
  },
};
