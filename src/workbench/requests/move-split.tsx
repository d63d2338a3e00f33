import { formLengths, splitRequest } from '../../areas/requests/index.ts';
import { InvalidForm } from '../../core/refusal.ts';
import { Alert, Button, FieldGroup, TextArea, TextField } from '../../ui/index.ts';
import type { MoveForm } from './move-form.ts';

const MOST_PARTS = 50;

/** Rows left empty are no parts: what is wrong with a part is told beside the row it stands in. */
function besideRows({ fields }: InvalidForm, parts: readonly { row: number }[]): InvalidForm {
  const moved = Object.entries(fields).map(([field, message]) => {
    const [, part, name] = /^parts\.(\d+)\.(\w+)$/.exec(field) ?? [];
    const row = part === undefined ? undefined : parts[Number(part)]?.row;
    return [row === undefined ? field : `parts.${row}.${name}`, message] as const;
  });
  return new InvalidForm(Object.fromEntries(moved));
}

/** One form with several matters becomes several requests (一事一申请). */
export const splitForm: MoveForm = {
  move: 'split',
  path: 'parts',
  title: '拆分为多件',
  button: '拆分这件申请',
  consequence: ({ case: { number, dueOn } }) => (
    <p>
      一份申请表里有几件不相干的事的，按最小合理单位拆开，各自办理、各自答复、各自统计。第一件沿用编号{' '}
      {number}
      ，其余依次编号；答复期限{dueOn === null ? '' : '不变，'}都从收到原申请之日起算。拆分后不能再合并。
    </p>
  ),
  fields: ({ view, given, errors }) => {
    const asked = Math.max(2, Number(given('rows')) || 0);
    const rows = Math.min(given('then') === 'more' ? asked + 1 : asked, MOST_PARTS);
    const fresh = given('version') === '';
    return (
      <>
        <input type="hidden" name="rows" value={rows} />
        {errors.parts && <Alert tone="danger">{errors.parts}</Alert>}
        {view.content && (
          <div class="quoted-content">
            <p class="quoted-head">申请人原文</p>
            <p class="song">{view.content.content}</p>
          </div>
        )}
        {Array.from({ length: rows }, (_, row) => (
          <FieldGroup key={row} legend={`第 ${row + 1} 件`}>
            <TextField
              name={`parts.${row}.title`}
              label="名称"
              value={fresh && row === 0 ? view.case.title : given(`parts.${row}.title`)}
              error={errors[`parts.${row}.title`]}
              maxlength={formLengths.title}
              required={row < 2}
            />
            <TextArea
              name={`parts.${row}.content`}
              label="内容"
              rows={3}
              value={given(`parts.${row}.content`)}
              error={errors[`parts.${row}.content`]}
              help={row === 0 ? '从申请人原文中摘录，不增不减。' : undefined}
              required={row < 2}
            />
          </FieldGroup>
        ))}
        {rows < MOST_PARTS && (
          <p>
            <Button name="then" value="more" small formnovalidate icon="plus">
              再加一件
            </Button>
          </p>
        )}
      </>
    );
  },
  submit: async (ctx, ref, { given }) => {
    const rows = Math.min(Number(given('rows')) || 0, MOST_PARTS);
    const parts = Array.from({ length: rows }, (_, row) => ({
      row,
      title: given(`parts.${row}.title`),
      content: given(`parts.${row}.content`),
    })).filter(({ row, title, content }) => row < 2 || title !== '' || content !== '');
    const created = await splitRequest(ctx, ref, parts).catch((error: unknown) => {
      throw error instanceof InvalidForm ? besideRows(error, parts) : error;
    });
    return `已拆分为 ${created.length + 1} 件，其余 ${created.length} 件在“同一申请表”中。`;
  },
};
