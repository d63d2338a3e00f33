import { Workbook } from 'exceljs';
import { describe, expect, it } from 'vitest';
import { interpretedShare } from '../../src/areas/catalogue/index.ts';
import { allAgencies } from '../../src/areas/organisations/index.ts';
import { openDemonstration } from '../support/demonstration.ts';

/** 政府信息公开情况统计表（2018年度）, as it was published: 58 rows, blank where the paper is blank. */
const published: Record<string, number | null> = {
  '1.1': 9351,
  '1.1.1': 2,
  '1.1.2': 2,
  '1.2.1': 5,
  '1.2.2': 1927,
  '1.2.3': 5810,
  '1.2.4': 988,
  '1.2.5': 621,
  '2.1': 127,
  '2.2.1': 4,
  '2.2.1.1': 1,
  '2.2.2': 2,
  '2.2.2.1': 2,
  '2.2.3': 275,
  '2.2.4': 127,
  '2.2.5': 17,
  '3.1': 3,
  '3.1.1': 3,
  '3.1.2': null,
  '3.1.3': null,
  '3.1.4': null,
  '3.2': 3,
  '3.2.1': 3,
  '3.2.2': null,
  '3.3': null,
  '3.3.1': null,
  '3.3.2': 3,
  '3.3.3': null,
  '3.3.4': null,
  '3.3.4.1': null,
  '3.3.4.2': null,
  '3.3.4.3': null,
  '3.3.4.4': null,
  '3.3.4.5': null,
  '3.3.4.6': null,
  '3.3.5': null,
  '3.3.6': null,
  '3.3.7': null,
  '3.3.8': null,
  '4': null,
  '4.1': null,
  '4.2': null,
  '4.3': null,
  '5': null,
  '5.1': null,
  '5.2': null,
  '5.3': null,
  '6': null,
  '7': null,
  '8.1': 1,
  '8.2': null,
  '8.3': 4,
  '8.3.1': 1,
  '8.3.2': 3,
  '8.4': 5,
  '9.1': 1,
  '9.2': 2,
  '9.3': 100,
};
/** The paper leaves row 3.3 blank though one of its parts is 3 (S3); counted from the requests themselves it is 3. */
const kept: Record<string, number | null> = { ...published, '3.3': 3 };
/** In printed order; an object would put 4 to 7 first. */
const codes = Object.keys(published).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

const { app, server } = await openDemonstration();
const { pool } = app.connection;
const get = (url: string) => server.inject({ url });
const text = async (url: string) => (await get(url)).body;

