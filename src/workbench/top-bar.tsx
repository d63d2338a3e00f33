import { roles } from '../areas/organisations/index.ts';
import { DisplayLinks } from '../ui/display-links.tsx';
import { Button, Form, Icon, usePage } from '../ui/index.ts';
import { Mark } from '../ui/mark.tsx';

export function TopBar() {
  const { agency, unreadNotifications } = usePage();
  return (
    <header class="top-bar">
      <button type="button" class="menu-button" popovertarget="side-nav">
        <Icon name="menu-2" />
        <span>菜单</span>
      </button>
      <a class="desk-brand" href="/workbench">
        <Mark />
        <span>{agency.shortName}</span>
        <span class="desk-brand-subtitle">公开工作台</span>
      </a>
      {agency.demonstration && (
        <span class="demonstration-mark" title="本系统中的人员与标题为示例数据">
          示例
        </span>
      )}
      <search class="desk-search">
        <form action="/workbench/search" method="get">
          <label for="desk-search" class="visually-hidden">
            搜索工作台
          </label>
          <Icon name="search" />
          <input
            id="desk-search"
            type="search"
            name="q"
            maxlength={100}
            autocomplete="off"
            placeholder="搜索填报、台账、报告"
            data-global-search
          />
          <kbd title="按 / 键开始搜索">/</kbd>
        </form>
      </search>
      <a class="bell" href="/workbench/notifications" aria-label={bellLabel(unreadNotifications)}>
        <Icon name="bell" />
        {unreadNotifications > 0 && (
          <span class="bell-count">{unreadNotifications > 99 ? '99+' : unreadNotifications}</span>
        )}
      </a>
      <AccountMenu />
    </header>
  );
}

function AccountMenu() {
  const { actor } = usePage();
  if (!actor) return null;
  const names: Record<string, string> = roles;
  return (
    <div class="account">
      <button
        type="button"
        class="account-button"
        popovertarget="account-menu"
        aria-label={`我的账号：${actor.name}`}
      >
        <span class="avatar" aria-hidden="true">
          {actor.name.slice(-2)}
        </span>
        <span class="account-name">{actor.name}</span>
        <Icon name="chevron-down" />
      </button>
      <div class="account-menu" id="account-menu" popover="auto">
        <p class="account-who">
          <strong>{actor.name}</strong>
          <span>{actor.roles.map((role) => names[role] ?? role).join('、') || '尚未分配角色'}</span>
        </p>
        <ul>
          <li>
            <a href="/workbench/account">
              <Icon name="user-circle" />
              我的账号
            </a>
          </li>
          <li>
            <DisplayLinks />
          </li>
          <li>
            <a href="/">
              <Icon name="world" />
              查看门户
            </a>
          </li>
        </ul>
        <Form action="/workbench/sign-out" layout="bare">
          <Button icon="logout">退出登录</Button>
        </Form>
      </div>
    </div>
  );
}

function bellLabel(unread: number): string {
  return unread > 0 ? `通知，${unread} 条未读` : '通知';
}
