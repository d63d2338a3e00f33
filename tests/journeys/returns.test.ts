import JSZip from 'jszip';
import { beforeAll, describe, expect, it } from 'vitest';
import { returnForm } from '../../src/annual-report/index.ts';
import { addUnit } from '../../src/areas/organisations/index.ts';
import { saveDraft, sumReturns } from '../../src/areas/returns/index.ts';
import { clockAt } from '../../src/core/clock.ts';
import { readSheet, writeXlsx } from '../../src/core/spreadsheet/index.ts';
import { openDesk } from '../support/desk.ts';
import type { Page, Visitor } from '../support/visitor.ts';

const { app, agencyId, system, signedIn } = await openDesk({}, clockAt('2019-04-10'));
const { db } = app.connection;
const { year } = app.clock.today();
const [lastYear, month, fill] = [year - 1, `${year - 1}-03`, `/workbench/returns/fill?month=${year - 1}-03`];
const weibo = async () =>
  (await sumReturns(db, { agencyId, from: `${lastYear}-01-01`, to: `${lastYear}-12-31` }, app.figures)).get(
    'channels.weibo',
  ) ?? null;
const count = async () => (await db.selectFrom('returns').select('id').execute()).length;

let publisher: Visitor;
let officer: Visitor;
beforeAll(async () => {
  publisher = await signedIn('publisher');
  officer = await signedIn('disclosure-officer');
});

/** The hidden fields of the grid, as a browser would send them back. */
const hidden = (page: Page) =>
  Object.fromEntries(
    ['unit', 'from', 'to', 'version', 'desk'].map((name) => [
      name,
      new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1] ?? '',
    ]),
  );

