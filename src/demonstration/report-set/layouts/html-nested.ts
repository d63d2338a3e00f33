import type { SetReport } from '../model.ts';
import { type DrawnTable, drawTable } from '../printed-table.ts';
import { escaped, publishedOn, spans, surroundings } from './html-parts.ts';

/** A site of the years around 2005: the page itself is made of tables within tables, paragraphs are broken lines. */
export function nestedPage(report: SetReport): string {
  const lines = (texts: readonly string[]) => texts.map((text) => `　　${escaped(text)}<BR>`).join('\r\n');
  const chapters = report.chapters.map(
    ({ title, paragraphs, tables }) =>
      `　　<B>${escaped(title)}</B><BR>\r\n${lines(paragraphs)}${tables.map((id) => grid(report, drawTable(report, id))).join('\r\n')}`,
  );
  return `<HTML>
<HEAD>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=gb2312">
<TITLE>${escaped(report.title)}</TITLE>
</HEAD>
<BODY BGCOLOR=#FFFFFF TOPMARGIN=0>
<TABLE WIDTH=980 ALIGN=center CELLSPACING=0 CELLPADDING=0>
<TR><TD COLSPAN=2 BACKGROUND="top.gif" HEIGHT=120>&nbsp;</TD></TR>
<TR>
<TD WIDTH=180 VALIGN=top>
<TABLE WIDTH="100%">${surroundings.navigation.map((item) => `<TR><TD><IMG SRC="dot.gif"> <A HREF="list.asp">${item}</A></TD></TR>`).join('')}</TABLE>
</TD>
<TD VALIGN=top>
<TABLE WIDTH="100%" CELLPADDING=8><TR><TD ALIGN=center><FONT SIZE=5 COLOR=red>${escaped(report.title)}</FONT></TD></TR>
<TR><TD ALIGN=center><FONT SIZE=2>发布时间：${publishedOn(report.year, 18)}　浏览次数：${report.year - 1000}　【大 中 小】</FONT></TD></TR>
<TR><TD CLASS=content><FONT SIZE=3>
${lines(report.preface)}
${chapters.join('\r\n')}
</FONT></TD></TR></TABLE>
</TD>
</TR>
<TR><TD COLSPAN=2 ALIGN=center><FONT SIZE=2>${surroundings.footer}</FONT></TD></TR>
</TABLE>
</BODY>
</HTML>
`;
}

/** Rows and cells are never closed. */
function grid(report: SetReport, table: DrawnTable): string {
  const caption =
    table.id === 'statistics' ? `<CENTER>政府信息公开情况统计表<BR>（${report.year}年度）</CENTER>` : '';
  const rows = table.rows.map(
    (row) =>
      `<TR>${row.map((cell) => `<TD ALIGN=center${spans(cell)}><FONT SIZE=2>${cell.text === '' ? '&nbsp;' : escaped(cell.text)}</FONT>`).join('\r\n')}`,
  );
  return `${caption}<TABLE BORDER=1 CELLSPACING=0 BORDERCOLOR=#000000 ALIGN=center WIDTH="95%">${rows.join('\r\n')}</TABLE>`;
}
