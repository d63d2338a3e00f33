import { contentLengths, type Document, itemStates } from '../../areas/catalogue/index.ts';
import { Button, CheckboxesField, FieldGroup, type Option, TextArea, TextField } from '../../ui/index.ts';
import type { Errors } from '../request.ts';
import type { EditorProps } from './editor-page.tsx';

/** Where the group stands on the page of the editor. */
export const INTERPRETATION = 'interpretation';

/** 政策解读: the plan for a document's interpretation, and the documents this item interprets. Complete without script. */
export function InterpretationFields({ form, errors, documents }: EditorProps & { errors: Errors }) {
  const { chosen, found, query } = documents;
  // Most items are no documents to be interpreted and interpret none: theirs stays folded.
  const open =
    form.normative !== 'none' ||
    form.interpretationPlan !== '' ||
    chosen.length > 0 ||
    query !== '' ||
    errors.interpretationPlan !== undefined ||
    errors.interprets !== undefined;
  return (
    <div id={INTERPRETATION}>
      <FieldGroup legend="政策解读">
        <details class="item-more" open={open}>
          <summary>规范性文件的解读方案，解读稿解读的文件</summary>
          <TextArea
            name="interpretationPlan"
            label="解读方案"
            value={form.interpretationPlan}
            rows={2}
            maxlength={contentLengths.interpretationPlan}
            error={errors.interpretationPlan}
            help="规范性文件写明由谁、用什么形式、在什么时候解读；不需要解读的写明理由。其他信息不用填。"
          />
          {chosen.length > 0 && (
            <CheckboxesField
              name="interprets"
              label="本信息解读的文件"
              values={form.interprets}
              options={chosen.map(optionOf)}
              error={errors.interprets}
              help="双方都公开后，文件页面显示“相关解读”，解读页面显示“解读的文件”。取消勾选并保存即去掉。"
            />
          )}
          {found.length > 0 && (
            <CheckboxesField
              id="found-documents"
              name="interprets"
              label={`查找“${query}”的结果，勾选后保存`}
              values={[]}
              options={found.map(optionOf)}
            />
          )}
          {query !== '' && found.length === 0 && (
            <p role="status">{`没有找到标题或者文号含有“${query}”的其他信息。`}</p>
          )}
          <div class="document-search">
            <TextField
              name="documentQuery"
              label={chosen.length > 0 ? '再关联一份文件' : '本信息是解读的，查找它解读的文件'}
              value={query}
              maxlength={100}
              width={40}
              {...(chosen.length === 0 && errors.interprets && { error: errors.interprets })}
              placeholder="标题、发文字号或索引号"
            />
            <Button icon="search" name="find" value="documents">
              查找文件
            </Button>
          </div>
        </details>
      </FieldGroup>
    </div>
  );
}

function optionOf({ id, title, documentNumber, state }: Document): Option {
  const facts = [documentNumber, state === 'published' ? '' : itemStates[state].label];
  return {
    value: String(id),
    label: title || '未命名的信息',
    help: facts.filter((fact) => fact !== '').join('，'),
  };
}