describe('a month from the empty grid to the figure', () => {
  let href = '';

  it('keeps what was typed when something is wrong, and writes nothing', async () => {
    const grid = await publisher.get(fill);
    expect(grid.body).toContain('政务微博公开政府信息数');
    const wrong = await publisher.post('/workbench/returns/fill', {
      ...hidden(grid),
      'q.channels.weibo': '12.5',
      'q.channels.wechat': '十二',
      'n.channels.gazette': '没有数量的备注',
    });
    expect(wrong.status).toBe(422);
    expect(wrong.body).toContain('value="十二"');
    expect(wrong.body).toContain('“十二”不是数字');
    const fraction = await publisher.post('/workbench/returns/fill', {
      ...hidden(wrong),
      'q.channels.weibo': '12.5',
    });
    expect([fraction.status, fraction.body.includes('应填整数')]).toEqual([422, true]);
    const negative = await publisher.post('/workbench/returns/fill', {
      ...hidden(wrong),
      'q.channels.weibo': '-3',
    });
    expect(negative.body).toContain('不能是负数');
    expect(await count()).toBe(0);
  });

  it('saves by itself while it is typed, in plain words when it cannot', async () => {
    const head = hidden(await publisher.get(fill));
    const kept = await publisher.post('/workbench/returns/fill/draft', { ...head, 'q.channels.weibo': '11' });
    expect(kept.status).toBe(204);
    const refused = await publisher.post('/workbench/returns/fill/draft', {
      ...head,
      'q.channels.weibo': 'x',
    });
    expect([refused.status, refused.body]).toEqual([422, '“x”不是数字']);
    const again = await publisher.post('/workbench/returns/fill/draft', {
      ...head,
      'q.channels.weibo': '12',
    });
    expect(again.status).toBe(204);
    expect(await count()).toBe(1);
  });

  it('names the consequence, is submitted, and cannot be reviewed by its own hand or role', async () => {
    const fields = {
      'q.channels.weibo': '12',
      'b.channels.wechat': '1',
      'n.channels.wechat': '账号停用',
      'q.channels.gazette': '0',
    };
    const head = hidden(await publisher.get(fill));
    const saved = await publisher.post('/workbench/returns/fill', {
      ...head,
      ...fields,
      next: 'submission',
    });
    expect(saved.status).toBe(303);
    const confirm = await publisher.get(saved.location ?? '');
    expect(confirm.body).toContain('审核期间不能修改');
    href = (saved.location ?? '').replace('/submission', '');
    const submitted = await publisher.follow(await publisher.post(`${href}/submission`));
    expect(submitted.body).toContain('待审核');
    expect(submitted.body).toContain('留空');
    expect((await publisher.post(`${href}/acceptance`)).status).toBe(403);
    expect((await publisher.get(fill)).location).toBe(href);
    expect((await publisher.post('/workbench/returns/fill', { ...head, ...fields })).status).toBe(409);
    expect(await weibo()).toBeNull();
  });

  it('is sent back only with a reason, corrected, accepted in bulk, and counted', async () => {
    expect((await officer.get('/workbench/returns/review')).body).toContain(href);
    const silent = await officer.post(`${href}/rejection`, { reason: ' ' });
    expect([silent.status, silent.body.includes('请写明退回的理由')]).toEqual([422, true]);
    await officer.post(`${href}/rejection`, { reason: '微博应为13条' });
    expect((await publisher.get(fill)).body).toContain('微博应为13条');
    await publisher.post('/workbench/returns/fill', {
      ...hidden(await publisher.get(fill)),
      'q.channels.weibo': '13',
    });
    await publisher.post(`${href}/submission`);
    await officer.get('/workbench/returns/review');
    const id = href.split('/').at(-1) ?? '';
    const preview = await officer.post('/workbench/returns/review/preview', { id });
    expect(preview.body).toContain('将通过 1 份填报');
    const done = await officer.follow(await officer.post('/workbench/returns/review/acceptances', { id }));
    expect(done.body).toContain('已通过 1 份填报');
    expect(await weibo()).toEqual({ count: 1, quantity: 13, blank: false });
    const shown = await officer.get(href);
    for (const words of ['报送数据', '退回填报', '审核通过填报', '微博应为13条'])
      expect(shown.body).toContain(words);
  });

  it('appears in the matrix by word, in the search of the room, and in the export', async () => {
    expect((await publisher.get(`/workbench/returns?year=${lastYear}`)).body).toContain('办公室3月:已通过');
    const csv = await officer.get(`/workbench/returns/export.csv?year=${lastYear}`);
    expect(csv.body).toContain('channels.weibo,政务微博公开政府信息数,条,13');
    const xlsx = await officer.get(`/workbench/returns/export.xlsx?year=${lastYear}`);
    expect(xlsx.headers['content-disposition']).toContain('.xlsx');
  });
});

describe('two people in one draft', () => {
  it('shows the second what the first saved and loses nothing', async () => {
    const address = `/workbench/returns/fill?month=${lastYear}-05`;
    const mine = hidden(await publisher.get(address));
    const theirs = hidden(await officer.get(`${address}&unit=${mine.unit}`));
    await publisher.post('/workbench/returns/fill', { ...mine, 'q.channels.weibo': '7' });
    const conflict = await officer.post('/workbench/returns/fill', {
      ...theirs,
      'q.channels.weibo': '8',
      'q.channels.gazette': '2',
    });
    expect(conflict.status).toBe(409);
    expect(conflict.body).toContain('他人刚保存为');
    expect(conflict.body).toMatch(
      /name="q\.channels\.gazette"[^>]*value="2"|value="2"[^>]*name="q\.channels\.gazette"/,
    );
    const settled = await officer.post('/workbench/returns/fill', {
      ...hidden(conflict),
      'q.channels.weibo': '8',
    });
    expect(settled.status).toBe(303);
  });
});

