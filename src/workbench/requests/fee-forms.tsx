import { composeLetter } from '../../areas/letters/index.ts';
import { findAgencyById } from '../../areas/organisations/index.ts';
import {
  chargeFee,
  type FeeProposal,
  feeLetterFields,
  lapseFee,
  letterOf,
  proposeFee,
  type RequestCtx,
  recordFeeDelivery,
  recordPayment,
  refundFee,
} from '../../areas/requests/index.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { yuan } from '../../law/index.ts';
import { Alert, DateField, formatDate, RadioField, TextArea, TextField } from '../../ui/index.ts';
import type { Given } from '../request.ts';
import { FeeTiers } from './fee-tiers.tsx';
import type { MoveForm } from './move-form.ts';
import { maskedLetter } from './move-preview.tsx';

export const chargeFeeForm: MoveForm = {
  move: 'charge-fee',
  path: 'fee',
  title: '通知缴费',
  button: '签发收费通知书',
  consequence: () => (
    <p>
      只有申请的数量、频次明显超过合理范围的，才可以收取信息处理费。一件申请只能选一种方式。签发后停止计算答复期限，缴清的次日起重新计算；申请人收到通知后
      20 个工作日内不缴的，视为放弃申请。
    </p>
  ),
  fields: async ({ ctx, view, given, errors }) => {
    const old = view.case.regime === 'R2008';
    const piece = old ? null : await proposeFee(ctx, view.case.id, { method: 'piece' });
    return (
      <>
        {old ? (
          <>
            <input type="hidden" name="method" value="cost" />
            <TextField
              name="amount"
              label="检索、复制、邮寄成本"
              inputmode="decimal"
              width={8}
              suffix="元"
              value={given('amount')}
              error={errors.amount ?? errors.method}
              required
            />
          </>
        ) : (
          <>
            <RadioField
              name="method"
              label="计收方式"
              value={given('method') || 'piece'}
              error={errors.method}
              options={[
                {
                  value: 'piece',
                  label: '按件计收',
                  help: `同一申请人本自然月内的第 ${piece?.quantity ?? 1} 件，本件 ${piece?.amount ?? 0} 元。`,
                },
                { value: 'page', label: '按量计收', help: '按应当提供的页数，30 页以下不收费。' },
              ]}
            />
            <TextField
              name="pages"
              label="应当提供的页数（按量计收时填写）"
              type="number"
              width={8}
              min={1}
              suffix="页"
              value={given('pages')}
              error={errors.pages}
              help="A4 或更小幅面的单面为一页；只计需要纸质、电子邮件或者复制电子数据提供的。"
            />
          </>
        )}
        <TextArea
          name="payWay"
          label="怎样缴费"
          rows={2}
          value={given('payWay') || (await usualPayWay(ctx))}
          error={errors.payWay}
          maxlength={500}
          help="收款单位、账户或者缴款码，印在通知书上。收入缴入同级国库，使用财政票据。"
          required
        />
      </>
    );
  },
  beside: async ({ ctx, view, given }) => {
    const proposal = await proposalOf(ctx, view.case.id, given, view.case.regime === 'R2008').catch(
      () => null,
    );
    return proposal?.fee ? <FeeTiers proposal={proposal} fee={proposal.fee} /> : null;
  },
  preview: async ({ ctx, view, given }) => {
    const proposal = await proposalOf(ctx, view.case.id, given, view.case.regime === 'R2008').catch(
      (error: unknown) => {
        if (error instanceof InvalidForm) return null;
        throw error;
      },
    );
    if (proposal === null) return null;
    return maskedLetter(
      await composeLetter(
        ctx,
        await letterOf(ctx, view.case, {
          kind: 'fee',
          fields: feeLetterFields(proposal, given('payWay') || (await usualPayWay(ctx))),
          issuedOn: ctx.clock.today(),
        }),
      ),
      view,
    );
  },
  submit: async (ctx, ref, { given }) => {
    await chargeFee(ctx, ref, { ...askedFee(given), payWay: given('payWay') });
    return '收费通知书已签发，请打印发出并登记送达；缴清之前，答复期限不计算。';
  },
};

