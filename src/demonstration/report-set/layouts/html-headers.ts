import type { SetReport } from '../model.ts';
import { type DrawnCell, type DrawnTable, drawTable } from '../printed-table.ts';
import { escaped, publishedOn, spans, surroundings } from './html-parts.ts';

/** A system that knows header cells too well: labels are `th` with row spans, empty places hold a space that does not break. */
export function headerPage(report: SetReport): string {
  const chapters = report.chapters.map(
    ({ title, paragraphs, tables }) => `<section>
<h3 class="section-title"><a name="s"></a>${escaped(title)}</h3>
${paragraphs.map((text) => `<p>&emsp;&emsp;${escaped(text)}</p>`).join('\n')}
${tables.map((id) => grid(drawTable(report, id))).join('\n')}
</section>`,
  );
  return `<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html;charset=UTF-8">
<meta name="ArticleTitle" content="${escaped(report.title)}"><meta name="ContentSource" content="${escaped(report.unit.name)}">
<title>${escaped(report.unit.name)} 政府信息公开年报 ${escaped(report.title)}</title>
<script type="application/ld+json">{"@type":"Article","headline":"${escaped(report.title)}"}</script>
</head><body>
<header><p>${surroundings.navigation.join(' | ')}</p></header>
<h2>${escaped(report.title)}</h2>
<p class="source">发布时间：${publishedOn(report.year, 28)} 09:30</p>
${report.preface.map((text) => `<p>&emsp;&emsp;${escaped(text)}</p>`).join('\n')}
${chapters.join('\n')}
<footer>${surroundings.footer}</footer>
</body></html>
`;
}

function grid(table: DrawnTable): string {
  const rows = (part: DrawnTable['rows']) =>
    part.map((row) => `<tr>${row.map(box).join('')}</tr>`).join('\n');
  const columns = Array.from({ length: table.columns }, () => '<col>').join('');
  return `<table class="gk-table"><colgroup>${columns}</colgroup>
<thead>
${rows(table.rows.slice(0, table.headerRows))}
</thead>
<tbody>
${rows(table.rows.slice(table.headerRows))}
</tbody></table>`;
}

function box(cell: DrawnCell): string {
  const shown = cell.text === '' ? '&nbsp;' : escaped(cell.text);
  if (cell.role === 'value')
    return `<td class="num">&nbsp;${shown}&nbsp;</td>`.replace('<td', `<td${spans(cell)}`);
  return `<th${spans(cell)} scope="${cell.role === 'header' ? 'col' : 'row'}">${shown}</th>`;
}
