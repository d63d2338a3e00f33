import {
  normativeKinds,
  type RegisterCounts,
  type RegisterFilter,
  type RegisterPlace,
  type RegisterRow,
  validities,
} from '../../areas/catalogue/index.ts';
import type { Unit } from '../../areas/organisations/index.ts';
import {
  Button,
  Empty,
  Form,
  formatDate,
  formatNumber,
  LinkButton,
  Pager,
  SelectField,
  Stat,
  Stats,
  Table,
  TextField,
} from '../../ui/index.ts';
import { documentAddress, NORMATIVE, registerAddress } from './addresses.ts';
import { NormativeView, ValidityBadge } from './frame.tsx';

interface RegisterProps {
  filter: RegisterFilter;
  rows: readonly RegisterRow[];
  next: RegisterPlace | null;
  first: boolean;
  counts: RegisterCounts;
  units: readonly Unit[];
  waiting: number;
}

/** 规范性文件登记簿: what was issued, what is in force, what went out of force. */
export function RegisterPage(props: RegisterProps) {
  const { filter, rows, next, first, counts, waiting } = props;
  const narrowed = Object.values(filter).some((value) => value !== null && value !== '');
  return (
    <NormativeView
      view={NORMATIVE}
      waiting={waiting}
      lead="已公开的行政规范性文件和规章，制发、废止和现行有效件数从这里统计。"
      actions={
        <>
          <LinkButton href={registerAddress(filter, null, `${NORMATIVE}/export.xlsx`)} icon="download">
            导出 Excel
          </LinkButton>
          <LinkButton href={registerAddress(filter, null, `${NORMATIVE}/export.csv`)} icon="download">
            导出 CSV
          </LinkButton>
        </>
      }
    >
      <Counts {...props} />
      <Filters {...props} />
      {rows.length === 0 ? (
        <Empty
          title={narrowed ? '没有符合条件的文件' : '还没有已公开的规范性文件'}
          icon={narrowed ? 'search' : 'file-text'}
          action={narrowed ? <a href={NORMATIVE}>清除条件</a> : undefined}
        >
          {!narrowed && '公开信息选明“行政规范性文件”或者“规章”，公开后自动列入。'}
        </Empty>
      ) : (
        <Table
          caption="规范性文件登记簿"
          queue
          stack
          columns={[
            { label: '文件名称', width: 'wide' },
            { label: '起草部门' },
            { label: '成文日期' },
            { label: '有效性' },
            { label: '有效期至' },
          ]}
        >
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" data-label="文件名称">
                <a href={documentAddress(row.id)}>{row.title}</a>
                <span class="cell-note">
                  {[row.documentNumber, row.normative === 'rule' ? '规章' : '']
                    .filter((word) => word !== '')
                    .join('　')}
                </span>
              </th>
              <td data-label="起草部门">{row.unitName}</td>
              <td data-label="成文日期">{formatDate(row.formedOn)}</td>
              <td data-label="有效性">
                <ValidityBadge validity={row.validity} />
                {row.validityOn && <span class="cell-note">{`${formatDate(row.validityOn)}起`}</span>}
              </td>
              <td data-label="有效期至">{row.validUntil ? formatDate(row.validUntil) : '未定'}</td>
            </tr>
          ))}
        </Table>
      )}
      <Pager
        previousHref={first ? null : registerAddress(filter)}
        nextHref={next && registerAddress(filter, next)}
        note={`共 ${formatNumber(counts.found)} 件`}
      />
    </NormativeView>
  );
}

function Counts({ filter, counts }: RegisterProps) {
  const of = (validity: keyof typeof validities) => counts.validities[validity] ?? 0;
  const all = of('in-force') + of('amended') + of('repealed') + of('expired');
  const link = (validity: RegisterFilter['validity']) => registerAddress({ ...filter, validity });
  return (
    <Stats>
      <Stat label="登记在册" value={all} unit="件" href={link(null)} />
      <Stat
        label="现行有效"
        value={of('in-force') + of('amended')}
        unit="件"
        note={of('amended') > 0 ? `其中已修改 ${of('amended')} 件` : undefined}
      />
      <Stat label="废止" value={of('repealed')} unit="件" href={link('repealed')} />
      <Stat label="失效" value={of('expired')} unit="件" href={link('expired')} />
    </Stats>
  );
}

function Filters({ filter, counts, units }: RegisterProps) {
  return (
    <Form action={NORMATIVE} method="get" layout="inline" label="查找规范性文件">
      <TextField
        name="q"
        label="文件名称或发文字号"
        type="search"
        width={20}
        maxlength={100}
        value={filter.text}
      />
      <SelectField
        name="kind"
        label="种类"
        blank="全部"
        value={filter.kind}
        options={(['normative', 'rule'] as const).map((value) => ({ value, label: normativeKinds[value] }))}
      />
      <SelectField
        name="validity"
        label="有效性"
        blank="全部"
        value={filter.validity}
        options={Object.entries(validities).map(([value, label]) => ({ value, label }))}
      />
      <SelectField
        name="unit"
        label="部门"
        blank="全部部门"
        value={filter.unitId}
        options={units.map(({ id, name }) => ({ value: String(id), label: name }))}
      />
      <SelectField
        name="year"
        label="成文年份"
        blank="全部"
        value={filter.year}
        options={counts.years.map(({ year, count }) => ({
          value: String(year),
          label: `${year}年（${count}）`,
        }))}
      />
      <Button icon="search">查找</Button>
    </Form>
  );
}
