import { currentCalendar } from '../../areas/calendars/index.ts';
import {
  draftReply,
  emptyReply,
  previewReply,
  type ReplyContent,
  type ReplyNeeds,
  replyChoices,
  replyNeeds,
} from '../../areas/requests/index.ts';
import { replyKind } from '../../law/index.ts';
import { Alert, Button, RadioField, TextArea } from '../../ui/index.ts';
import { oneOf } from '../request.ts';
import { caseAddress } from './case-addresses.ts';
import type { MoveForm, MoveQuestion } from './move-form.ts';
import { maskedLetter } from './move-preview.tsx';
import { groundsOf, KindChoices } from './reply-kinds.tsx';
import { Precedents } from './reply-precedents.tsx';

/** The draft of a reply: first its kind, then exactly what this kind has to say. */
export const draftForm: MoveForm = {
  move: 'draft-reply',
  path: 'reply',
  title: '起草答复',
  button: '保存草稿',
  first: (question) => (choosing(question) ? { value: 'write', label: '继续填写内容' } : null),
  andThen: { value: 'submission', label: '保存并送审' },
  fields: async (question) => {
    const { ctx, view, given, errors } = question;
    const chosen = kindOf(question);
    if (choosing(question)) {
      const calendar = await currentCalendar(ctx.db, ctx.agencyId);
      const choices = replyChoices(view.standing, ctx.clock.today(), calendar);
      const missed = given('then') === 'write' ? '请选择答复种类。' : undefined;
      return <KindChoices choices={choices} chosen={chosen} error={errors.kindCode ?? missed} />;
    }
    const kind = replyKind(chosen);
    if (!kind) return <Alert tone="danger">没有这种答复，请返回重新选择。</Alert>;
    return <ContentFields question={question} needs={replyNeeds(kind, view.standing)} chosen={chosen} />;
  },
  beside: ({ view }) => (view.precedents.length > 0 ? <Precedents view={view} /> : null),
  preview: async (question) => {
    const kindCode = kindOf(question);
    if (choosing(question) || !replyKind(kindCode)) return null;
    const { ctx, view } = question;
    const letter = await previewReply(ctx, view.case.id, { kindCode, content: contentOf(question) });
    return maskedLetter(letter, view);
  },
  submit: async (ctx, ref, { given }) => {
    await draftReply(ctx, ref, { kindCode: given('kindCode'), content: typedContent(given) });
    return given('next') === 'submission'
      ? { words: '草稿已保存。', to: `${caseAddress(ref.id)}/reply-submission` }
      : '答复草稿已保存。';
  },
};

/** The kind is still to be chosen: nothing is, or the person wants another. */
function choosing(question: MoveQuestion): boolean {
  const { given } = question;
  if (given('then') === 'choose' || question.errors.kindCode !== undefined) return true;
  return kindOf(question) === '';
}

function kindOf({ given, view }: MoveQuestion): string {
  const typed = given('kindCode');
  return typed !== '' || given('version') !== '' ? typed : (view.standing.reply?.kindCode ?? '');
}

const texts = ['reason', 'furtherGrounds', 'told', 'provided', 'withheld', 'harm', 'publicInterest'] as const;

/** What stands in the form; before anything was typed, what was saved last. */
function contentOf({ given, view }: MoveQuestion): ReplyContent {
  const untouched =
    texts.every((name) => given(name) === '') && given('objected') === '' && given('paragraphs') === '';
  const firstTime = given('version') === '' || (given('then') === 'write' && untouched);
  return firstTime ? (view.replyContent ?? emptyReply) : typedContent(given);
}

function typedContent(given: MoveQuestion['given']): ReplyContent {
  const paragraphs = given('paragraphs')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '');
  return {
    reason: given('reason'),
    furtherGrounds: given('furtherGrounds'),
    told: given('told'),
    provided: given('provided'),
    withheld: given('withheld'),
    harm: given('harm'),
    objected: oneOf({ kept: 1, given: 1 }, given('objected')) ?? '',
    publicInterest: given('publicInterest'),
    paragraphs,
  };
}

function ContentFields(props: { question: MoveQuestion; needs: ReplyNeeds; chosen: string }) {
  const { question, needs, chosen } = props;
  const { errors } = question;
  const kind = replyKind(chosen);
  const content = contentOf(question);
  const field = (
    name: (typeof texts)[number],
    label: string,
    rows: number,
    help?: string,
    required = true,
  ) => (
    <TextArea
      name={name}
      label={label}
      rows={rows}
      value={content[name]}
      error={errors[name]}
      help={help}
      required={required}
    />
  );
  return (
    <>
      <input type="hidden" name="kindCode" value={chosen} />
      <div class="chosen-kind">
        <div>
          <p class="chosen-kind-name">{kind?.label}</p>
          {kind && <p class="help">{[kind.group, groundsOf(kind)].filter(Boolean).join('，')}</p>}
        </div>
        <Button name="then" value="choose" small formnovalidate>
          换一种答复
        </Button>
      </div>
      {needs.provided && field('provided', '提供的信息', 3, '文件名称、页数，逐件写明。')}
      {needs.withheld &&
        field('withheld', '不予公开的内容', 3, '区分处理后不提供的部分，概括写明是什么内容。')}
      {needs.told !== null && field('told', needs.told, 3)}
      {needs.reason && field('reason', '理由', 5, '认定的事实和适用的规定，写给申请人看。')}
      {needs.harm && field('harm', '公开会造成的损害', 3, '不予公开必须说明理由：公开后会损害谁的什么利益。')}
      {needs.objected && (
        <RadioField
          name="objected"
          label="第三方不同意公开的内容"
          value={content.objected}
          error={errors.objected}
          options={[
            { value: 'kept', label: '都不提供' },
            {
              value: 'given',
              label: '提供一部分或者全部',
              help: '须写明公共利益的理由，发出前先书面告知第三方。',
            },
          ]}
          required
        />
      )}
      {needs.publicInterest &&
        field(
          'publicInterest',
          '公共利益的理由',
          3,
          needs.objected
            ? '提供第三方不同意公开的内容的，写明不公开会对公共利益造成什么重大影响。'
            : '第三方不同意公开，不公开会对公共利益造成什么重大影响。',
          !needs.objected,
        )}
      {needs.reason && field('furtherGrounds', '补充的依据', 2, '除上面条款以外还适用的法律、法规。', false)}
      <details class="more-fields" open={content.paragraphs.length > 0 || Boolean(errors.paragraphs)}>
        <summary>自己改写正文</summary>
        <TextArea
          name="paragraphs"
          label="答复书正文"
          rows={10}
          song
          value={content.paragraphs.join('\n')}
          error={errors.paragraphs}
          help="每段一行。写在这里的内容代替按模板生成的正文；救济途径一段总是自动写出。留空则按模板。"
        />
      </details>
    </>
  );
}
