import {
  applicantKinds,
  type DraftFile,
  deliveryWays,
  fileKinds,
  formLengths,
  type LikelyRepeat,
  type MailLetter,
  wantedForms,
} from '../../areas/requests/index.ts';
import {
  Alert,
  Button,
  Card,
  CheckField,
  DateField,
  ErrorSummary,
  FieldGroup,
  FileField,
  Form,
  FormActions,
  formatDate,
  KeptFiles,
  LinkButton,
  RadioField,
  SelectField,
  TextArea,
  TextField,
} from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { mailAddress, NEW_REQUEST, REQUESTS } from './case-addresses.ts';
import { SCANS } from './case-uploads.ts';
import { LetterText } from './mail-letter.tsx';
import { DayResult, type WorkedDay } from './register-day.tsx';
import { RepeatsResult } from './register-repeats.tsx';
import { identityKinds, sources } from './register-words.ts';

export interface RegisterProps {
  given: Given;
  errors: Errors;
  day: WorkedDay;
  repeats: readonly LikelyRepeat[];
  /** Scans that came with the form before it came back. */
  kept: readonly DraftFile[];
  today: string;
  /** The letter that is registered; null at the counter. */
  letter: MailLetter | null;
}

/** Registration at the counter: everything on one page, in the order a person tells it. */
export function RegisterPage(props: RegisterProps) {
  const { errors, repeats, kept, letter } = props;
  const asked = repeats.length > 0 && Object.keys(errors).length === 0;
  return (
    <WorkbenchPage
      title="登记申请"
      current={REQUESTS}
      breadcrumbs={[{ label: '依申请公开', href: REQUESTS }, { label: '登记申请' }]}
      lead="当面、口头、邮寄、传真或者电子邮件提出的申请在这里登记。不完整的也要登记，登记后再告知补正。"
    >
      <ErrorSummary errors={errors} />
      {asked && (
        <Alert tone="warning" title="还没有登记：请先看一看可能重复的申请" live>
          下面“可能重复”处列出了理由。确实要登记的，再点一次“登记”。
        </Alert>
      )}
      {letter && (
        <Card title="邮件原文">
          <LetterText letter={letter} />
        </Card>
      )}
      <Form action={NEW_REQUEST} multipart guard>
        <input type="hidden" name="submissionKey" value={props.given('submissionKey')} />
        {letter ? <LetterArrival {...props} letter={letter} /> : <ArrivalFields {...props} />}
        <ApplicantFields {...props} />
        <WantedFields {...props} />
        <RepeatsResult repeats={repeats} />
        <FieldGroup legend="扫描件">
          <KeptFiles files={kept} kindOf={({ kind }) => fileKinds[kind]} />
          <FileField
            name="scan"
            label="申请表、信封、邮件等扫描件"
            multiple
            accept={SCANS}
            error={errors.scan}
            help="PDF、图片、Word 或文本，每个不超过 20 MB。也可以登记之后再添加。"
          />
          <FileField name="identity" label="身份证明扫描件" accept={SCANS} error={errors.identity} />
        </FieldGroup>
        <FormActions>
          <Button tone="primary" icon="check">
            登记
          </Button>
          <LinkButton href={letter ? mailAddress(letter.id) : REQUESTS}>返回，不登记</LinkButton>
        </FormActions>
      </Form>
    </WorkbenchPage>
  );
}

/** How a letter came is known: by e-mail, on the day the mail server took it in. */
function LetterArrival({ given, errors, day, today, letter }: RegisterProps & { letter: MailLetter }) {
  const live = {
    'hx-get': `${NEW_REQUEST}/day`,
    'hx-trigger': 'change',
    'hx-target': '#received-day',
    'hx-swap': 'outerHTML',
    'hx-include': '[name=source],[name=submittedOn],[name=confirmedOn]',
  };
  return (
    <FieldGroup legend="怎样收到">
      <input type="hidden" name="mail" value={letter.id} />
      <input type="hidden" name="source" value="email" />
      <input type="hidden" name="submittedOn" value={letter.receivedOn} />
      <div class="arrival" {...live}>
        <p>
          电子邮件，{formatDate(letter.receivedOn)}到达邮箱
          {letter.attachments.length > 0 && `，${letter.attachments.length} 个附件登记后转入案卷`}。
        </p>
        <DateField
          name="confirmedOn"
          label="与申请人确认之日"
          value={given('confirmedOn')}
          error={errors.confirmedOn ?? errors.submittedOn ?? errors.source ?? errors.channel}
          max={today}
          help="还没有联系上的先空着，联系上后再登记。"
        />
        <DayResult day={day} />
      </div>
    </FieldGroup>
  );
}

function ArrivalFields({ given, errors, day, today }: RegisterProps) {
  const live = {
    'hx-get': `${NEW_REQUEST}/day`,
    'hx-trigger': 'change',
    'hx-target': '#received-day',
    'hx-swap': 'outerHTML',
    'hx-include': '[name=source],[name=submittedOn],[name=confirmedOn]',
  };
  return (
    <FieldGroup legend="怎样收到">
      <div class="arrival" {...live}>
        <RadioField
          name="source"
          label="申请怎样收到"
          labelHidden
          inline
          autofocus={Object.keys(errors).length === 0}
          value={given('source')}
          error={errors.source ?? errors.channel}
          options={Object.entries(sources).map(([value, { label }]) => ({ value, label }))}
        />
        <div class="field-row">
          <DateField
            name="submittedOn"
            label="收到日期"
            value={given('submittedOn')}
            error={errors.submittedOn}
            max={today}
            required
            help="当面递交、信件签收、传真或者邮件到达之日。"
          />
          <div class="confirmed-field">
            <DateField
              name="confirmedOn"
              label="与申请人确认之日"
              value={given('confirmedOn')}
              error={errors.confirmedOn}
              max={today}
              help="还没有联系上的先空着，联系上后再登记。"
            />
          </div>
        </div>
        <DayResult day={day} />
      </div>
      <p class="help oral-help">
        口头提出的，由窗口人员按申请人所说填写，登记后打印申请表，念给申请人听，由申请人签名（《条例》第二十九条）。
      </p>
    </FieldGroup>
  );
}

