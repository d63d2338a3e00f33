import type { ReportDesk } from '../../annual-report/index.ts';
import type { CompiledChapter } from '../../annual-report/model.ts';
import {
  Alert,
  Button,
  Card,
  ErrorSummary,
  Form,
  FormActions,
  formatDateTime,
  LinkButton,
  TextArea,
} from '../../ui/index.ts';
import { ReportFrame } from './desk.tsx';
import { Prose } from './prose.tsx';

/** The whole text as it will read, chapter by chapter, with figures as chips. */
export function Chapters({ desk, mayEdit }: { desk: ReportDesk; mayEdit: boolean }) {
  const base = `/workbench/reports/${desk.report.year}`;
  return (
    <ReportFrame desk={desk} view="chapters">
      <div class="report-chapters">
        <nav class="chapter-list" aria-label="各章">
          <ol>
            {desk.report.chapters.map((chapter) => (
              <li key={chapter.key}>
                <a href={`#chapter-${chapter.key}`}>{chapter.title}</a>
              </li>
            ))}
          </ol>
        </nav>
        <div>
          {desk.report.chapters.map((chapter) => (
            <Card
              key={chapter.key}
              id={`chapter-${chapter.key}`}
              title={`${chapter.number}. ${chapter.title}`}
              actions={
                mayEdit && (
                  <LinkButton small href={`${base}/chapters/${chapter.key}`} icon="pencil">
                    编辑
                  </LinkButton>
                )
              }
            >
              <Prose blocks={chapter.blocks} year={desk.report.year} />
              <ChapterFindings desk={desk} chapter={chapter} />
              <EditedNote desk={desk} chapter={chapter} />
            </Card>
          ))}
        </div>
      </div>
    </ReportFrame>
  );
}

/** One chapter being written; without script the text is plain, with `{{code}}` for live figures. */
export function ChapterEditor(props: {
  desk: ReportDesk;
  chapter: CompiledChapter;
  source: string;
  fromRevision: number;
  errors?: Record<string, string>;
  /** Somebody saved meanwhile: his text, to merge with. */
  conflict?: { by: string; source: string } | null;
}) {
  const { desk, chapter, source, fromRevision, errors, conflict } = props;
  const base = `/workbench/reports/${desk.report.year}`;
  return (
    <ReportFrame desk={desk} view="chapters" title={chapter.title}>
      <ErrorSummary errors={errors} />
      {conflict && (
        <Alert tone="warning" title={`${conflict.by}在您编辑期间保存了这一章`} live>
          <p>您的文字在左侧,没有丢失。请把下面的最新内容合并进来后再保存,保存后以您的文字为准。</p>
          <pre class="conflict-text">{conflict.source}</pre>
        </Alert>
      )}
      <div class="chapter-desk">
        <Form action={`${base}/chapters/${chapter.key}`} guard>
          <input type="hidden" name="fromRevision" value={String(fromRevision)} />
          <div data-island="chapter-editor" data-figures={JSON.stringify(figureChoices(desk))}>
            <TextArea
              name="source"
              label={`第 ${chapter.number} 章 ${chapter.title}`}
              value={source}
              rows={22}
              error={errors?.source}
              help="用 {{1.2.3}} 引用统计表中的数字,它会随汇编自动更新;“## ”开头为小标题,“- ”开头为列表,**文字** 为加粗。"
            />
          </div>
          <FormActions>
            <Button tone="primary">保存本章</Button>
            <LinkButton href={`${base}/chapters#chapter-${chapter.key}`}>返回正文</LinkButton>
          </FormActions>
        </Form>
        <aside class="chapter-side">
          <ChapterFindings desk={desk} chapter={chapter} />
          <h2>预览</h2>
          <Prose blocks={chapter.blocks} year={desk.report.year} />
          <EditedNote desk={desk} chapter={chapter} />
        </aside>
      </div>
    </ReportFrame>
  );
}

function ChapterFindings({ desk, chapter }: { desk: ReportDesk; chapter: CompiledChapter }) {
  const findings = desk.report.findings.filter((finding) => finding.chapter === chapter.key);
  if (findings.length === 0) return null;
  return (
    <Alert tone="warning" title="文字与统计表不一致">
      <ul>
        {findings.map((finding) => (
          <li key={`${finding.rule}${finding.quote}`}>
            {finding.quote && <mark class="contradiction">{finding.quote}</mark>} {finding.message}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function EditedNote({ desk, chapter }: { desk: ReportDesk; chapter: CompiledChapter }) {
  const edited = desk.chapterRevisions.get(chapter.key);
  if (!edited?.editedBy) return <p class="help">尚未修改,目前为模板文字。</p>;
  return (
    <p class="help">
      {edited.editedBy} {formatDateTime(edited.editedAt)} 修改
    </p>
  );
}

/** What the editor offers to insert: every figure row with its present value. */
function figureChoices(desk: ReportDesk) {
  return desk.report.tables.flatMap((table) =>
    table.sections.flatMap((section) =>
      section.rows
        .filter((row) => row.spec.kind !== 'heading')
        .flatMap((row) =>
          section.spec.columns
            .filter((column) => row.cells[column.id])
            .map((column) => ({
              ref: section.spec.columns.length === 1 ? row.spec.code : `${row.spec.code}.${column.id}`,
              label: section.spec.columns.length === 1 ? row.spec.label : `${row.spec.label} ${column.label}`,
              value: row.cells[column.id]?.value ?? null,
              unit: row.spec.unit,
            })),
        ),
    ),
  );
}
