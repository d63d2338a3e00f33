import { Temporal } from 'temporal-polyfill';
import {
  type ChannelAccount,
  type Connector,
  channelKinds,
  SILENT_DAYS,
  silentSince,
} from '../../areas/channels/index.ts';
import type { Unit } from '../../areas/organisations/index.ts';
import { may } from '../../areas/organisations/index.ts';
import {
  Badge,
  Button,
  Card,
  CheckField,
  Confirm,
  DateField,
  Empty,
  ErrorSummary,
  Facts,
  FileField,
  Form,
  FormActions,
  formatDate,
  Light,
  LinkButton,
  SelectField,
  Table,
  TextField,
  usePage,
} from '../../ui/index.ts';
import type { Errors, Given } from '../request.ts';
import { ACCOUNTS, accountAddress } from './addresses.ts';
import { ChannelsPage, ChannelsView } from './frame.tsx';
import { listAddress } from './request.ts';

const under = { label: '账号台账', href: ACCOUNTS };

/** 账号台账: platform, owner, state, last post; silence shows. */
export function AccountsPage({ accounts }: { accounts: readonly ChannelAccount[] }) {
  const { actor } = usePage();
  return (
    <ChannelsView
      title="账号台账"
      view={ACCOUNTS}
      lead={`网站、微博、微信账号超过 ${SILENT_DAYS} 天没有更新会提醒信息公开专员和主管部门。`}
      actions={
        actor !== null &&
        may(actor, 'channels.accounts') && (
          <LinkButton href={`${ACCOUNTS}/new`} tone="primary" icon="plus">
            登记账号
          </LinkButton>
        )
      }
    >
      {accounts.length === 0 ? (
        <Empty title="还没有登记账号">登记网站、公报和新媒体账号后，各渠道的发布按账号记入。</Empty>
      ) : (
        <Table
          caption="账号台账"
          queue
          stack
          columns={[
            { label: '账号' },
            { label: '渠道' },
            { label: '主管部门' },
            { label: '最近发布' },
            { label: '发布方式' },
            { label: '状态' },
          ]}
        >
          {accounts.map((account) => (
            <tr key={account.id}>
              <th scope="row" data-label="账号">
                <a href={accountAddress(account.id)}>{account.name}</a> {account.main && <Badge>默认</Badge>}
              </th>
              <td data-label="渠道">{channelKinds[account.kind]}</td>
              <td data-label="主管部门">{account.unitName ?? '全机关'}</td>
              <td data-label="最近发布">
                {account.lastPostOn ? formatDate(account.lastPostOn) : '还没有发布'}
              </td>
              <td data-label="发布方式">{wayOf(account)}</td>
              <td data-label="状态">
                <AccountState account={account} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </ChannelsView>
  );
}

const wayOf = (account: ChannelAccount) =>
  account.connected ? '自动发布' : account.kind === 'website' ? '公开即发布' : '人工发布后登记';

function AccountState({ account }: { account: ChannelAccount }) {
  const { today } = usePage();
  if (account.closedOn) return <Badge>已于 {formatDate(account.closedOn)} 关闭</Badge>;
  const since = silentSince(account, Temporal.PlainDate.from(today));
  return since ? (
    <Light tone="red">自 {formatDate(since)} 起没有更新</Light>
  ) : (
    <Badge tone="success">在用</Badge>
  );
}

export interface AccountFormProps {
  units: readonly Unit[];
  given: Given;
  errors: Errors;
}

function AccountFields({ units, given, errors, kind }: AccountFormProps & { kind?: string }) {
  return (
    <>
      {kind === undefined && (
        <SelectField
          name="kind"
          label="渠道"
          value={given('kind')}
          blank="请选择"
          required
          error={errors.kind}
          options={Object.entries(channelKinds).map(([value, label]) => ({ value, label }))}
        />
      )}
      <TextField
        name="name"
        label="账号名称"
        value={given('name')}
        required
        width={20}
        maxlength={60}
        error={errors.name}
      />
      <TextField
        name="platformId"
        label="平台标识"
        value={given('platformId')}
        width={20}
        maxlength={60}
        error={errors.platformId}
        help="微信号、微博 UID、网站标识码或刊号。"
      />
      <TextField
        name="address"
        label="主页网址"
        type="url"
        value={given('address')}
        width={40}
        maxlength={500}
        error={errors.address}
      />
      <SelectField
        name="unit"
        label="主管部门"
        value={given('unit')}
        blank="全机关"
        error={errors.unit}
        options={units.map(({ id, name }) => ({ value: String(id), label: name }))}
      />
      <DateField
        name="openedOn"
        label="开通日期"
        value={given('openedOn')}
        required
        error={errors.openedOn}
      />
      <CheckField
        name="main"
        label="本渠道的默认账号"
        checked={given('main') === '1'}
        help="信息选择这个渠道而本部门没有账号时，由它发布。"
      />
    </>
  );
}

export function NewAccountPage(props: AccountFormProps) {
  return (
    <ChannelsPage title="登记账号" under={under}>
      <ErrorSummary errors={props.errors} />
      <Form action={`${ACCOUNTS}/new`} guard>
        <AccountFields {...props} />
        <FormActions>
          <Button tone="primary">登记账号</Button>
          <LinkButton href={ACCOUNTS}>返回</LinkButton>
        </FormActions>
      </Form>
    </ChannelsPage>
  );
}

/** One account: its facts; for the officer its form, its authorisation, its closing. */
export function AccountPage(
  props: AccountFormProps & {
    account: ChannelAccount;
    /** Null where the platform has no interface, or for those who may not manage accounts. */
    connector: Connector | null;
    settings: Readonly<Record<string, string>>;
    connecting: { given: Given; errors: Errors } | null;
    manages: boolean;
  },
) {
  const { account, errors, connecting, manages } = props;
  return (
    <ChannelsPage
      title={account.name}
      under={under}
      state={<AccountState account={account} />}
      actions={
        <LinkButton href={listAddress({ group: 'out', accountId: account.id })} icon="list">
          这个账号的发布
        </LinkButton>
      }
    >
      <ErrorSummary errors={connecting?.errors ?? errors} />
      <Card title="账号">
        <Facts
          items={[
            { label: '渠道', value: channelKinds[account.kind] },
            { label: '平台标识', value: account.platformId || null },
            {
              label: '主页',
              value: account.address ? <a href={account.address}>{account.address}</a> : null,
            },
            { label: '主管部门', value: account.unitName ?? '全机关' },
            { label: '开通', value: formatDate(account.openedOn) },
            { label: '最近发布', value: account.lastPostOn ? formatDate(account.lastPostOn) : null },
            { label: '发布方式', value: wayOf(account) },
          ]}
        />
      </Card>
      {manages && (
        <Card title="修改">
          <Form action={accountAddress(account.id)}>
            <AccountFields {...props} kind={account.kind} />
            <FormActions>
              <Button tone="primary">保存</Button>
            </FormActions>
          </Form>
        </Card>
      )}
      {manages && props.connector && account.closedOn === null && (
        <ConnectionCard {...props} connector={props.connector} />
      )}
      {manages && account.connected && (
        <Card title="停用自动发布">
          <Confirm
            action={accountAddress(account.id, '/disconnection')}
            label="停用自动发布"
            tone="danger"
            consequence={<p>删除保存的授权；此后发到“{account.name}”的内容等待人工发布后登记。</p>}
          />
        </Card>
      )}
      {manages && <ClosingCard account={account} />}
    </ChannelsPage>
  );
}

function ConnectionCard(props: Parameters<typeof AccountPage>[0] & { connector: Connector }) {
  const { account, connector, settings, connecting } = props;
  const errors = connecting?.errors ?? {};
  return (
    <Card title={account.connected ? '接口授权（已对接）' : '对接接口，自动发布'}>
      <Form action={accountAddress(account.id, '/connection')} multipart>
        {Object.entries(connector.fields).map(([name, { label, secret, required, help }]) => {
          const kept = settings[name] === 'kept' && secret;
          return (
            <TextField
              key={name}
              name={name}
              label={label}
              type={secret ? 'password' : 'text'}
              autocomplete="off"
              value={secret ? '' : connecting ? connecting.given(name) : settings[name]}
              required={required && !kept}
              width={40}
              maxlength={500}
              error={errors[name]}
              help={kept ? '已保存。不修改请留空。' : help}
            />
          );
        })}
        <FileField
          name="cover"
          label="默认封面"
          accept=".jpg,.jpeg,.png"
          error={errors.cover}
          help={`${settings.cover === 'kept' ? '已保存，选择文件则替换。' : ''}信息里没有图片时使用，JPG 或 PNG，不超过 2 MB。`}
        />
        <FormActions>
          <Button tone="primary">{account.connected ? '更新授权' : '保存并启用自动发布'}</Button>
        </FormActions>
      </Form>
    </Card>
  );
}

function ClosingCard({ account }: { account: ChannelAccount }) {
  const closed = account.closedOn !== null;
  return (
    <Card title={closed ? '重新启用' : '关闭账号'}>
      <Confirm
        action={accountAddress(account.id, closed ? '/reopening' : '/closing')}
        label={closed ? '重新启用' : '关闭账号'}
        tone={closed ? 'primary' : 'danger'}
        consequence={
          <p>
            {closed
              ? `“${account.name}”恢复使用。`
              : `“${account.name}”不再用于发布，也不再提醒；以前的发布保留。`}
          </p>
        }
      />
    </Card>
  );
}
