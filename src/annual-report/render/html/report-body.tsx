import type { Block, CompiledChapter, CompiledReport, Inline, ReportChart } from '../../model.ts';
import { blankText } from '../grid.ts';
import { chartInWords, footFields, isForm, printOrder, reportingOffice, tableTitle } from '../print-model.ts';
import { chapterHeading, emptyChapter, isChapterEmpty, plain, safeHref } from '../words.ts';
import { StatisticsTable, type StatisticsTableProps } from './statistics-table.tsx';

export interface ReportBodyProps {
  report: CompiledReport;
  /** Address of a chart's picture; without it the picture is carried in the page. */
  chartSrc?: (chart: ReportChart) => string;
  cell?: StatisticsTableProps['cell'];
}

export const chapterId = (chapter: Pick<CompiledChapter, 'key'>): string =>
  `chapter-${encodeURIComponent(chapter.key)}`;

/** The picture itself as an address; as an image it can run no script and needs no inline style of the page. */
export function chartDataUri(chart: ReportChart): string {
  return `data:image/svg+xml;base64,${Buffer.from(chart.svg, 'utf8').toString('base64')}`;
}

/** All chapters with their charts and tables, as pages and the standalone file show them. */
export function ReportBody({ report, chartSrc = chartDataUri, cell }: ReportBodyProps) {
  const order = printOrder(report);
  return (
    <div class="report-body">
      {report.chapters.map((chapter) => {
        const charts = order.charts.get(chapter.key) ?? [];
        const tables = order.tables.get(chapter.key) ?? [];
        const heading = chapterHeading(chapter);
        const bare = heading !== '' && isChapterEmpty(chapter) && charts.length + tables.length === 0;
        const drawn = charts.map((chart) => <Chart key={chart.id} chart={chart} src={chartSrc(chart)} />);
        return (
          <section key={chapter.key} id={chapterId(chapter)} class="report-chapter">
            {heading !== '' && <h2>{plain(heading)}</h2>}
            {bare && <p>{emptyChapter}</p>}
            {chapter.blocks.map((block, index) => (
              <BlockPart key={index} block={block} />
            ))}
            {isForm(report) && drawn}
            {tables.map((table) => {
              const title = tableTitle(table, chapter, report);
              return (
                <div key={table.id} class="report-statistics" id={`table-${encodeURIComponent(table.id)}`}>
                  {isForm(report) && (
                    <p class="report-office">
                      {plain(reportingOffice(report).label)}：{plain(reportingOffice(report).value)}
                    </p>
                  )}
                  <StatisticsTable
                    table={table}
                    blank={blankText(report)}
                    caption={plain(captionOf(title || table.title, report))}
                    captionHidden={title === ''}
                    cell={cell}
                  />
                </div>
              );
            })}
            {!isForm(report) && drawn}
          </section>
        );
      })}
      {report.foot.length > 0 && <Foot report={report} />}
    </div>
  );
}

const captionOf = (title: string, report: CompiledReport): string => `${title}（${report.year}年度）`;

function BlockPart({ block }: { block: Block }) {
  if (block.kind === 'paragraph') return <p>{inlineParts(block.inlines)}</p>;
  if (block.kind === 'heading') {
    return block.level === 1 ? <h3>{inlineParts(block.inlines)}</h3> : <h4>{inlineParts(block.inlines)}</h4>;
  }
  const items = block.items.map((item, index) => <li key={index}>{inlineParts(item)}</li>);
  return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
}

function inlineParts(inlines: readonly Inline[]) {
  return inlines.map((inline) => {
    const text = plain(inline.text);
    if (inline.kind === 'figure') return <data value={inline.value ?? ''}>{text}</data>;
    if (inline.kind === 'link') {
      const href = safeHref(inline.href);
      return href === null ? (
        text
      ) : (
        <a href={href} rel="noopener noreferrer">
          {text}
        </a>
      );
    }
    const emphasised = inline.italic ? <em>{text}</em> : text;
    return inline.bold ? <strong>{emphasised}</strong> : emphasised;
  });
}

function Chart({ chart, src }: { chart: ReportChart; src: string }) {
  return (
    <figure class="report-chart">
      <img src={src} alt={plain(chartInWords(chart))} loading="lazy" />
      <figcaption>{plain(chart.title)}</figcaption>
      <details>
        <summary>查看数据</summary>
        <div class="report-table-frame">
          <table class="report-table">
            <thead>
              <tr>
                {chart.columns.map((column) => (
                  <th key={column} scope="col">
                    {plain(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {chart.rows.map((row, index) => (
                <tr key={index}>
                  {row.map((value, position) =>
                    position === 0 ? (
                      <th key={position} scope="row">
                        {plain(String(value ?? ''))}
                      </th>
                    ) : (
                      <td key={position} class="report-value">
                        {plain(String(value ?? ''))}
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

function Foot({ report }: { report: CompiledReport }) {
  return (
    <dl class="report-foot">
      {footFields(report).map(({ label, value }) => (
        <div key={label}>
          <dt>{plain(label)}</dt>
          <dd>{value === '' ? '—' : plain(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
