import { Document } from './layout.tsx';

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

/** The calm page behind every refusal and fault; whole even when nothing else works. */
export function ErrorPage(view: ErrorView) {
  return (
    <Document title={view.title} face={view.face}>
      <main class="error-page" id="content">
        <p class="error-status">{view.status}</p>
        <h1>{view.title}</h1>
        <p>{view.message}</p>
        {view.article && <p class="error-article">依据:{view.article}</p>}
        <p class="error-reference">编号:{view.reference}</p>
        <p>
          <a href={view.face === 'workbench' ? '/workbench' : '/'}>
            返回{view.face === 'workbench' ? '工作台' : '首页'}
          </a>
        </p>
      </main>
    </Document>
  );
}
