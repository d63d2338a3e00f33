import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import iconv from 'iconv-lite';
import JSZip from 'jszip';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeXlsx } from '../../src/core/spreadsheet/index.ts';
import { openTwoHouses } from '../support/two-houses.ts';
import type { Page, Visitor } from '../support/visitor.ts';

const house = await openTwoHouses();
const { pool, demonstration, server } = house;
const MEGABYTE = 1024 * 1024;
const MONTH = '2018-03';

let officer: Visitor;
let unit = '';
let fill = '';
let returnsImport = '';
let evidence = '';
const registersImport = '/workbench/registers/meetings/import';

beforeAll(async () => {
  officer = await house.demonstrated('zhuanyuan');
  const { rows } = await pool.query(`SELECT id FROM units WHERE agency_id = $1 ORDER BY id DESC LIMIT 1`, [
    demonstration.id,
  ]);
  unit = String(rows[0]?.id);
  fill = `/workbench/returns/fill?unit=${unit}&month=${MONTH}`;
  returnsImport = `/workbench/returns/import?unit=${unit}&month=${MONTH}`;
  const saved = await officer.post('/workbench/returns/fill', {
    ...hidden(await officer.get(fill)),
    'q.channels.weibo': '7',
  });
  evidence = `${saved.location}/files`;
});

const hidden = (page: Page) =>
  Object.fromEntries(
    ['unit', 'from', 'to', 'version', 'desk'].map((name) => [
      name,
      new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1] ?? '',
    ]),
  );

const doors = () => [returnsImport, registersImport, evidence];

/** Sends the file through a door; whatever the answer, not one record and not one act may be new. */
async function refused(door: string, name: string, content: Uint8Array | string): Promise<Page> {
  await officer.get(door.includes('registers') ? registersImport : fill);
  const before = await house.fingerprint();
  const page = await officer.upload(door, { name, content });
  expect(await house.fingerprint(), `${name} through ${door}`).toEqual(before);
  return page;
}

const workbook = (rows: (string | number)[][], labels = ['会议名称', '召开日期', '会议类型']) =>
  writeXlsx([{ name: '表', columns: labels.map((label) => ({ label })), rows }]);

