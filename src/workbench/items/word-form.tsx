import { Button, Card, FileField, Form } from '../../ui/index.ts';

/** Import of a Word document into the text. */
export function ImportForm(props: { action: string; replaces: boolean; error?: string }) {
  const { action, replaces, error } = props;
  return (
    <Card title="从 Word 导入">
      <Form action={action} multipart layout="bare" label="从 Word 导入">
        <FileField
          name="word"
          label="Word 文档（.docx）"
          accept=".docx"
          error={error}
          help={`标题、列表、表格和图片会保留，字体和颜色不保留。${replaces ? '导入的内容接在现有正文之后。' : ''}`}
        />
        <Button icon="file-import" small>
          导入正文
        </Button>
      </Form>
    </Card>
  );
}