describe('the demonstration year', () => {
  it('has the 58 rows of the published table', () => {
    expect(codes).toHaveLength(58);
  });

  it('gives them in JSON', async () => {
    const { rows } = JSON.parse(await text('/reports/2018.json')) as {
      rows: { code: string; value: number | null }[];
    };
    expect(Object.fromEntries(rows.map(({ code, value }) => [code, value]))).toEqual(kept);
  });

  it('gives them in CSV', async () => {
    const lines = (await text('/reports/2018.csv')).replace('\uFEFF', '').trim().split(/\r?\n/);
    const values = lines.flatMap((line): [string, number | null][] => {
      const cells = line.split(',').map((cell) => cell.replaceAll(/^"|"$/g, ''));
      const code = cells.find((cell) => codes.includes(cell));
      const value = cells.at(-1) ?? '';
      return code ? [[code, value === '' ? null : Number(value)]] : [];
    });
    expect(Object.fromEntries(values)).toEqual(kept);
  });

  it('gives them in Excel, sums as formulas with the same results', async () => {
    const book = new Workbook();
    const { rawPayload } = await get('/reports/2018.xlsx');
    await book.xlsx.load(rawPayload as unknown as ArrayBuffer);
    const sheet = book.worksheets.find(({ name }) => name.includes('统计表'))!;
    const printed: (number | null)[] = [];
    sheet.eachRow((row) => {
      const unit = row.getCell(2).text;
      if (!/^(条|件|次|篇|个|人|人次|万元)$/.test(unit)) return;
      const { value, result } = row.getCell(3);
      const number = typeof value === 'object' && value !== null ? result : value;
      printed.push(typeof number === 'number' ? number : null);
    });
    expect(printed).toEqual(codes.map((code) => kept[code]));
  });

  it('prints them on the public page, each leading to its evidence', async () => {
    const page = await text('/reports/2018');
    const shown = [
      ...page.matchAll(
        /href="\/reports\/2018\/figures\/([\d.]+)\/value"[^>]*>(?:<span class="blank">)?([^<]*)/g,
      ),
    ];
    expect(
      Object.fromEntries(shown.map(([, code, value]) => [code, value === '空白' ? null : Number(value)])),
    ).toEqual(kept);
    for (const code of ['1.1', '2.2.1', '8.3.2', '9.3']) {
      const evidence = await text(`/reports/2018/figures/${code}/value`);
      expect(evidence, code).toContain('依据（签发时冻结）');
    }
  });

  it('explains its normative documents, and each leads to the other in public', async () => {
    const { rows } = await pool.query<{ document: string; href: string; by: string; byHref: string }>(`
      SELECT d.title AS document, '/items/' || d.index_number AS href, i.title AS by, '/items/' || i.index_number AS "byHref"
      FROM item_versions v JOIN items i ON i.agency_id = v.agency_id AND i.id = v.item_id
        JOIN items d ON d.agency_id = v.agency_id AND d.id = ANY (v.interprets)
      WHERE v.state = 'published' ORDER BY i.id`);
    expect(rows).toHaveLength(12);
    for (const { document, href, by, byHref } of rows.slice(0, 3)) {
      expect(await text(href)).toContain(by);
      expect(await text(byHref)).toContain(document);
    }
    const { id } = (await allAgencies(app.connection.db))[0]!;
    expect(await interpretedShare(app.connection.db, id, 2018)).toEqual({ documents: 2, interpreted: 2 });
  });

  it('has topics that gather items of other columns, and counts none of these twice', async () => {
    const index = await text('/topics');
    const topics = [
      ...index.matchAll(
        /<h2><a href="(\/catalogue\/[a-z-]+)">([^<]+)<\/a><\/h2><p>[^<]{20,}<\/p><p class="quiet">(\d+) 条，(2018年\d+月\d+日)更新/g,
      ),
    ];
    expect(topics.map(([, , name]) => name)).toEqual([
      '优化营商环境',
      '创新创业在高新',
      '2018年安全生产月',
      '脱贫攻坚挂联帮扶',
    ]);
    expect(topics.map(([, , , total]) => Number(total))).toEqual([291, 129, 19, 48]);
    for (const [, address, name] of topics) {
      const page = await text(address as string);
      expect(page).toMatch(/<img class="topic-picture" src="\/files\/columns\/[^"]+" alt="[^"]+"/);
      const headings = [...page.matchAll(/<h2 id="topic-[^"]+">([^<]+)</g)];
      expect(headings.length, name).toBeGreaterThan(2);
      expect(page).toMatch(/<meta name="ColumnKeywords" content="[^"]+,[^"]+"/);
    }
    const { rows } = await pool.query(`
      SELECT count(*) FILTER (WHERE cardinality(v.further_columns) = 1 AND c.kind = 'topic' AND i.column_id IS NOT NULL)::int AS gathered,
        count(*) FILTER (WHERE o.kind = 'topic')::int AS own
      FROM items i JOIN item_versions v ON v.agency_id = i.agency_id AND v.item_id = i.id AND v.version = i.live_version
        LEFT JOIN catalogue_columns c ON c.agency_id = v.agency_id AND c.id = ANY (v.further_columns)
        LEFT JOIN catalogue_columns o ON o.agency_id = i.agency_id AND o.id = i.column_id`);
    expect(rows).toEqual([{ gathered: 487, own: 0 }]);
  });

  it('adds up: the evidence of a figure is the figure', async () => {
    for (const code of ['1.2.1', '1.2.3', '2.2.3', '3.1.1', '3.3', '3.3.2', '9.3', '8.4']) {
      let total = 0;
      let address: string | null = `/reports/2018/figures/${code}/value`;
      while (address !== null) {
        const page: string = await text(address);
        for (const [, quantity] of page.matchAll(/data-label="数量" class="numeric">([\d,.]+)/g))
          total += Number(quantity?.replaceAll(',', ''));
        address = /rel="next" href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? null;
      }
      expect(total, code).toBe(kept[code]);
    }
  });

  it('shows the three requests behind chapter 3 by their numbers and results, without what was asked for', async () => {
    const evidence = await text('/reports/2018/figures/3.3.2/value');
    for (const number of ['2018-000001', '2018-000002', '2018-000003'])
      expect(evidence).toContain(`申请 ${number}（同意公开）`);
    expect(evidence).not.toContain('备案清单');
  });

  it('carries the same numbers in its fourteen chapters, and has nothing to explain', async () => {
    const page = await text('/reports/2018');
    for (const words of [
      '政务微博公开政府信息数',
      '新闻发布会',
      '专职工作人员',
      '一、总体公开情况',
      '十四、其他应报告的事项',
    ])
      expect(page).toContain(words);
    expect(page).not.toContain('未填合计');
    expect(page).toContain('示例');
  });

  it('has the gazette whose documents row 1.2.1 counts, each once', async () => {
    const list = await text('/gazette');
    const issues = [...list.matchAll(/href="(\/gazette\/2018\/\d+)"/g)].map(([, address]) => address ?? '');
    expect(issues).toEqual(['/gazette/2018/3', '/gazette/2018/2', '/gazette/2018/1']);
    const pages = await Promise.all(issues.map(text));
    const printed = pages.flatMap((page) => [...page.matchAll(/class="gazette-entry"/g)]);
    expect(printed).toHaveLength(published['1.2.1'] ?? 0);
    const { rows } = await pool.query(
      `SELECT count(*)::int AS posts, count(DISTINCT address)::int AS issues FROM channel_posts WHERE channel = 'gazette'`,
    );
    expect(rows).toEqual([{ posts: 5, issues: 3 }]);
    await app.jobs.drain(app);
    const pdf = await get('/gazette/2018/1.pdf');
    expect([pdf.statusCode, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
  }, 60_000);
});
