import type { ComponentChildren } from 'preact';
import { Flash } from '../ui/flash.tsx';
import { Breadcrumbs, type Crumb, Document, usePage } from '../ui/index.ts';
import { SideNavigation } from './side-navigation.tsx';
import { TopBar } from './top-bar.tsx';

/**
 * A page of the workbench: navigation by role, top bar, title with the acts on it, content.
 * `current` is the address of the navigation entry the page belongs to (or the key of its room).
 */
export function WorkbenchPage(props: {
  title: string;
  current?: string;
  breadcrumbs?: Crumb[];
  /** Beside the title: badges and lights of the thing. */
  state?: ComponentChildren;
  /** Buttons at the right of the title, the main one first. */
  actions?: ComponentChildren;
  lead?: ComponentChildren;
  /** Uses the whole width, for dense tables. */
  wide?: boolean;
  children: ComponentChildren;
}) {
  const { agency, flash } = usePage();
  const { title, current, breadcrumbs, state, actions, lead, wide, children } = props;
  return (
    <Document title={`${title} - ${agency.shortName}公开工作台`} face="workbench">
      <a class="skip-link" href="#content">
        跳到正文
      </a>
      <TopBar />
      <div class="desk">
        <SideNavigation current={current} />
        <main id="content" class={wide ? 'desk-main desk-wide' : 'desk-main'} tabIndex={-1}>
          {breadcrumbs && <Breadcrumbs items={breadcrumbs} />}
          <header class="desk-title">
            <div>
              <h1>
                {title}
                {state && <span class="desk-state">{state}</span>}
              </h1>
              {lead && <p class="lead">{lead}</p>}
            </div>
            {actions && <div class="desk-actions">{actions}</div>}
          </header>
          <Flash message={flash} />
          {children}
        </main>
      </div>
      <dialog id="drawer" class="drawer" aria-labelledby="drawer-title">
        <form method="dialog" class="drawer-close">
          <button type="submit" class="btn btn-plain btn-small">
            关闭
          </button>
        </form>
        <div id="drawer-body" />
      </dialog>
    </Document>
  );
}
