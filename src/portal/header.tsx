import { DisplayLinks } from '../ui/display-links.tsx';
import { Icon, Once, usePage } from '../ui/index.ts';
import { Mark } from '../ui/mark.tsx';
import { isCurrent, navigationFor } from './navigation.ts';
import { SearchForm } from './search-form.tsx';

export function PortalHeader({ ownSearch }: { ownSearch?: boolean }) {
  const { agency, path, display } = usePage();
  const entries = navigationFor(display);
  const current = entries.find(({ href }) => isCurrent(href, path))?.href;
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
      <Once of={agency} name={ownSearch ? 'brand' : 'brand with search'} class="portal-brand frame">
        {() => (
          <>
            <a class="brand" href="/">
              <Mark />
              <span class="brand-words">
                <span class="brand-name">{agency.site.name ?? agency.name}</span>
                <span class="brand-subtitle">政府信息公开</span>
              </span>
            </a>
            {!ownSearch && <SearchForm />}
          </>
        )}
      </Once>
      <nav class="portal-nav" aria-label="主导航">
        <Once of={agency} name={`entries ${entries.length} ${current}`} tag="ul" class="frame">
          {() => (
            <>
              {entries.map(({ href, label }) => (
                <li key={href}>
                  <a href={href} aria-current={href === current ? 'page' : undefined}>
                    {href === '/' && <Icon name="home" />}
                    {label}
                  </a>
                </li>
              ))}
            </>
          )}
        </Once>
      </nav>
    </header>
  );
}
