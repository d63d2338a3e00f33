import { composeLetter } from '../../areas/letters/index.ts';
import {
  consult,
  letterOf,
  overruledParties,
  overruleThirdParty,
  partyOf,
  recordConsultationDelivery,
  recordOpinion,
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
} from '../../ui/index.ts';
import { oneOf } from '../request.ts';
import { SCANS } from './case-uploads.ts';
import { opinionParties, opinions, parties } from './case-words.ts';
import type { MoveForm, MoveQuestion } from './move-form.ts';
import { PartyFields, partyGiven, partyName } from './move-party.tsx';
import { numberOf } from './request.ts';

export const consultForm: MoveForm = {
  move: 'consult',
  path: 'consultation',
  title: '征求意见',
  button: '签发征求意见书',
  consequence: ({ case: { regime } }) => (
    <>
      <p>
        发出征求意见书到收到意见（最长 15
        个工作日）之间的工作日不计入答复期限；同时给申请人一份征求意见告知书。
      </p>
      <ul class="checks">
        <li>第三方逾期不答复的，由本机关决定是否公开；</li>
        <li>
          {regime === 'R2008'
            ? '旧《条例》没有规定征求意见的期限，收到意见后继续计算。'
            : '共同制作机关逾期不答复的，视为同意公开。'}
        </li>
      </ul>
    </>
  ),
  fields: ({ given, errors }) => (
    <>
      <RadioField
        name="party"
        label="征求谁的意见"
        inline
        value={given('party') || 'third-party'}
        error={errors.party}
        options={Object.entries(opinionParties).map(([value, label]) => ({ value, label }))}
      />
      <PartyFields given={given} errors={errors} />
      <TextArea
        name="information"
        label="拟公开的信息"
        rows={4}
        value={given('information')}
        error={errors.information}
        maxlength={1000}
        help="写清是哪份文件、哪些内容，够对方判断就行；不要写申请人是谁。"
        required
      />
    </>
  ),
  preview: async ({ ctx, view, given }) => {
    const third = given('party') !== 'co-producer';
    const name = given('name');
    return composeLetter(
      ctx,
      await letterOf(
        ctx,
        view.case,
        {
          kind: third ? 'consult-third-party' : 'consult-co-producer',
          fields: {
            ...(name !== '' && { [third ? 'thirdParty' : 'coProducer']: name }),
            ...(given('information') !== '' && { information: given('information') }),
            opinionDays: '15个工作日',
          },
          issuedOn: ctx.clock.today(),
        },
        {
          recipient: {
            name: name || '（被征求意见方）',
            address: given('address'),
            postcode: given('postcode'),
            contact: given('contact'),
          },
        },
      ),
    );
  },
  submit: async (ctx, ref, { given }) => {
    await consult(ctx, ref, {
      party: oneOf(opinionParties, given('party')) ?? 'third-party',
      ...partyGiven(given),
    });
    return '征求意见书和给申请人的告知书已签发，请打印发出；给第三方的附一份征求意见确认函。';
  },
};

/** Consultations that wait, by name; the one the address names is chosen. */
function WaitingParty({ view, given, errors }: MoveQuestion) {
  const waiting = view.standing.consultations.filter(
    ({ party, answeredOn }) => party !== 'assistant' && answeredOn === null,
  );
  return (
    <SelectField
      name="consultation"
      label="哪一方"
      value={given('consultation') || waiting[0]?.id}
      error={errors.consultation}
      options={waiting.map(({ id, party, sentOn }) => ({
        value: String(id),
        label: `${partyName(view, id)}（${parties[party]}，${formatDate(sentOn)}发出）`,
      }))}
    />
  );
}

const GONE = '没有找到这次征求意见。';

export const consultationDeliveryForm: MoveForm = {
  move: 'record-opinion',
  path: 'consultation-delivery',
  title: '登记征求意见书送达',
  button: '登记送达',
  consequence: () => <p>对方的 15 个工作日从收到征求意见书之日起算；没有登记送达的，按发出之日推算。</p>,
  fields: (question) => (
    <>
      <WaitingParty {...question} />
      <DateField
        name="on"
        label="送达日期"
        value={question.given('on')}
        error={question.errors.on}
        max={question.ctx.clock.today().toString()}
        required
      />
    </>
  ),
  submit: async (ctx, ref, { given }) => {
    await recordConsultationDelivery(ctx, ref, numberOf(given('consultation'), GONE), given('on'));
    return '已登记送达。';
  },
};

