import {
  type CatalogueColumn,
  COLUMN_PICTURE_BYTES,
  type ColumnNode,
  type ColumnPicture,
  type ColumnValues,
  columnKinds,
  columnPictureHref,
  requirableFields,
  reviewSteps,
} from '../../areas/catalogue/index.ts';
import type { Unit } from '../../areas/organisations/index.ts';
import {
  Button,
  Card,
  CheckboxesField,
  Confirm,
  ErrorSummary,
  FileField,
  Form,
  FormActions,
  formatBytes,
  LinkButton,
  SelectField,
  TextField,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';

export interface ColumnPageProps {
  /** Null: a new one. */
  column: CatalogueColumn | null;
  values: ColumnValues;
  errors: Readonly<Record<string, string>>;
  tree: ColumnNode[];
  units: Unit[];
  picture: ColumnPicture | null;
  /** Words for the picture that were refused, with why. */
  pictureRefused?: { alt?: string | undefined; errors: Readonly<Record<string, string>> };
}

const options = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }));

/** Where a column may stand: under any other, its own branch left out. */
function places(nodes: readonly ColumnNode[], own: number | null): { value: string; label: string }[] {
  return nodes
    .filter(({ id }) => id !== own)
    .flatMap((node) => [
      { value: String(node.id), label: `${'　'.repeat(node.depth)}${node.name}` },
      ...places(node.below, own),
    ]);
}

/** One column: what it is called, where it stands, who answers for it and what its items must say. */
export function ColumnPage(props: ColumnPageProps) {
  const { column, values, errors, tree, units } = props;
  const address = `/workbench/columns/${column?.id ?? 'new'}`;
  const title = column?.name ?? '新建栏目';
  const common = (name: keyof ColumnValues & string) => ({ name, error: errors[name] });
  return (
    <WorkbenchPage
      title={title}
      current="/workbench/columns"
      breadcrumbs={[{ label: '栏目', href: '/workbench/columns' }, { label: title }]}
    >
      <ErrorSummary errors={props.pictureRefused?.errors ?? errors} />
      <Form action={address}>
        <TextField {...common('name')} label="名称" value={values.name} width={20} required />
        <TextField
          {...common('slug')}
          label="地址"
          value={values.slug}
          help="只用小写字母、数字和连字符，如 policy-documents；门户上是 /catalogue/地址。"
          width={20}
          required
        />
        <SelectField
          {...common('parentId')}
          label="上级栏目"
          value={values.parentId === null ? '' : String(values.parentId)}
          options={places(tree, column?.id ?? null)}
          blank="（一级栏目）"
        />
        <SelectField
          {...common('kind')}
          label="类别"
          value={values.kind}
          options={options(columnKinds)}
          required
        />
        <TextField
          {...common('pageType')}
          label="网页标签中的栏目类别"
          value={values.pageType}
          help="《政府网站发展指引》的 ColumnType，如政策文件、信息公开目录、工作动态。"
          width={20}
          required
        />
        <TextField {...common('description')} label="栏目说明" value={values.description} />
        <TextField {...common('keywords')} label="关键词" value={values.keywords} help="用逗号隔开。" />
        <SelectField
          {...common('unitId')}
          label="责任部门"
          value={values.unitId === null ? '' : String(values.unitId)}
          options={units.map(({ id, name }) => ({ value: String(id), label: name }))}
          blank="各部门"
        />
        <TextField
          {...common('updateDays')}
          label="更新间隔（天）"
          type="number"
          value={values.updateDays ?? ''}
          help="最长多少天应有新内容；不要求更新的留空。"
          width={8}
          min={1}
          max={3660}
        />
        <CheckboxesField
          {...common('required')}
          label="另外要求填写"
          values={values.required}
          options={options(requirableFields)}
          inline
        />
        <CheckboxesField
          {...common('reviewSteps')}
          label="审查步骤"
          help="都不选，按机关的规定。"
          values={values.reviewSteps}
          options={options(reviewSteps)}
          inline
        />
        <TextField
          {...common('position')}
          label="排序号"
          type="number"
          value={values.position}
          help="小的在前。"
          width={8}
          min={0}
          max={999999}
        />
        <FormActions>
          <Button tone="primary">{column ? '保存栏目' : '新建栏目'}</Button>
          <LinkButton href="/workbench/columns">返回</LinkButton>
        </FormActions>
      </Form>
      {column?.kind === 'topic' && <PictureCard {...props} address={address} />}
      {column &&
        (column.closedOn ? (
          <Confirm
            consequence={`恢复后“${column.name}”重新出现在门户上，并可以发布信息。`}
            action={`${address}/reopening`}
            label="恢复使用"
          />
        ) : (
          <Confirm
            consequence={`停用后“${column.name}”不再出现在门户的目录里，也不能再发布信息；已有的信息都保留。`}
            action={`${address}/closure`}
            label="停用栏目"
            tone="danger"
          />
        ))}
    </WorkbenchPage>
  );
}

/** The one picture of a topic; the page and the index are whole without. */
function PictureCard({ picture, pictureRefused, address }: ColumnPageProps & { address: string }) {
  const { alt = picture?.alt, errors = {} } = pictureRefused ?? {};
  return (
    <Card title="专题图片">
      <div class="topic-picture-desk">
        {picture && (
          <figure>
            <img
              src={columnPictureHref(picture)}
              alt={picture.alt}
              width={picture.width}
              height={picture.height}
            />
            <figcaption class="quiet">{`${picture.width}×${picture.height}，${formatBytes(picture.bytes)}`}</figcaption>
          </figure>
        )}
        <Form action={`${address}/picture`} multipart label="专题图片">
          <FileField
            name="picture"
            label={picture ? '换一张图片' : '图片'}
            help={`JPG 或 PNG，最大 ${formatBytes(COLUMN_PICTURE_BYTES)}，宽 400 至 6000 像素。拍摄地点、作者等附带信息会自动去掉。没有图片的专题页同样完整。`}
            error={errors.picture}
            accept=".jpg,.jpeg,.png"
            required={picture === null}
          />
          <TextField
            name="alt"
            label="替代文字"
            value={alt ?? ''}
            help="图片上是什么，例如“政务服务中心的企业开办窗口”。"
            error={errors.alt}
            maxlength={100}
            required
          />
          <FormActions>
            <Button>{picture ? '保存' : '上传'}</Button>
          </FormActions>
        </Form>
        {picture && (
          <Form action={`${address}/picture/removal`} layout="bare">
            <Button tone="plain">去掉图片</Button>
          </Form>
        )}
      </div>
    </Card>
  );
}
