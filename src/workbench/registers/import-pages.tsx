import type { Temporal } from 'temporal-polyfill';
import { effectsOf, type ImportPreview, type Register } from '../../areas/registers/index.ts';
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
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { SignedNotice } from './form.tsx';
import { guidance } from './sheets.ts';
import { yearsTouched } from './signed.ts';
import { addressOf, REGISTERS } from './words.ts';

const SHOWN = 50;

const crumbs = (register: Register) => [
  { label: '台账', href: REGISTERS },
  { label: register.label, href: addressOf(register) },
  { label: '从表格导入' },
];

export function ImportPage({ register, error }: { register: Register; error?: string }) {
  return (
    <WorkbenchPage
      title={`导入${register.label}`}
      current={REGISTERS}
      breadcrumbs={crumbs(register)}
      lead="先读文件、看预览，确认后才会登记。整个文件一次导入，有一行不合格就全部不导入；同一文件再导入一次不会重复。"
      actions={
        <LinkButton href={addressOf(register, '/template.xlsx')} icon="download">
          下载模板
        </LinkButton>
      }
    >
      <UploadForm register={register} error={error} />
      <Card title="表格怎样填" flush>
        <Table
          caption="表格怎样填"
          stack
          columns={[{ label: '栏目' }, { label: '是否必填' }, { label: '怎样填写' }, { label: '示例' }]}
        >
          {register.fields.map((field) => (
            <tr key={field.name}>
              <th scope="row" data-label="栏目">
                {field.label}
              </th>
              <td data-label="是否必填">{field.required ? '必填' : '可空'}</td>
              <td data-label="怎样填写">{guidance(field)}</td>
              <td data-label="示例">{field.example ?? '—'}</td>
            </tr>
          ))}
        </Table>
      </Card>
    </WorkbenchPage>
  );
}

function UploadForm({ register, error }: { register: Register; error?: string }) {
  return (
    <>
      <ErrorSummary errors={error ? { file: error } : {}} />
      <Form action={addressOf(register, '/import')} multipart>
        <FileField
          name="file"
          label="XLSX 或 CSV 文件"
          help="第一张工作表应有模板的表头，栏目次序不限，多余的栏目不读。最多 5000 行。"
          error={error}
          accept=".xlsx,.csv"
          required
        />
        <FormActions>
          <Button tone="primary">读取并预览</Button>
          <LinkButton href={addressOf(register)}>返回</LinkButton>
        </FormActions>
      </Form>
    </>
  );
}

export function PreviewPage(props: {
  register: Register;
  fileName: string;
  preview: ImportPreview;
  ignored: readonly string[];
  /** Number of the waiting file; null when there is nothing to confirm. */
  waiting: number | null;
  signed: readonly number[];
  unitNames: ReadonlyMap<number, string>;
  today: Temporal.PlainDate;
}) {
  const { register, fileName, preview, ignored, waiting, signed, today } = props;
  const { fresh, unchanged, rejected } = preview;
  const rejectedRows = new Set(rejected.map(({ line }) => line)).size;
  const touched = yearsTouched(
    signed,
    fresh.flatMap(({ values }) => effectsOf(register, values, today)),
  );
  return (
    <WorkbenchPage
      title={`预览：${fileName}`}
      current={REGISTERS}
      breadcrumbs={crumbs(register)}
      lead={`导入${register.label}。下面是读到的内容，还没有登记。`}
      wide
    >
      <Stats>
        <Stat label="可以登记" value={formatNumber(fresh.length)} unit="行" />
        <Stat label="已有，不变" value={formatNumber(unchanged.length)} unit="行" />
        <Stat label="不合格" value={formatNumber(rejectedRows)} unit="行" />
      </Stats>
      {ignored.length > 0 && (
        <Alert tone="info" title="没有读的栏目">
          {ignored.join('、')}
        </Alert>
      )}
      {waiting !== null && touched.length > 0 && <SignedNotice years={touched} />}
      {rejected.length > 0 && <Rejected rejected={rejected} rows={rejectedRows} />}
      {rejected.length === 0 && fresh.length === 0 && (
        <Alert tone="info" title="文件中的内容都已登记，不需要导入">
          <a href={addressOf(register)}>返回{register.label}</a>
        </Alert>
      )}
      {waiting !== null && (
        <Form action={addressOf(register, '/import/confirmation')}>
          <input type="hidden" name="waiting" value={waiting} />
          <FormActions>
            <Button tone="primary" icon="check">
              确认登记 {formatNumber(fresh.length)} 行
            </Button>
            <LinkButton href={addressOf(register, '/import')}>不导入，换一个文件</LinkButton>
          </FormActions>
        </Form>
      )}
      {fresh.length > 0 && <Fresh {...props} />}
      {unchanged.length > 0 && (
        <Card title="已有，不变">
          <p>
            {unchanged
              .slice(0, SHOWN)
              .map(({ line, why }) => `第 ${line} 行（${why}）`)
              .join('、')}
            {unchanged.length > SHOWN ? ` 等 ${formatNumber(unchanged.length)} 行` : ''}
          </p>
        </Card>
      )}
      {rejected.length > 0 && (
        <Card title="改好后重新选择文件">
          <UploadForm register={register} />
        </Card>
      )}
    </WorkbenchPage>
  );
}

function Rejected({ rejected, rows }: { rejected: ImportPreview['rejected']; rows: number }) {
  return (
    <>
      <Alert tone="danger" title={`有 ${formatNumber(rows)} 行不合格，没有登记任何内容`} live>
        请在表格中改正下列各处，保存后重新上传。
      </Alert>
      <Table
        caption="不合格的地方"
        stack
        columns={[{ label: '行', numeric: true }, { label: '栏目' }, { label: '怎样改' }]}
      >
        {rejected.slice(0, 200).map(({ line, field, problem }) => (
          <tr key={`${line} ${field}`}>
            <td class="numeric" data-label="行">
              {line}
            </td>
            <td data-label="栏目">{field || '整行'}</td>
            <td data-label="怎样改">{problem}</td>
          </tr>
        ))}
      </Table>
      {rejected.length > 200 && <p class="help">只列出前 200 处，共 {formatNumber(rejected.length)} 处。</p>}
    </>
  );
}

function Fresh(props: Parameters<typeof PreviewPage>[0]) {
  const { register, preview, unitNames } = props;
  const listed = register.fields.filter((field) => field.listed);
  return (
    <Card title={`可以登记的${register.noun}`} flush>
      <Table
        caption={`可以登记的${register.noun}`}
        stack
        columns={[
          { label: '行', numeric: true },
          ...listed.map(({ label, kind }) => ({ label, numeric: kind === 'count' || kind === 'money' })),
        ]}
      >
        {preview.fresh.slice(0, SHOWN).map(({ line, values }) => (
          <tr key={line}>
            <td class="numeric" data-label="行">
              {line}
            </td>
            {listed.map(({ name, kind, label }) => {
              const value = values[name] ?? '';
              const words = kind === 'unit' ? (unitNames.get(Number(value)) ?? '') : String(value);
              return (
                <td
                  key={name}
                  data-label={label}
                  class={kind === 'count' || kind === 'money' ? 'numeric' : undefined}
                >
                  {words || '—'}
                </td>
              );
            })}
          </tr>
        ))}
      </Table>
      {preview.fresh.length > SHOWN && (
        <p class="help">
          只列出前 {SHOWN} 行，确认后登记全部 {formatNumber(preview.fresh.length)} 行。
        </p>
      )}
    </Card>
  );
}
