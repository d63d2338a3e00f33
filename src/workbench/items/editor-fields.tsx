import {
  attributes,
  channelKinds,
  contentLengths,
  genres,
  normativeKinds,
  subjects,
} from '../../areas/catalogue/index.ts';
import {
  CheckboxesField,
  DateField,
  FieldGroup,
  type Option,
  RadioField,
  SelectField,
  TextArea,
  TextField,
} from '../../ui/index.ts';
import type { Errors } from '../request.ts';
import { columnOptions } from './column-options.ts';
import { InterpretationFields } from './editor-interpretation.tsx';
import type { EditorProps } from './editor-page.tsx';
import { numberOrNull } from './request.ts';

const optionsOf = (labels: Readonly<Record<string, string>>): Option[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

const words = (list: readonly string[], chosen: string): Option[] =>
  (chosen === '' || list.includes(chosen) ? list : [chosen, ...list]).map((value) => ({
    value,
    label: value,
  }));

/** What an item carries besides its text: title and abstract above it, the rest below. */
export function EditorFields(props: EditorProps & { errors: Errors; part: 'head' | 'rest' }) {
  return props.part === 'head' ? <Head {...props} /> : <Rest {...props} />;
}

function Head({ form, errors, columns }: EditorProps & { errors: Errors }) {
  return (
    <>
      <TextField
        name="title"
        label="标题"
        value={form.title}
        maxlength={contentLengths.title}
        error={errors.title}
        required
        help="公文写完整标题，不加书名号以外的标点。"
      />
      <SelectField
        name="columnId"
        label="栏目"
        blank="请选择"
        value={form.columnId}
        options={columnOptions(columns, numberOrNull(form.columnId))}
        error={errors.columnId}
        required
      />
      <TextArea
        name="abstract"
        label="内容概述"
        value={form.abstract}
        rows={2}
        maxlength={contentLengths.abstract}
        error={errors.abstract}
        help="一两句话说明主要内容，列表和搜索结果里显示。"
      />
    </>
  );
}

function Rest(props: EditorProps & { errors: Errors }) {
  const { form, errors, item, columns, today } = props;
  return (
    <>
      {item.liveVersion !== null && (
        <TextArea
          name="amendment"
          label="这次修改了什么"
          value={form.amendment}
          rows={2}
          maxlength={500}
          error={errors.amendment}
          required
          help="读者在公开页面上会看到，例如“更正联系电话”。"
        />
      )}
      <FieldGroup legend="公文要素">
        <div class="item-fields">
          <SelectField
            name="genre"
            label="体裁"
            blank="请选择"
            value={form.genre}
            options={words(genres, form.genre)}
            error={errors.genre}
            required
          />
          <SelectField
            name="subject"
            label="主题分类"
            blank="请选择"
            value={form.subject}
            options={words(subjects, form.subject)}
            error={errors.subject}
            required
          />
          <div>
            <TextField
              name="documentNumber"
              label="发文字号"
              value={form.documentNumber}
              maxlength={contentLengths.line}
              error={errors.documentNumber}
              help="例如 昆高开发〔2018〕12号，没有的不填。"
            />
            {errors.documentNumber === undefined && (
              <p class="item-note" role="status" data-lack-note="documentNumber" hidden />
            )}
          </div>
          <DateField
            name="formedOn"
            label="生成日期"
            value={form.formedOn}
            max={today}
            error={errors.formedOn}
            required
            help="公文为成文日期，20 个工作日的公开期限从这天起算。"
          />
          <TextField
            name="issuingBody"
            label="发布机构"
            value={form.issuingBody}
            maxlength={contentLengths.line}
            error={errors.issuingBody}
            required
          />
          <TextField
            name="source"
            label="来源"
            value={form.source}
            maxlength={contentLengths.line}
            error={errors.source}
          />
          <TextField
            name="keywords"
            label="关键词"
            value={form.keywords}
            maxlength={300}
            error={errors.keywords}
            help="用逗号隔开，最多 10 个。"
          />
          <SelectField
            name="normative"
            label="规范性文件"
            value={form.normative}
            options={optionsOf(normativeKinds)}
            error={errors.normative}
          />
        </div>
      </FieldGroup>
      <InterpretationFields {...props} />
      <FieldGroup legend="公开属性（在源头认定）">
        <RadioField
          name="attribute"
          label="公开属性"
          labelHidden
          value={form.attribute}
          options={optionsOf(attributes)}
          error={errors.attribute}
          inline
        />
        <details
          class="item-more"
          open={
            form.attribute !== 'proactive' ||
            form.attributeReason !== '' ||
            errors.attributeReason !== undefined ||
            errors.nextReviewOn !== undefined
          }
        >
          <summary>不主动公开的：理由、依据和下次评估日期</summary>
          <TextArea
            name="attributeReason"
            label="理由和依据"
            value={form.attributeReason}
            rows={2}
            maxlength={1000}
            error={errors.attributeReason}
            help="选择依申请公开或者不予公开的必须写明；主动公开的不用填。"
          />
          <DateField
            name="nextReviewOn"
            label="下次评估日期"
            value={form.nextReviewOn}
            error={errors.nextReviewOn}
            help="不主动公开的信息定期评估，因情势变化可以公开的应当公开（《条例》第十八条）。"
          />
        </details>
      </FieldGroup>
      <FieldGroup legend="发布">
        <CheckboxesField
          name="channels"
          label="发布渠道"
          values={form.channels}
          options={optionsOf(channelKinds)}
          error={errors.channels}
          inline
        />
        <details
          class="item-more"
          open={form.publishOn !== '' || errors.publishOn !== undefined || errors.publishTime !== undefined}
        >
          <summary>定时发布（不填则审查通过后立即发布）</summary>
          <div class="item-fields">
            <DateField
              name="publishOn"
              label="定时发布日期"
              value={form.publishOn}
              error={errors.publishOn}
            />
            <TextField
              name="publishTime"
              label="定时发布时间"
              value={form.publishTime}
              width={8}
              placeholder="09:00"
              error={errors.publishTime}
            />
          </div>
        </details>
        <details class="item-more" open={form.furtherColumns.length > 0}>
          <summary>同时列入其他栏目</summary>
          <CheckboxesField
            name="furtherColumns"
            label="其他栏目"
            labelHidden
            values={form.furtherColumns}
            options={columnOptions(columns)}
          />
        </details>
      </FieldGroup>
    </>
  );
}