async function zipOf(change: (zip: JSZip) => void): Promise<Buffer> {
  const zip = await JSZip.loadAsync(await workbook([['工作会议', '2018-03-16', '工作会议']]));
  change(zip);
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

describe('a file that is not what it should be is refused in words, and nothing changes', () => {
  type Bad = [what: string, name: string, content: () => Promise<Uint8Array | string>, words: RegExp];
  it.each<Bad>([
    ['a workbook with macros', '月报.xlsx', () => zipOf((zip) => zip.file('xl/vbaProject.bin', 'x')), /宏/],
    ['a web page called a Word file', '月报.docx', async () => '<html><body><p>1</p></body></html>', /网页/],
    [
      'a web page called a workbook',
      '月报.xlsx',
      async () => '\ufeff<!DOCTYPE html><table><tr><td>1',
      /网页/,
    ],
    ['an empty file', '月报.xlsx', async () => '', /空文件|没有内容|是空的/],
    ['a program', '月报.xlsx', async () => Buffer.from('MZ\0\0\x03\0\0\0', 'latin1'), /不是|无法|类型|格式/],
  ])('%s', async (_, name, content, words) => {
    for (const door of doors()) {
      const page = await refused(door, name, await content());
      expect([page.status, page.body], door).toEqual([422, expect.stringMatching(words)]);
    }
  });

  it('a zip bomb', async () => {
    const bomb = await zipOf((zip) =>
      zip.file('xl/worksheets/sheet1.xml', Buffer.alloc(20 * MEGABYTE, 0x20)),
    );
    for (const door of doors()) {
      const page = await refused(door, '月报.xlsx', bomb);
      expect([page.status, page.body], door).toEqual([422, expect.stringMatching(/压缩|展开|解压/)]);
    }
  });

  it('a workbook of another unit, another register, another month, or without its headings', async () => {
    for (const rows of [
      await workbook([['财政局', '2018-03', 5]], ['单位', '月份', '数量']),
      await workbook([['x', 1]], ['甲', '乙']),
      await workbook([['2018-02-26', 5]], ['批准日期', '金额（元）']),
    ]) {
      for (const door of [returnsImport, registersImport]) {
        const page = await refused(door, '表.xlsx', rows);
        expect([page.status, page.body], door).toEqual([422, expect.stringMatching(/表头|模板|没有找到/)]);
      }
    }
  });

  it('negative and fractional counts', async () => {
    for (const attendees of ['-3', '1.5', '1e3', '999999999999', '2^53']) {
      const rows = await workbook(
        [['工作会议', '2018-03-16', '工作会议', attendees]],
        ['会议名称', '召开日期', '会议类型', '参会人数'],
      );
      const page = await refused(registersImport, '会议.xlsx', rows);
      expect([page.status, page.body], attendees).toEqual([422, expect.stringContaining('不能是负数或小数')]);
    }
    for (const quantity of ['-3', '1.5', '-0.5', '1e3', '9007199254740993000', 'NaN', '１２．５']) {
      const grid = await officer.get(fill);
      const before = await house.fingerprint();
      const page = await officer.post('/workbench/returns/fill', {
        ...hidden(grid),
        'q.channels.weibo': quantity,
      });
      expect([page.status, page.body], quantity).toEqual([
        422,
        expect.stringMatching(/应填整数|不能是负数|不是数字|数值过大/),
      ]);
      expect(page.body, 'what was typed is kept').toContain(`value="${quantity}"`);
      expect(await house.fingerprint(), quantity).toEqual(before);
    }
  });

  it('dates that never were', async () => {
    for (const heldOn of ['0000-00-00', '2018-02-30', '9999-12-31', '2018-13-01', '明天']) {
      const page = await refused(
        registersImport,
        '会议.xlsx',
        await workbook([['工作会议', heldOn, '工作会议']]),
      );
      expect([page.status, page.body], heldOn).toEqual([422, expect.stringContaining('召开日期')]);
    }
  });
});

describe('a file that is right although it looks odd', () => {
  it('GB18030 text is read as what it says', async () => {
    const text = '会议名称,召开日期,会议类型\r\n政府信息公开工作会议（䶮）,2018-03-16,工作会议\r\n';
    await officer.get(registersImport);
    const page = await officer.upload(registersImport, {
      name: '会议.csv',
      content: iconv.encode(text, 'gb18030'),
    });
    expect([page.status, page.body]).toEqual([200, expect.stringContaining('政府信息公开工作会议（䶮）')]);
  });
});

describe('a hundred megabytes', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  /** What the process cannot let go of; what was read and let go is not held. */
  const reachable = (): number => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };

  /** Over a real socket, in pieces, with or without telling the length first. */
  async function pour(
    path: string,
    megabytes: number,
    told: boolean,
  ): Promise<{ status: number; body: string; held: number }> {
    await officer.get(path.includes('registers') ? registersImport : fill);
    const token = /name="_csrf" value="([^"]+)"|_csrf=([\w%.-]+)/.exec(
      (await officer.get(registersImport)).body,
    );
    const csrf = token?.[1] ?? decodeURIComponent(token?.[2] ?? '');
    const head = Buffer.from(
      '--x\r\nContent-Disposition: form-data; name="file"; filename="big.xlsx"\r\n\r\n',
    );
    const tail = Buffer.from('\r\n--x--\r\n');
    const { port } = server.server.address() as AddressInfo;
    return new Promise((resolve, reject) => {
      const call = request({
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: `${path}${path.includes('?') ? '&' : '?'}_csrf=${encodeURIComponent(csrf)}`,
        headers: {
          'content-type': 'multipart/form-data; boundary=x',
          cookie: ['gongkai.session_token', 'gongkai-csrf']
            .map((name) => `${name}=${officer.cookie(name)}`)
            .join('; '),
          ...(told ? { 'content-length': head.length + megabytes * MEGABYTE + tail.length } : {}),
        },
      });
      let answered = false;
      call.on('response', (answer) => {
        answered = true;
        let body = '';
        answer.setEncoding('utf8').on('data', (chunk) => {
          body += chunk;
        });
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, body, held: Math.max(held, reachable() - before) }),
        );
      });
      call.on('error', (error) => answered || reject(error));
      const piece = Buffer.alloc(MEGABYTE, 0x61);
      const before = reachable();
      let held = 0;
      call.write(head);
      let left = megabytes;
      const more = (): void => {
        while (left > 0) {
          left -= 1;
          if (left % 10 === 0) held = Math.max(held, reachable() - before);
          if (!call.write(piece)) return void call.once('drain', more);
        }
        call.end(tail);
      };
      more();
    });
  }

  beforeAll(async () => {
    await server.listen({ port: 0, host: '127.0.0.1' });
  });

  it.each([true, false])(
    'are refused in words through every door (length told: %s)',
    { timeout: 120_000 },
    async (told) => {
      const before = await house.fingerprint();
      for (const door of doors()) {
        const answer = await pour(door, 100, told);
        expect([answer.status, answer.body], door).toEqual([413, expect.stringMatching(/超过 \d+ MB/)]);
        expect(answer.held / MEGABYTE, 'held in memory').toBeLessThan(20);
      }
      expect(await house.fingerprint()).toEqual(before);
    },
  );
});

