import { type CellInReport, cellAt, numbersIn, type ReportDesk } from '../../annual-report/index.ts';
import type { CompiledChapter, Finding } from '../../annual-report/model.ts';
import { Alert, Badge, Card, formatDateTime, formatNumber, LinkButton } from '../../ui/index.ts';
import { ReportFrame } from './frame.tsx';
import { Prose } from './prose.tsx';

/** The whole text as it will read, chapter by chapter, with figures as chips. */
export function Chapters({ desk, mayEdit }: { desk: ReportDesk; mayEdit: boolean }) {
  const base = `/workbench/reports/${desk.report.year}`;
  const { chapters } = desk.report;
  return (
    <ReportFrame desk={desk} view="chapters">
      <div class="report-chapters">
        <nav class="chapter-list" aria-label="各章">
          <ol>
            {chapters.map((chapter) => {
              const found = findingsOf(desk, chapter).length;
              return (
                <li key={chapter.key}>
                  <a href={`#chapter-${chapter.key}`}>
                    <span class="chapter-number">{chapter.number}</span>
                    <span>{chapter.title}</span>
                    {found > 0 && <Badge tone="warning">{found}</Badge>}
                  </a>
                </li>
              );
            })}
          </ol>
        </nav>
        <div>
          {chapters.map((chapter) => (
            <Card
              key={chapter.key}
              id={`chapter-${chapter.key}`}
              title={`${chapter.number}. ${chapter.title}`}
              actions={
                mayEdit && (
                  <LinkButton small href={`${base}/chapters/${chapter.key}`} icon="pencil">
                    编辑
                    <span class="visually-hidden">“{chapter.title}”</span>
                  </LinkButton>
                )
              }
            >
              <Prose blocks={chapter.blocks} year={desk.report.year} />
              <ChapterFindings findings={findingsOf(desk, chapter)} />
              <EditedNote desk={desk} chapter={chapter} />
            </Card>
          ))}
        </div>
      </div>
    </ReportFrame>
  );
}

const findingsOf = (desk: ReportDesk, chapter: CompiledChapter): Finding[] =>
  desk.report.findings.filter((finding) => finding.chapter === chapter.key);

/** Beside the editor: what contradicts the table, then the chapter as it will read. */
export function ChapterSide(props: { desk: ReportDesk; chapter: CompiledChapter; findings: Finding[] }) {
  const { desk, chapter, findings } = props;
  return (
    <>
      <div hidden data-notes={JSON.stringify(findings.map((finding) => noteOf(desk, finding)))} />
      <ChapterFindings findings={findings} />
      <h2>预览</h2>
      <Prose blocks={chapter.blocks} year={desk.report.year} />
      {chapter.blocks.length === 0 && (
        <p class="help">
          {chapter.tables.length > 0
            ? '本章印统计表，需要时可以在表前加文字。'
            : '本章还没有文字，将印为“本年度无相关情况。”'}
        </p>
      )}
    </>
  );
}

/** What the editor marks in the text: the words, the table's figure, and what to put in place of the typed number. */
function noteOf(desk: ReportDesk, finding: Finding) {
  const [at] = finding.cells;
  const quote = finding.quote ?? '';
  const found = at ? cellAt(desk.report.tables, at) : null;
  const typed = numbersIn(quote).find((number) => number.value === finding.left);
  // A wording may state several cells together; no one of them can take the place of the number then.
  const isThisCell =
    finding.cells.length === 1 &&
    found !== null &&
    found.cell.value !== null &&
    found.cell.value === finding.right;
  return {
    quote,
    message: finding.message,
    table: tableWords(found, finding.right, isThisCell),
    replace: typed && isThisCell ? { number: typed.text, ref: found.ref } : null,
  };
}

function tableWords(found: CellInReport | null, right: number | null, isThisCell: boolean): string {
  if (!found) return '';
  if (right === null) return found.cell.value === null ? '表中空白' : '';
  return `表中${isThisCell ? '' : '合计'} ${formatNumber(right)} ${found.unit}`;
}

function ChapterFindings({ findings }: { findings: Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <Alert tone="warning" title="文字需要核实">
      <ul class="chapter-findings">
        {findings.map((finding) => (
          <li key={`${finding.rule}${finding.quote}${finding.message}`}>
            <span class="finding-rule">{finding.rule}</span>
            {finding.message}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

export function EditedNote({ desk, chapter }: { desk: ReportDesk; chapter: CompiledChapter }) {
  const edited = desk.chapterRevisions.get(chapter.key);
  if (!edited?.editedBy && chapter.blocks.length === 0 && chapter.tables.length > 0)
    return <p class="help">本章印统计表，需要时可以在表前加文字。</p>;
  if (!edited?.editedBy) return <p class="help">尚未修改，目前为模板文字。</p>;
  return (
    <p class="help">
      {edited.editedBy}于 {formatDateTime(edited.editedAt)} 修改（第 {edited.revision} 次）
    </p>
  );
}
