import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importItems, itemHref } from '../../src/areas/catalogue/index.ts';
import { createAgency } from '../../src/areas/organisations/index.ts';
import { readSheet } from '../../src/core/spreadsheet/index.ts';
import { verifyLedger } from '../../src/ledger/index.ts';
import { openDesk } from '../support/desk.ts';

const IMPORTS = '/workbench/imports';
const desk = await openDesk();
const officer = await desk.signedIn('disclosure-officer');
const { pool, app } = desk;

const csv = (rows: readonly string[][]) => rows.map((row) => row.join(',')).join('\n');
const HEAD = ['来源编号', '标题', '正文', '发布日期', '部门', '文号', '规范性文件', '解读的文件', '点击量'];
const document = [
  'doc-1',
  '关于印发《园区管理办法》的通知',
  '现予印发。',
  '2018/5/4',
  'BGS',
  '昆高新规〔2018〕9号',
];
const history = csv([
  HEAD,
  // Before what it interprets, and by a number in other brackets.
  ['int-1', '《园区管理办法》政策解读', '一问一答。', '2018-05-06', 'BGS', '', '', '昆高新规[2018]9号', '7'],
  [...document, '行政规范性文件', '', '3'],
  ['int-2', '《没有的办法》政策解读', '一问一答。', '2018-05-07', 'BGS', '', '', 'nowhere-1;doc-1', ''],
  ['bad-1', '没有这个部门的信息', '正文', '2018-05-08', 'XXX', '', '', '', ''],
]);

const upload = async (name: string, content: string | Uint8Array) => {
  await officer.get(IMPORTS);
  return officer.upload(IMPORTS, { name, content });
};
/** Uploaded and checked; its address. */
async function checked(name: string, content: string): Promise<string> {
  const { status, location } = await upload(name, content);
  expect(status).toBe(303);
  await app.jobs.drain(app);
  return location ?? '';
}
const many = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, n) =>
    JSON.stringify({ sourceId: `${prefix}-${n}`, title: `第${n}号通知`, publishedOn: '2018-01-02' }),
  ).join('\n');
const items = async (prefix: string) =>
  (await pool.query('SELECT 1 FROM items WHERE source_id LIKE $1', [`${prefix}-%`])).rowCount;

test('only those who may import get to see the room', async () => {
  const publisher = await desk.signedIn('publisher');
  expect((await publisher.get(IMPORTS)).status).toBe(403);
  const { body } = await officer.get(IMPORTS);
  expect(body).toContain('还没有导入过');
  expect(body).toContain('<code>interprets</code>');
});

test('the templates are tables that the import reads, with an example that it leaves out', async () => {
  const { bytes } = await officer.get(`${IMPORTS}/template.xlsx`);
  const { rows } = await readSheet({ name: '模板.xlsx', bytes });
  expect(rows[0]).toContain('解读的文件');
  const page = await officer.get(
    await checked('模板.csv', (await officer.get(`${IMPORTS}/template.csv`)).body),
  );
  expect(page.body).toContain('这是模板里的示例行');
  await officer.post(`${page.body.match(/\/workbench\/imports\/\d+/)?.[0]}/abandonment`);
});

test.each([
  ['a page of the web', '历史.xlsx', '<html><body><table></table></body></html>', '不是真正的表格'],
  ['a list of something else', '历史.csv', '姓名,电话\n张三,1', '表头里没有“来源编号”（sourceId）'],
  ['nothing', '历史.csv', '', '文件是空的'],
  ['an array', '历史.json', '[{"sourceId":"a"}]', 'JSON 数组'],
])('%s is refused beside the field', async (_what, name, content, told) => {
  const { status, body } = await upload(name, content);
  expect(status).toBe(422);
  expect(body).toContain(told);
});

