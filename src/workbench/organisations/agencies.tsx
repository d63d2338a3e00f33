import { limitsOf } from '../../areas/accounts/index.ts';
import { type Agency, may } from '../../areas/organisations/index.ts';
import type { TimelineAct } from '../../ledger/index.ts';
import {
  Badge,
  Button,
  Card,
  ErrorSummary,
  Facts,
  FieldGroup,
  Form,
  FormActions,
  formatDateTime,
  LinkButton,
  SelectField,
  Table,
  TextField,
  usePage,
} from '../../ui/index.ts';
import { ActHistory } from '../history.tsx';
import { WorkbenchPage } from '../shell.tsx';
import type { Errors, Given } from './request.ts';
import { within } from './request.ts';

type Node = Agency & { depth: number };
const CURRENT = '/workbench/agencies';

export function AgenciesPage(props: { agencies: Node[]; locked: { address: string; until: Date }[] }) {
  const { actor } = usePage();
  const mayWrite = actor !== null && may(actor, 'organisations.write');
  return (
    <WorkbenchPage
      title="机构"
      current={CURRENT}
      lead="本机构和下级机构。年度报告按此隶属关系逐级汇总。"
      actions={
        mayWrite && (
          <LinkButton href="/workbench/agencies/new" tone="primary" icon="plus">
            新增下级机构
          </LinkButton>
        )
      }
    >
      <Table
        caption="机构"
        columns={[
          { label: '名称' },
          { label: '代码' },
          { label: '网站标识码' },
          { label: '查看', labelHidden: true },
        ]}
        stack
      >
        {props.agencies.map((agency) => (
          <tr key={agency.id}>
            <td data-label="名称" class={`tree-${Math.min(agency.depth, 4)}`}>
              <a href={`/workbench/agencies/${agency.code}`}>{agency.name}</a>{' '}
              {agency.id === actor?.agencyId && <Badge tone="info">本机构</Badge>}{' '}
              {agency.demonstration && <Badge>示例</Badge>}
            </td>
            <td data-label="代码">
              <code>{agency.code}</code>
            </td>
            <td data-label="网站标识码">{agency.site.idCode ?? '—'}</td>
            <td class="nowrap">
              <span class="row-links">
                <a href={`/workbench/units${within(agency, actor)}`}>部门</a>
                <a href={`/workbench/staff${within(agency, actor)}`}>人员</a>
              </span>
            </td>
          </tr>
        ))}
      </Table>
      {mayWrite && props.locked.length > 0 && <LockedAddresses locked={props.locked} />}
    </WorkbenchPage>
  );
}