describe('a workbook into the grid', () => {
  const address = `/workbench/returns/fill?month=${lastYear}-04`;
  const importTo = (name: string, content: Uint8Array | string) =>
    publisher.upload(`/workbench/returns/import?month=${lastYear}-04`, { name, content });
  const book = (unit: string, rows: (string | number | null)[][], monthShown = `${lastYear}-04`) =>
    writeXlsx([
      {
        name: '数据填报',
        heading: [`填报单位:${unit}`, `填报月份:${monthShown}`],
        columns: [
          { label: '指标代码' },
          { label: '指标' },
          { label: '数量', kind: 'number' },
          { label: '备注' },
        ],
        rows,
      },
    ]);

  it('offers a template that reads back, and shows which rows it took and which not', async () => {
    await publisher.get(address);
    const template = await publisher.get(`/workbench/returns/template.xlsx?month=${lastYear}-04`);
    expect(template.headers['content-type']).toContain('spreadsheetml');
    const rows = [
      ['channels.weibo', null, 21, '含转发'],
      ['channels.wechat', null, '留空', null],
      ['channels.gazette', null, -2, null],
      ['channels.website', null, 1.5, null],
      ['nothing', null, 1, null],
      ['channels.weibo', null, 3, null],
    ];
    const preview = await importTo('四月.xlsx', await book('办公室(BGS)', rows));
    expect(preview.status).toBe(200);
    expect(preview.body).toContain('2 行可用');
    for (const words of ['不能是负数', '应填整数', '没有可填报的指标“nothing”', '与第 4 行是同一指标'])
      expect(preview.body).toContain(words);
    expect(preview.body).toMatch(/value="21"/);
    const before = await count();
    const saved = await publisher.post('/workbench/returns/fill', {
      ...hidden(preview),
      'q.channels.weibo': '21',
    });
    expect([saved.status, await count()]).toEqual([303, before + 1]);
  });

  it('refuses hostile and foreign files whole, each in its own words', async () => {
    const before = await count();
    const macro = await JSZip.loadAsync(await book('办公室(BGS)', []));
    macro.file('xl/vbaProject.bin', 'x');
    const bomb = await JSZip.loadAsync(await book('办公室(BGS)', []));
    bomb.file('xl/worksheets/sheet1.xml', Buffer.alloc(20 * 1024 * 1024, 0x20));
    const zipped = (zip: JSZip) => zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
    const cases: [string, Uint8Array | string, number, string][] = [
      [
        '别的单位.xlsx',
        await book('文化局(WH)', [['channels.weibo', null, 1, null]]),
        422,
        '这是“文化局”的填报表',
      ],
      [
        '别的月份.xlsx',
        await book('办公室(BGS)', [['channels.weibo', null, 1, null]], `${lastYear}-02`),
        422,
        '请选择对应月份的文件',
      ],
      ['宏.xlsx', await zipped(macro), 422, '带有宏'],
      ['炸弹.xlsx', await zipped(bomb), 422, '文件异常'],
      ['网页.xlsx', '<html><table>', 422, '网页'],
      ['空.csv', '', 422, '空的'],
      ['大.csv', new Uint8Array(11 * 1024 * 1024).fill(0x61), 413, '10 MB'],
      ['没有表头.csv', '甲,乙\n1,2\n', 422, '没有找到表头'],
    ];
    for (const [name, content, status, words] of cases) {
      await publisher.get(address);
      const refused = await importTo(name, content);
      expect([name, refused.status, refused.body.includes(words)]).toEqual([name, status, true]);
    }
    expect(await count()).toBe(before);
  });

  it('reads GB18030 text', async () => {
    const { default: iconv } = await import('iconv-lite');
    await publisher.get(address);
    const preview = await importTo(
      '四月.csv',
      iconv.encode('指标,数量,备注\n政务微博公开政府信息数,31,含转发\n', 'gb18030'),
    );
    expect([preview.body.includes('1 行可用'), preview.body.includes('含转发')]).toEqual([true, true]);
  });
});

