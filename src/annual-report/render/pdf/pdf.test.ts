import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import type { CompiledReport } from '../../model.ts';
import { compiledFixture } from '../fixtures/eras.ts';
import { hostileReport } from '../fixtures/hostile.ts';
import { kunmingReport } from '../fixtures/kunming.ts';
import { renderPdf } from './index.ts';

async function read(report: CompiledReport) {
  const data = await renderPdf(report);
  const raw = Buffer.from(data).toString('latin1');
  const pdf = await getDocument({ data, verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const content = await (await pdf.getPage(number)).getTextContent();
    pages.push(content.items.map((item) => ('str' in item ? item.str : '')).join(''));
  }
  return {
    pdf,
    raw,
    pages: pages.map((text) => text.replace(/\s/g, '')),
    all: pages.join('').replace(/[\s\u200b]/g, ''),
  };
}

describe('the 2018 report as PDF', async () => {
  const report = kunmingReport();
  const { pdf, raw, pages, all } = await read(report);

  it('is A4, titled, dated by the report, in Chinese, tagged and claims PDF/UA', async () => {
    const { info, metadata } = await pdf.getMetadata();
    const page = await pdf.getPage(1);
    expect(page.view.map(Math.round)).toEqual([0, 0, 595, 842]);
    expect(info).toMatchObject({ Title: report.title, Author: report.agency.name, Language: 'zh-CN' });
    expect((info as { CreationDate?: string }).CreationDate).toContain('20190128');
    expect((await pdf.getMarkInfo())?.Marked).toBe(true);
    expect(metadata.getRaw()).toContain('pdfuaid');
  });

  it('embeds every font as a subset', () => {
    const fonts = [...raw.matchAll(/\/BaseFont\s*\/([^\s/>]+)/g)].map(([, name]) => name);
    expect(fonts.length).toBeGreaterThan(2);
    for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+Noto(Serif|Sans)SC/);
  });

  it('has bookmarks and a contents page naming all fourteen chapters and the table with their pages', async () => {
    const outline = await pdf.getOutline();
    expect(outline).toHaveLength(14);
    expect(outline[0]?.title).toBe('一、总体公开情况');
    expect(pages[1]).toMatch(/目录一、总体公开情况[.\s]*1二、/);
    const printed = Number(/政府信息公开情况统计表\.*(\d+)$/.exec(pages[1] ?? '')?.[1]);
    expect(pages[printed + 1]).toContain('政府信息公开情况统计表（2018年度）');
  });

  it('prints odd numbers at the right and even numbers at the left', async () => {
    const x = async (number: number, text: string) => {
      const items = (await (await pdf.getPage(number)).getTextContent()).items;
      const found = items.filter((item) => 'str' in item && item.transform[5] < 99).at(0);
      const line = items.map((item) => ('str' in item && item.transform[5] < 99 ? item.str : '')).join('');
      expect(line.trim()).toBe(text);
      return found && 'transform' in found ? found.transform[4] : Number.NaN;
    };
    expect(await x(3, '— 1 —')).toBeGreaterThan(400);
    expect(await x(4, '— 2 —')).toBeLessThan(150);
  });

  it('repeats the table header on each of its pages and prints the office and the foot', () => {
    const table = pages.filter((text) => text.includes('统计指标单位统计数'));
    expect(table).toHaveLength(2);
    expect(table[0]).toContain('填报单位（盖章）：昆明高新区管委会办公室');
    expect(table[0]).toContain('3.政务微博公开政府信息数条5810');
    for (const label of [
      '单位负责人：刘德荣',
      '审核人：',
      '填报人：',
      '联系电话：',
      '填报日期：2019年1月25日',
    ])
      expect(table[1]).toContain(label);
  });

  it('carries digest, version, the mark of demonstration data and the caption of the chart', () => {
    expect(pages[0]).toContain(report.signed?.digest);
    expect(pages[0]).toContain('第1版');
    expect(pages[0]).toContain('示例数据');
    expect(all).toContain('图1各渠道公开政府信息数(条)');
  });
});

it('gives the same bytes for the same report', async () => {
  const [first, second] = [await renderPdf(kunmingReport()), await renderPdf(kunmingReport())];
  expect(Buffer.compare(first, second)).toBe(0);
});

it('says 草稿 on an unsigned report and leaves the mark off real data', async () => {
  const report = kunmingReport({ signed: null, publishedOn: null, status: 'draft', version: 0 });
  report.agency.demonstration = false;
  const { pages } = await read(report);
  expect(pages[0]).toContain('未签发的草稿');
  expect(pages[3]).toContain('草稿');
  expect(pages[0]).not.toContain('示例');
});

it('prints grouped headers and sections of later formats without a form around them', async () => {
  const { pages, all } = await read(compiledFixture('2021'));
  expect(all).toContain('第二十条第（五）项信息内容本年处理决定数量行政许可6087');
  const [requests, ...others] = pages.filter((text) => text.includes('法人或其他组织'));
  expect(others).toEqual([]);
  for (const words of ['一、本年新收政府信息公开申请数量', '（五）不予处理', '四、结转下年度继续办理'])
    expect(requests).toContain(words);
  expect(all).toContain('注：本列数据的勾稽关系');
  expect(all).not.toContain('填报单位');
});

it('shows hostile text as it is and never as markup', async () => {
  const { all, raw } = await read(hostileReport());
  expect(all).toContain('#eval("1+1")#sys.inputs$x^2$*粗*_斜_<标签>@引用`码`//注');
  expect(all).toContain("=cmd|'/Ccalc'!A0");
  expect(all).toContain('<script>alert(1)</script>&amp;');
  expect(all).toContain('a'.repeat(120));
  expect(all).toContain('三、没有内容的一章');
  expect(raw).not.toContain('javascript:');
});

it('says so where a chapter has nothing to report', async () => {
  const report = kunmingReport({ charts: [] });
  const [, , second] = report.chapters;
  if (second) second.blocks = [];
  expect((await read(report)).all).toContain('二、主动公开政府信息情况本年度无相关情况。');
});

it('fails with the typesetter’s words on a chart that is no SVG', async () => {
  const report = kunmingReport();
  report.charts[0]!.svg = '<svg';
  await expect(renderPdf(report)).rejects.toThrow(/typesetting failed/);
  await expect(renderPdf(kunmingReport())).resolves.toBeInstanceOf(Uint8Array);
});
