import { cancelRequest, confirmRequest, withdrawRequest } from '../../areas/requests/index.ts';
import { DateField, formatDate, TextArea } from '../../ui/index.ts';
import type { MoveForm } from './move-form.ts';

export const confirmForm: MoveForm = {
  move: 'confirm',
  path: 'confirmation',
  title: '确认收到',
  button: '确认收到',
  consequence: ({ case: { submittedOn } }) => (
    <p>
      申请于{formatDate(submittedOn)}
      到达，还没有与申请人确认。与申请人联系上之日就是收到申请之日，答复期限从这一天起算，登记后不能更改。
    </p>
  ),
  fields: ({ view, given, errors, ctx }) => (
    <DateField
      name="confirmedOn"
      label="与申请人确认之日"
      value={given('confirmedOn') || ctx.clock.today().toString()}
      min={view.case.submittedOn}
      max={ctx.clock.today().toString()}
      error={errors.confirmedOn}
      required
    />
  ),
  submit: async (ctx, ref, { given }) => {
    await confirmRequest(ctx, ref, given('confirmedOn'));
    return '已确认收到，答复期限开始计算。';
  },
};

export const cancelForm: MoveForm = {
  move: 'cancel',
  path: 'cancellation',
  title: '取消未确认的申请',
  button: '取消这件申请',
  tone: 'danger',
  consequence: ({ case: { number } }) => (
    <p>取消后申请 {number} 不再办理，也不计入统计。只用于一直没有与申请人确认、申请人不再要求办理的申请。</p>
  ),
  fields: ({ given, errors }) => (
    <TextArea
      name="reason"
      label="取消的理由"
      rows={3}
      value={given('reason')}
      error={errors.reason}
      help="例如：申请人来电表示误投，不再申请。"
      required
    />
  ),
  submit: async (ctx, ref, { given }) => {
    await cancelRequest(ctx, ref, given('reason'));
    return '已取消。';
  },
};

export const withdrawForm: MoveForm = {
  move: 'withdraw',
  path: 'withdrawal',
  title: '申请人撤回',
  button: '登记撤回并办结',
  tone: 'danger',
  consequence: ({ case: { number } }) => (
    <p>
      登记后申请 {number}{' '}
      即告办结，结果记为“其他处理”，不再答复。撤回须出自申请人本人，请把撤回的书面材料作为扫描件存入本件。
    </p>
  ),
  fields: ({ given, errors }) => (
    <TextArea
      name="reason"
      label="申请人撤回的情况"
      rows={3}
      value={given('reason')}
      error={errors.reason}
      help="何时、以什么方式提出撤回。不要写申请人的姓名和联系方式。"
      required
    />
  ),
  submit: async (ctx, ref, { given }) => {
    await withdrawRequest(ctx, ref, given('reason'));
    return '已登记撤回，本件办结。';
  },
};
