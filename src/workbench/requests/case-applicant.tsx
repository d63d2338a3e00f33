import {
  type Applicant,
  applicantKinds,
  type CaseView,
  deliveryWays,
  REASON_MINUTES,
  wantedForms,
} from '../../areas/requests/index.ts';
import { channels } from '../../law/index.ts';
import { Button, Facts, Form, formatDate, TextField } from '../../ui/index.ts';
import type { Errors } from '../request.ts';
import { caseAddress } from './case-addresses.ts';
import { identityKinds } from './register-words.ts';

/** Who applies, masked; in clear after a click that asks why and is recorded. */
export function CaseApplicant(props: {
  view: CaseView;
  revealed: Applicant | null;
  mayReveal: boolean;
  errors: Errors;
}) {
  const { view, revealed, mayReveal, errors } = props;
  const { form } = view;
  const applicant = revealed ?? view.applicant;
  const { channel } = view.case;
  return (
    <section class="case-part" aria-labelledby="applicant-title">
      <h2 id="applicant-title">申请人</h2>
      {applicant === null ? (
        <p>申请人的个人信息已于{formatDate(form.disposedOn)}按保管期限销毁。</p>
      ) : (
        <Facts items={rowsOf(applicant)} />
      )}
      {revealed && (
        <p class="help" role="status">
          以上为完整信息，文件也显示原名，本次查看已记入台账；离开本页后恢复遮盖，{REASON_MINUTES}{' '}
          分钟内可以直接打开本件的文书和案卷。
        </p>
      )}
      {applicant && !revealed && mayReveal && (
        <details class="reveal" open={errors.reason !== undefined}>
          <summary>查看完整信息</summary>
          <Form action={`${caseAddress(view.case.id)}/applicant`}>
            <RevealReason error={errors.reason} />
            <Button small>查看并记录</Button>
          </Form>
        </details>
      )}
      <h3>申请方式</h3>
      <Facts
        items={[
          { label: '渠道', value: form.oral ? '口头提出' : channels[channel].label },
          { label: '提供形式', value: wantedForms[form.wantedForm] },
          { label: '获取方式', value: deliveryWays[form.deliveryWay] },
          ...(view.content?.needsHelp ? [{ label: '需要帮助', value: view.content.needsHelp }] : []),
          ...(view.content?.feeWaiver ? [{ label: '费用', value: '申请减免' }] : []),
        ]}
      />
    </section>
  );
}

const USUAL_REASONS = ['联系申请人核实申请内容', '邮寄答复书', '制作送达回证', '答复复议或者诉讼'];

/** Why somebody looks at who applied. */
export function RevealReason({ error, value }: { error: string | undefined; value?: string }) {
  return (
    <TextField
      name="reason"
      id="field-reveal-reason"
      label="查看的理由"
      value={value}
      error={error}
      maxlength={200}
      autocomplete="off"
      help="谁在何时为何查看会记入台账。"
      list={USUAL_REASONS.map((reason) => ({ value: reason, label: reason }))}
      required
    />
  );
}

function rowsOf(applicant: Applicant) {
  const { kind, name, identityKind, identityNumber, identityNote } = applicant;
  const contact = (label: string, value: string) => (value === '' ? [] : [{ label, value }]);
  return [
    { label: '类别', value: applicantKinds[kind] },
    { label: kind === 'natural-person' ? '姓名' : '名称', value: name },
    ...contact(identityKind === '' ? '证件' : identityKinds[identityKind], identityNumber),
    ...contact('号码说明', identityNote),
    ...contact('法定代表人', applicant.representative),
    ...contact('联系人', applicant.contactPerson),
    ...contact('电话', applicant.phone),
    ...contact('邮箱', applicant.email),
    ...contact('地址', applicant.address),
    ...contact('邮编', applicant.postcode),
  ];
}
