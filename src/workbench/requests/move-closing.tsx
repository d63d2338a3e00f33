import { may } from '../../areas/organisations/index.ts';
import {
  archiveRequest,
  type CaseView,
  closeDispute,
  dispatchReply,
  disputeKinds,
  openDispute,
  recordDelivery,
} from '../../areas/requests/index.ts';
import { InvalidForm } from '../../core/refusal.ts';
import {
  Alert,
  DateField,
  FileField,
  formatDate,
  RadioField,
  SelectField,
  TextArea,
  TextField,
} from '../../ui/index.ts';
import { oneOf } from '../request.ts';
import { caseAddress } from './case-addresses.ts';
import { OutgoingFiles } from './case-outgoing.tsx';
import { gateStates } from './case-release.tsx';
import { SCANS } from './case-uploads.ts';
import { dispatchMethods } from './case-words.ts';
import type { MoveForm } from './move-form.ts';
import { numberOf } from './request.ts';

export const dispatchForm: MoveForm = {
  move: 'dispatch',
  path: 'dispatch',
  title: '发出答复',
  button: '登记发出并办结',
  consequence: ({ case: { number, dueOn } }) => (
    <p>
      登记后申请 {number} 办结，结果计入统计，不能再改。
      {dueOn !== null && `答复期限是${formatDate(dueOn)}，期限届满前交邮的不算过期。`}
    </p>
  ),
  fields: ({ view, given, errors, ctx }) => {
    const today = ctx.clock.today().toString();
    const method = given('method');
    return (
      <>
        {view.case.dueOn !== null && today > view.case.dueOn && (
          <Alert tone="danger" title="已经超过答复期限">
            期限是{formatDate(view.case.dueOn)}。逾期也必须答复，请尽快发出。
          </Alert>
        )}
        <RadioField
          name="method"
          label="送达方式"
          value={method}
          error={errors.method}
          options={Object.entries(dispatchMethods).map(([value, label]) => ({
            value,
            label,
            ...(value === 'courier' && {
              help: '邮寄送达须通过邮政企业；交其他快递的，以实际送达之日计算是否按期。',
            }),
            ...(value === 'direct' && { help: '当场签收，发出之日即送达之日。' }),
          }))}
          required
        />
        <DateField
          name="on"
          label="发出日期"
          value={given('on') || today}
          error={errors.on}
          min={view.standing.reply?.signedOn ?? undefined}
          max={today}
          required
        />
        <TextField
          name="trackingNumber"
          label="邮件号码"
          width={20}
          value={given('trackingNumber')}
          error={errors.trackingNumber}
          maxlength={60}
          autocomplete="off"
          help="EMS、挂号信填写，作为送达的证据。"
        />
      </>
    );
  },
  beside: async ({ view, ctx }) => (
    <OutgoingFiles
      view={view}
      gate={await gateStates(ctx, view)}
      mayCheck={may(ctx.actor, 'requests.handle')}
    />
  ),
  submit: async (ctx, ref, { given }) => {
    const method = oneOf(dispatchMethods, given('method'));
    if (!method) throw new InvalidForm({ method: '请选择怎样送达。' });
    await dispatchReply(ctx, ref, { method, on: given('on'), trackingNumber: given('trackingNumber') });
    return method === 'direct'
      ? '答复已当面送达，本件办结。'
      : '答复已发出，本件办结；送达后请登记送达日期。';
  },
};

export const deliveryForm: MoveForm = {
  move: 'record-delivery',
  path: 'delivery',
  title: '登记送达',
  button: '登记送达',
  files: { proof: 'proof' },
  consequence: () => <p>申请人签收之日为送达之日，申请行政复议、提起诉讼的期限从这一天起算。</p>,
  fields: ({ view, given, errors, ctx }) => (
    <>
      <DateField
        name="on"
        label="送达日期"
        value={given('on')}
        error={errors.on}
        min={view.standing.reply?.dispatchedOn ?? undefined}
        max={ctx.clock.today().toString()}
        required
      />
      <TextField
        name="by"
        label="签收人"
        width={20}
        value={given('by')}
        error={errors.by}
        maxlength={100}
        autocomplete="off"
        help="本人、同住家属、收发室等，与回证一致。"
      />
      <FileField
        name="proof"
        label="送达回证、邮件查询单的扫描件"
        multiple
        accept={SCANS}
        error={errors.proof}
      />
    </>
  ),
  submit: async (ctx, ref, { given, files }) => {
    await recordDelivery(ctx, ref, { on: given('on'), by: given('by'), files });
    return '送达已登记。';
  },
};

