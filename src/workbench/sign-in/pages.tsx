import type { ComponentChildren } from 'preact';
import { PASSWORD_LENGTH } from '../../areas/accounts/index.ts';
import { type Role, roles, type StaffMember } from '../../areas/organisations/index.ts';
import { Flash } from '../../ui/flash.tsx';
import {
  Alert,
  Button,
  Document,
  ErrorSummary,
  Form,
  FormActions,
  LinkButton,
  TextField,
  usePage,
} from '../../ui/index.ts';
import { Mark } from '../../ui/mark.tsx';

type Errors = Readonly<Record<string, string>>;

/** A page before the workbench: one card, nothing to go astray with. */
function Gate(props: { title: string; lead?: ComponentChildren; children: ComponentChildren }) {
  const { agency, flash } = usePage();
  return (
    <Document title={`${props.title} - ${agency.shortName}公开工作台`} face="workbench">
      <main class="sign-in" id="content">
        <div class="sign-in-card">
          <p class="sign-in-agency">
            <Mark />
            <span>{agency.name}</span>
          </p>
          <h1>{props.title}</h1>
          {props.lead && <p class="help">{props.lead}</p>}
          <Flash message={flash} />
          {props.children}
        </div>
      </main>
    </Document>
  );
}

const withNext = (path: string, next: string) =>
  next === '/workbench' ? path : `${path}?next=${encodeURIComponent(next)}`;

export function SignInPage(props: {
  next: string;
  username?: string;
  problem?: string;
  errors?: Errors;
  provider: string | null;
  samples: SampleAccounts | null;
}) {
  const { next, username, problem, errors = {}, provider, samples } = props;
  return (
    <Gate title="登录公开工作台">
      {problem && (
        <Alert tone="danger" live>
          {problem}
        </Alert>
      )}
      <ErrorSummary errors={errors} />
      <Form action={withNext('/workbench/sign-in', next)}>
        <TextField
          name="username"
          label="用户名"
          value={username}
          autocomplete="username"
          maxlength={40}
          required
          autofocus={!username}
          error={errors.username}
        />
        <TextField
          name="password"
          label="密码"
          type="password"
          autocomplete="current-password"
          maxlength={PASSWORD_LENGTH.max}
          required
          autofocus={Boolean(username)}
          error={errors.password}
        />
        <FormActions>
          <Button tone="primary">登录</Button>
          {provider && (
            <LinkButton href={withNext('/workbench/sign-in/provider', next)}>用{provider}登录</LinkButton>
          )}
        </FormActions>
      </Form>
      <p class="help">账号由本单位系统管理员开通。忘记密码或账号被锁定时，请联系系统管理员。</p>
      {samples && <Samples {...samples} />}
    </Gate>
  );
}

/** The demonstration offices and one person of each set of roles in them. */
export interface SampleAccounts {
  offices: { name: string; people: StaffMember[] }[];
  password: string;
  today: string;
}

/** Shown in development only, for agencies marked as demonstration. */
function Samples({ offices, password, today }: SampleAccounts) {
  return (
    <section class="sign-in-samples" aria-label="示例账号">
      <h2>示例账号</h2>
      <p class="help">
        密码都是 <code>{password}</code>。正式环境不会出现这些账号。
      </p>
      {offices.map(({ name, people }) => (
        <div key={name}>
          {offices.length > 1 && <h3>{name}</h3>}
          <ul>
            {people.map((person) => (
              <li key={person.id}>
                <code>{person.username}</code>
                <span>
                  {person.name} · {heldRoles(person, today)}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

const heldRoles = (person: StaffMember, today: string) =>
  person.roles
    .filter((period) => period.from <= today && (period.to === null || period.to >= today))
    .map((period) => roles[period.role as Role])
    .join('、') || '尚未分配角色';

export function CodePage(props: { next: string; recovery: boolean; problem?: string }) {
  const { next, recovery, problem } = props;
  const other = `${withNext('/workbench/sign-in/code', next)}${next === '/workbench' ? '?' : '&'}recovery=1`;
  return (
    <Gate
      title={recovery ? '输入恢复码' : '输入动态验证码'}
      lead={
        recovery
          ? '请输入启用动态验证码时保存的任意一个恢复码，每个恢复码只能用一次。'
          : '您的账号启用了动态验证码。请打开手机上的验证器，输入当前显示的6位数字。'
      }
    >
      {problem && (
        <Alert tone="danger" live>
          {problem}
        </Alert>
      )}
      <Form action={recovery ? other : withNext('/workbench/sign-in/code', next)}>
        {recovery ? (
          <TextField
            name="code"
            label="恢复码"
            autocomplete="off"
            width={20}
            maxlength={20}
            required
            autofocus
          />
        ) : (
          <TextField
            name="code"
            label="6位验证码"
            inputmode="numeric"
            autocomplete="one-time-code"
            width={8}
            maxlength={10}
            required
            autofocus
          />
        )}
        <FormActions>
          <Button tone="primary">继续登录</Button>
          <LinkButton href={recovery ? withNext('/workbench/sign-in/code', next) : other}>
            {recovery ? '改用动态验证码' : '手机不在身边，用恢复码'}
          </LinkButton>
        </FormActions>
      </Form>
      <p class="help">
        <a href={withNext('/workbench/sign-in', next)}>返回重新登录</a>
      </p>
    </Gate>
  );
}

export const passwordHelp = `至少${PASSWORD_LENGTH.min}个字符；不含用户名和姓名；不是常见密码。几个不相干的词连起来，好记又安全。`;

export function FirstPasswordPage(props: { next: string; name: string; username: string; errors?: Errors }) {
  const { next, name, username, errors = {} } = props;
  return (
    <Gate
      title="设置自己的密码"
      lead={`${name}，您正在使用管理员设置的初始密码。请先换成只有自己知道的密码，再进入工作台。`}
    >
      <ErrorSummary errors={errors} />
      <Form action={withNext('/workbench/sign-in/password', next)}>
        <input type="hidden" name="username" value={username} autocomplete="username" />
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
          label="再输入一次"
          type="password"
          autocomplete="new-password"
          required
          error={errors.repeat}
        />
        <FormActions>
          <Button tone="primary">保存密码并进入</Button>
        </FormActions>
      </Form>
      <Form action="/workbench/sign-in/cancellation" layout="bare">
        <Button small>暂不设置，退出登录</Button>
      </Form>
    </Gate>
  );
}