function askedFee(given: Given): Parameters<typeof proposeFee>[2] {
  if (given('method') === 'cost') return { method: 'cost', amount: Number(given('amount')) };
  return given('method') === 'page' ? { method: 'page', pages: Number(given('pages')) } : { method: 'piece' };
}

function proposalOf(ctx: RequestCtx, id: number, given: Given, old: boolean): Promise<FeeProposal> {
  return proposeFee(ctx, id, old ? { method: 'cost', amount: Number(given('amount')) } : askedFee(given));
}

async function usualPayWay({ db, agencyId }: RequestCtx): Promise<string> {
  const agency = await findAgencyById(db, agencyId);
  return agency?.site.address ? `持本通知书到${agency.site.address}缴纳` : '';
}

export const deliverFeeForm: MoveForm = {
  move: 'deliver-fee',
  path: 'fee-delivery',
  title: '登记收费通知送达',
  button: '登记送达',
  consequence: () => <p>缴费期限是收到通知书次日起 20 个工作日，从这里登记的日期计算。</p>,
  fields: ({ view, given, errors, ctx }) => (
    <DateField
      name="on"
      label="申请人收到通知书的日期"
      value={given('on')}
      error={errors.on}
      min={view.standing.fee?.noticedOn}
      max={ctx.clock.today().toString()}
      required
    />
  ),
  submit: async (ctx, ref, { given }) => {
    await recordFeeDelivery(ctx, ref, given('on'));
    return '已登记送达，缴费期限开始计算。';
  },
};

export const paymentForm: MoveForm = {
  move: 'record-payment',
  path: 'payment',
  title: '登记缴费',
  button: '登记缴清',
  consequence: ({ standing: { fee } }) => (
    <p>应缴 {fee ? yuan(fee.amount) : '0.00'} 元。缴清之后，答复期限从次日起重新计算。</p>
  ),
  fields: ({ view, given, errors, ctx }) => (
    <>
      <DateField
        name="on"
        label="缴清的日期"
        value={given('on') || ctx.clock.today().toString()}
        error={errors.on}
        min={view.standing.fee?.noticedOn}
        max={ctx.clock.today().toString()}
        required
      />
      <TextField
        name="receiptNumber"
        label="财政票据号码"
        width={20}
        value={given('receiptNumber')}
        error={errors.receiptNumber}
        maxlength={60}
        autocomplete="off"
        required
      />
    </>
  ),
  submit: async (ctx, ref, { given }) => {
    await recordPayment(ctx, ref, { on: given('on'), receiptNumber: given('receiptNumber') });
    return '缴费已登记，答复期限重新计算。';
  },
};

export const lapseFeeForm: MoveForm = {
  move: 'lapse-fee',
  path: 'fee-lapse',
  title: '逾期未缴费',
  button: '按逾期未缴费处理',
  tone: 'danger',
  consequence: ({ standing: { fee } }) => (
    <p>
      缴费期限已于{formatDate(fee?.dueOn)}
      届满而没有缴清。登记后视为放弃申请，不再处理；还需要起草并发出不再处理的告知书。
    </p>
  ),
  submit: async (ctx, ref) => {
    await lapseFee(ctx, ref);
    return '已按逾期未缴费处理，请起草不再处理的告知书。';
  },
};

export const refundForm: MoveForm = {
  move: 'refund-fee',
  path: 'refund',
  title: '登记退费',
  button: '登记退费',
  fields: ({ view, given, errors }) => (
    <>
      <Alert tone="info">已缴 {yuan(view.standing.fee?.amount ?? 0)} 元，由收款单位办理退库。</Alert>
      <TextField
        name="amount"
        label="退费金额"
        inputmode="decimal"
        width={8}
        suffix="元"
        value={given('amount') || yuan(view.standing.fee?.amount ?? 0)}
        error={errors.amount}
        required
      />
      <TextArea
        name="reason"
        label="退费的理由"
        rows={3}
        value={given('reason')}
        error={errors.reason}
        maxlength={500}
        required
      />
    </>
  ),
  submit: async (ctx, ref, { given }) => {
    await refundFee(ctx, ref, { amount: Number(given('amount')), reason: given('reason') });
    return '退费已登记。';
  },
};
