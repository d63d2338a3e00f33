import { proposePublication } from '../../areas/requests/index.ts';
import { CheckboxesField, formatBytes, TextArea, TextField } from '../../ui/index.ts';
import type { MoveForm, MoveQuestion } from './move-form.ts';
import { numberOrNull } from './request.ts';

/** From the answer to one to the answer for everybody (711/44). */
export const publishForm: MoveForm = {
  move: 'publish',
  path: 'publication',
  title: '转为主动公开',
  button: '提交公开审查',
  consequence: () => (
    <p>
      答复的信息应当让公众广泛知晓的，可以转为主动公开。经他人审查通过后，公众立即可见。标题、问题、答复里不能有申请人的任何信息；附件须先通过放行检查。
    </p>
  ),
  fields: (question) => {
    const { view, errors } = question;
    const files = view.files.filter(({ kind }) => kind === 'released');
    const value = prefilled(question);
    return (
      <>
        <TextField
          name="title"
          label="标题"
          value={value('title', view.case.title)}
          error={errors.title}
          maxlength={200}
          required
        />
        <TextArea
          name="question"
          label="问题"
          rows={3}
          value={value('question', view.content?.content ?? '')}
          error={errors.question}
          maxlength={2000}
          help="改写成一般的提问，去掉能看出谁在问的内容。"
          required
        />
        <TextArea
          name="answer"
          label="答复"
          rows={6}
          value={value('answer', view.replyContent?.provided ?? '')}
          error={errors.answer}
          maxlength={10_000}
          required
        />
        {files.length > 0 && (
          <CheckboxesField
            name="fileId"
            label="一并公开的文件"
            values={question.all('fileId')}
            error={errors.fileIds}
            options={files.map(({ id, name, bytes }) => ({
              value: String(id),
              label: `${name}（${formatBytes(bytes)}）`,
            }))}
          />
        )}
      </>
    );
  },
  submit: async (ctx, ref, { given, all }) => {
    const fileIds = all('fileId').flatMap((id) => numberOrNull(id) ?? []);
    await proposePublication(ctx, ref, {
      title: given('title'),
      question: given('question'),
      answer: given('answer'),
      fileIds,
    });
    return '已提交公开审查，由他人审查通过后公开。';
  },
};

/** What was typed, and before anything was, what the case suggests. */
const prefilled =
  ({ given }: MoveQuestion) =>
  (name: string, suggested: string): string =>
    given('version') === '' ? suggested : given(name);
