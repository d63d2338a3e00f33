import type { SetReport } from '../model.ts';
import { type DrawnTable, drawTable } from '../printed-table.ts';
import { escaped, publishedOn, spans, surroundings } from './html-parts.ts';

/** A site system of today: elements say what they are. */
export function semanticPage(report: SetReport): string {
  const article = [
    ...report.preface.map(paragraph),
    ...report.chapters.flatMap(({ title, paragraphs, tables }) => [
      `<h2>${escaped(title)}</h2>`,
      ...paragraphs.map(paragraph),
      ...tables.map((id) => figure(report, drawTable(report, id))),
    ]),
  ];
  return `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="UTF-8">
<meta name="ArticleTitle" content="${escaped(report.title)}">
<meta name="PubDate" content="${publishedOn(report.year, 20)}">
<meta name="SiteName" content="${escaped(report.unit.name)}门户网站">
<title>${escaped(report.title)}</title>
<style>table{border-collapse:collapse}td,th{border:1px solid #999;padding:4px}</style>
</head>
<body>
<nav><ul>${surroundings.navigation.map((item) => `<li><a href="#">${item}</a></li>`).join('')}</ul></nav>
<main>
<article>
<h1>${escaped(report.title)}</h1>
<p class="meta"><time>${publishedOn(report.year, 20)}</time> 来源：${escaped(report.unit.name)}办公室</p>
${article.join('\n')}
</article>
</main>
<footer><p>${surroundings.footer}</p></footer>
<script>document.title = "${escaped(report.title)}"; if (1 < 2) { window.seen = true; }</script>
</body>
</html>
`;
}

const paragraph = (text: string): string => `<p>${escaped(text)}</p>`;

function figure(report: SetReport, table: DrawnTable): string {
  const row = (cells: DrawnTable['rows'][number]) =>
    `<tr>${cells.map((cell) => `<${tag(cell.role)}${spans(cell)}>${escaped(cell.text)}</${tag(cell.role)}>`).join('')}</tr>`;
  const head = table.rows.slice(0, table.headerRows).map(row);
  const body = table.rows.slice(table.headerRows).map(row);
  const caption =
    table.id === 'statistics' ? `<caption>政府信息公开情况统计表（${report.year}年度）</caption>` : '';
  return `<table>${caption}${head.length > 0 ? `<thead>${head.join('')}</thead>` : ''}<tbody>\n${body.join('\n')}\n</tbody></table>`;
}

const tag = (role: string): string => (role === 'header' ? 'th' : 'td');
