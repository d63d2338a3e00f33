import type { Unit } from '../../areas/organisations/index.ts';
import { may } from '../../areas/organisations/index.ts';
import { countedKinds, type Entry, type Field, fieldOf, type Register } from '../../areas/registers/index.ts';
import {
  Badge,
  Button,
  type Column,
  DateField,
  Empty,
  Form,
  formatDate,
  formatNumber,
  LinkButton,
  Pager,
  SelectField,
  Table,
  TextField,
  usePage,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { COUNTED, isNarrowed, listHref, type ReadQuery } from './filter.ts';
import { addressOf, formatWan, formatYuan, nameOf, REGISTERS, shown } from './words.ts';

interface ListProps {
  register: Register;
  query: ReadQuery;
  entries: readonly Entry[];
  previous: string | null;
  next: string | null;
  total: { entries: number; sums: Readonly<Record<string, number>> };
  years: readonly number[];
  units: readonly Unit[];
}

/** One register: filter, dense table, totals of what the filter finds. */
export function ListPage(props: ListProps) {
  const { register, query, entries, previous, next, total } = props;
  const { actor } = usePage();
  const mayWrite = actor !== null && may(actor, 'registers.write');
  const { given, filter } = query;
  return (
    <WorkbenchPage
      title={register.label}
      current={REGISTERS}
      breadcrumbs={[{ label: '台账', href: REGISTERS }, { label: register.label }]}
      lead={register.lead}
      wide
      actions={
        mayWrite && (
          <>
            <LinkButton href={addressOf(register, '/new')} tone="primary" icon="plus">
              登记{register.noun}
            </LinkButton>
            <LinkButton href={addressOf(register, '/import')} icon="file-import">
              从表格导入
            </LinkButton>
          </>
        )
      }
    >
      <Filters {...props} />
      {entries.length === 0 ? (
        <Nothing register={register} narrowed={isNarrowed(filter)} mayWrite={mayWrite} />
      ) : (
        <>
          {filter.on && <h2 class="register-caption">{captionOf(props)}</h2>}
          <Table
            caption={captionOf(props)}
            queue
            stack
            columns={columnsOf(register, filter.voided === true)}
            foot={<Totals register={register} sums={total.sums} voided={filter.voided === true} />}
          >
            {entries.map((entry) => (
              <EntryRow key={entry.id} register={register} entry={entry} />
            ))}
          </Table>
          <Pager
            previousHref={previous && listHref(register, given, { before: previous })}
            nextHref={next && listHref(register, given, { after: next })}
            note={
              <>
                共 {formatNumber(total.entries)} 条{sumWords(register, total.sums)}。导出筛选结果：
                <a href={listHref(register, given, {}, '/export.xlsx')}>XLSX</a>、
                <a href={listHref(register, given, {}, '/export.csv')}>CSV</a>
              </>
            }
          />
        </>
      )}
    </WorkbenchPage>
  );
}

function Filters({ register, query, years, units }: ListProps) {
  const { given, errors, filter } = query;
  const kind = register.fields.find(({ name }) => name === 'kind');
  const title = fieldOf(register, register.titleField);
  const hasUnit = register.fields.some((field) => field.kind === 'unit');
  const lastDay = filter.year && register.endField ? `${filter.year}-12-31` : null;
  return (
    <div class="register-filter">
      <Form action={addressOf(register)} method="get" layout="inline" label={`筛选${register.label}`}>
        <SelectField
          name="year"
          label="年份"
          value={given.year}
          blank="全部年份"
          error={errors.year}
          options={years.map((year) => ({ value: String(year), label: `${year}年` }))}
        />
        {register.endField && (
          <DateField
            name="on"
            label="某日在册"
            value={errors.on ? '' : (filter.on ?? '')}
            error={errors.on}
          />
        )}
        {kind && (
          <SelectField
            name="kind"
            label={kind.label}
            value={given.kind}
            blank="全部"
            options={[
              ...((countedKinds(register.key)?.length ?? 0) > 1
                ? [{ value: COUNTED, label: '计入统计的' }]
                : []),
              ...(kind.options ?? []).map((option) => ({ value: option, label: option })),
            ]}
          />
        )}
        {hasUnit && (
          <SelectField
            name="unit"
            label="责任部门"
            value={given.unit}
            error={errors.unit}
            blank="全部部门"
            options={units.map(({ code, name }) => ({ value: code, label: name }))}
          />
        )}
        <TextField
          name="text"
          label={title.label}
          value={given.text}
          type="search"
          width={(title.maxLength ?? 200) <= 50 ? 8 : 12}
          maxlength={100}
        />
        <SelectField
          name="state"
          label="登记状态"
          value={given.state}
          blank="有效"
          options={[{ value: 'voided', label: '已撤销' }]}
        />
        <div class="register-filter-acts">
          <Button icon="filter">筛选</Button>
          {isNarrowed(filter) && <LinkButton href={addressOf(register)}>清除</LinkButton>}
        </div>
      </Form>
      {lastDay && !filter.on && (
        <p class="help">
          {filter.year}年中任何一天在册的都在下面；统计表只看年末，
          <a href={listHref(register, { ...given, year: '', on: lastDay })}>
            查看{formatDate(lastDay)}在册的
          </a>
          。
        </p>
      )}
    </div>
  );
}

function EntryRow({ register, entry }: { register: Register; entry: Entry }) {
  const listed = register.fields.filter((field) => field.listed);
  return (
    <tr class={entry.voidedOn ? 'register-voided' : undefined}>
      {listed.map((field) =>
        field.name === register.titleField ? (
          <th key={field.name} scope="row" data-label={field.label}>
            <a href={addressOf(register, `/${entry.id}`)}>{nameOf(register, entry)}</a>
          </th>
        ) : (
          <td
            key={field.name}
            data-label={field.label}
            class={isNumeric(field) ? 'numeric' : field.kind === 'date' ? 'nowrap' : undefined}
          >
            {shown(register, field, entry)}
            {field.kind === 'money' && (
              <span class="register-unit">{formatWan(Number(entry.values[field.name]))}</span>
            )}
          </td>
        ),
      )}
      {entry.voidedOn && (
        <td data-label="撤销">
          <Badge tone="warning">{formatDate(entry.voidedOn)}撤销</Badge> {entry.voidReason}
        </td>
      )}
    </tr>
  );
}

function Totals(props: { register: Register; sums: Readonly<Record<string, number>>; voided: boolean }) {
  const { register, sums, voided } = props;
  if (voided || Object.keys(sums).length === 0) return null;
  const listed = register.fields.filter((field) => field.listed);
  const first = listed.findIndex((field) => field.summed);
  return (
    <tr class="register-total">
      <th scope="row" colSpan={first}>
        合计（全部筛选结果）
      </th>
      {listed.slice(first).map((field) => (
        <td key={field.name} class={isNumeric(field) ? 'numeric' : undefined} data-label={field.label}>
          {field.summed &&
            (field.kind === 'money'
              ? formatYuan(sums[field.name] ?? 0)
              : `${formatNumber(sums[field.name] ?? 0)}`)}
        </td>
      ))}
    </tr>
  );
}

function Nothing(props: { register: Register; narrowed: boolean; mayWrite: boolean }) {
  const { register, narrowed, mayWrite } = props;
  if (narrowed)
    return (
      <Empty title="没有符合条件的登记" icon="filter-off" action={<a href={addressOf(register)}>清除筛选</a>}>
        换一个年份或条件再看。
      </Empty>
    );
  return (
    <Empty
      title={`还没有登记过${register.noun}`}
      icon={register.icon}
      action={mayWrite && <a href={addressOf(register, '/import')}>从表格导入</a>}
    >
      {mayWrite ? '可以逐条登记，也可以下载模板一次导入。' : '由信息公开专员登记后显示在这里。'}
    </Empty>
  );
}

function columnsOf(register: Register, voided: boolean): Column[] {
  const columns = register.fields
    .filter((field) => field.listed)
    .map((field): Column => ({ label: field.label, numeric: isNumeric(field) }));
  return voided ? [...columns, { label: '撤销' }] : columns;
}

const isNumeric = ({ kind }: Field) => kind === 'count' || kind === 'money';

function captionOf({ register, query: { filter } }: ListProps): string {
  return filter.on ? `${formatDate(filter.on)}在册的${register.noun}` : register.label;
}

function sumWords(register: Register, sums: Readonly<Record<string, number>>): string {
  return register.fields
    .filter((field) => field.summed)
    .map(({ name, kind, summed }) => {
      const sum = sums[name] ?? 0;
      return kind === 'money'
        ? `，合计 ${formatYuan(sum)} 元（${formatWan(sum)}）`
        : `，合计 ${formatNumber(sum)} ${summed}`;
    })
    .join('');
}
