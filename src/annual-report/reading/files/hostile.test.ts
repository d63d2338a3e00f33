import JSZip from 'jszip';
import { describe, expect, it, vi } from 'vitest';
import { UnreadableFile } from '../../../core/spreadsheet/limits.ts';
import { at, pdfOf, rawPdf, rule } from './fixtures/raw-pdf.ts';
import { openBytes, shown, shownOf } from './fixtures/shown.ts';
import { p, part, tbl, tc, tr, word } from './fixtures/word.ts';

const MB = 2 ** 20;
const reasons = async (...args: Parameters<typeof openBytes>) =>
  (await openBytes(...args)).unread.map(({ reason }) => reason);

async function refusal(content: string | Uint8Array): Promise<UnreadableFile> {
  const error = await openBytes(content).catch((caught: unknown) => caught);
  if (error instanceof UnreadableFile) return error;
  throw new Error('the file was taken');
}

describe('large files', () => {
  it('a page of 50 MB is read to what it says, past scripts, pictures and comments', async () => {
    const filler = [
      `<script>${'var a="<p>";'.repeat(1.5 * MB)}</script>`,
      `<img src="data:,${'A'.repeat(15 * MB)}">`,
      `<!--${'-'.repeat(15 * MB)}-->`,
    ];
    expect(await shownOf(`<html>${filler.join('<p>甲')}<p>乙`)).toEqual(['甲', '甲', '乙']);
  });

  it.each<[string, string, string]>([
    ['text', `<p>${'政府信息公开，'.repeat(MB)}`, '文字超过'],
    ['paragraphs', '<p>甲'.repeat(60_000), '段落超过'],
    ['cells', '<table>'.concat('<tr><td>1<td>2'.repeat(60_000)), '单元格超过'],
    ['tables', '<table><tr><td>1<td>2</table>'.repeat(600), '表格超过'],
  ])('of a page with too much %s the rest is left unread, and told', async (_, page, words) => {
    expect((await reasons(page))[0]).toContain(words);
  });

  it('what was read before a bound is kept', async () => {
    const document = await openBytes('<p>甲</p><p>乙</p><p>丙</p>', { characters: 2 });
    expect(shown(document)).toEqual(['甲', '乙']);
    expect(document.unread[0]?.reason).toContain('文字超过 2 个');
  });

  it('reading stops when its time is up', async () => {
    expect((await reasons('<p>甲'.repeat(1000), { seconds: 0 }))[0]).toContain('秒');
    expect((await reasons(pdfOf([at(50, 600, 'b0a1')]), { seconds: 0 }))[0]).toContain('秒');
  });

  it.each([
    ['one endless line', '政'.repeat(MB)],
    ['one endless line of entities', `<p>${'&amp;'.repeat(MB)}`],
    ['blanks and dots', `${'. '.repeat(MB / 2)}x`],
    ['bars', '|'.repeat(MB / 8)],
    ['words apart', `<p>${'<b> a</b>'.repeat(MB / 8)}`],
    ['lines of one cell', `<table><tr><td>1<td>${'<br>a'.repeat(MB / 8)}<tr><td>1<td>2</table>`],
  ])('%s take time in proportion to their length', async (_, content) => {
    const started = performance.now();
    await openBytes(content);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('nesting', () => {
  it.each<[string, string | (() => Promise<Uint8Array>)]>([
    ['10 000 tables in tables of a page', '<table><tr><td>'.repeat(10_000)],
    [
      '10 000 tables in tables of a document',
      () => word('<w:tbl><w:tr><w:tc>'.repeat(10_000) + '</w:tc></w:tr></w:tbl>'.repeat(10_000)),
    ],
    [
      '10 000 elements in elements of a document',
      () => word('<w:sdt>'.repeat(10_000) + '</w:sdt>'.repeat(10_000)),
    ],
  ])('%s are refused', async (_, content) => {
    expect((await refusal(typeof content === 'string' ? content : await content())).fault).toBe('bomb');
  });

  it('deep elements of a page that are no tables flow into one another', async () => {
    expect(await shownOf(`${'<div><span class=row>'.repeat(50_000)}甲`)).toEqual(['甲']);
  });

  it('tables a few deep are opened', async () => {
    const page = `${'<table><tr><td>'.repeat(20)}<table><tr><td>甲<td>1<tr><td>乙<td>2</table>${'</td></tr></table>'.repeat(20)}`;
    expect(await shownOf(page)).toEqual([['甲 | 1', '乙 | 2']]);
  });

  it('spans without measure stay in the table', async () => {
    const row = `<tr>${'<td colspan=100000 rowspan=100000>1</td>'.repeat(300)}</tr>`;
    const [block] = (await openBytes(`<table>${row.repeat(20)}</table>`)).blocks;
    const cells = block?.kind === 'table' ? block.rows.flatMap(({ cells }) => cells) : [];
    expect(Math.max(...cells.map(({ column, colSpan }) => column + colSpan))).toBeLessThanOrEqual(256);
    expect(Math.max(...cells.map(({ rowSpan }) => rowSpan))).toBeLessThanOrEqual(20);
  });
});

describe('packages', () => {
  it('that unpack to too much are refused', async () => {
    const zip = new JSZip();
    zip.file('[Content_Types].xml', '<Types/>').file('word/document.xml', new Uint8Array(30 * MB));
    const bytes = await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
    const { fault, message } = await refusal(bytes);
    expect([fault, message]).toEqual(['bomb', expect.stringContaining('只保留报告本身')]);
  });

  it('with entities that explode are refused', async () => {
    const entities = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]>';
    const zip = await JSZip.loadAsync(await word(p('甲')));
    zip.file(
      'word/document.xml',
      `<?xml version="1.0"?>${entities}${part('document', `<w:body>${p('&c;')}</w:body>`).slice(38)}`,
    );
    expect((await refusal(await zip.generateAsync({ type: 'uint8array' }))).fault).toBe('damaged');
  });

  it('pointing elsewhere are read without going there', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    const relations =
      '<Relationships><Relationship Id="r1" Type="attachedTemplate" Target="http://example.invalid/t.dotm" TargetMode="External"/><Relationship Id="r2" Type="image" Target="file:///etc/passwd" TargetMode="External"/></Relationships>';
    const body =
      p('甲') +
      tbl(tr(tc('1'), tc('2')), tr(tc('3'), tc('4'))) +
      '<w:p><w:r><w:drawing><a:blip r:link="r2"/></w:drawing></w:r></w:p>';
    expect(await shownOf(await word(body, { 'word/_rels/document.xml.rels': relations }))).toEqual([
      '甲',
      ['1 | 2', '3 | 4'],
    ]);
    expect(fetched).not.toHaveBeenCalled();
  });
});

describe('PDF files', () => {
  const text = at(50, 600, 'b0a1b0a1');
  const catalogue = (extra: string) =>
    rawPdf([
      `<< /Type /Catalog /Pages 2 0 R ${extra} >>`,
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>',
      '<< /Length 44 >>\nstream\nBT /F 12 Tf 1 0 0 1 50 600 Tm (hello) Tj ET  \nendstream',
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
      '<< /S /JavaScript /JS (this.x = 1; app.launchURL\\("http://example.invalid/"\\);) >>',
    ]);

  it('with scripts are read without running them', async () => {
    expect(await shownOf(catalogue('/OpenAction 6 0 R /AA << /WC 6 0 R >>'))).toEqual(['hello']);
  });

  it('with thousands of pages are read up to the limit', async () => {
    const document = await openBytes(pdfOf(Array.from({ length: 3000 }, () => text)), { pages: 20 });
    expect(document.blocks).toHaveLength(20);
    expect(document.unread[0]?.reason).toBe('PDF 有 3000 页，只读取了前 20 页');
  });

  it('whose page tree runs in a circle, or counts pages that are not there, are refused', async () => {
    const circle = rawPdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 5 >>',
      '<< /Type /Pages /Kids [2 0 R] /Count 5 /Parent 2 0 R >>',
    ]);
    expect((await refusal(circle)).fault).toBe('damaged');
    const absent = rawPdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [9 0 R] /Count 100000 >>',
    ]);
    expect((await refusal(absent)).fault).toBe('damaged');
  });

  it('whose forms draw themselves end', async () => {
    const bytes = rawPdf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>',
      '<< /Length 5 >>\nstream\n/X Do\nendstream',
      '<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 5 >>\nstream\n/X Do\nendstream',
    ]);
    expect((await openBytes(bytes)).blocks).toEqual([]);
  });

  it('drawn full of rules and of crumbs of text are no tables', async () => {
    const drawing = Array.from({ length: 3000 }, (_, n) =>
      rule((n * 7) % 600, (n * 11) % 800, ((n * 7) % 600) + 30, (n * 11) % 800),
    );
    expect(await shownOf(pdfOf([[...drawing, text].join('\n')]))).toEqual(['啊啊']);
    const crumbs = Array.from({ length: 21_000 }, (_, n) =>
      at((n * 17) % 590, (n * 13) % 790, 'b0a1', 3),
    ).join('\n');
    expect((await reasons(pdfOf([crumbs])))[0]).toContain('过于零碎');
  });
});