describe('a file of history', () => {
  let address = '';

  test('is checked first, with what would come of it and what is wrong', async () => {
    const { location } = await upload('旧网站.csv', history);
    address = location ?? '';
    expect((await officer.get(address)).body).toContain('正在检查');
    expect((await officer.get(`${address}/progress`)).headers['hx-refresh']).toBeUndefined();
    await app.jobs.drain(app);
    expect((await officer.get(`${address}/progress`)).headers['hx-refresh']).toBe('true');
    const { body } = await officer.get(address);
    for (const words of [
      '导入 3 条',
      '没有这个部门：XXX',
      '没有找到所解读的文件：nowhere-1',
      '没有读的列：点击量',
    ])
      expect(body).toContain(words);
    expect(body).not.toContain('没有找到所解读的文件：昆高新规');
    expect(await items('int')).toBe(0);
    // Once more leads to the same.
    expect((await upload('旧网站.csv', history)).location).toBe(address);
  });

  test('is imported once confirmed, and each line accounted for', async () => {
    await officer.post(`${address}/start`);
    await app.jobs.drain(app);
    const { body } = await officer.get(address);
    expect(body).toContain('已完成');
    const report = await officer.get(`${address}/report.csv`);
    expect(report.body.split('\r\n').map((line) => line.split(',').slice(0, 3).join(','))).toEqual([
      '\ufeff行号,结果,来源编号',
      '3,已导入,doc-1',
      '5,不合格,',
      '2,已导入,int-1',
      '4,已导入,int-2',
      '',
    ]);
    expect((await officer.get(`${address}/problems.csv`)).body).toContain('4,找不到文件,interprets,没有找到');
    const { rows } = await pool.query(
      `SELECT act, actor_name FROM ledger_acts WHERE subject_kind = 'item-import' AND subject_id = $1 ORDER BY seq`,
      [address.split('/').at(-1)],
    );
    expect(rows.map(({ act }) => act.replace('catalogue.', ''))).toEqual([
      'receive-history',
      'start-import',
      'import',
      'import',
      'finish-import',
    ]);
    expect(new Set(rows.map(({ actor_name }) => actor_name)).size).toBe(1);
    expect(await verifyLedger(app.connection.db, 'kmhnz')).toMatchObject({ ok: true });
  });

  test('links interpretations and documents both ways in public', async () => {
    const { rows } = await pool.query<{ source: string; number: string }>(
      'SELECT source_id AS source, index_number AS number FROM items',
    );
    const page = async (source: string) => {
      const number = rows.find((row) => row.source === source)?.number ?? '';
      return (await desk.stranger().get(itemHref(number))).body;
    };
    expect(await page('doc-1')).toContain('《园区管理办法》政策解读');
    expect(await page('int-1')).toContain('关于印发《园区管理办法》的通知');
  });

  test('changes nothing the second time, and tells which lines say something else now', async () => {
    const again = await checked('旧网站2.csv', history.replace('现予印发。', '现予印发！'));
    const { body } = await officer.get(again);
    expect(body).toContain('没有可以导入的新内容');
    expect(body).toContain('其中 1 行内容不同，不会改动');
    await officer.post(`${again}/abandonment`);
    expect((await officer.get(again)).body).toContain('没有导入任何内容');
    const late = await officer.post(`${again}/start`);
    expect(late.status).toBe(409);
    // Told on the page of the import, with how it stands now.
    expect(late.body).toContain('这次导入现在不能开始：已放弃。');
    expect(late.body).toContain('没有导入任何内容');
  });
});

test('what no database takes is told like any other fault', async () => {
  const line = {
    sourceId: 'odd',
    title: '怪字符',
    unit: `无\u0000${'长'.repeat(5000)}\ud800`,
    '\u0000键\udc00': 1,
    interprets: ['\u0000'],
  };
  const page = await officer.get(await checked('怪.jsonl', JSON.stringify(line)));
  expect(page.body).toContain('没有这个部门：无长长');
  expect(page.body).toContain('没有读的列：键');
  expect(page.body.length).toBeLessThan(100_000);
});

