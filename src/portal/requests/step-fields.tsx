import {
  applicantKinds,
  type DeliveryWay,
  type DraftAnswers,
  type DraftStep,
  deliveryWays,
  wantedForms,
} from '../../areas/requests/index.ts';
import { Icon, RadioField, TextArea, TextField } from '../../ui/index.ts';

interface StepFields {
  answers: DraftAnswers;
  errors: Readonly<Record<string, string>>;
}

/** The fields of one question. */
export function FieldsOf({ step, ...props }: StepFields & { step: DraftStep }) {
  switch (step) {
    case 'what':
      return <WhatFields {...props} />;
    case 'who':
      return <WhoFields {...props} />;
    case 'identity':
      return props.answers.kind === 'natural-person' ? (
        <PersonFields {...props} />
      ) : (
        <OrganisationFields {...props} />
      );
    case 'delivery':
      return <DeliveryFields {...props} />;
    case 'contact':
      return <ContactFields {...props} />;
    default:
      return null;
  }
}

function WhatFields({ answers, errors }: StepFields) {
  return (
    <>
      <TextField
        name="title"
        label="名称"
        help="一句话说明要什么，例如：某某路改造项目环境影响评价批复。请不要写身份证号、电话等个人信息。"
        value={answers.title}
        error={errors.title}
        required
      />
      <div class="request-already" data-request-search="/requests/already" aria-live="polite" />
      <TextArea
        name="content"
        label="具体描述"
        help="发文机关、时间、项目、地点等，能帮助我们找到它的都可以写。"
        value={answers.content}
        error={errors.content}
        rows={6}
        required
      />
      <TextField
        name="documentNumber"
        label="文号（选填）"
        help="知道文号的请填写，例如：昆高开规〔2018〕12号。"
        value={answers.documentNumber}
        error={errors.documentNumber}
        width={40}
      />
      <details class="request-optional" open={answers.purpose !== '' || errors.purpose !== undefined}>
        <summary>说明用途（选填）</summary>
        <TextArea
          name="purpose"
          label="用途"
          help="可以不填。是否填写、填写什么，都不影响答复。"
          value={answers.purpose}
          error={errors.purpose}
          rows={3}
        />
      </details>
    </>
  );
}

const kindHelp: Readonly<Record<keyof typeof applicantKinds, string>> = {
  'natural-person': '以个人名义申请',
  company: '公司、个体工商户、合作社等',
  research: '高等学校、研究院所等',
  'public-welfare': '社会团体、基金会、社会服务机构等',
  'legal-service': '律师事务所、公证处、基层法律服务所等',
  other: '以上都不是的单位',
};

function WhoFields({ answers, errors }: StepFields) {
  return (
    <RadioField
      name="kind"
      label="申请人类别"
      value={answers.kind}
      error={errors.kind}
      options={Object.entries(applicantKinds).map(([value, label]) => ({
        value,
        label,
        help: kindHelp[value as keyof typeof applicantKinds],
      }))}
      required
    />
  );
}

function PersonFields({ answers, errors }: StepFields) {
  return (
    <>
      <TextField
        name="name"
        label="姓名"
        value={answers.name}
        error={errors.name}
        autocomplete="name"
        width={20}
        required
      />
      <RadioField
        name="identityKind"
        label="证件类型"
        value={answers.identityKind || 'resident'}
        error={errors.identityKind}
        inline
        options={[
          { value: 'resident', label: '居民身份证' },
          { value: 'passport', label: '护照' },
          { value: 'other', label: '其他证件' },
        ]}
      />
      <TextField
        name="identityNumber"
        label="证件号码"
        help="居民身份证为 18 位，末位可能是 X。"
        value={answers.identityNumber}
        error={errors.identityNumber}
        maxlength={40}
        autocomplete="off"
        width={20}
        required
      />
    </>
  );
}

