import {
  type Agency,
  may,
  type Role,
  roles,
  type StaffMember,
  type Unit,
} from '../../areas/organisations/index.ts';
import {
  Badge,
  Button,
  DateField,
  Empty,
  ErrorSummary,
  FieldGroup,
  Form,
  FormActions,
  formatDate,
  LinkButton,
  Pager,
  SelectField,
  Table,
  TextField,
  Toolbar,
  usePage,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import type { Errors, Given } from './request.ts';
import { within } from './request.ts';

const CURRENT = '/workbench/staff';
export const roleOptions = (Object.keys(roles) as Role[]).map((role) => ({
  value: role,
  label: roles[role],
}));
const states = [
  { value: 'here', label: '在岗' },
  { value: 'left', label: '已离岗' },
  { value: 'all', label: '全部' },
];

export interface StaffQuery {
  q: string;
  unit: string;
  role: string;
  state: string;
}

/** The filter as it stands in an address; what is not asked stays out. */
export function asQuery(query: StaffQuery, more: Record<string, string> = {}): Record<string, string> {
  const asked = Object.entries(query).filter(
    ([name, value]) => value && !(name === 'state' && value === 'here'),
  );
  return { ...Object.fromEntries(asked), ...more };
}

export function rolesHeld(person: StaffMember, on: string): string {
  const held = person.roles.filter((period) => period.from <= on && (period.to === null || period.to >= on));
  return held.map((period) => roles[period.role]).join('、');
}

export function StaffListPage(props: {
  agency: Agency;
  units: Unit[];
  people: StaffMember[];
  query: StaffQuery;
  locked: ReadonlySet<string>;
  today: string;
  firstPage: boolean;
  nextAfter: string | null;
}) {
  const { agency, units, people, query, locked, today, firstPage, nextAfter } = props;
  const { actor } = usePage();
  const mayWrite = actor !== null && may(actor, 'organisations.write');
  const address = (path: string, more: Record<string, string> = {}) =>
    `${path}${within(agency, actor, asQuery(query, more))}`;
  return (
    <WorkbenchPage
      title="人员"
      current={CURRENT}
      lead={agency.name}
      wide
      actions={
        <>
          {mayWrite && (
            <LinkButton href={`${CURRENT}/new${within(agency, actor)}`} tone="primary" icon="plus">
              新增人员
            </LinkButton>
          )}
          <LinkButton href={address(`${CURRENT}/export.xlsx`)} download>
            导出 XLSX
          </LinkButton>
          <LinkButton href={address(`${CURRENT}/export.csv`)} download>
            导出 CSV
          </LinkButton>
        </>
      }
    >
      <Toolbar>
        <Form action={CURRENT} method="get" layout="inline" label="筛选人员">
          {agency.id !== actor?.agencyId && <input type="hidden" name="agency" value={agency.code} />}
          <TextField name="q" label="姓名或用户名" type="search" value={query.q} width={12} maxlength={50} />
          <SelectField
            name="unit"
            label="部门"
            blank="全部部门"
            value={query.unit}
            options={units.map((unit) => ({ value: String(unit.id), label: unit.name }))}
          />
          <SelectField name="role" label="角色" blank="全部角色" value={query.role} options={roleOptions} />
          <SelectField name="state" label="状态" value={query.state} options={states} />
          <Button>筛选</Button>
        </Form>
      </Toolbar>
      {people.length === 0 ? (
        <Empty
          title="没有符合条件的人员"
          action={
            <LinkButton href={`${CURRENT}${within(agency, actor, { state: 'all' })}`}>
              查看全部人员
            </LinkButton>
          }
        >
          换一个条件再试。
        </Empty>
      ) : (
        <Table
          caption="人员"
          columns={[
            { label: '姓名' },
            { label: '用户名' },
            { label: '部门' },
            { label: '职务' },
            { label: '角色' },
            { label: '账号' },
          ]}
          queue
          stack
        >
          {people.map((person) => (
            <tr key={person.id}>
              <td data-label="姓名">
                <a href={`${CURRENT}/${person.id}${within(agency, actor)}`}>{person.name}</a>{' '}
                {person.demonstration && <Badge>示例</Badge>}
              </td>
              <td data-label="用户名">
                <code>{person.username}</code>
              </td>
              <td data-label="部门">{person.unitName}</td>
              <td data-label="职务">{person.post || '—'}</td>
              <td data-label="角色">{rolesHeld(person, today) || '—'}</td>
              <td data-label="账号">
                <AccountState person={person} locked={locked.has(person.username)} today={today} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pager
        previousHref={firstPage ? null : address(CURRENT)}
        nextHref={nextAfter ? address(CURRENT, { after: nextAfter }) : null}
      />
    </WorkbenchPage>
  );
}

export function AccountState({
  person,
  locked,
  today,
}: {
  person: StaffMember;
  locked: boolean;
  today: string;
}) {
  if (person.leftOn && person.leftOn < today) return <Badge>{formatDate(person.leftOn)}离岗</Badge>;
  if (!person.accountId) return <Badge tone="warning">未开通</Badge>;
  if (locked) return <Badge tone="danger">已锁定</Badge>;
  if (person.mustChangePassword) return <Badge tone="info">待改初始密码</Badge>;
  return <Badge tone="success">正常</Badge>;
}

/** Fields of a person, the same when added and when changed. */
export function PersonFields(props: { units: Unit[]; value: (name: string) => string; errors: Errors }) {
  const { units, value, errors } = props;
  const common = (name: string) => ({ name, value: value(name), error: errors[name] });
  return (
    <>
      <TextField {...common('name')} label="姓名" width={12} maxlength={50} required />
      <SelectField
        {...common('unitId')}
        label="所在部门"
        blank="请选择部门"
        options={units.map((unit) => ({ value: String(unit.id), label: unit.name }))}
        required
      />
      <TextField {...common('post')} label="职务" width={20} maxlength={50} />
      <TextField
        {...common('phone')}
        label="联系电话"
        type="tel"
        width={20}
        maxlength={20}
        help="操作台账中只显示前三位和后四位。"
      />
      <TextField {...common('email')} label="电子邮箱" type="email" width={40} maxlength={100} />
    </>
  );
}

export function NewStaffPage(props: {
  agency: Agency;
  units: Unit[];
  today: string;
  given?: Given;
  errors?: Errors;
}) {
  const { agency, units, today, given = {}, errors = {} } = props;
  const { actor } = usePage();
  const query = within(agency, actor);
  return (
    <WorkbenchPage
      title="新增人员"
      current={CURRENT}
      breadcrumbs={[{ label: '人员', href: `${CURRENT}${query}` }, { label: '新增人员' }]}
      lead={agency.name}
    >
      {units.length === 0 ? (
        <Empty
          title="还没有部门"
          action={<LinkButton href={`/workbench/units${query}`}>先新增部门</LinkButton>}
        >
          每位人员都属于一个部门。
        </Empty>
      ) : (
        <>
          <ErrorSummary errors={errors} />
          <Form action={`${CURRENT}${query}`} guard>
            <PersonFields units={units} value={(name) => given[name] ?? ''} errors={errors} />
            <TextField
              name="username"
              label="用户名"
              value={given.username}
              error={errors.username}
              width={20}
              maxlength={40}
              help="登录时使用，以小写字母开头，例如姓名拼音 zhangsan；建立后不能修改。"
              autocomplete="off"
              required
            />
            <FieldGroup legend="角色" help="可以先不授予，以后在人员页面增加。">
              <SelectField
                name="role"
                label="角色"
                blank="暂不授予"
                value={given.role}
                error={errors.role}
                options={roleOptions}
              />
              <DateField name="from" label="起始日期" value={given.from ?? today} error={errors.from} />
            </FieldGroup>
            <FormActions>
              <Button tone="primary">新增人员</Button>
              <LinkButton href={`${CURRENT}${query}`}>返回</LinkButton>
            </FormActions>
          </Form>
        </>
      )}
    </WorkbenchPage>
  );
}
