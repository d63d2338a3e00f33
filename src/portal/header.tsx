import { DisplayLinks } from '../ui/display-links.tsx';
import { Icon, usePage } from '../ui/index.ts';
import { Mark } from '../ui/mark.tsx';
import { isCurrent, navigationFor } from './navigation.ts';
import { SearchForm } from './search-form.tsx';

export function PortalHeader({ ownSearch }: { ownSearch?: boolean }) {
  const { agency, path, display } = usePage();
  return (
    <header class="portal-header">
      <div class="portal-utility">
        <div class="frame">
          {agency.demonstration ? (
            <p class="demonstration">
              <strong>示例</strong>本站人员与标题为示例数据
            </p>
          ) : (
            <span />
          )}
          <p class="utility-links">
            <DisplayLinks />
          </p>
        </div>
      </div>
      <div class="portal-brand frame">
        <a class="brand" href="/">
          <Mark />
          <span class="brand-words">
            <span class="brand-name">{agency.site.name ?? agency.name}</span>
            <span class="brand-subtitle">政府信息公开</span>
          </span>
        </a>
        {!ownSearch && <SearchForm />}
      </div>
      <nav class="portal-nav" aria-label="主导航">
        <ul class="frame">
          {navigationFor(display).map((item) => (
            <li key={item.href}>
              <a href={item.href} aria-current={isCurrent(item.href, path) ? 'page' : undefined}>
                {item.href === '/' && <Icon name="home" />}
                {item.label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}
