import type { SetReport } from '../model.ts';
import { type DrawnCell, type DrawnTable, drawTable } from '../printed-table.ts';
import { escaped, publishedOn, spans } from './html-parts.ts';

const song =
  'font-family:仿宋_GB2312;mso-hansi-font-family:Calibri;mso-bidi-font-family:&quot;Times New Roman&quot;;font-size:16.0pt';
const latin =
  'font-family:&quot;Times New Roman&quot;,&quot;serif&quot;;mso-fareast-font-family:仿宋_GB2312;font-size:16.0pt';

/** A text pasted from Word or WPS into the editor of a site: every run of letters in a span of its own. */
export function wordPage(report: SetReport): string {
  const body = [
    line(report.title, 'center', true),
    ...report.preface.map((text) => line(text)),
    ...report.chapters.flatMap(({ title, paragraphs, tables }) => [
      line(title, 'left', true),
      ...paragraphs.map((text) => line(text)),
      ...tables.flatMap((id) => [
        ...(id === 'statistics'
          ? [line('政府信息公开情况统计表', 'center', true), line(`（${report.year}年度）`, 'center')]
          : []),
        grid(drawTable(report, id)),
        '<p class="MsoNormal"><span lang="EN-US"><o:p>&nbsp;</o:p></span></p>',
      ]),
    ]),
  ];
  return `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>${escaped(report.title)}_${escaped(report.unit.name)}</title></head>
<body>
<div id="header"><img src="logo.png" alt="" /></div>
<div class="position">您当前的位置：首页&nbsp;&gt;&nbsp;政府信息公开&nbsp;&gt;&nbsp;政府信息公开年报</div>
<div class="zwgk_xl"><table class="index"><tr><td>索引号</td><td>9900${report.year}-${report.unit.code}</td><td>发布日期</td><td>${publishedOn(report.year, 26)}</td></tr></table></div>
<div id="zoom" class="TRS_Editor">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style>@font-face{font-family:仿宋_GB2312;} p.MsoNormal{margin:0cm;text-align:justify;}</style>
${body.join('\n')}
</div>
</body>
</html>
`;
}

function line(text: string, align = 'left', bold = false): string {
  const content = runs(text);
  return `<p class="MsoNormal" align="${align}" style="text-indent:32.0pt;mso-char-indent-count:2.0;line-height:28.0pt">${bold ? `<b style="mso-bidi-font-weight:normal">${content}</b>` : content}<span lang="EN-US" style="${latin}"><o:p></o:p></span></p>`;
}

/** Letters and digits stand in spans of their own, and long runs of characters are cut where the writer paused. */
function runs(text: string): string {
  return (text.match(/[!-~]+|[^!-~]{1,9}/gu) ?? [])
    .map((run) =>
      /^[!-~]/u.test(run)
        ? `<span lang="EN-US" style="${latin}">${escaped(run)}</span>`
        : `<span style="${song}">${escaped(run)}</span>`,
    )
    .join('');
}

function grid(table: DrawnTable): string {
  const rows = table.rows.map(
    (row) => `<tr style="mso-yfti-irow:0;height:22.7pt">\n${row.map(box).join('\n')}\n</tr>`,
  );
  return `<div align="center"><table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0" style="border-collapse:collapse;mso-table-layout-alt:fixed"><tbody>${rows.join('\n')}</tbody></table></div>`;
}

function box(cell: DrawnCell): string {
  const content =
    cell.text === '' ? `<span lang="EN-US" style="${latin}"><o:p>&nbsp;</o:p></span>` : runs(cell.text);
  return `<td width="${cell.span * 46}"${spans(cell)} valign="center" style="border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt"><p class="MsoNormal" align="center" style="text-align:center;mso-pagination:widow-orphan">${content}</p></td>`;
}
