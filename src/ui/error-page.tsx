import { LinkButton } from './buttons.tsx';
import { Icon } from './icon.tsx';
import { Document } from './layout.tsx';
import { Mark } from './mark.tsx';
import { usePage } from './page-context.ts';

export interface ErrorView {
  status: number;
  title: string;
  /** What happened and what to do, in plain Chinese. */
  message: string;
  /** The article a refusal rests on. */
  article?: string | null;
  /** Stable code of the refusal, or the request id of a fault. */
  reference: string;
  face: 'portal' | 'workbench';
}

const icons: Readonly<Record<number, string>> = {
  401: 'lock',
  403: 'lock',
  404: 'file-search',
  409: 'arrows-exchange',
  429: 'clock-pause',
  503: 'clock-pause',
};

const homeOf = ({ face }: ErrorView) => (face === 'workbench' ? '/workbench' : '/');

/** The calm page behind every refusal and fault; whole even when nothing else works. */
export function ErrorPage(view: ErrorView) {
  const { agency } = usePage();
  return (
    <Document title={`${view.title} - ${agency.site.name ?? agency.name}`} face={view.face}>
      <header class="error-brand frame">
        <a class="brand" href={homeOf(view)}>
          <Mark />
          <span class="brand-name">{agency.site.name ?? agency.name}</span>
        </a>
      </header>
      <main class="error-page" id="content">
        <ErrorWords {...view} />
      </main>
    </Document>
  );
}

/** What happened and the ways on from here, for whatever page stands around it. */
export function ErrorWords(view: ErrorView) {
  return (
    <div class="error-words">
      <p class="error-status">
        <Icon name={icons[view.status] ?? 'alert-circle'} />
        {view.status}
      </p>
      <h1>{view.title}</h1>
      <p class="lead">{view.message}</p>
      {view.article && <p class="error-article">依据：{view.article}</p>}
      <p class="error-ways">
        <LinkButton href={homeOf(view)} tone="primary">
          {view.face === 'workbench' ? '返回我的待办' : '返回首页'}
        </LinkButton>{' '}
        {view.face === 'portal' && <LinkButton href="/search">站内搜索</LinkButton>}{' '}
        {view.face === 'portal' && <LinkButton href="/sitemap">网站地图</LinkButton>}
      </p>
      {view.status !== 404 && <p class="error-reference">如需帮助，请告知编号 {view.reference}</p>}
    </div>
  );
}
