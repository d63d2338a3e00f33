import type { Unit } from '../../areas/organisations/index.ts';
import { type Line, type Period, periodName, type Rejection } from '../../areas/returns/index.ts';
import {
  Alert,
  Button,
  Card,
  ErrorSummary,
  FileField,
  Form,
  FormActions,
  LinkButton,
  Table,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { periodQuery } from './forms.ts';
import { Grid, type GridProps } from './grid.tsx';

export interface FillProps extends GridProps {
  unit: Unit;
  period: Period;
  version: number;
  desk: string;
  /** Address of the return when it was begun. */
  returnHref: string | null;
  reason: string | null;
  /** False once the return is under review or settled. */
  isOpen: boolean;
  conflict?: boolean;
  imported?: { name: string; accepted: readonly Line[]; rejected: readonly Rejection[] } | null;
}

export function FillPage(props: FillProps) {
  const { unit, period, errors, imported } = props;
  const query = `unit=${unit.id}&${periodQuery(period)}`;
  const title = `${unit.name} ${periodName(period)}填报`;
  return (
    <WorkbenchPage
      title={title}
      current="/workbench/returns"
      wide
      breadcrumbs={[
        { label: '数据填报', href: `/workbench/returns?year=${period.from.slice(0, 4)}` },
        ...(props.returnHref ? [{ label: periodName(period), href: props.returnHref }] : []),
        { label: '填写' },
      ]}
      actions={
        <LinkButton href={`/workbench/returns/template.xlsx?${query}`} icon="download" download>
          下载填报模板
        </LinkButton>
      }
      lead="没有发生的填 0（零报告），暂时无法统计的勾选“留空”，不归本单位报送的不填。"
    >
      <ErrorSummary errors={errors} />
      {props.reason && (
        <Alert tone="warning" title="这份填报被退回">
          {props.reason}
        </Alert>
      )}
      {props.conflict && (
        <Alert tone="warning" title="您填写期间，他人保存了这份填报" live>
          您填的内容都还在下面，没有丢失。标出的指标与他人刚保存的不同，请核对后再保存；保存后以您填的为准。
        </Alert>
      )}
      {imported && <ImportPreview {...imported} />}
      <Form
        action="/workbench/returns/fill"
        autosave="/workbench/returns/fill/draft"
        layout="bare"
        id="returns-grid"
      >
        <input type="hidden" name="unit" value={unit.id} />
        <input type="hidden" name="from" value={period.from} />
        <input type="hidden" name="to" value={period.to} />
        <input type="hidden" name="version" value={props.version} />
        <input type="hidden" name="desk" value={props.desk} />
        <p class="grid-tools" data-grid-tools>
          可以从 Excel 复制一列或“指标、数量”两列，粘贴到任一数量格中。
          <span data-grid-count role="status" />
        </p>
        <Grid {...props} />
        <FormActions>
          <Button name="next" value="submission" tone="primary">
            保存并报送
          </Button>
          <Button>保存草稿</Button>
        </FormActions>
      </Form>
      <Card title="从表格文件导入" id="import">
        <Form action={`/workbench/returns/import?${query}`} multipart>
          <FileField
            name="file"
            label="填好的模板（.xlsx）或 .csv 文件"
            help="导入后先显示在上面的表格里，核对并保存后才生效。"
            accept=".xlsx,.csv"
            error={errors.file}
            required
          />
          <FormActions>
            <Button icon="upload">读取文件</Button>
          </FormActions>
        </Form>
      </Card>
    </WorkbenchPage>
  );
}

function ImportPreview({ name, accepted, rejected }: NonNullable<FillProps['imported']>) {
  return (
    <>
      <Alert
        tone={rejected.length > 0 ? 'warning' : 'success'}
        title={`已读取“${name}”：${accepted.length} 行可用，${rejected.length} 行有问题`}
        live
      >
        可用的行已填入下表，还没有保存。请核对后按“保存草稿”或“保存并报送”。
      </Alert>
      {rejected.length > 0 && (
        <Card title="没有采用的行" flush>
          <Table
            caption="没有采用的行"
            columns={[{ label: '行', numeric: true, width: 'narrow' }, { label: '列' }, { label: '问题' }]}
          >
            {rejected.map(({ line, field, problem }) => (
              <tr key={`${line}${field}`}>
                <td class="numeric">{line}</td>
                <td>{field}</td>
                <td>{problem}</td>
              </tr>
            ))}
          </Table>
        </Card>
      )}
    </>
  );
}
