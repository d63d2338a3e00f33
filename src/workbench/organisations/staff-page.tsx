import {
  type Agency,
  may,
  type RolePeriod,
  roles,
  type StaffMember,
  type Unit,
} from '../../areas/organisations/index.ts';
import type { TimelineAct } from '../../ledger/index.ts';
import {
  Alert,
  Badge,
  Button,
  Card,
  Confirm,
  DateField,
  Empty,
  ErrorSummary,
  Facts,
  Form,
  FormActions,
  formatDate,
  formatDateTime,
  LinkButton,
  SelectField,
  Table,
  usePage,
} from '../../ui/index.ts';
import { ActHistory } from '../history.tsx';
import { WorkbenchPage } from '../shell.tsx';
import type { Errors, Given } from './request.ts';
import { within } from './request.ts';
import { AccountState, PersonFields, roleOptions } from './staff-list.tsx';

const CURRENT = '/workbench/staff';

export interface StaffView {
  agency: Agency;
  person: StaffMember;
  units: Unit[];
  lockedUntil: Date | null;
  secondFactor: boolean;
  history: TimelineAct[];
  today: string;
}

export function StaffPage(
  props: StaffView & { form?: 'person' | 'role' | 'end' | 'departure'; given?: Given; errors?: Errors },
) {
  const { agency, person, units, history, today, form, given = {}, errors = {} } = props;
  const { actor } = usePage();
  const mayWrite = actor !== null && may(actor, 'organisations.write');
  const self = actor?.staffId === person.id && actor.agencyId === agency.id;
  const query = within(agency, actor);
  const address = `${CURRENT}/${person.id}`;
  const kept: Given = {
    name: person.name,
    unitId: String(person.unitId),
    post: person.post,
    phone: person.phone,
    email: person.email,
  };
  const typed = form === 'person' ? given : {};
  return (
    <WorkbenchPage
      title={person.name}
      current={CURRENT}
      breadcrumbs={[{ label: '人员', href: `${CURRENT}${query}` }, { label: person.name }]}
      state={<AccountState person={person} locked={props.lockedUntil !== null} today={today} />}
      lead={`${agency.name} · ${person.unitName} · 用户名 ${person.username}`}
    >
      <ErrorSummary errors={errors} />
      {self && <Alert tone="info">这是您自己。角色、密码重置和离岗须由另一位系统管理员办理。</Alert>}
      <Card title="基本信息">
        {mayWrite ? (
          <Form action={`${address}${query}`}>
            <PersonFields
              units={units.filter((unit) => !unit.closedOn || unit.id === person.unitId)}
              value={(name) => typed[name] ?? kept[name] ?? ''}
              errors={form === 'person' ? errors : {}}
            />
            <FormActions>
              <Button tone="primary">保存基本信息</Button>
            </FormActions>
          </Form>
        ) : (
          <Facts
            items={[
              { label: '部门', value: person.unitName },
              { label: '职务', value: person.post || '—' },
              { label: '联系电话', value: person.phone || '—' },
              { label: '电子邮箱', value: person.email || '—' },
            ]}
          />
        )}
      </Card>
      <RolesCard {...props} mayChange={mayWrite && !self && !person.leftOn} address={address} query={query} />
      {mayWrite && !self && <AccountCard {...props} address={address} query={query} />}
      {mayWrite && !self && <PresenceCard {...props} address={address} query={query} />}
      <Card title="操作记录">
        <ActHistory items={history} />
      </Card>
    </WorkbenchPage>
  );
}

type Part = Parameters<typeof StaffPage>[0] & { address: string; query: string };

function RolesCard(props: Part & { mayChange: boolean }) {
  const { person, today, mayChange, address, query, form, given = {}, errors = {} } = props;
  const value = (name: string) => (form === 'role' ? given[name] : undefined);
  const error = (name: string) => (form === 'role' ? errors[name] : undefined);
  return (
    <Card title="角色">
      {person.roles.length === 0 ? (
        <Empty title="尚未授予角色">没有角色的人员登录后只能查看自己的账号。</Empty>
      ) : (
        <Table
          caption="角色"
          columns={[
            { label: '角色' },
            { label: '起始日期' },
            { label: '截止日期' },
            { label: '状态' },
            { label: '操作', labelHidden: true },
          ]}
          stack
        >
          {person.roles.map((period) => (
            <tr key={`${period.role}-${period.from}`}>
              <td data-label="角色">{roles[period.role]}</td>
              <td data-label="起始日期">{formatDate(period.from)}</td>
              <td data-label="截止日期">{period.to ? formatDate(period.to) : '—'}</td>
              <td data-label="状态">
                <PeriodState period={period} today={today} />
              </td>
              <td>{mayChange && period.to === null && <EndRole period={period} {...props} />}</td>
            </tr>
          ))}
        </Table>
      )}
      {mayChange && (
        <Form action={`${address}/roles${query}`} layout="inline" label="授予角色">
          <SelectField
            name="role"
            label="角色"
            blank="请选择角色"
            value={value('role')}
            error={error('role')}
            options={roleOptions}
          />
          <DateField name="from" label="起始日期" value={value('from') ?? today} error={error('from')} />
          <DateField
            name="to"
            label="截止日期"
            help="长期担任不填。"
            value={value('to')}
            error={error('to')}
          />
          <Button tone="primary">授予角色</Button>
        </Form>
      )}
    </Card>
  );
}