describe('a year without records', () => {
  it('compiles to blanks, never to 0, and a year that cannot be is not opened', async () => {
    const before = await house.fingerprint();
    for (const year of ['2007', '1', '-1', '99999', '1e400', 'x', '']) {
      const page = await officer.post('/workbench/reports', { year });
      expect(page.status, year).toBeGreaterThanOrEqual(400);
      expect(page.status, year).toBeLessThan(500);
    }
    expect(await house.fingerprint()).toEqual(before);
    expect((await officer.post('/workbench/reports', { year: '2016' })).status).toBe(303);
    expect((await officer.post('/workbench/reports/2016/compile')).status).toBe(303);
    const { rows } = await pool.query<{ cells: Record<string, { value: number | null }> }>(
      `SELECT c.cells FROM report_compiles c JOIN reports r ON r.agency_id = c.agency_id AND r.id = c.report_id
       WHERE r.year = 2016 AND r.agency_id = $1`,
      [demonstration.id],
    );
    const reported = Object.entries(rows[0]?.cells ?? {}).filter(([, { value }]) => value !== null);
    // Stocks last from before; nothing that flows is a number, least of all 0.
    expect(reported.filter(([, { value }]) => value === 0)).toEqual([]);
    expect((await officer.get('/workbench/reports/2016')).status).toBe(200);
  });
});

describe('two officers in one chapter', () => {
  it('the second is told, keeps the text, and nothing is overwritten', async () => {
    const second = await house.demonstrated('zhuanyuan');
    for (const one of [officer, second]) await one.get('/workbench/reports/2016/chapters/overview');
    const first = await officer.post('/workbench/reports/2016/chapters/overview', {
      source: '先保存的段落',
      fromRevision: '0',
    });
    expect(first.status).toBe(303);
    const before = await house.fingerprint();
    const late = await second.post('/workbench/reports/2016/chapters/overview', {
      source: '另外写成这样',
      fromRevision: '0',
    });
    expect(late.status).toBe(409);
    for (const text of ['先保存的段落', '另外写成这样']) expect(late.body).toContain(text);
    expect(await house.fingerprint()).toEqual(before);
  });
});
