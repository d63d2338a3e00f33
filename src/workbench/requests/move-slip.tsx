import { yearsSigned } from '../../annual-report/index.ts';
import {
  type CaseView,
  correctLetterSlip,
  type RequestCtx,
  readCase,
  type Slip,
  slipsOf,
} from '../../areas/requests/index.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { Alert, DateField, formatDate, SelectField, TextArea } from '../../ui/index.ts';
import { oneOf } from '../request.ts';
import { caseAddress } from './case-addresses.ts';
import { dispatchMethods } from './case-words.ts';
import type { MoveForm, MoveQuestion } from './move-form.ts';
import { numberOf } from './request.ts';

const GONE = '没有找到登记过发出或者送达的这份文书。';

/** Puts a slip of dispatch or delivery right; which letter is asked first. */
export const correctSlipForm: MoveForm = {
  move: 'correct-slip',
  path: 'slip-correction',
  title: '更正发出、送达登记',
  button: '更正登记',
  first: (question) => (slipOf(question) ? null : { value: 'letter', label: '继续' }),
  consequence: () => (
    <p>
      原来的登记和更正的理由都会保留。由这些日期推算的期限（征求意见、缴费、答复是否按期、办结日期）随之重新计算，变化记入办理经过。
    </p>
  ),
  fields: async (question) => {
    const { view, given, errors, ctx } = question;
    const slips = slipsOf(view.standing, view.letters);
    if (slips.length === 0)
      return (
        <Alert tone="info" title="没有登记过发出或者送达的文书">
          <a href={caseAddress(view.case.id)}>返回这件申请</a>
        </Alert>
      );
    const slip = slipOf(question);
    if (!slip)
      return (
        <SelectField
          name="letter"
          label="哪一份文书"
          options={slips.map(({ letter }) => ({ value: String(letter.id), label: letterName(letter) }))}
        />
      );
    const shown = (name: string, stored: string | null) =>
      given('reason') !== '' || Object.keys(errors).length > 0 ? given(name) : (stored ?? '');
    const today = ctx.clock.today().toString();
    return (
      <>
        <input type="hidden" name="letter" value={slip.letter.id} />
        <div class="quoted-content">
          <p class="quoted-head">{letterName(slip.letter)}，现在的登记</p>
          <p>{slipWords(slip)}</p>
        </div>
        <ReportsThatCounted years={await reportsCounting(ctx, view, slip.letter.id, [slip.sentOn])} />
        {slip.sentOn !== null && (
          <div class="field-row">
            <DateField
              name="sentOn"
              label="发出日期"
              value={shown('sentOn', slip.sentOn)}
              error={errors.sentOn}
              min={slip.letter.issuedOn}
              max={today}
              required
            />
            <SelectField
              name="method"
              label="送达方式"
              value={shown('method', slip.method)}
              error={errors.method}
              options={Object.entries(dispatchMethods).map(([value, label]) => ({ value, label }))}
            />
          </div>
        )}
        {slip.deliveredOn !== null && (
          <DateField
            name="deliveredOn"
            label="送达日期"
            value={shown('deliveredOn', slip.deliveredOn)}
            error={errors.deliveredOn}
            min={slip.letter.issuedOn}
            max={today}
            required
          />
        )}
        <TextArea
          name="reason"
          label="原来的登记错在哪里"
          rows={3}
          value={given('reason')}
          error={errors.reason}
          maxlength={500}
          help="例如“邮局收据上的日期是3月9日，登记时写成了3月10日”。"
          required
        />
      </>
    );
  },
  submit: async (ctx, ref, { given }) => {
    const method = oneOf(dispatchMethods, given('method') || 'post');
    if (!method) throw new InvalidForm({ method: '请选择怎样送达。' });
    const letterId = numberOf(given('letter'), GONE);
    const before = await readCase(ctx, ref.id);
    await correctLetterSlip(ctx, ref, letterId, {
      sentOn: given('sentOn'),
      method,
      deliveredOn: given('deliveredOn'),
      reason: given('reason'),
    });
    const years = await reportsCounting(ctx, before, letterId, [before.case.concludedOn, given('sentOn')]);
    const told = years.map((year) => `${year}年度报告`).join('、');
    return `登记已更正，原来的登记保留在文书下面；期限已经重新计算。${
      years.length === 0
        ? ''
        : `${told}已经签发，其中的数字没有改变；请在报告的“变动”页查看差异，需要的，更正报告。`
    }`;
  },
};

function slipOf({ view, given }: Pick<MoveQuestion, 'view' | 'given'>): Slip | undefined {
  return slipsOf(view.standing, view.letters).find(({ letter }) => String(letter.id) === given('letter'));
}

/**
 * Years of signed reports that counted the request by the day its reply went out: from the earliest of these days to the latest,
 * between which it was open or concluded.
 */
async function reportsCounting(
  ctx: RequestCtx,
  { standing }: CaseView,
  letterId: number,
  days: readonly (string | null)[],
): Promise<number[]> {
  if (standing.reply?.letterId !== letterId) return [];
  const years = days.flatMap((day) => (day === null ? [] : [Number(day.slice(0, 4))]));
  const signed = await yearsSigned(ctx);
  return signed
    .filter((year) => year >= Math.min(...years) && year <= Math.max(...years))
    .sort((a, b) => a - b);
}

function ReportsThatCounted({ years }: { years: readonly number[] }) {
  if (years.length === 0) return null;
  return (
    <Alert
      tone="warning"
      title={`${years.map((year) => `${year}年度报告`).join('、')}已经签发，统计了这件申请`}
    >
      更正以后，报告中已经签发的数字不会随之改变。改到别的年度，或者改变了是否按期的，报告的“变动”页会列出差异；需要的，请更正报告。
    </Alert>
  );
}

const letterName = ({ label, number }: CaseView['letters'][number]) => `${label} ${number}`;

/** What a slip says, in words. */
function slipWords({ sentOn, method, deliveredOn }: Slip): string {
  const sent = sentOn === null ? '' : `${formatDate(sentOn)}发出，${method ? dispatchMethods[method] : ''}`;
  const arrived = deliveredOn === null ? '还没有登记送达' : `${formatDate(deliveredOn)}送达`;
  return [sent, arrived].filter((text) => text !== '').join('；');
}
