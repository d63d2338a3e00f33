import type {
  FiledFile,
  ReportingUnit,
  StrangeReport,
  UnitSuggestion,
} from '../../areas/filed-reports/index.ts';
import {
  Alert,
  Button,
  Card,
  CheckField,
  Empty,
  ErrorSummary,
  Facts,
  FilterLinks,
  Form,
  FormActions,
  formatBytes,
  formatDateTime,
  LinkButton,
  Pager,
  SelectField,
  Table,
  TextArea,
  TextField,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { APART, batchAddress, ROOM, withQuery } from './addresses.ts';
import { fileAddress } from './report-frame.tsx';
import { crumbsTo, RoomPage } from './room-page.tsx';
import { documentKinds, fileStates, formatNames } from './words.ts';

type ApartFile = FiledFile & { suggestions: UnitSuggestion[] };

/** Files that need a person: those nobody could read, and those of no known unit or year. */
export function ApartPage(props: {
  state: 'unreadable' | 'unfiled';
  files: readonly ApartFile[];
  years: readonly number[];
  mayFile: boolean;
  /** Files whose own words name a unit and a year that could be set up. */
  nameable: number;
  previousHref: string | null;
  nextHref: string | null;
}) {
  const { state, files, years, mayFile, nameable } = props;
  return (
    <RoomPage
      title="读不出、待归档的文件"
      view="apart"
      lead="这些文件没有计入任何单位。读不出的请换一种格式重新索取，待归档的指定单位和年度即可。"
    >
      <div class="batch-filters">
        <FilterLinks
          title="状况"
          items={[
            { label: '待归档', href: withQuery(APART, { state: 'unfiled' }), current: state === 'unfiled' },
            {
              label: '读不出',
              href: withQuery(APART, { state: 'unreadable' }),
              current: state === 'unreadable',
            },
          ]}
        />
      </div>
      {mayFile && state === 'unfiled' && nameable > 0 && (
        <Alert tone="info" title={`其中 ${nameable} 个文件写明了单位和年度，但名单里没有这个单位`}>
          <a href={`${APART}/new-units`}>按报告上的名称建立单位并归档</a>
        </Alert>
      )}
      {files.length === 0 ? (
        <Card>
          <Empty title={state === 'unfiled' ? '没有待归档的文件' : '没有读不出的文件'} icon="circle-check" />
        </Card>
      ) : (
        <Table
          caption={state === 'unfiled' ? '待归档的文件' : '读不出的文件'}
          stack
          columns={[
            { label: '文件', width: 'wide' },
            { label: '报告自称', width: 'medium' },
            { label: '收到', width: 'medium' },
            { label: mayFile ? '归到' : '可能是' },
          ]}
        >
          {files.map((file) => (
            <tr key={file.id}>
              <td data-label="文件">
                <a class="file-name" href={`${APART}/${file.id}`}>
                  {file.name}
                </a>{' '}
                <span class="help-inline">{formatBytes(file.bytes)}</span>
                <span class="file-reason">{file.fault}</span>
              </td>
              <td data-label="报告自称">{calledWords(file)}</td>
              <td data-label="收到">
                <a href={batchAddress(file.batchId)}>{formatDateTime(file.addedAt)}</a>
              </td>
              <td data-label={mayFile ? '归到' : '可能是'}>
                {mayFile ? (
                  <QuickAssign file={file} years={years} />
                ) : (
                  file.suggestions.map(({ name }) => name).join('、') || '—'
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pager previousHref={props.previousHref} nextHref={props.nextHref} />
    </RoomPage>
  );
}

function calledWords(file: FiledFile): string {
  const words = [file.agencyInText, file.yearInText && `${file.yearInText}年`].filter(Boolean).join(' ');
  return words || '没有写明';
}

/** The units likeliest meant and the year, in one row; anything else on the file's own page. */
function QuickAssign({ file, years }: { file: ApartFile; years: readonly number[] }) {
  if (file.suggestions.length === 0) {
    return <a href={`${APART}/${file.id}`}>指定单位和年度</a>;
  }
  return (
    <Form action={`${APART}/${file.id}/assignment`} layout="inline" label={`归档 ${file.name}`}>
      <SelectField
        name="unitId"
        id={`unit-${file.id}`}
        label="单位"
        labelHidden
        value={file.suggestions[0]?.unitId}
        options={file.suggestions.map(({ unitId, name }) => ({ value: String(unitId), label: name }))}
      />
      <SelectField
        name="year"
        id={`year-${file.id}`}
        label="年度"
        labelHidden
        value={file.yearInText ?? file.year ?? ''}
        blank="年度"
        options={yearsWith(years, file.yearInText).map((one) => ({
          value: String(one),
          label: `${one}年`,
        }))}
      />
      <Button small>归档</Button>
      <a href={`${APART}/${file.id}`}>其他单位</a>
    </Form>
  );
}

const yearsWith = (years: readonly number[], more: number | null): number[] =>
  [...new Set([...years, ...(more === null ? [] : [more])])].sort((a, b) => b - a);

/** One file: what is known of it, of which unit and year it is, or that it is no report. */
export function ApartFilePage(props: {
  file: ApartFile;
  units: readonly ReportingUnit[];
  years: readonly number[];
  mayFile: boolean;
  given?: Readonly<Record<string, string>>;
  errors?: Readonly<Record<string, string>>;
}) {
  const { file, units, years, mayFile, given = {}, errors = {} } = props;
  const known = units.find(({ id }) => id === (file.unitId ?? file.suggestions[0]?.unitId));
  return (
    <WorkbenchPage
      title={file.name}
      current={ROOM}
      breadcrumbs={crumbsTo(undefined, { label: '读不出、待归档', href: APART }, { label: '指定归档' })}
      actions={
        <LinkButton href={fileAddress(file.id)} icon="download" download>
          下载原件
        </LinkButton>
      }
    >
      <ErrorSummary errors={errors} />
      {file.fault && (
        <Alert tone={file.state === 'unreadable' ? 'danger' : 'warning'} title={fileStates[file.state].label}>
          {file.fault}
        </Alert>
      )}
      <Card>
        <Facts
          items={[
            { label: '状况', value: fileStates[file.state].label },
            { label: '报告自称', value: calledWords(file) },
            { label: '格式', value: file.format ? formatNames[file.format] : '没有认出' },
            {
              label: '文件',
              value: `${file.kind ? documentKinds[file.kind] : '未知类型'}，${formatBytes(file.bytes)}`,
            },
            { label: '收到', value: `${formatDateTime(file.addedAt)} ${file.addedBy}` },
            {
              label: '现归档于',
              value: file.unitName ? `${file.unitName} ${file.year ?? ''}年` : '还没有归档',
            },
          ]}
        />
      </Card>
      {mayFile && (
        <Card title={file.unitId === null ? '指定单位和年度' : '改归档'}>
          <Form action={`${APART}/${file.id}/assignment`}>
            <TextField
              name="unit"
              label="单位"
              width={40}
              maxlength={100}
              value={given.unit ?? known?.name ?? ''}
              error={errors.unit ?? errors.unitId}
              help={
                file.suggestions.length > 0
                  ? `可能是：${file.suggestions.map(({ name }) => name).join('、')}`
                  : '输入名单中的单位名称，会提示可选的单位。'
              }
              list={units.map(({ name }) => ({ value: name, label: name }))}
              required
            />
            <CheckField
              name="create"
              label="名单里没有这个单位时，新建"
              checked={given.create === '1' || (units.length === 0 && given.unit === undefined)}
            />
            <SelectField
              name="year"
              label="报告年度"
              blank="请选择"
              value={given.year ?? file.year ?? file.yearInText ?? ''}
              error={errors.year}
              options={yearsWith(years, file.yearInText).map((one) => ({
                value: String(one),
                label: `${one}年度`,
              }))}
              required
            />
            {file.agencyInText && (
              <CheckField
                name="rememberName"
                label={`以后报告自称“${file.agencyInText}”的都归这个单位`}
                checked={given.rememberName !== '0'}
              />
            )}
            <FormActions>
              <Button tone="primary">归档</Button>
            </FormActions>
          </Form>
        </Card>
      )}
      {mayFile && (file.state === 'unfiled' || file.state === 'unreadable') && (
        <Card title="这不是年度报告">
          <Form action={`${APART}/${file.id}/discarding`}>
            <TextArea
              name="reason"
              label="理由"
              rows={2}
              maxlength={500}
              value={given.reason ?? ''}
              error={errors.reason}
              help="剔除后不再列出，原件仍保存，操作记入台账。"
              required
            />
            <Button tone="danger">剔除这个文件</Button>
          </Form>
        </Card>
      )}
    </WorkbenchPage>
  );
}

/** Units to be set up from what the reports call themselves, before anything is saved. */
export function NewUnitsPage(props: {
  proposals: readonly StrangeReport[];
  errors?: Readonly<Record<string, string>>;
}) {
  const { proposals, errors } = props;
  const names = new Set(proposals.map(({ agency }) => agency));
  return (
    <WorkbenchPage
      title={`建立 ${names.size} 个单位并归档 ${proposals.length} 个文件`}
      current={ROOM}
      breadcrumbs={crumbsTo(undefined, { label: '读不出、待归档', href: APART }, { label: '按报告建立单位' })}
      lead="名称和年度取自报告本身，还没有保存。不对的取消勾选，以后逐个指定。"
      wide
    >
      <ErrorSummary errors={errors} />
      {proposals.length === 0 ? (
        <Card>
          <Empty title="没有可以这样归档的文件" action={<a href={APART}>返回</a>} />
        </Card>
      ) : (
        <Form action={`${APART}/new-units`} layout="bare" label="按报告建立单位">
          <Table
            caption="将要建立的单位"
            stack
            columns={[
              {
                label: <input type="checkbox" data-check-all hidden aria-label="勾选全部" />,
                width: 'narrow',
              },
              { label: '新单位' },
              { label: '年度' },
              { label: '文件' },
            ]}
          >
            {proposals.map(({ fileId, fileName, agency, year }) => (
              <tr key={fileId}>
                <td data-label="建立">
                  <input type="checkbox" name="file" value={fileId} checked aria-label={`建立${agency}`} />
                </td>
                <td data-label="新单位">{agency}</td>
                <td data-label="年度">{year}年</td>
                <td data-label="文件" class="file-name">
                  {fileName}
                </td>
              </tr>
            ))}
          </Table>
          <FormActions>
            <Button tone="primary" icon="check">
              建立勾选的单位并归档
            </Button>
            <LinkButton href={APART}>返回，不建立</LinkButton>
          </FormActions>
        </Form>
      )}
    </WorkbenchPage>
  );
}
