import type { UnitImport } from '../../areas/filed-reports/index.ts';
import {
  Alert,
  Button,
  Card,
  ErrorSummary,
  FileField,
  Form,
  FormActions,
  formatNumber,
  LinkButton,
  Stat,
  Stats,
  Table,
  TextField,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { ROOM, UNITS } from './addresses.ts';
import { crumbsTo } from './room-page.tsx';
import { unitKinds } from './words.ts';

const SHOWN = 200;
const crumbs = crumbsTo(undefined, { label: '报送单位', href: UNITS }, { label: '导入名单' });

export interface ImportGiven {
  expectedFrom: string;
}

export function UnitImportPage(props: { given: ImportGiven; errors?: Readonly<Record<string, string>> }) {
  return (
    <WorkbenchPage
      title="导入单位名单"
      current={ROOM}
      breadcrumbs={crumbs}
      lead="先看预览，确认后才导入。已有的单位不变，有一行不合格就全部不导入。"
      actions={
        <LinkButton href={`${UNITS}/import/template.xlsx`} icon="download" download>
          下载模板
        </LinkButton>
      }
    >
      <ErrorSummary errors={props.errors} />
      <UploadForm {...props} />
      <Card title="表格怎样填" flush>
        <Table caption="表格怎样填" stack columns={[{ label: '栏目' }, { label: '怎样填写' }]}>
          {columns.map(([name, how]) => (
            <tr key={name}>
              <th scope="row" data-label="栏目">
                {name}
              </th>
              <td data-label="怎样填写">{how}</td>
            </tr>
          ))}
        </Table>
      </Card>
    </WorkbenchPage>
  );
}

/** The columns of a list of bodies, in the order of the template. */
export const columns: readonly (readonly [string, string])[] = [
  ['单位名称', '必填。全称，与报告标题中的名称一致。'],
  ['类别', `可空，按名称判断。只能写：${Object.values(unitKinds).join('、')}。`],
  ['上级单位', '可空。报告应当包含本单位数字的单位，写全称；可以是同一名单里的单位。'],
  ['简称或曾用名', '可空。多个用顿号隔开。'],
  ['代码', '可空。'],
];

function UploadForm(props: { given: ImportGiven; errors?: Readonly<Record<string, string>> }) {
  const { given, errors = {} } = props;
  return (
    <Form action={`${UNITS}/import`} multipart>
      <TextField
        name="expectedFrom"
        label="从哪个年度起应报"
        width={8}
        inputmode="numeric"
        maxlength={4}
        value={given.expectedFrom}
        error={errors.expectedFrom}
        suffix="年度"
        required
      />
      <FileField
        name="file"
        label="XLSX 或 CSV 文件"
        help="第一张工作表应有表头“单位名称”，其余栏目按需要填。"
        error={errors.file}
        accept=".xlsx,.csv"
        required
      />
      <FormActions>
        <Button tone="primary">读取并预览</Button>
        <LinkButton href={UNITS}>返回</LinkButton>
      </FormActions>
    </Form>
  );
}

export function UnitPreviewPage(props: {
  fileName: string;
  preview: UnitImport;
  given: ImportGiven;
  /** The lines as read, to be sent back on confirmation; null when there is nothing to confirm. */
  waiting: string | null;
}) {
  const { fileName, preview, given, waiting } = props;
  const { added, unchanged, rejected, read } = preview;
  return (
    <WorkbenchPage
      title={`预览：${fileName}`}
      current={ROOM}
      breadcrumbs={crumbs}
      lead={`读到 ${formatNumber(read)} 行，还没有导入。`}
    >
      <Stats>
        <Stat label="新单位" value={formatNumber(added.length)} unit="个" />
        <Stat label="已有，不变" value={formatNumber(unchanged.length)} unit="个" />
        <Stat label="不合格" value={formatNumber(new Set(rejected.map(({ line }) => line)).size)} unit="行" />
      </Stats>
      {rejected.length > 0 && (
        <>
          <Alert tone="danger" title="有不合格的行，没有导入任何单位" live>
            请在表格中改正下列各处，保存后重新上传。
          </Alert>
          <Table
            caption="不合格的地方"
            stack
            columns={[{ label: '行', numeric: true }, { label: '栏目' }, { label: '怎样改' }]}
          >
            {rejected.slice(0, SHOWN).map(({ line, field, problem }) => (
              <tr key={`${line} ${field}`}>
                <td class="numeric" data-label="行">
                  {line}
                </td>
                <td data-label="栏目">{field || '整行'}</td>
                <td data-label="怎样改">{problem}</td>
              </tr>
            ))}
          </Table>
        </>
      )}
      {rejected.length === 0 && added.length === 0 && (
        <Alert tone="info" title="名单中的单位都已经有了">
          <a href={UNITS}>返回报送单位</a>
        </Alert>
      )}
      {waiting !== null && (
        <Form action={`${UNITS}/import/confirmation`}>
          <textarea name="lines" hidden readOnly aria-label="读到的名单">
            {waiting}
          </textarea>
          <input type="hidden" name="expectedFrom" value={given.expectedFrom} />
          <input type="hidden" name="fileName" value={fileName} />
          <FormActions>
            <Button tone="primary" icon="check">{`确认导入 ${formatNumber(added.length)} 个单位`}</Button>
            <LinkButton href={`${UNITS}/import`}>不导入，换一个文件</LinkButton>
          </FormActions>
        </Form>
      )}
      {added.length > 0 && (
        <Card title="将要导入的单位" flush>
          <Table
            caption="将要导入的单位"
            stack
            columns={[
              { label: '行', numeric: true },
              { label: '单位名称' },
              { label: '类别' },
              { label: '汇总到' },
            ]}
          >
            {added.slice(0, SHOWN).map(({ line, name, kind, parentName }) => (
              <tr key={line}>
                <td class="numeric" data-label="行">
                  {line}
                </td>
                <td data-label="单位名称">{name}</td>
                <td data-label="类别">{unitKinds[kind]}</td>
                <td data-label="汇总到">{parentName || '—'}</td>
              </tr>
            ))}
          </Table>
          {added.length > SHOWN && (
            <p class="help">{`只列出前 ${SHOWN} 个，确认后导入全部 ${formatNumber(added.length)} 个。`}</p>
          )}
        </Card>
      )}
      {unchanged.length > 0 && (
        <Card title="已有，不变">
          <p>
            {unchanged
              .slice(0, SHOWN)
              .map(({ name }) => name)
              .join('、')}
            {unchanged.length > SHOWN && ` 等 ${formatNumber(unchanged.length)} 个`}
          </p>
        </Card>
      )}
      {rejected.length > 0 && (
        <Card title="改好后重新选择文件">
          <UploadForm given={given} />
        </Card>
      )}
    </WorkbenchPage>
  );
}