function LockedAddresses({ locked }: { locked: { address: string; until: Date }[] }) {
  return (
    <Card title="被暂时限制登录的网络地址" flush>
      <Table
        caption="被暂时限制登录的网络地址"
        columns={[{ label: '地址' }, { label: '限制至' }, { label: '操作', labelHidden: true }]}
      >
        {locked.map(({ address, until }) => (
          <tr key={address}>
            <td class="mono">{address}</td>
            <td>{formatDateTime(until)}</td>
            <td>
              <Form action="/workbench/locked-addresses/release" layout="bare">
                <input type="hidden" name="address" value={address} />
                <Button small>解除限制</Button>
              </Form>
            </td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}

const siteFields: { name: string; label: string; help?: string; width?: 8 | 12 | 20 | 40 }[] = [
  { name: 'name', label: '网站名称', width: 40 },
  {
    name: 'domain',
    label: '网站域名',
    help: '门户按访问的域名显示对应机构，例如 www.example.gov.cn。',
    width: 40,
  },
  {
    name: 'idCode',
    label: '网站标识码',
    help: '10位数字（国务院部门为 bm 加8位数字），显示在每个页面底部。',
    width: 12,
  },
  { name: 'icp', label: 'ICP备案号', width: 20 },
  { name: 'police', label: '公安备案号', width: 20 },
  {
    name: 'partyMarkUrl',
    label: '党政机关网站标识链接',
    help: '标识登记页面的网址，填写后页脚显示标识。',
    width: 40,
  },
  {
    name: 'reportErrorUrl',
    label: '“我为政府网站找错”链接',
    help: '找错平台分配给本网站的网址。',
    width: 40,
  },
  { name: 'host', label: '主办单位', width: 40 },
  { name: 'undertaker', label: '承办单位', width: 40 },
  { name: 'phone', label: '联系电话', width: 20 },
  { name: 'fax', label: '传真号码', width: 20 },
  { name: 'email', label: '电子邮箱', width: 40 },
  { name: 'address', label: '办公地址', width: 40 },
  { name: 'postcode', label: '邮政编码', width: 8 },
  { name: 'officeHours', label: '办公时间', width: 40 },
  { name: 'colour', label: '主色', help: '以 # 开头的六位颜色值，例如 #12508f；留空用默认蓝色。', width: 8 },
];

export const limitFields = [
  { name: 'accountFailures', label: '同一账号连续失败几次后锁定', suffix: '次', min: 3, max: 20 },
  { name: 'addressFailures', label: '同一地址连续失败几次后限制', suffix: '次', min: 10, max: 1000 },
  { name: 'windowMinutes', label: '多长时间内算作连续', suffix: '分钟', min: 1, max: 1440 },
  { name: 'lockMinutes', label: '锁定多长时间', suffix: '分钟', min: 1, max: 1440 },
  { name: 'idleMinutes', label: '多长时间不操作即退出', suffix: '分钟', min: 5, max: 720 },
  { name: 'absoluteHours', label: '一次登录最长', suffix: '小时', min: 1, max: 72 },
] as const;

export function AgencyPage(props: {
  agency: Agency;
  /** Agencies that may stand above this one; null when its place cannot be changed here. */
  parents: Agency[] | null;
  parent: Agency | null;
  history: TimelineAct[];
  given?: Given;
  errors?: Errors;
}) {
  const { agency, parents, parent, history, errors = {} } = props;
  const { actor } = usePage();
  const limits = limitsOf(agency.settings);
  const value = (name: string, kept: string | number | undefined) =>
    props.given?.[name] ?? String(kept ?? '');
  const common = (name: string, kept: string | number | undefined) => ({
    name,
    value: value(name, kept),
    error: errors[name],
  });
  if (!actor || !may(actor, 'organisations.write'))
    return <AgencyFacts agency={agency} parent={parent} history={history} />;
  return (
    <WorkbenchPage
      title={agency.name}
      current={CURRENT}
      breadcrumbs={[{ label: '机构', href: CURRENT }, { label: agency.shortName }]}
      actions={<AgencyLinks agency={agency} />}
    >
      <ErrorSummary errors={errors} />
      <Form action={`/workbench/agencies/${agency.code}`} guard>
        <FieldGroup legend="基本信息">
          <TextField {...common('name', agency.name)} label="机构全称" width={40} required />
          <TextField {...common('shortName', agency.shortName)} label="机构简称" width={20} required />
          <TextField
            {...common('creditCode', agency.creditCode)}
            label="统一社会信用代码"
            width={20}
            maxlength={18}
          />
          {parents ? (
            <SelectField
              {...common('parentId', agency.parentId ?? undefined)}
              label="上级机构"
              help="本机构的年度报告数据逐级汇总到上级机构。"
              options={parents.map((other) => ({ value: String(other.id), label: other.name }))}
            />
          ) : (
            <Facts items={[{ label: '上级机构', value: parent?.name ?? '没有上级机构' }]} />
          )}
        </FieldGroup>
        <FieldGroup legend="网站标识和联系方式" help="显示在门户的页面标签和页脚；不清楚的留空。">
          {siteFields.map(({ name, ...field }) => (
            <TextField
              key={name}
              {...common(`site.${name}`, agency.site[name as keyof typeof agency.site])}
              {...field}
            />
          ))}
        </FieldGroup>
        <FieldGroup legend="登录安全">
          {limitFields.map(({ name, ...field }) => (
            <TextField
              key={name}
              {...common(`signIn.${name}`, limits[name])}
              {...field}
              type="number"
              width={8}
              required
            />
          ))}
        </FieldGroup>
        <FormActions>
          <Button tone="primary">保存机构信息</Button>
          <LinkButton href={CURRENT}>返回</LinkButton>
        </FormActions>
      </Form>
      <Card title="变更记录">
        <ActHistory items={history} />
      </Card>
    </WorkbenchPage>
  );
}

function AgencyLinks({ agency }: { agency: Agency }) {
  const { actor } = usePage();
  return (
    <>
      <LinkButton href={`/workbench/units${within(agency, actor)}`}>部门</LinkButton>
      <LinkButton href={`/workbench/staff${within(agency, actor)}`}>人员</LinkButton>
    </>
  );
}

/** For those who may look and not change. */
function AgencyFacts(props: { agency: Agency; parent: Agency | null; history: TimelineAct[] }) {
  const { agency, parent, history } = props;
  return (
    <WorkbenchPage
      title={agency.name}
      current={CURRENT}
      breadcrumbs={[{ label: '机构', href: CURRENT }, { label: agency.shortName }]}
      actions={<AgencyLinks agency={agency} />}
    >
      <Card title="机构信息">
        <Facts
          items={[
            { label: '代码', value: <code>{agency.code}</code> },
            { label: '上级机构', value: parent?.name ?? '没有上级机构' },
            { label: '统一社会信用代码', value: agency.creditCode || '—' },
            ...siteFields.map(({ name, label }) => ({
              label,
              value: agency.site[name as keyof typeof agency.site] ?? '—',
            })),
          ]}
        />
      </Card>
      <Card title="变更记录">
        <ActHistory items={history} />
      </Card>
    </WorkbenchPage>
  );
}

export function NewAgencyPage(props: { parents: Agency[]; given?: Given; errors?: Errors }) {
  const { parents, given = {}, errors = {} } = props;
  const common = (name: string) => ({ name, value: given[name], error: errors[name] });
  return (
    <WorkbenchPage
      title="新增下级机构"
      current={CURRENT}
      breadcrumbs={[{ label: '机构', href: CURRENT }, { label: '新增下级机构' }]}
    >
      <ErrorSummary errors={errors} />
      <Form action={CURRENT} guard>
        <TextField {...common('name')} label="机构全称" width={40} required />
        <TextField {...common('shortName')} label="机构简称" width={20} required />
        <TextField
          {...common('code')}
          label="代码"
          help="用于网址和命令行，小写字母、数字和连字符，建立后不能修改。"
          width={20}
          required
        />
        <SelectField
          {...common('parentId')}
          label="上级机构"
          options={parents.map((agency) => ({ value: String(agency.id), label: agency.name }))}
        />
        <TextField {...common('creditCode')} label="统一社会信用代码" width={20} maxlength={18} />
        <FormActions>
          <Button tone="primary">新增机构</Button>
          <LinkButton href={CURRENT}>返回</LinkButton>
        </FormActions>
      </Form>
    </WorkbenchPage>
  );
}
