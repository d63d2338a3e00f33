import { jobStates, type RedactionView } from '../../areas/redactions/index.ts';
import { Alert, Badge, ErrorSummary, LinkButton, Progress } from '../../ui/index.ts';
import { WorkbenchPage } from '../shell.tsx';
import { deskAddress, REDACTIONS, redactionAddress, type Sides } from './addresses.ts';
import { BoxList } from './box-list.tsx';
import { CoverForms } from './cover-forms.tsx';
import { Exports, Openings } from './exports.tsx';
import { PageBar, PagePictures } from './page-pictures.tsx';
import { pageNumbers } from './words.ts';

export interface DeskProps {
  view: RedactionView;
  page: number;
  shown: Sides;
  /** What was typed and did not do. */
  typed?: (name: string) => string;
  errors?: Readonly<Record<string, string>>;
}

/** One file at the desk: its page before and after, what is covered and why, and the way out. */
export function DeskPage(props: DeskProps) {
  const { view, page, shown, errors } = props;
  const drawing = view.state === 'draft';
  return (
    <WorkbenchPage
      title={view.name}
      current={REDACTIONS}
      breadcrumbs={[{ label: '区分处理', href: REDACTIONS }, { label: `第 ${view.id} 号` }]}
      state={<Badge tone={view.state === 'exported' ? 'success' : 'info'}>{jobStates[view.state]}</Badge>}
      wide
      actions={
        <>
          {drawing && (
            <LinkButton href={redactionAddress(view.id, '/export')} tone="primary" icon="file-export">
              检查并导出
            </LinkButton>
          )}
          {view.requestId !== null && (
            <LinkButton href={`/workbench/requests/${view.requestId}`}>
              {`申请 ${view.requestNumber}`}
            </LinkButton>
          )}
        </>
      }
    >
      {view.state === 'exporting' && (
        <noscript>
          <meta http-equiv="refresh" content="4" />
        </noscript>
      )}
      <div
        class="redaction-desk"
        data-redaction-desk={drawing ? 'draft' : view.state}
        data-address={redactionAddress(view.id)}
        data-version={view.version}
        data-page={page}
        data-show={shown}
      >
        <ErrorSummary errors={errors} />
        <Standing view={view} page={page} shown={shown} />
        <div class="redaction-columns">
          <div class="redaction-pages">
            <PageBar view={view} page={page} shown={shown} />
            <PagePictures view={view} page={page} shown={shown} />
          </div>
          <div class="redaction-tools">
            {drawing ? <CoverForms {...props} /> : <Exports view={view} page={page} />}
            <BoxList view={view} page={page} shown={shown} />
            {drawing && <Exports view={view} page={page} />}
            <Openings view={view} />
          </div>
        </div>
        <p class="visually-hidden" role="status" data-redaction-said />
      </div>
    </WorkbenchPage>
  );
}

/** What has to be known before going on. */
function Standing({ view, page, shown }: Omit<DeskProps, 'errors' | 'typed'>) {
  const pictures = view.pages.flatMap(({ characters }, index) => (characters === 0 ? [index + 1] : []));
  return (
    <>
      {view.state === 'exporting' && (
        <section class="redaction-progress" aria-label="导出进度" data-redaction-waiting>
          <Progress value={view.pagesDone} max={view.pages.length} label="已处理的页" />
          <p role="status">正在逐页生成处理后的文件。可以离开本页，完成后在这里下载。</p>
          <a href={deskAddress(view.id, page, shown)}>刷新</a>
        </section>
      )}
      {view.fault !== '' && (
        <Alert tone="danger" title="上一次导出没有成功">
          {view.fault}
        </Alert>
      )}
      {view.kind === 'docx' && view.state === 'draft' && (
        <Alert tone="info" title="Word 文档已重新排版">
          正文、标题、列表、表格和图片都在；页眉页脚、批注和已删除的修订没有带入，版式与原件不同。要保持原样的，请先另存为
          PDF 再上传。
        </Alert>
      )}
      {pictures.length > 0 && view.state === 'draft' && (
        <Alert tone="warning" title="有的页是图片，不能按词查找">
          {`第 ${pageNumbers(pictures)} 页没有文字层（例如扫描件），按词语和号码查找对这些页不起作用，请逐页看过，手工画框。`}
        </Alert>
      )}
    </>
  );
}
