import { may } from '../../areas/organisations/index.ts';
import {
  previewReply,
  recallReply,
  reviewReply,
  sendBackReply,
  signReply,
  submitReply,
} from '../../areas/requests/index.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { replyKind } from '../../law/index.ts';
import { formatDate, RadioField, TextArea } from '../../ui/index.ts';
import { caseAddress } from './case-addresses.ts';
import { OutgoingFiles } from './case-outgoing.tsx';
import { gateStates, outgoingFiles } from './case-release.tsx';
import type { MoveForm, MoveQuestion } from './move-form.ts';
import { LetterPreview, maskedLetter } from './move-preview.tsx';
import { ReviewList } from './reply-review-list.tsx';

/** The draft as it would be signed now, with the opinions given so far. */
async function draftBeside({ ctx, view }: MoveQuestion) {
  const { reply } = view.standing;
  const letter =
    reply && view.replyContent
      ? await previewReply(ctx, view.case.id, { kindCode: reply.kindCode, content: view.replyContent })
      : null;
  return (
    <>
      <ReviewList reviews={view.reviews} />
      {outgoingFiles(view).length > 0 && (
        <OutgoingFiles
          view={view}
          gate={await gateStates(ctx, view)}
          mayCheck={may(ctx.actor, 'requests.handle')}
        />
      )}
      <LetterPreview letter={letter && maskedLetter(letter, view)} />
    </>
  );
}

const kindLabel = ({ standing: { reply } }: MoveQuestion['view']) =>
  (reply && replyKind(reply.kindCode)?.label) ?? '还没有答复稿';

export const submitForm: MoveForm = {
  move: 'submit-reply',
  path: 'reply-submission',
  title: '送审',
  button: '送合法性审核和保密审查',
  consequence: (view) => (
    <>
      <p>
        以“{kindLabel(view)}
        ”答复，送合法性审核和保密审查，两项由不同于起草人的人员办理。送审后不能修改，需要修改的先撤回。
      </p>
      <p>
        <a href={`${caseAddress(view.case.id)}/reply`}>修改答复稿</a>
      </p>
    </>
  ),
  beside: draftBeside,
  submit: async (ctx, ref) => {
    await submitReply(ctx, ref);
    return '已送审。';
  },
};

export const recallForm: MoveForm = {
  move: 'recall-reply',
  path: 'reply-recall',
  title: '撤回送审',
  button: '撤回修改',
  consequence: () => <p>撤回后可以修改答复稿；已经给出的审核意见作废，修改后重新送审。</p>,
  submit: async (ctx, ref) => {
    await recallReply(ctx, ref);
    return '已撤回，可以修改答复稿。';
  },
};

const legalPoints = [
  '本机关是答复的主体，认定的事实有检索记录、意见等材料支持；',
  '答复种类与事实相符，引用的条款正确，说明了理由；',
  '补正、延期、征求意见等程序合法，在期限之内；',
  '救济途径和期限告知正确。',
];

const secrecyPoints = [
  '答复书和将要提供的文件不含国家秘密、工作秘密；',
  '多份材料汇集之后不会推知国家秘密；',
  '拿不准的，先报有关主管部门或者保密行政管理部门确定。',
];

const reviewForm = (
  kind: 'legal' | 'secrecy',
  words: { title: string; path: string; points: readonly string[] },
): MoveForm => ({
  move: `review-${kind}`,
  path: words.path,
  title: words.title,
  button: '提交审核结果',
  consequence: (view) => (
    <>
      <p>以“{kindLabel(view)}”答复。请核对：</p>
      <ul class="checks">
        {words.points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </>
  ),
  fields: ({ given, errors }) => (
    <>
      <RadioField
        name="result"
        label="结果"
        value={given('result')}
        error={errors.result}
        options={[
          { value: 'approved', label: '通过' },
          { value: 'returned', label: '退回修改' },
        ]}
        required
      />
      <TextArea
        name="opinion"
        label="意见"
        rows={4}
        value={given('opinion')}
        error={errors.opinion}
        maxlength={2000}
        help="退回的，写明改什么；通过的可以不写，记为“同意”。"
      />
    </>
  ),
  beside: draftBeside,
  submit: async (ctx, ref, { given }) => {
    const result = given('result');
    if (result !== 'approved' && result !== 'returned')
      throw new InvalidForm({ result: '请选择通过或者退回。' });
    await reviewReply(ctx, ref, kind, { result, opinion: given('opinion') });
    return result === 'approved' ? `${words.title}已通过。` : '已退回起草人修改。';
  },
});

export const legalForm = reviewForm('legal', {
  title: '合法性审核',
  path: 'legal-review',
  points: legalPoints,
});

export const secrecyForm = reviewForm('secrecy', {
  title: '保密审查',
  path: 'secrecy-review',
  points: secrecyPoints,
});

export const signForm: MoveForm = {
  move: 'sign',
  path: 'signature',
  title: '签发',
  button: '签发答复书',
  consequence: (view) => (
    <p>
      以“{kindLabel(view)}”答复申请 {view.case.number}
      。签发后编入发文字号，成文日期为今天，内容固定，不能再改
      {view.case.dueOn === null ? '。' : `；答复期限是${formatDate(view.case.dueOn)}，签发后还须发出。`}
    </p>
  ),
  beside: draftBeside,
  submit: async (ctx, ref) => {
    await signReply(ctx, ref);
    return '答复书已签发，请发出。';
  },
};

export const sendBackForm: MoveForm = {
  move: 'send-back',
  path: 'return',
  title: '退回修改',
  button: '退回起草人',
  consequence: () => <p>退回后由起草人修改，重新送合法性审核和保密审查。</p>,
  fields: ({ given, errors }) => (
    <TextArea
      name="opinion"
      label="退回的理由"
      rows={4}
      value={given('opinion')}
      error={errors.opinion}
      maxlength={2000}
      required
    />
  ),
  beside: draftBeside,
  submit: async (ctx, ref, { given }) => {
    await sendBackReply(ctx, ref, given('opinion'));
    return '已退回起草人修改。';
  },
};
