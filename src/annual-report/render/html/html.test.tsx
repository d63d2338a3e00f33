import { render } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { compiledFixture } from '../fixtures/eras.ts';
import { hostileReport } from '../fixtures/hostile.ts';
import { kunmingReport } from '../fixtures/kunming.ts';
import { ReportBody, renderHtml, StatisticsTable } from './index.tsx';

const page = async (report = kunmingReport()) => new TextDecoder().decode(await renderHtml(report));

describe('the standalone page', () => {
  it('needs nothing from elsewhere and runs no script', async () => {
    const html = await page();
    expect(html).toMatch(/^<!doctype html>\n<html lang="zh-CN">/);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|<link|src="(?!data:)|url\(/);
  });

  it('has contents that lead to the chapters, the table, the foot and the standing', async () => {
    const html = await page();
    expect(html.match(/<a href="#chapter-/g)).toHaveLength(14);
    for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${id}"`);
    for (const words of [
      '示例数据',
      '单位负责人',
      '66c7f0f462eeedd9',
      '填报单位（盖章）：昆明高新区管委会办公室',
    ])
      expect(html).toContain(words);
    expect(html).toContain('<td colspan="1" class="report-value">5810</td>');
  });

  it('marks a draft and drops the demonstration mark for real data', async () => {
    const report = kunmingReport({ signed: null });
    report.agency.demonstration = false;
    const html = await page(report);
    expect(html).toContain('草稿');
    expect(html).not.toContain('示例数据');
  });

  it('says so where a chapter has nothing to report', async () => {
    const report = kunmingReport();
    report.chapters[10]!.blocks = [];
    expect(await page(report)).toContain(
      '十、信息公开相关举报、复议、诉讼情况</h2><p>本年度无相关情况。</p>',
    );
  });

  it('escapes hostile text and follows no dangerous link', async () => {
    const html = await page(hostileReport());
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script>alert(1)&lt;/script>');
    expect(html).toContain('href="https://www.example.gov.cn/"');
    expect(html).not.toContain('href="javascript:');
  });
});

describe('the shared parts', () => {
  it('carry no inline style or script, as the pages’ policy forbids them', () => {
    const html = render(
      <ReportBody report={kunmingReport()} chartSrc={({ id }) => `/reports/2018/charts/${id}.svg`} />,
    );
    expect(html).not.toMatch(/\sstyle=|<style|<script|\son\w+=/);
    expect(html).toContain('src="/reports/2018/charts/channels.svg"');
  });

  it('let a page put its own content into a cell', () => {
    const table = kunmingReport().tables[0]!;
    const html = render(
      <StatisticsTable
        table={table}
        blank=""
        caption="统计表"
        cell={({ row, text }) => <a href={`#${row.spec.code}`}>{text}</a>}
      />,
    );
    expect(html).toContain('<a href="#1.2.3">5810</a>');
    expect(html).toContain('<caption>统计表</caption>');
  });

  it('give wide tables header cells with scopes and spans', () => {
    const [, requests, remedies] = compiledFixture('2021').tables;
    const html = render(<StatisticsTable table={requests!} blank="0" caption="申请" />);
    expect(html).toContain('<th colspan="5" rowspan="1" scope="colgroup">法人或其他组织</th>');
    expect(html).toContain('<th colspan="1" rowspan="3" scope="col">办理情况</th>');
    expect(html).toContain('report-table-wide');
    expect(render(<StatisticsTable table={remedies!} blank="0" caption="复议" />).match(/<td/g)).toHaveLength(
      15,
    );
  });
});