function ApplicantFields({ given, errors }: RegisterProps) {
  return (
    <FieldGroup legend="申请人">
      <div class="field-row">
        <SelectField
          name="kind"
          label="类别"
          value={given('kind')}
          error={errors.kind}
          options={Object.entries(applicantKinds).map(([value, label]) => ({ value, label }))}
          required
        />
        <TextField
          name="name"
          label="姓名或者名称"
          value={given('name')}
          error={errors.name}
          maxlength={formLengths.name}
          autocomplete="off"
          required
        />
      </div>
      <div class="field-row">
        <SelectField
          name="identityKind"
          label="证件"
          value={given('identityKind')}
          options={Object.entries(identityKinds).map(([value, label]) => ({ value, label }))}
        />
        <TextField
          name="identityNumber"
          label="证件号码"
          value={given('identityNumber')}
          error={errors.identityNumber}
          maxlength={40}
          autocomplete="off"
        />
      </div>
      {(errors.identityNote || given('identityNote') !== '') && (
        <TextField
          name="identityNote"
          label="号码与校验规则不符仍然登记的理由"
          value={given('identityNote')}
          error={errors.identityNote}
          maxlength={100}
          help="只用于早期登记的机构代码，证照上确实如此的写明“与营业执照一致”。"
        />
      )}
      <div class="field-row organisation-fields">
        <TextField
          name="representative"
          label="法定代表人"
          value={given('representative')}
          error={errors.representative}
          maxlength={40}
          autocomplete="off"
        />
        <TextField
          name="contactPerson"
          label="联系人"
          value={given('contactPerson')}
          error={errors.contactPerson}
          maxlength={40}
          autocomplete="off"
        />
      </div>
      <div class="field-row">
        <TextField
          name="phone"
          label="电话"
          type="tel"
          value={given('phone')}
          error={errors.phone}
          maxlength={25}
          autocomplete="off"
        />
        <TextField
          name="email"
          label="电子邮箱"
          type="email"
          value={given('email')}
          error={errors.email}
          maxlength={100}
          autocomplete="off"
        />
      </div>
      <div class="field-row field-row-wide">
        <TextField
          name="address"
          label="通信地址"
          value={given('address')}
          error={errors.address}
          maxlength={formLengths.address}
          autocomplete="off"
        />
        <TextField
          name="postcode"
          label="邮政编码"
          inputmode="numeric"
          value={given('postcode')}
          error={errors.postcode}
          maxlength={6}
          autocomplete="off"
        />
      </div>
    </FieldGroup>
  );
}

function WantedFields({ given, errors }: RegisterProps) {
  const live = {
    'hx-post': `${NEW_REQUEST}/repeats`,
    'hx-trigger': 'change',
    'hx-target': '#repeats',
    'hx-swap': 'outerHTML',
    'hx-include':
      '[name=kind],[name=name],[name=identityKind],[name=identityNumber],[name=phone],[name=email],[name=title],[name=repeatSeen]',
  };
  return (
    <FieldGroup legend="所需政府信息">
      <div {...live}>
        <TextField
          name="title"
          label="名称或者文号"
          value={given('title')}
          error={errors.title}
          maxlength={formLengths.title}
          help="一句话，列表里显示的就是它；不要写申请人的姓名。"
          autocomplete="off"
          required
        />
      </div>
      <TextArea
        name="content"
        label="内容描述"
        value={given('content')}
        error={errors.content}
        rows={4}
        help="照申请表抄录，或者写便于查询的其他特征。"
        required
      />
      <div class="field-row">
        <SelectField
          name="wantedForm"
          label="希望取得的形式"
          value={given('wantedForm')}
          error={errors.wantedForm}
          options={Object.entries(wantedForms).map(([value, label]) => ({ value, label }))}
        />
        <SelectField
          name="deliveryWay"
          label="获取的方式"
          value={given('deliveryWay')}
          error={errors.deliveryWay}
          options={Object.entries(deliveryWays).map(([value, label]) => ({ value, label }))}
        />
      </div>
      <details
        class="more-fields"
        open={Boolean(errors.purpose || errors.needsHelp || given('purpose') || given('needsHelp'))}
      >
        <summary>用途、减免费用、阅读困难（选填）</summary>
        <TextArea
          name="purpose"
          label="用途"
          value={given('purpose')}
          error={errors.purpose}
          rows={2}
          help="不是必填项，也不能以用途为由不予公开。"
        />
        <TextField
          name="needsHelp"
          label="阅读或者视听困难，需要的帮助"
          value={given('needsHelp')}
          error={errors.needsHelp}
          maxlength={formLengths.note}
        />
        <CheckField name="feeWaiver" label="申请减免费用" checked={given('feeWaiver') === '1'} />
      </details>
    </FieldGroup>
  );
}
