import { deviceName, type OwnSession } from '../../areas/accounts/index.ts';
import { type Role, roles } from '../../areas/organisations/index.ts';
import {
  Alert,
  Badge,
  Button,
  Card,
  ErrorSummary,
  Facts,
  Form,
  FormActions,
  formatDate,
  formatDateTime,
  LinkButton,
  Table,
  TextField,
} from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { passwordHelp } from '../sign-in/pages.tsx';

type Errors = Readonly<Record<string, string>>;
const home = { label: '我的账号', href: '/workbench/account' };

interface SessionRow {
  id: string;
  address: string | null;
  userAgent: string | null;
  signedInAt: Date;
  seenAt: Date;
}

export function AccountPage(props: { own: OwnSession; sessions: SessionRow[]; agencyName: string }) {
  const { own, sessions, agencyName } = props;
  const { staff } = own;
  return (
    <WorkbenchPage title="我的账号" current="account">
      <Card title="我是谁">
        <Facts
          items={[
            { label: '姓名', value: staff.name },
            { label: '用户名', value: <code>{staff.username}</code> },
            { label: '机构和部门', value: `${agencyName} · ${staff.unitName}` },
            { label: '职务', value: staff.post || '—' },
            { label: '角色', value: <MyRoles own={own} /> },
          ]}
        />
        <p class="help">信息有误或需要其他角色时，请联系系统管理员。</p>
      </Card>
      <Card title="密码" actions={<LinkButton href="/workbench/account/password">修改密码</LinkButton>}>
        <p>修改密码后，其他设备上的登录会全部结束。</p>
      </Card>
      <Card
        title="动态验证码"
        actions={
          own.secondFactor ? (
            <>
              <LinkButton href="/workbench/account/recovery-codes">更换恢复码</LinkButton>
              <LinkButton href="/workbench/account/second-factor/removal">停用</LinkButton>
            </>
          ) : (
            <LinkButton href="/workbench/account/second-factor">启用</LinkButton>
          )
        }
      >
        <p>
          {own.secondFactor ? <Badge tone="success">已启用</Badge> : <Badge>未启用</Badge>}{' '}
          启用后，登录时除密码外还要输入手机验证器上的 6 位数字，密码泄露也不会被冒用。
        </p>
      </Card>
      <Sessions own={own} sessions={sessions} />
    </WorkbenchPage>
  );
}

function MyRoles({ own }: { own: OwnSession }) {
  const held = own.actor.roles.map((role) => {
    const period = own.staff.roles.find((item) => item.role === role);
    return `${roles[role as Role]}（${formatDate(period?.from)}起）`;
  });
  return <>{held.join('、') || '尚未分配角色'}</>;
}

