import { currentCalendar } from '../../areas/calendars/index.ts';
import { findAgencyById } from '../../areas/organisations/index.ts';
import {
  askReasons,
  judgeReasons,
  previewDelay,
  previewReasons,
  type RequestCtx,
  reasonsVerdicts,
  takeReasons,
} from '../../areas/requests/index.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { lawSettingsOf, parseDay } from '../../law/index.ts';
import { DateField, FileField, formatDate, RadioField, TextArea, TextField } from '../../ui/index.ts';
import { oneOf } from '../request.ts';
import { SCANS } from './case-uploads.ts';
import type { MoveForm, MoveQuestion } from './move-form.ts';
import { maskedLetter } from './move-preview.tsx';

const MOST_DAYS = 60;

export const askReasonsForm: MoveForm = {
  move: 'ask-reasons',
  path: 'reasons-notice',
  title: '要求说明理由',
  button: '签发说明理由告知书',
  consequence: ({ case: { dueOn } }) => (
    <p>
      申请公开政府信息的数量、频次明显超过合理范围的，可以要求申请人说明理由，一件申请一次。答复期限不因此停止
      {dueOn === null ? '。' : `，仍到${formatDate(dueOn)}为止。`}
    </p>
  ),
  fields: async ({ ctx, given, errors }) => (
    <>
      <TextArea
        name="facts"
        label="数量、频次明显超过合理范围的事实"
        rows={3}
        value={given('facts')}
        error={errors.facts}
        maxlength={500}
        help="接在“您”后面，例如“近三个月内提交申请42件”。"
        required
      />
      <TextField
        name="days"
        label="说明理由的期限"
        type="number"
        width={8}
        min={1}
        max={MOST_DAYS}
        suffix="个工作日"
        value={given('days') || (await usualDays(ctx))}
        error={errors.days}
        help="法律没有规定天数，请给申请人合理的时间。"
        required
      />
    </>
  ),
  preview: async ({ ctx, view, given }) => {
    const days = Number(given('days') || (await usualDays(ctx)));
    const valid = Number.isInteger(days) && days >= 1 && days <= MOST_DAYS;
    const calendar = await currentCalendar(ctx.db, ctx.agencyId);
    const dueOn = valid ? calendar.workingDayAfter(ctx.clock.today(), days).toString() : null;
    return maskedLetter(await previewReasons(ctx, view.case, { facts: given('facts'), dueOn }), view);
  },
  submit: async (ctx, ref, { given }) => {
    await askReasons(ctx, ref, { facts: given('facts'), days: Number(given('days')) });
    return '说明理由告知书已签发，请打印发出；答复期限继续计算。';
  },
};

async function usualDays({ db, agencyId }: RequestCtx): Promise<number> {
  const agency = await findAgencyById(db, agencyId);
  return lawSettingsOf(agency?.settings ?? {}).reasonsDays;
}

export const takeReasonsForm: MoveForm = {
  move: 'take-reasons',
  path: 'reasons',
  title: '登记说明的理由',
  button: '登记理由',
  files: { answer: 'explanation' },
  fields: ({ ctx, view, given, errors }) => (
    <>
      <AskedFacts view={view} />
      <DateField
        name="answeredOn"
        label="收到说明的日期"
        value={given('answeredOn') || ctx.clock.today().toString()}
        error={errors.answeredOn}
        min={view.standing.reasons?.noticedOn}
        max={ctx.clock.today().toString()}
        required
      />
      <TextArea
        name="text"
        label="申请人说明的理由"
        rows={5}
        value={given('text')}
        error={errors.text}
        maxlength={4000}
        required
      />
      <FileField name="answer" label="书面说明的扫描件" multiple accept={SCANS} error={errors.answer} />
    </>
  ),
  submit: async (ctx, ref, { given, files }) => {
    await takeReasons(ctx, ref, { text: given('text'), answeredOn: given('answeredOn'), files });
    return '申请人说明的理由已登记，请认定是否合理。';
  },
};

function AskedFacts({ view }: Pick<MoveQuestion, 'view'>) {
  const { reasons } = view.standing;
  if (reasons === null || !view.reasons) return null;
  return (
    <div class="quoted-content">
      <p class="quoted-head">
        {formatDate(reasons.noticedOn)}告知，期限到{formatDate(reasons.dueOn)}
      </p>
      <p class="song">{view.reasons.facts}</p>
      {view.reasons.answer && (
        <>
          <p class="quoted-head">申请人的说明</p>
          <p class="song">{view.reasons.answer}</p>
        </>
      )}
    </div>
  );
}

export const judgeReasonsForm: MoveForm = {
  move: 'judge-reasons',
  path: 'reasons-finding',
  title: '认定理由',
  button: '提交认定',
  consequence: () => (
    <ul class="checks">
      <li>理由不合理，或者逾期不说明的，起草“不予处理”的答复告知申请人；</li>
      <li>理由合理但不能按期答复的，确定延迟答复的合理期限，签发延迟答复告知书，答复期限随之改变。</li>
    </ul>
  ),
  fields: ({ view, given, errors }) => {
    const silent = view.standing.reasons?.answeredOn === null;
    return (
      <>
        <AskedFacts view={view} />
        <RadioField
          name="verdict"
          label="认定"
          value={given('verdict')}
          error={errors.verdict}
          options={Object.entries(reasonsVerdicts)
            .filter(([value]) => !silent || value === 'unreasonable')
            .map(([value, label]) => ({ value, label }))}
          required
        />
        <TextArea
          name="finding"
          label="认定的理由"
          rows={4}
          value={given('finding')}
          error={errors.finding}
          maxlength={1000}
          help="延迟答复的，写明为什么在法定期限内不能答复；这段话印在告知书上，接在“因”后面。"
          required
        />
        {!silent && (
          <DateField
            name="until"
            label="延迟到哪一天"
            value={given('until')}
            error={errors.until}
            min={view.case.dueOn ?? undefined}
            help="只有延迟答复才填，填工作日，晚于现在的答复期限。"
          />
        )}
      </>
    );
  },
  preview: async ({ ctx, view, given }) => {
    if (given('verdict') !== 'delayed') return null;
    const until = parseDay(given('until')) === null ? null : given('until');
    return maskedLetter(await previewDelay(ctx, view.case, { reason: given('finding'), until }), view);
  },
  submit: async (ctx, ref, { given }) => {
    const verdict = oneOf(reasonsVerdicts, given('verdict'));
    if (!verdict) throw new InvalidForm({ verdict: '请选择认定的结果。' });
    await judgeReasons(ctx, ref, { verdict, finding: given('finding'), until: given('until') });
    return {
      reasonable: '已认定理由合理，请按期答复。',
      delayed: '延迟答复告知书已签发，请打印发出；答复期限已经改变。',
      unreasonable: '已认定理由不合理，请起草不予处理的答复。',
    }[verdict];
  },
};
