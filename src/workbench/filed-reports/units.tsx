import type { MatrixCell, ReportingUnit, UnitKind } from '../../areas/filed-reports/index.ts';
import {
  Button,
  Card,
  Empty,
  ErrorSummary,
  Facts,
  Form,
  FormActions,
  LinkButton,
  Pager,
  SelectField,
  Table,
  TextArea,
  TextField,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { ROOM, reportAddress, UNITS, withQuery } from './addresses.ts';
import { crumbsTo, RoomPage } from './room-page.tsx';
import { countOf, Standing } from './standing.tsx';
import { unitKinds } from './words.ts';

const kindOptions = Object.entries(unitKinds).map(([value, label]) => ({ value, label }));

/** The bodies expected to report, in the order of the list they came from. */
export function UnitListPage(props: {
  units: readonly ReportingUnit[];
  text: string;
  kind: UnitKind | undefined;
  year: number;
  mayFile: boolean;
  previousHref: string | null;
  nextHref: string | null;
}) {
  const { units, text, kind, year, mayFile } = props;
  const narrowed = text !== '' || kind !== undefined;
  return (
    <RoomPage
      title="报送单位"
      view="units"
      year={year}
      lead="应当报送年度报告的单位。报告按这里的名称、简称和曾用名归档。"
      actions={
        mayFile && (
          <>
            <LinkButton href={`${UNITS}/import`} tone="primary" icon="table-import">
              导入名单
            </LinkButton>
            <LinkButton href={`${UNITS}/new`} icon="plus">
              新建单位
            </LinkButton>
          </>
        )
      }
    >
      <div class="toolbar">
        <Form action={UNITS} method="get" layout="inline" label="筛选单位">
          <TextField name="text" label="单位名称" type="search" value={text} width={20} maxlength={60} />
          <SelectField
            name="kind"
            label="类别"
            blank="全部类别"
            value={kind}
            autosubmit
            options={kindOptions}
          />
          <Button>查询</Button>
          {narrowed && <LinkButton href={UNITS}>清除条件</LinkButton>}
        </Form>
      </div>
      {units.length === 0 ? (
        <Card>
          <Empty title={narrowed ? '没有符合条件的单位' : '还没有报送单位'} icon="building">
            {narrowed ? '换一个名称，或放宽类别。' : '导入一份名单，或上传年报后按报告上的名称建立单位。'}
          </Empty>
        </Card>
      ) : (
        <Table
          caption="报送单位"
          queue
          stack
          columns={[
            { label: '单位' },
            { label: '类别' },
            { label: '汇总到' },
            { label: '代码' },
            { label: '应报年度' },
            { label: '报告', labelHidden: true },
          ]}
        >
          {units.map((unit) => (
            <tr key={unit.id}>
              <th scope="row" data-label="单位">
                <a href={`${UNITS}/${unit.id}`}>{unit.name}</a>
                {unit.aliases.length > 0 && <span class="help">又称：{unit.aliases.join('、')}</span>}
              </th>
              <td data-label="类别">{unitKinds[unit.kind]}</td>
              <td data-label="汇总到">{unit.parentName ?? '—'}</td>
              <td data-label="代码">{unit.code || '—'}</td>
              <td data-label="应报年度">{expectedWords(unit)}</td>
              <td data-label="报告">
                {isExpected(unit, year) ? (
                  <a href={reportAddress(unit.id, year)} aria-label={`${unit.name} ${year}年度报告`}>
                    {year}年报告
                  </a>
                ) : (
                  '—'
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

const isExpected = ({ expectedFrom, expectedTo }: ReportingUnit, year: number) =>
  expectedFrom <= year && (expectedTo === null || expectedTo >= year);

function expectedWords({ expectedFrom, expectedTo }: ReportingUnit): string {
  return expectedTo === null ? `${expectedFrom}年起` : `${expectedFrom}年至${expectedTo}年`;
}

export interface UnitFields {
  name: string;
  aliases: string;
  kind: string;
  parent: string;
  code: string;
  expectedFrom: string;
  expectedTo: string;
}

/** One body: its reports of all years, its names, whose report holds its figures, for which years it reports. */
export function UnitPage(props: {
  unit: ReportingUnit;
  cells: readonly MatrixCell[];
  /** Null for those who may only read. */
  form: { given: UnitFields; parents: readonly ReportingUnit[] } | null;
  errors?: Readonly<Record<string, string>>;
}) {
  const { unit, cells, form, errors } = props;
  return (
    <WorkbenchPage
      title={unit.name}
      current={ROOM}
      breadcrumbs={crumbsTo(undefined, { label: '报送单位', href: UNITS }, { label: unit.name })}
    >
      <ErrorSummary errors={errors} />
      <Card title="各年度报告">
        <ul class="unit-years">
          {cells.map((cell) => (
            <li key={cell.year}>
              <span>{cell.year}年</span>
              <Standing
                state={cell.state}
                count={countOf(cell)}
                href={cell.state === 'not-expected' ? undefined : reportAddress(unit.id, cell.year)}
                describedAs={`${cell.year}年度报告`}
              />
            </li>
          ))}
        </ul>
      </Card>
      {form ? (
        <Card title="单位信息">
          <UnitForm unit={unit} given={form.given} parents={form.parents} errors={errors} />
        </Card>
      ) : (
        <Card>
          <Facts
            items={[
              { label: '类别', value: unitKinds[unit.kind] },
              { label: '又称', value: unit.aliases.join('、') || '—' },
              { label: '汇总到', value: unit.parentName ?? '—' },
              { label: '代码', value: unit.code || '—' },
              { label: '应报年度', value: expectedWords(unit) },
            ]}
          />
        </Card>
      )}
    </WorkbenchPage>
  );
}

export function NewUnitPage(props: {
  given: UnitFields;
  parents: readonly ReportingUnit[];
  errors?: Readonly<Record<string, string>>;
}) {
  return (
    <WorkbenchPage
      title="新建报送单位"
      current={ROOM}
      breadcrumbs={crumbsTo(undefined, { label: '报送单位', href: UNITS }, { label: '新建' })}
    >
      <ErrorSummary errors={props.errors} />
      <UnitForm unit={null} {...props} />
    </WorkbenchPage>
  );
}

function UnitForm(props: {
  unit: ReportingUnit | null;
  given: UnitFields;
  parents: readonly ReportingUnit[];
  errors?: Readonly<Record<string, string>>;
}) {
  const { unit, given, parents, errors = {} } = props;
  return (
    <Form action={unit ? `${UNITS}/${unit.id}` : UNITS} guard>
      <TextField
        name="name"
        label="单位名称"
        width={40}
        maxlength={100}
        value={given.name}
        error={errors.name}
        help="写全称，与报告标题中的名称一致。改名后，原来的名称自动留作曾用名。"
        required
      />
      <TextArea
        name="aliases"
        label="简称和曾用名"
        rows={3}
        maxlength={2000}
        value={given.aliases}
        error={errors.aliases}
        help="一行一个。报告这样自称时也归到这个单位。"
      />
      <SelectField
        name="kind"
        label="类别"
        blank="按名称判断"
        value={given.kind}
        error={errors.kind}
        options={kindOptions}
      />
      <TextField
        name="parent"
        label="汇总到哪个单位的报告"
        width={40}
        maxlength={100}
        value={given.parent}
        error={errors.parent ?? errors.parentId}
        help="上级的报告应当包含本单位的数字时填写，核查时上下级互相对照。"
        list={parents.filter(({ id }) => id !== unit?.id).map(({ name }) => ({ value: name, label: name }))}
      />
      <TextField name="code" label="代码" width={20} maxlength={40} value={given.code} error={errors.code} />
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
      <TextField
        name="expectedTo"
        label="最后一个应报年度"
        width={8}
        inputmode="numeric"
        maxlength={4}
        value={given.expectedTo}
        error={errors.expectedTo}
        suffix="年度"
        help="单位撤销或不再报送时填写；仍在报送的留空。"
      />
      <FormActions>
        <Button tone="primary">{unit ? '保存' : '新建单位'}</Button>
        <LinkButton href={unit ? withQuery(UNITS, { text: unit.name }) : UNITS}>返回</LinkButton>
      </FormActions>
    </Form>
  );
}