function Sessions({ own, sessions }: { own: OwnSession; sessions: SessionRow[] }) {
  const others = sessions.filter((session) => session.id !== own.session.id);
  return (
    <Card
      title="登录中的设备"
      flush
      actions={
        others.length > 0 && (
          <Form action="/workbench/account/sessions/others" layout="bare">
            <Button small>结束其他全部登录</Button>
          </Form>
        )
      }
    >
      <Table
        caption="登录中的设备"
        columns={[
          { label: '设备' },
          { label: '地址' },
          { label: '登录时间' },
          { label: '最近使用' },
          { label: '操作', labelHidden: true },
        ]}
        stack
      >
        {sessions.map((session) => (
          <tr key={session.id}>
            <td data-label="设备">{deviceName(session.userAgent)}</td>
            <td data-label="地址">{session.address ?? '—'}</td>
            <td data-label="登录时间">{formatDateTime(session.signedInAt)}</td>
            <td data-label="最近使用">{formatDateTime(session.seenAt)}</td>
            <td>
              {session.id === own.session.id ? (
                <Badge tone="info">当前设备</Badge>
              ) : (
                <Form
                  action={`/workbench/account/sessions/${encodeURIComponent(session.id)}/end`}
                  layout="bare"
                >
                  <Button small>结束登录</Button>
                </Form>
              )}
            </td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}

const CurrentPassword = ({ errors }: { errors: Errors }) => (
  <TextField
    name="current"
    label="当前密码"
    type="password"
    autocomplete="current-password"
    required
    error={errors.current}
  />
);

export function PasswordPage({ errors = {} }: { errors?: Errors }) {
  return (
    <WorkbenchPage title="修改密码" current="account" breadcrumbs={[home, { label: '修改密码' }]}>
      <ErrorSummary errors={errors} />
      <Form action="/workbench/account/password">
        <CurrentPassword errors={errors} />
        <TextField
          name="next"
          label="新密码"
          type="password"
          autocomplete="new-password"
          help={passwordHelp}
          required
          error={errors.next}
        />
        <TextField
          name="repeat"
          label="再输入一次新密码"
          type="password"
          autocomplete="new-password"
          required
          error={errors.repeat}
        />
        <FormActions>
          <Button tone="primary">保存新密码</Button>
          <LinkButton href={home.href}>返回</LinkButton>
        </FormActions>
      </Form>
    </WorkbenchPage>
  );
}

/** One page for each act that asks for the password again. */
export function PasswordAgainPage(props: {
  title: string;
  lead: string;
  action: string;
  label: string;
  errors?: Errors;
}) {
  const { title, lead, action, label, errors = {} } = props;
  return (
    <WorkbenchPage title={title} current="account" breadcrumbs={[home, { label: title }]} lead={lead}>
      <ErrorSummary errors={errors} />
      <Form action={action}>
        <CurrentPassword errors={errors} />
        <FormActions>
          <Button tone="primary">{label}</Button>
          <LinkButton href={home.href}>返回</LinkButton>
        </FormActions>
      </Form>
    </WorkbenchPage>
  );
}

export function EnrolmentPage(props: { picture: string; secret: string; errors?: Errors }) {
  const { picture, secret, errors = {} } = props;
  return (
    <WorkbenchPage title="启用动态验证码" current="account" breadcrumbs={[home, { label: '启用动态验证码' }]}>
      <ErrorSummary errors={errors} />
      <Card title="一、用验证器扫描二维码">
        <p>
          在手机上打开任意支持 TOTP 的验证器（如腾讯身份验证器、Microsoft Authenticator），扫描下面的二维码。
        </p>
        <p>
          <img class="totp-picture" src={picture} width="220" height="220" alt="动态验证码密钥的二维码" />
        </p>
        <p>
          不能扫码时，手工输入密钥：<code class="mono">{secret}</code>
        </p>
      </Card>
      <Card title="二、输入验证器显示的6位数字">
        <Form action="/workbench/account/second-factor/confirmation">
          <TextField
            name="code"
            label="6位验证码"
            inputmode="numeric"
            autocomplete="one-time-code"
            width={8}
            maxlength={10}
            required
            error={errors.code}
          />
          <FormActions>
            <Button tone="primary">确认启用</Button>
            <LinkButton href={home.href}>暂不启用</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </WorkbenchPage>
  );
}

export function RecoveryCodesPage(props: { codes: readonly string[]; fresh: boolean }) {
  return (
    <WorkbenchPage title="保存恢复码" current="account" breadcrumbs={[home, { label: '保存恢复码' }]}>
      <Alert
        tone="warning"
        title={props.fresh ? '动态验证码已启用。请现在保存恢复码' : '恢复码已更换，旧的全部失效。请现在保存'}
      >
        <p>
          手机丢失时，用恢复码代替验证码登录，每个只能用一次。离开本页后不再显示，请抄写或打印后妥善保管。
        </p>
      </Alert>
      <ul class="recovery-codes">
        {props.codes.map((code) => (
          <li key={code}>
            <code class="mono">{code}</code>
          </li>
        ))}
      </ul>
      <FormActions>
        <LinkButton href={home.href} tone="primary">
          已经保存好了
        </LinkButton>
      </FormActions>
    </WorkbenchPage>
  );
}