describe('an import', () => {
  let address = '';

  test('that is stopped waits and goes on where it stood', async () => {
    address = await checked('很多.jsonl', many('many', 1200));
    await officer.post(`${address}/start`);
    await officer.post(`${address}/stop`);
    await app.jobs.drain(app);
    expect(await items('many')).toBe(0);
    expect((await officer.get(address)).body).toContain('继续导入');
    expect((await officer.get(address)).body).toContain('还没有导入任何内容');
    expect((await officer.get('/workbench')).body).toContain(`href="${address}"`);
    await officer.post(`${address}/start`);
    // From another window.
    expect((await officer.post(`${address}/start`)).location).toBe(address);
    expect((await officer.get(address)).body).toContain('这次导入现在不能开始：正在导入。');
    // Stopped by somebody while its second part is being written.
    await pool.query(`CREATE FUNCTION stop_it() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF NEW.lines_done = 500 THEN NEW.state := 'stopped'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER a_stop_it BEFORE UPDATE ON item_imports FOR EACH ROW EXECUTE FUNCTION stop_it()`);
    await app.jobs.drain(app);
    await pool.query('DROP TRIGGER a_stop_it ON item_imports; DROP FUNCTION stop_it');
    expect(await items('many')).toBe(500);
    expect((await officer.get(address)).body).toContain('前 500 行已处理');
  });

  test('tells of lines that wait for what they interpret until they are imported too', async () => {
    const before = Array.from({ length: 700 }, (_, n) => ({
      sourceId: `before-${n}`,
      title: `第${n}号解读`,
      interprets: 'before-document',
    }));
    const lines = [...before, { sourceId: 'before-document', title: '关于印发《后到办法》的通知' }];
    const waits = await checked('解读在前.jsonl', lines.map((one) => JSON.stringify(one)).join('\n'));
    /** Lets it go on until it has come so far. */
    const until = async (far: string) => {
      await pool.query(`CREATE FUNCTION stop_it() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF NEW.${far} = 500 THEN NEW.state := 'stopped'; END IF; RETURN NEW; END $$;
        CREATE TRIGGER a_stop_it BEFORE UPDATE ON item_imports FOR EACH ROW EXECUTE FUNCTION stop_it()`);
      await officer.post(`${waits}/start`);
      await app.jobs.drain(app);
      await pool.query('DROP TRIGGER a_stop_it ON item_imports; DROP FUNCTION stop_it');
      return (await officer.get(waits)).body;
    };
    expect(await until('lines_done')).toContain(
      '前 500 行已处理，还没有导入任何内容；可以从断处接着导入。其中 500 行所解读的文件还没有导入，留到最后处理。',
    );
    await officer.post(`${waits}/start`);
    expect((await officer.get(waits)).body).toContain(
      '已处理 0 / 701 行，导入 0 条。另有 500 行所解读的文件还没有导入，留到最后处理。',
    );
    await officer.post(`${waits}/stop`);
    const second = await until('postponed_done');
    expect(second).toContain(
      '前 701 行已处理，导入的 501 条已经公开；可以从断处接着导入。其中 200 行所解读的文件还没有导入',
    );
    expect(second).toMatch(/200<span class="stat-unit">行<\/span><\/span><span class="stat-label">没有导入/);
    await officer.post(`${waits}/start`);
    expect((await officer.get(waits)).body).toContain('已处理 501 / 701 行，导入 501 条。另有 200 行');
    await app.jobs.drain(app);
    const { body } = await officer.get(waits);
    expect(body).toContain('已完成');
    expect(body).not.toContain('所解读的文件还没有导入');
    expect(await items('before')).toBe(701);
  });

  test('whose worker is gone is taken up by the next one, and not while there is one', async () => {
    await officer.post(`${address}/start`);
    await pool.query('UPDATE item_imports SET seen_at = now() WHERE state = $1', ['running']);
    await app.jobs.drain(app);
    expect(await items('many')).toBe(500);
    expect((await officer.get(address)).body).toContain('已处理 500 / 1,200 行');
    await pool.query(`UPDATE item_imports SET seen_at = now() - interval '1 minute' WHERE state = 'running'`);
    await app.jobs.enqueue(app.connection.db, 'import-history');
    await app.jobs.drain(app);
    expect(await items('many')).toBe(1200);
    const { rows } =
      await pool.query(`SELECT count(*)::int AS acts FROM ledger_acts WHERE act = 'catalogue.import'
      AND subject_id = '${address.split('/').at(-1)}'`);
    expect(rows).toEqual([{ acts: 3 }]);
  });

  test('whose file is gone says so and takes it up again when it is uploaded anew', async () => {
    const lost = await checked('丢失.jsonl', many('lost', 3));
    const { rows } = await pool.query(
      `SELECT file_digest AS digest FROM item_imports WHERE file_name = '丢失.jsonl'`,
    );
    const kept = `${desk.folder}/imports/${rows[0].digest.slice(0, 2)}/${rows[0].digest}`;
    const content = readFileSync(kept, 'utf8');
    await officer.post(`${lost}/start`);
    rmSync(kept);
    await app.jobs.drain(app);
    expect((await officer.get(lost)).body).toContain('请重新上传同一个文件');
    expect((await upload('丢失.jsonl', content)).location).toBe(lost);
    await officer.post(`${lost}/start`);
    await app.jobs.drain(app);
    expect(await items('lost')).toBe(3);
    // What is imported needs its file no longer.
    expect(() => readFileSync(kept)).toThrow('ENOENT');
  });

  test('keeps its file as long as another agency imports the same', async () => {
    const content = many('shared', 3);
    const address = await checked('共用.jsonl', content);
    const [{ digest }] = (
      await pool.query(`SELECT file_digest AS digest FROM item_imports WHERE file_name = '共用.jsonl'`)
    ).rows;
    const neighbour = await createAgency(desk.system, {
      code: 'lx',
      name: '邻县人民政府',
      shortName: '邻县',
    });
    await pool.query(
      `INSERT INTO item_imports (agency_id, file_digest, file_name, state, bytes, kind, started_at)
        VALUES ($1, $2, '邻县.jsonl', 'checked', $3, 'jsonl', now())`,
      [neighbour, digest, content.length],
    );
    const kept = `${desk.folder}/imports/${digest.slice(0, 2)}/${digest}`;
    await officer.post(`${address}/abandonment`);
    expect(readFileSync(kept, 'utf8')).toBe(content);
    await pool.query(`UPDATE item_imports SET state = 'dropped' WHERE agency_id = $1`, [neighbour]);
    await officer.post(`${await checked('共用.jsonl', content)}/abandonment`);
    expect(() => readFileSync(kept)).toThrow('ENOENT');
  });

  test('leaves no file although a crash came before it went', async () => {
    const hoursAgo = new Date(Date.now() - 7_200_000);
    const content = many('crash', 2);
    const kept = (text: string) => {
      const digest = createHash('sha256').update(text).digest('hex');
      return `${desk.folder}/imports/${digest.slice(0, 2)}/${digest}`;
    };
    const done = await checked('断电.jsonl', content);
    await officer.post(`${done}/start`);
    await app.jobs.drain(app);
    expect(() => readFileSync(kept(content))).toThrow('ENOENT');
    const wanted = many('wanted', 2);
    const waiting = await checked('待确认.jsonl', wanted);
    // It came a moment ago, its import is not on record yet.
    const fresh = many('fresh', 2);
    for (const text of [content, fresh]) {
      mkdirSync(dirname(kept(text)), { recursive: true });
      writeFileSync(kept(text), text);
    }
    for (const text of [content, wanted]) utimesSync(kept(text), hoursAgo, hoursAgo);
    await app.jobs.enqueue(app.connection.db, 'sweep-history-files');
    await app.jobs.drain(app);
    expect(() => readFileSync(kept(content))).toThrow('ENOENT');
    expect(readFileSync(kept(wanted), 'utf8')).toBe(wanted);
    expect(readFileSync(kept(fresh), 'utf8')).toBe(fresh);
    await officer.post(`${waiting}/abandonment`);
  });

  test('that is given up while it is checked asks nobody to confirm it', async () => {
    const { location } = await upload('放弃.jsonl', many('given-up', 3));
    // As if somebody had been there a moment earlier.
    await pool.query(`CREATE FUNCTION too_late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
      CREATE TRIGGER a_too_late BEFORE UPDATE ON item_imports FOR EACH ROW WHEN (NEW.state = 'checked') EXECUTE FUNCTION too_late()`);
    await app.jobs.drain(app);
    await pool.query('DROP TRIGGER a_too_late ON item_imports');
    await officer.post(`${location}/abandonment`);
    expect((await officer.get(location ?? '')).body).toContain('没有导入任何内容');
    const { rows } = await pool.query('SELECT title FROM notifications WHERE href = $1', [location]);
    expect(rows).toEqual([]);
  });

  test('that was begun on the command line goes on in the name of whoever brings its file', async () => {
    const content = many('begun', 700);
    const digest = createHash('sha256').update(content).digest('hex');
    const lines = content.split('\n').map((line, n) => ({ line: n + 1, values: JSON.parse(line) }));
    async function* records() {
      yield lines;
    }
    const options = { fileName: '命令行.jsonl', digest, goOn: () => false };
    expect(await importItems(desk.system, records, options)).toMatchObject({
      imported: 500,
      ended: 'paused',
    });
    const { location } = await upload('命令行.jsonl', content);
    expect((await officer.get(location ?? '')).body).toContain('已处理 500 行，导入 500 条。');
    await app.jobs.drain(app);
    expect((await officer.get(location ?? '')).body).toContain('已完成');
    expect(await items('begun')).toBe(700);
  });
});