function PeriodState({ period, today }: { period: RolePeriod; today: string }) {
  if (period.from > today) return <Badge tone="info">尚未开始</Badge>;
  if (period.to !== null && period.to < today) return <Badge>已结束</Badge>;
  return <Badge tone="success">担任中</Badge>;
}

function EndRole(props: Part & { period: RolePeriod }) {
  const { period, today, address, query, form, given = {}, errors = {} } = props;
  const here = form === 'end' && given.role === period.role && given.from === period.from;
  const id = `end-${period.role}-${period.from}`;
  return (
    <Form action={`${address}/roles/end${query}`} layout="inline" label={`结束${roles[period.role]}任期`}>
      <input type="hidden" name="role" value={period.role} />
      <input type="hidden" name="from" value={period.from} />
      <DateField
        id={here ? undefined : id}
        name="to"
        label={`${roles[period.role]}截止日期`}
        labelHidden
        value={here ? given.to : [period.from, today].sort().at(-1)}
        error={here ? errors.to : undefined}
      />
      <Button small>结束任期</Button>
    </Form>
  );
}

function AccountCard(props: Part) {
  const { person, lockedUntil, secondFactor, address, query } = props;
  return (
    <Card title="账号">
      <Facts
        items={[
          { label: '登录锁定', value: lockedUntil ? `锁定至${formatDateTime(lockedUntil)}` : '没有锁定' },
          { label: '动态验证码', value: secondFactor ? '已启用' : '未启用' },
        ]}
      />
      <FormActions>
        {!person.leftOn && (
          <LinkButton href={`${address}/password${query}`} tone={person.accountId ? 'plain' : 'primary'}>
            {person.accountId ? '重置密码' : '开通账号'}
          </LinkButton>
        )}
        {lockedUntil && (
          <Form action={`${address}/unlocking${query}`} layout="bare">
            <Button>解除锁定</Button>
          </Form>
        )}
        {secondFactor && <LinkButton href={`${address}/second-factor${query}`}>重置动态验证码</LinkButton>}
      </FormActions>
    </Card>
  );
}

function PresenceCard(props: Part) {
  const { person, today, address, query, form, given = {}, errors = {} } = props;
  return (
    <Card title="离岗">
      {person.leftOn ? (
        <Confirm
          consequence={`${person.name}最后在岗日为${formatDate(person.leftOn)}。恢复后可以重新授予角色和开通账号。`}
          action={`${address}/return${query}`}
          label="恢复在岗"
        />
      ) : (
        <Confirm
          consequence={`登记后，${person.name}的角色到最后在岗日为止，次日起不能登录；已有的记录都保留。`}
          action={`${address}/departure${query}`}
          label="登记离岗"
          tone="danger"
        >
          <DateField
            name="on"
            label="最后在岗日"
            value={form === 'departure' ? given.on : today}
            error={form === 'departure' ? errors.on : undefined}
            required
          />
        </Confirm>
      )}
    </Card>
  );
}

/** The last step before an account act. */
export function AccountActPage(props: {
  agency: Agency;
  person: StaffMember;
  act: 'password' | 'second-factor';
}) {
  const { agency, person, act } = props;
  const { actor } = usePage();
  const query = within(agency, actor);
  const back = `${CURRENT}/${person.id}${query}`;
  const label = act === 'second-factor' ? '重置动态验证码' : person.accountId ? '重置密码' : '开通账号';
  const consequence =
    act === 'second-factor'
      ? `${person.name}今后登录只核对密码，直到本人重新启用；正在使用的登录会全部结束。请先确认确是本人要求。`
      : person.accountId
        ? `系统将生成新的初始密码，只显示这一次。${person.name}原来的密码立即失效，正在使用的登录会全部结束。`
        : `系统将生成初始密码，只显示这一次。${person.name}首次登录时须改成自己的密码。`;
  return (
    <WorkbenchPage
      title={label}
      current={CURRENT}
      breadcrumbs={[
        { label: '人员', href: `${CURRENT}${query}` },
        { label: person.name, href: back },
        { label },
      ]}
    >
      <Confirm
        consequence={consequence}
        action={`${CURRENT}/${person.id}/${act}${query}`}
        label={label}
        backHref={back}
      />
    </WorkbenchPage>
  );
}

export function FirstPasswordShownPage(props: { agency: Agency; person: StaffMember; password: string }) {
  const { agency, person, password } = props;
  const { actor } = usePage();
  return (
    <WorkbenchPage title={`${person.name}的初始密码`} current={CURRENT}>
      <Alert tone="warning" title="离开本页后不再显示">
        <p>请当面或通过可靠渠道告知本人，不要用群聊发送。首次登录时系统会要求改成自己的密码。</p>
      </Alert>
      <Facts
        items={[
          { label: '用户名', value: <code class="first-password">{person.username}</code> },
          { label: '初始密码', value: <code class="first-password">{password}</code> },
        ]}
      />
      <FormActions>
        <LinkButton href={`${CURRENT}/${person.id}${within(agency, actor)}`} tone="primary">
          已经告知，返回
        </LinkButton>
      </FormActions>
    </WorkbenchPage>
  );
}
