import {
  Button,
  Card,
  CheckboxesField,
  CheckField,
  DateField,
  ErrorSummary,
  FieldGroup,
  FileField,
  Form,
  FormActions,
  LinkButton,
  RadioField,
  SelectField,
  TextArea,
  TextField,
  Toolbar,
} from '../../ui/index.ts';

const units = [
  { value: '1', label: '党工委、管委会办公室' },
  { value: '2', label: '经济发展局' },
];
const errors = { count: '请填写不小于 0 的整数', evidence: '请上传 PDF、图片或表格文件，单个不超过 20 MB' };

/** Every field, at rest and refused. */
export function FormSpecimens() {
  return (
    <Card title="表单" id="forms">
      <Toolbar>
        <Form action="/workbench/gallery" method="get" layout="inline" label="筛选填报">
          <SelectField name="unit-filter" label="单位" options={units} blank="全部单位" />
          <TextField name="month" label="月份" type="month" value="2018-12" />
          <Button>筛选</Button>
        </Form>
        <LinkButton href="#export" icon="download">
          导出 Excel
        </LinkButton>
      </Toolbar>
      <ErrorSummary errors={errors} />
      <Form action="/workbench/gallery" guard>
        <TextField name="title" label="会议名称" required value="政府信息公开专题会议" />
        <TextField
          name="count"
          label="公开条数"
          help="没有公开填 0；不掌握情况请留空。"
          type="number"
          width={8}
          suffix="条"
          value="-3"
          error={errors.count}
        />
        <SelectField name="unit" label="填报单位" options={units} blank="请选择" required />
        <DateField name="held" label="召开日期" value="2018-05-18" required />
        <RadioField
          name="kind"
          label="类型"
          value="special"
          options={[
            { value: 'work', label: '工作会议' },
            { value: 'special', label: '专题会议', help: '只研究政府信息公开一个议题' },
          ]}
        />
        <CheckboxesField
          name="channels"
          label="发布渠道"
          inline
          values={['weibo']}
          options={[
            { value: 'website', label: '政府网站' },
            { value: 'weibo', label: '政务微博' },
            { value: 'wechat', label: '政务微信' },
          ]}
        />
        <FieldGroup legend="佐证材料" help="截图或导出的清单，供审核人核对。">
          <FileField name="evidence" label="文件" accept=".pdf,.png,.xlsx" error={errors.evidence} />
          <TextArea name="note" label="说明" help="需要审核人知道的情况。" rows={3} />
          <CheckField name="sure" label="以上内容已经本单位负责人核对" />
        </FieldGroup>
        <FormActions>
          <Button tone="primary">提交审核</Button>
          <Button name="draft" value="1" formnovalidate>
            保存草稿
          </Button>
          <LinkButton href="/workbench/gallery">取消</LinkButton>
        </FormActions>
      </Form>
    </Card>
  );
}