describe('evidence files', () => {
  it('are kept by content, downloaded, removed, and refused when they are not what they seem', async () => {
    const saved = await publisher.post('/workbench/returns/fill', {
      ...hidden(await publisher.get(`/workbench/returns/fill?month=${lastYear}-06`)),
      'q.channels.weibo': '1',
    });
    const href = saved.location ?? '';
    await publisher.get(href);
    const fake = await publisher.upload(`${href}/files`, { name: '截图.docx', content: '<html>' });
    expect([fake.status, fake.body.includes('不能作为佐证材料')]).toEqual([422, true]);
    await publisher.upload(`${href}/files`, { name: '微博截图.pdf', content: '%PDF-1.7\nhello' });
    const shown = await publisher.get(href);
    const file = new RegExp(`${href}/files/\\d+`).exec(shown.body)?.[0] ?? '';
    const download = await publisher.get(file);
    expect([download.body, download.headers['content-type']]).toEqual(['%PDF-1.7\nhello', 'application/pdf']);
    await publisher.get(href);
    await publisher.post(`${file}/removal`);
    expect((await publisher.get(file)).status).toBe(404);
  });
});

describe('other units', () => {
  it('are not there for a publisher', async () => {
    const unitId = await addUnit(system, { code: 'WH', name: '文化局' });
    const period = { from: `${lastYear}-03-01`, to: `${lastYear}-03-31` };
    const lines = [{ figure: 'channels.weibo', quantity: '5', note: '' }];
    const { id } = await saveDraft(system, app.figures, { unitId, period, version: 0, desk: 'd', lines });
    expect((await publisher.get(`/workbench/returns/${id}`)).status).toBe(404);
    expect((await publisher.get(`/workbench/returns/fill?unit=${unitId}&month=${month}`)).status).toBe(404);
    expect((await publisher.get(`/workbench/returns?year=${lastYear}`)).body).not.toContain('文化局');
    expect((await officer.get(`/workbench/returns?year=${lastYear}`)).body).toContain('文化局');
    const auditor = await signedIn('auditor');
    expect((await auditor.get(`/workbench/returns/${id}`)).status).toBe(200);
    expect((await auditor.get(`/workbench/returns/fill?unit=${unitId}&month=${month}`)).status).toBe(403);
  });
});

describe('late units', () => {
  it('are listed once monthly returns are set, and reminded once a day', async () => {
    expect((await officer.get(`/workbench/returns/late?year=${lastYear}`)).body).toContain(
      '没有设定按月填报',
    );
    await db
      .updateTable('agencies')
      .set({ settings: JSON.stringify({ returns: { monthlySince: `${lastYear}-01` } }) })
      .where('id', '=', agencyId)
      .execute();
    const page = await officer.get(`/workbench/returns/late?year=${lastYear}`);
    expect(page.body).toContain('逾期');
    const unit = hidden(await publisher.get(`/workbench/returns/fill?month=${lastYear}-07`)).unit ?? '';
    await officer.get(`/workbench/returns/late?year=${lastYear}`);
    const reminded = await officer.follow(
      await officer.post('/workbench/returns/late/reminders', { unit, month: `${lastYear}-07` }),
    );
    expect(reminded.body).toContain('人发出催报');
    const twice = await officer.post('/workbench/returns/late/reminders', { unit, month: `${lastYear}-07` });
    expect([twice.status, twice.body.includes('今天已经催报过')]).toEqual([409, true]);
    expect((await publisher.get('/workbench')).body).toContain('7月填报');
  });
});

it('the template names its unit and month, so that it cannot land elsewhere', async () => {
  const { sheetTemplate } = await import('../../src/areas/returns/index.ts');
  const template = sheetTemplate(
    returnForm(app.figures, lastYear),
    { unit: { code: 'BGS', name: '办公室' }, month },
    [],
  );
  const sheet = await readSheet({ name: 'a', bytes: await writeXlsx([template]) });
  expect(sheet.rows.slice(0, 2).flat()).toEqual([
    expect.stringContaining('办公室(BGS)'),
    expect.stringContaining(month),
  ]);
});
