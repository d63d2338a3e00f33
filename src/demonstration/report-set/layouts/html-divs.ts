import type { SetReport } from '../model.ts';
import { type DrawnTable, drawTable, splitTable } from '../printed-table.ts';
import { escaped, publishedOn, spans, surroundings } from './html-parts.ts';

/** An editor that knows divs only; the report was pasted into one cell, long tables broken in two with their header again. */
export function divPage(report: SetReport): string {
  const parts = [
    `<div class="bt">${escaped(report.title)}</div>`,
    ...report.preface.map(line),
    ...report.chapters.flatMap(({ title, paragraphs, tables }) => [
      `<div><strong><span>${escaped(title)}</span></strong></div>`,
      ...paragraphs.map(line),
      ...tables.flatMap((id) => piecesOf(drawTable(report, id)).map(grid)),
    ]),
  ];
  return `<!doctype html><html><head><meta charset="utf-8"><title>${escaped(report.title)}-${escaped(report.unit.name)}</title></head><body><div class="wrap"><div class="nav">${surroundings.navigation.map((item) => `<div class="nav-i"><a href="/">${item}</a></div>`).join('')}</div>
<div class="info"><div>发文单位：${escaped(report.unit.name)}</div><div>成文日期：${publishedOn(report.year, 15)}</div></div>
<div class="con"><table><tbody><tr><td>
${parts.join('\n')}
</td></tr></tbody></table></div>
<div class="share"><div>分享到：微信 微博</div><div>上一篇：没有了</div><div>下一篇：${report.year - 1}年政府网站工作年度报表</div></div></div></body></html>`;
}

const line = (text: string): string =>
  `<div><div style="text-indent:2em"><span>${escaped(text)}</span><br></div></div>`;

function piecesOf(table: DrawnTable): DrawnTable[] {
  if (table.id === 'requests') return splitTable(table, 14);
  if (table.id === 'statistics') return splitTable(table, 30);
  if (table.id !== 'proactive') return [table];
  const starts = table.rows.flatMap(([first], index) => (first?.text.startsWith('第二十条') ? [index] : []));
  return starts.map((start, index) => ({ ...table, rows: table.rows.slice(start, starts[index + 1]) }));
}

function grid(table: DrawnTable): string {
  const rows = table.rows.map(
    (row) =>
      `<tr>${row.map((cell) => `<td${spans(cell)}><div><div>${escaped(cell.text)}</div></div></td>`).join('')}</tr>`,
  );
  return `<div class="table-box"><div><table border="1">${rows.join('')}</table></div></div>`;
}