function OrganisationFields({ answers, errors }: StepFields) {
  return (
    <>
      <TextField
        name="name"
        label="单位名称"
        help="与营业执照、登记证书或者执业许可证上的名称一致。"
        value={answers.name}
        error={errors.name}
        autocomplete="organization"
        required
      />
      <RadioField
        name="identityKind"
        label="证件类型"
        value={answers.identityKind || 'uscc'}
        error={errors.identityKind}
        inline
        options={[
          { value: 'uscc', label: '统一社会信用代码' },
          { value: 'other', label: '其他登记证件' },
        ]}
      />
      <TextField
        name="identityNumber"
        label="代码或者证件号码"
        help="统一社会信用代码为 18 位。"
        value={answers.identityNumber}
        error={errors.identityNumber}
        maxlength={40}
        autocomplete="off"
        width={20}
        required
      />
      {(errors.identityNote !== undefined || answers.identityNote !== '') && (
        <TextField
          name="identityNote"
          label="仍按此代码提交的理由"
          help="例如：早期赋码，证照原件上就是这个代码。"
          value={answers.identityNote}
          error={errors.identityNote}
        />
      )}
      <TextField
        name="representative"
        label="法定代表人或者负责人（选填）"
        value={answers.representative}
        error={errors.representative}
        width={20}
      />
      <TextField
        name="contactPerson"
        label="联系人"
        help="经办这件申请、可以联系到的人。"
        value={answers.contactPerson}
        error={errors.contactPerson}
        autocomplete="name"
        width={20}
        required
      />
    </>
  );
}

const wayHelp: Readonly<Record<DeliveryWay, string>> = {
  internet: '办结后在本站“进度查询”里下载，不用出门',
  email: '发到您的邮箱',
  post: '用挂号信或者邮政特快寄给您',
  'pick-up': '到窗口领取',
  'on-site': '到窗口查阅、抄录',
  fax: '传真给您',
};

function DeliveryFields({ answers, errors }: StepFields) {
  return (
    <>
      <RadioField
        name="wantedForm"
        label="形式"
        value={answers.wantedForm}
        error={errors.wantedForm}
        required
        options={[
          { value: 'electronic', label: wantedForms.electronic, help: 'PDF 等文件' },
          { value: 'paper', label: wantedForms.paper, help: '复印件' },
          { value: 'disc', label: wantedForms.disc },
          { value: 'other', label: wantedForms.other },
        ]}
      />
      <RadioField
        name="deliveryWay"
        label="方式"
        help="电子文档可以网上查阅、发电子邮件或者自行领取；纸质可以邮寄、自行领取、当面查阅或者传真；光盘可以邮寄或者自行领取。"
        value={answers.deliveryWay}
        error={errors.deliveryWay}
        required
        options={(Object.keys(wayHelp) as DeliveryWay[]).map((value) => ({
          value,
          label: deliveryWays[value],
          help: wayHelp[value],
        }))}
      />
      <TextField
        name="needsHelp"
        label="需要的帮助（选填）"
        help="阅读或者视听有困难的，请告诉我们需要什么帮助，例如大字、朗读、手语（《条例》第四十三条）。"
        value={answers.needsHelp}
        error={errors.needsHelp}
      />
    </>
  );
}

function ContactFields({ answers, errors }: StepFields) {
  const { deliveryWay } = answers;
  const chosen = deliveryWay in deliveryWays ? deliveryWays[deliveryWay as DeliveryWay] : '';
  const needs = { post: '收件地址', email: '电子邮箱', fax: '传真号码（填在电话里）' } as const;
  return (
    <>
      {deliveryWay in needs && (
        <p class="request-hint">
          <Icon name="info-circle" />
          您选择了{chosen}，所以需要填写{needs[deliveryWay as keyof typeof needs]}。
        </p>
      )}
      <TextField
        name="phone"
        label="电话"
        type="tel"
        value={answers.phone}
        error={errors.phone}
        maxlength={25}
        autocomplete="tel"
        width={20}
        required={deliveryWay === 'fax'}
      />
      <TextField
        name="email"
        label="电子邮箱"
        type="email"
        value={answers.email}
        error={errors.email}
        maxlength={120}
        autocomplete="email"
        width={40}
        required={deliveryWay === 'email'}
      />
      <TextField
        name="address"
        label="通信地址"
        help="省、市、区、街道和门牌号。"
        value={answers.address}
        error={errors.address}
        autocomplete="street-address"
        required={deliveryWay === 'post'}
      />
      <TextField
        name="postcode"
        label="邮政编码"
        value={answers.postcode}
        error={errors.postcode}
        maxlength={6}
        inputmode="numeric"
        autocomplete="postal-code"
        width={8}
      />
    </>
  );
}
