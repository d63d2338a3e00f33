import { groundsOf, patterns, type RedactionView, usualGround } from '../../areas/redactions/index.ts';
import { Button, Card, CheckField, Form, FormActions, SelectField, TextField } from '../../ui/index.ts';
import { redactionAddress, type Sides } from './addresses.ts';
import type { DeskProps } from './desk.tsx';
import { millimetres } from './words.ts';

/** What every act sends along: where the person is, and what he saw. */
export function Place({ view, page, shown }: { view: RedactionView; page: number; shown: Sides }) {
  return (
    <>
      <input type="hidden" name="version" value={view.version} />
      <input type="hidden" name="page" value={page} />
      <input type="hidden" name="show" value={shown} />
    </>
  );
}

export function GroundField(props: {
  view: RedactionView;
  id: string;
  value?: string;
  error?: string;
  label?: string;
  labelHidden?: boolean;
}) {
  const { view, value, label = '依据', ...rest } = props;
  return (
    <SelectField
      name="ground"
      label={label}
      value={value || usualGround(view.regime)}
      options={groundsOf(view.regime).map(([key, ground]) => ({
        value: key,
        label: `${ground.mark}　${ground.label}`,
      }))}
      {...rest}
    />
  );
}

/** The ways to cover something: by word, by pattern, by hand. */
export function CoverForms({ view, page, shown, typed = () => '', errors = {} }: DeskProps) {
  const size = view.pages[page - 1];
  const searchable = view.pages.some(({ characters }) => characters > 0);
  return (
    <>
      {searchable && (
        <Card title="全文查找并遮盖">
          <Form action={redactionAddress(view.id, '/occurrences')} label="全文查找并遮盖">
            <Place view={view} page={page} shown={shown} />
            <GroundField view={view} id="field-ground" value={typed('ground')} error={errors.ground} />
            <TextField
              name="word"
              label="词语"
              maxlength={100}
              value={typed('word')}
              error={errors.word}
              autocomplete="off"
              help="例如人名。换行、空格、全角半角不同也能找到；查找的词不会被记录。"
            />
            <FormActions>
              <Button name="by" value="word" icon="search">
                遮盖所有这个词
              </Button>
            </FormActions>
            <SelectField
              name="pattern"
              label="或者一类号码"
              value={typed('pattern') || 'identity'}
              options={Object.entries(patterns).map(([key, label]) => ({ value: key, label }))}
              error={errors.pattern}
            />
            <FormActions>
              <Button name="by" value="pattern" icon="search">
                遮盖所有这类号码
              </Button>
            </FormActions>
          </Form>
        </Card>
      )}
      <Card title="手工画框">
        <p class="help" data-redaction-hint hidden>
          在原件上按住拖动即可画框。选中已有的框后，方向键移动，Shift 加方向键改变大小，Delete 去掉。
        </p>
        <p class="redaction-hand" data-redaction-hand hidden>
          <button type="button" class="btn btn-plain btn-small" data-redaction-new>
            用键盘新增一个框
          </button>
          <button type="button" class="btn btn-plain btn-small" data-redaction-touch aria-pressed="false">
            用手指画框
          </button>
        </p>
        <details class="redaction-by-number" open={Boolean(errors.x || errors.w || errors.page)}>
          <summary>按位置新增（毫米）</summary>
          <Form action={redactionAddress(view.id, '/boxes')} label="按位置新增遮盖框">
            <Place view={view} page={page} shown={shown} />
            <p class="help">
              {size &&
                `从第 ${page} 页的左上角量起。这一页宽 ${millimetres(size.width)}、高 ${millimetres(size.height)} 毫米。`}
            </p>
            <div class="redaction-numbers">
              <NumberField name="x" label="离左边" typed={typed} error={errors.x} />
              <NumberField name="y" label="离上边" typed={typed} error={errors.y} />
              <NumberField name="w" label="宽" typed={typed} error={errors.w} />
              <NumberField name="h" label="高" typed={typed} error={errors.h} />
            </div>
            <GroundField view={view} id="field-box-ground" value={typed('ground')} />
            <CheckField
              name="whole"
              label="碰到的字整个盖住"
              checked
              help="免得露出半个字；没有文字层的页不起作用。"
            />
            <FormActions>
              <Button icon="square-plus">新增遮盖框</Button>
            </FormActions>
          </Form>
        </details>
      </Card>
    </>
  );
}

function NumberField(props: {
  name: string;
  label: string;
  typed: (name: string) => string;
  error?: string;
}) {
  const { name, label, typed, error } = props;
  return (
    <TextField
      name={name}
      label={label}
      width={8}
      inputmode="decimal"
      suffix="毫米"
      value={typed(name)}
      error={error}
    />
  );
}
