import { formatNumber, Icon, usePage } from '../ui/index.ts';
import type { NavItem } from './room.ts';

const groups: readonly NavItem['group'][] = [
  '我的',
  '依申请公开',
  '主动公开',
  '填报与台账',
  '年度报告',
  '监督',
  '管理',
];

/** Navigation by role. On a phone it is a popover that the top bar's 菜单 button opens, without script. */
export function SideNavigation({ current }: { current?: string }) {
  const { nav, path, unreadNotifications } = usePage();
  const mine = [
    { key: 'home', label: '我的待办', href: '/workbench', icon: 'checkup-list', group: '我的' },
    {
      key: 'notifications',
      label: '通知',
      href: '/workbench/notifications',
      icon: 'bell',
      group: '我的',
      count: unreadNotifications || undefined,
    },
  ];
  const items = [...mine, ...nav];
  const here = currentHref(items, current, path);
  return (
    <nav class="side-nav" id="side-nav" popover="auto" aria-label="工作台导航">
      {groups.map((group) => {
        const members = items.filter((item) => item.group === group);
        if (members.length === 0) return null;
        return (
          <section key={group} class="side-group">
            <h2>{group}</h2>
            <ul>
              {members.map((item) => (
                <li key={item.href}>
                  <a href={item.href} aria-current={item.href === here ? 'page' : undefined}>
                    <Icon name={item.icon} />
                    <span class="side-label">{item.label}</span>
                    {item.count !== undefined && <span class="count">{formatNumber(item.count)}</span>}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}

/** The entry named by the page, else the one whose address is the longest beginning of this address. */
function currentHref(
  items: { key: string; href: string }[],
  current: string | undefined,
  path: string,
): string | null {
  const here = path.split('?')[0] ?? '';
  // The first page has every other one below its address, and is the place of none of them.
  const below = items.filter(
    ({ href }) => here === href || (href !== '/workbench' && here.startsWith(`${href}/`)),
  );
  const byPath = below.sort((a, b) => b.href.length - a.href.length)[0];
  if (!current) return byPath?.href ?? null;
  const named = items.filter((item) => item.href === current || item.key === current);
  const both = named.find((item) => item.href === byPath?.href);
  return (both ?? named[0] ?? byPath)?.href ?? null;
}