export const opinionForm: MoveForm = {
  move: 'record-opinion',
  path: 'opinion',
  title: '登记意见',
  button: '登记意见',
  files: { answer: 'opinion' },
  consequence: () => <p>登记后从收到意见的次日起继续计算答复期限。</p>,
  fields: (question) => {
    const { given, errors, ctx } = question;
    return (
      <>
        <WaitingParty {...question} />
        <RadioField
          name="opinion"
          label="意见"
          value={given('opinion')}
          error={errors.opinion}
          options={Object.entries(opinions)
            .filter(([value]) => value !== 'helped')
            .map(([value, label]) => ({
              value,
              label,
              ...(value === 'none' && { help: '例如已经不需要征求，或者对方明确表示不答复。' }),
            }))}
          required
        />
        <DateField
          name="answeredOn"
          label="收到意见的日期"
          value={given('answeredOn') || ctx.clock.today().toString()}
          error={errors.answeredOn}
          max={ctx.clock.today().toString()}
          required
        />
        <TextArea
          name="text"
          label="意见的内容"
          rows={4}
          value={given('text')}
          error={errors.text}
          help="不同意的，写清哪些内容、什么理由；不再等待的，写清理由。"
          required
        />
        <FileField name="answer" label="书面意见的扫描件" multiple accept={SCANS} />
      </>
    );
  },
  submit: async (ctx, ref, { given, files }) => {
    const opinion = oneOf(opinions, given('opinion'));
    if (!opinion || opinion === 'helped') throw new InvalidForm({ opinion: '请选择对方的意见。' });
    await recordOpinion(ctx, ref, numberOf(given('consultation'), GONE), {
      opinion,
      text: given('text'),
      answeredOn: given('answeredOn'),
      files,
    });
    return '意见已登记，答复期限继续计算。';
  },
};

export const overruleForm: MoveForm = {
  move: 'overrule',
  path: 'third-party-notice',
  title: '书面告知第三方',
  button: '签发告知书',
  consequence: () => (
    <p>
      第三方不同意公开，而本机关认为不公开会对公共利益造成重大影响的，须先把决定公开的内容和理由书面告知第三方，再发出答复。
    </p>
  ),
  fields: ({ view, given, errors }) => {
    const untold = overruledParties(view.standing).filter(({ overruledOn }) => overruledOn === null);
    return (
      <>
        {untold.length > 1 && <Alert tone="info">有 {untold.length} 个第三方需要告知，每个一份。</Alert>}
        <SelectField
          name="consultation"
          label="告知哪一方"
          value={given('consultation') || untold[0]?.id}
          options={untold.map(({ id }) => ({ value: String(id), label: partyName(view, id) }))}
        />
        <TextArea
          name="publicInterest"
          label="决定公开的理由"
          rows={4}
          value={given('publicInterest') || (view.replyContent?.publicInterest ?? '')}
          error={errors.publicInterest}
          maxlength={1000}
          required
        />
      </>
    );
  },
  preview: async ({ ctx, view, given }) => {
    const [first] = overruledParties(view.standing).filter(({ overruledOn }) => overruledOn === null);
    const chosen = Number(given('consultation')) || first?.id;
    if (!chosen) return null;
    const party = await partyOf(ctx, view.case.id, chosen);
    const reason = given('publicInterest') || (view.replyContent?.publicInterest ?? '');
    return composeLetter(
      ctx,
      await letterOf(
        ctx,
        view.case,
        {
          kind: 'consult-overruled',
          fields: {
            thirdParty: party.name,
            information: party.information,
            ...(reason !== '' && { publicInterest: reason }),
          },
          issuedOn: ctx.clock.today(),
        },
        { recipient: party },
      ),
    );
  },
  submit: async (ctx, ref, { given }) => {
    await overruleThirdParty(ctx, ref, numberOf(given('consultation'), GONE), given('publicInterest'));
    return '告知书已签发，请打印送达第三方。';
  },
};
