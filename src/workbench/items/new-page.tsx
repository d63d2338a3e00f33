import type { CatalogueColumn, Document } from '../../areas/catalogue/index.ts';
import {
  Button,
  Card,
  ErrorSummary,
  FileField,
  Form,
  FormActions,
  LinkButton,
  SelectField,
  TextField,
} from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { WorkbenchPage } from '../shell.tsx';
import { ITEMS, itemAddress } from './addresses.ts';
import { columnOptions } from './column-options.ts';

/** The first step of a new item: what it is called and where it goes, or a Word document. */
export function NewItemPage(props: {
  columns: readonly CatalogueColumn[];
  given: Given;
  /** The document the new item is to interpret. */
  interprets: Document | null;
  errors?: Errors;
}) {
  const { columns, given, interprets, errors } = props;
  return (
    <WorkbenchPage
      title="新建信息"
      current={ITEMS}
      breadcrumbs={[{ label: '公开信息', href: ITEMS }, { label: '新建' }]}
      lead="写上标题就可以开始，其余内容在下一页填写，会自动保存。"
    >
      <ErrorSummary errors={errors} />
      <Card>
        <Form action={`${ITEMS}/new`} multipart label="新建信息">
          {interprets && (
            <>
              <input type="hidden" name="interprets" value={String(interprets.id)} />
              <p>
                解读的文件：<a href={itemAddress(interprets.id)}>{interprets.title}</a>
              </p>
            </>
          )}
          <TextField
            name="title"
            label="标题"
            value={given('title')}
            maxlength={200}
            error={errors?.title}
            help="从 Word 导入时可以不填，取文档的标题。"
            autofocus
          />
          <SelectField
            name="columnId"
            label="栏目"
            blank="以后再选"
            value={given('columnId')}
            options={columnOptions(columns)}
            error={errors?.columnId}
            help="体裁、主题分类、发布机构等照您在这个栏目的上一条信息填好，可以再改。"
          />
          <FileField
            name="word"
            label="Word 文档（.docx）"
            accept=".docx"
            error={errors?.word}
            help="有写好的文档时一并上传，标题、列表、表格和图片会成为正文。"
          />
          <FormActions>
            <Button tone="primary">开始撰写</Button>
            <LinkButton href={ITEMS}>返回</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </WorkbenchPage>
  );
}