export const archiveForm: MoveForm = {
  move: 'archive',
  path: 'archiving',
  title: '归档',
  button: '归档',
  consequence: ({ case: { number } }) => (
    <p>申请 {number} 的登记、审核、办理、答复材料归入档案。归档后仍可查看、登记投诉复议和转为主动公开。</p>
  ),
  submit: async (ctx, ref) => {
    await archiveRequest(ctx, ref);
    return '已归档。';
  },
};

export const openDisputeForm: MoveForm = {
  move: 'open-dispute',
  path: 'dispute',
  title: '登记投诉、复议或者诉讼',
  button: '登记',
  fields: ({ given, errors, ctx, view }) => (
    <>
      <RadioField
        name="kind"
        label="种类"
        inline
        value={given('kind')}
        error={errors.kind}
        options={Object.entries(disputeKinds).map(([value, label]) => ({ value, label }))}
        required
      />
      <DateField
        name="openedOn"
        label="提出的日期"
        value={given('openedOn')}
        error={errors.openedOn}
        min={view.case.submittedOn}
        max={ctx.clock.today().toString()}
        required
      />
      <TextField
        name="body"
        label="受理的机关"
        value={given('body')}
        error={errors.body}
        maxlength={100}
        required
      />
      <TextArea
        name="note"
        label="说明"
        rows={3}
        value={given('note')}
        error={errors.note}
        maxlength={2000}
        help="案号、请求、答辩期限等。"
      />
    </>
  ),
  submit: async (ctx, ref, { given }) => {
    const kind = oneOf(disputeKinds, given('kind'));
    if (!kind) throw new InvalidForm({ kind: '请选择投诉举报、行政复议或者行政诉讼。' });
    await openDispute(ctx, ref, {
      kind,
      openedOn: given('openedOn'),
      body: given('body'),
      note: given('note'),
    });
    return '已登记。';
  },
};

const openOnes = ({ disputes }: CaseView) => disputes.filter(({ closedOn }) => closedOn === null);

export const closeDisputeForm: MoveForm = {
  move: 'open-dispute',
  path: 'dispute-outcome',
  title: '登记救济结果',
  button: '登记结果',
  fields: ({ view, given, errors, ctx }) => {
    const open = openOnes(view);
    if (open.length === 0) {
      return (
        <Alert tone="info" title="没有未结的投诉、复议或者诉讼">
          <a href={caseAddress(view.case.id)}>返回这件申请</a>
        </Alert>
      );
    }
    return (
      <>
        <SelectField
          name="dispute"
          label="哪一件"
          value={given('dispute') || open[0]?.id}
          options={open.map(({ id, kind, body, openedOn }) => ({
            value: String(id),
            label: `${disputeKinds[kind]}，${body}，${formatDate(openedOn)}`,
          }))}
        />
        <DateField
          name="closedOn"
          label="办结的日期"
          value={given('closedOn')}
          error={errors.closedOn}
          max={ctx.clock.today().toString()}
          required
        />
        <TextField
          name="outcome"
          label="结果"
          value={given('outcome')}
          error={errors.outcome}
          maxlength={100}
          help="如维持、撤销、确认违法、责令履行、撤回。"
          required
        />
      </>
    );
  },
  submit: async (ctx, ref, { given }) => {
    await closeDispute(ctx, ref, numberOf(given('dispute'), '没有找到未结的救济。'), {
      closedOn: given('closedOn'),
      outcome: given('outcome'),
    });
    return '结果已登记。';
  },
};
