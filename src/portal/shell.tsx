import type { ComponentChildren } from 'preact';
import { Flash } from '../ui/flash.tsx';
import { Breadcrumbs, type Crumb, Document, type PageLabels, usePage } from '../ui/index.ts';
import { PortalFooter } from './footer.tsx';
import { PortalHeader } from './header.tsx';

/**
 * A public page: header with name, search and navigation, the content, the footer with the site's identifiers.
 * `labels` are required for every column and content page. The page draws its own `<h1>` when `heading` is false.
 */
export function PortalPage(props: {
  title: string;
  labels?: PageLabels;
  breadcrumbs?: Crumb[];
  /** One line under the title. */
  lead?: ComponentChildren;
  heading?: boolean;
  /** The search field of the header is left out where the page has a large one of its own. */
  ownSearch?: boolean;
  /** `reading` keeps lines at forty characters; `wide` is for tables and lists. */
  width?: 'reading' | 'wide';
  /** What the page is about, for machines (schema.org). */
  structured?: object;
  /** A feed of what this page lists, besides that of the whole site. */
  feed?: { href: string; title: string };
  children: ComponentChildren;
}) {
  const { agency, display, flash } = usePage();
  const { title, labels, breadcrumbs, lead, heading = true, ownSearch, width = 'wide', children } = props;
  const { structured, feed } = props;
  const siteName = agency.site.name ?? agency.name;
  return (
    <Document
      title={title === siteName ? title : `${title} - ${siteName}`}
      labels={labels}
      face="portal"
      structured={structured}
      feed={feed}
    >
      <a class="skip-link" href="#content">
        跳到正文
      </a>
      <PortalHeader ownSearch={ownSearch} />
      <main id="content" class={`portal-main portal-${width}`} tabIndex={-1}>
        {breadcrumbs && <Breadcrumbs items={[{ label: '首页', href: '/' }, ...breadcrumbs]} />}
        <Flash message={flash} />
        {display.large && (
          <p class="read-aloud">
            <button type="button" class="btn btn-plain" data-read-aloud hidden>
              朗读本页
            </button>
          </p>
        )}
        {heading && (
          <header class="portal-title">
            <h1>{title}</h1>
            {lead && <p class="lead">{lead}</p>}
          </header>
        )}
        {children}
      </main>
      <PortalFooter />
    </Document>
  );
}
