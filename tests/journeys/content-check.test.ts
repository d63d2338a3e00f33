import { describe, expect, test } from 'vitest';
import { clockAt } from '../../src/core/clock.ts';
import { noticesColumn } from '../support/catalogue.ts';
import { openDesk } from '../support/desk.ts';
import type { Visitor } from '../support/visitor.ts';
import { wordsOf } from '../support/words.ts';

const clock = clockAt('2018-03-06');
const desk = await openDesk({}, clock);
const { app, agencyId, pool, signedIn } = desk;
const publisher = await signedIn('publisher');
const head = await signedIn('unit-head');
const officer = await signedIn('disclosure-officer');
const leader = await signedIn('leader');
const columnId = await noticesColumn(app.connection.db, agencyId);
// A number with a valid check digit that is nobody's.
const RESIDENT = '530102199003071238';

const content = {
  title: '关于做好2018年汛期安全生产工作的通知',
  abstract: '部署汛期检查。',
  body: '现就汛期安全生产工作通知如下。',
  columnId: String(columnId),
  genre: '通知',
  subject: '市场监管、安全生产监管',
  documentNumber: '昆高开发〔2018〕12号',
  issuingBody: '昆明高新区管委会',
  source: '办公室',
  keywords: '汛期，安全生产',
  formedOn: '2018-03-05',
  normative: 'none',
  attribute: 'proactive',
  channels: 'website',
};

async function begun(body: string): Promise<string> {
  await publisher.get('/workbench/items/new');
  const { location } = await publisher.upload('/workbench/items/new', [], { title: content.title });
  const address = location ?? '';
  await saved(address, { body });
  return address;
}

async function saved(address: string, more: Record<string, string>, button: [string, string][] = []) {
  const page = await publisher.get(address);
  const revision = /name="revision" value="(\d+)"/.exec(page.body)?.[1] ?? '';
  return publisher.post(`${address}/draft`, {
    ...content,
    revision,
    ...more,
    ...Object.fromEntries(button),
  });
}

/** The hidden fields of the form whose button says that. */
function formWith(html: string, button: string): { action: string; fields: Record<string, string> } {
  const forms = html.match(/<form[\s\S]*?<\/form>/g) ?? [];
  const form = forms.find((one) => wordsOf(one).includes(button)) ?? '';
  const fields = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
    ([, name, value]) => [name ?? '', value ?? ''] as const,
  );
  return { action: /action="([^"]+)"/.exec(form)?.[1] ?? '', fields: Object.fromEntries(fields) };
}

async function presses(by: Visitor, address: string, button: string, more: Record<string, string> = {}) {
  const { action, fields } = formWith((await by.get(address)).body, button);
  const { _csrf: _, ...given } = fields;
  return by.follow(await by.post(action, { ...given, ...more }));
}

describe('a text with mistakes, without script', () => {
  test('is stopped, put right in one click or let stand with a reason, and goes to review', async () => {
    const address = await begun(`请按装设备，按装后联系（${RESIDENT}）。\n旧告示原文：“座落城南”。`);
    const stopped = await publisher.follow(
      await saved(address, { body: `请按装设备，按装后联系（${RESIDENT}）。\n旧告示原文：“座落城南”。` }, [
        ['then', 'submission'],
      ]),
    );
    expect(wordsOf(stopped.body)).toContain(
      '已保存，还没有送审。内容检查发现 1 处必须改正、3 处须改正或说明理由',
    );
    const aside = stopped.body.slice(stopped.body.indexOf('id="findings"'));
    expect(aside.slice(0, aside.indexOf('id="files"'))).not.toContain(RESIDENT);
    const refused = await publisher.follow(await publisher.post(`${address}/submission`, {}));
    expect(wordsOf(refused.body)).toContain('处理后才能送审');
    await presses(publisher, address, '遮蔽号码');
    await presses(publisher, address, '全部改为“安装”（2 处）', { all: '1' });
    const reasonless = await presses(publisher, address, '保留的理由', { reason: '' });
    expect(wordsOf(reasonless.body)).toContain('请写明保留的理由');
    const kept = await presses(publisher, address, '保留的理由', { reason: '引用告示原文' });
    expect(wordsOf(kept.body)).toContain('没有妨碍送审的问题，1 处已说明理由');
    const back = await presses(publisher, address, '撤回理由');
    expect(wordsOf(back.body)).toContain('1 处须改正或说明理由');
    await presses(publisher, address, '保留的理由', { reason: '引用告示原文' });
    const { rows } = await pool.query('SELECT body FROM item_versions WHERE item_id = $1', [
      address.split('/').at(-1),
    ]);
    expect((rows[0] as { body: string }).body).toBe(
      '<p>请安装设备，安装后联系（530***********1238）。</p>\n<p>旧告示原文：“座落城南”。</p>',
    );
    await publisher.get(`${address}/submission`);
    expect(
      wordsOf((await publisher.follow(await publisher.post(`${address}/submission`, {}))).body),
    ).toContain('已送审');
    expect(wordsOf((await head.get(address)).body)).toContain('保留的理由：引用告示原文');
  });

  test('tells its findings anew to the script of the editor', async () => {
    const address = await begun('请按装设备。');
    const piece = await publisher.get(`${address}/findings`);
    expect([piece.status, piece.body.startsWith('<section')]).toEqual([200, true]);
    expect(piece.body).toContain('data-finding="body"');
  });
});

describe('the dictionaries', () => {
  const list = '/workbench/dictionaries';
  const word = {
    wrong: '高薪区',
    right: '高新区',
    kind: 'name',
    severity: 'must-fix',
    near: '',
    notNear: '',
    exceptions: '',
    note: '本区名称。',
    source: '',
  };

  test('are read by who writes, and kept by who answers for them', async () => {
    expect((await publisher.get(list)).status).toBe(200);
    expect((await publisher.get(`${list}/new`)).status).toBe(403);
    expect((await publisher.post(`${list}/new`, word)).status).toBe(403);
    expect((await publisher.get(`${list}/words/d%3Abushu`)).body).toContain('布署');
    expect((await officer.get(`${list}/words/d%3Anothing`)).status).toBe(404);
    expect((await leader.post(`${list}/words/d%3Abushu/switch`, {})).status).toBe(403);
  });

  test('a word is added, found in texts, changed, switched off and removed', async () => {
    await officer.get(`${list}/new`);
    const wrong = await officer.post(`${list}/new`, { ...word, wrong: '高', exceptions: '无关' });
    expect([wrong.status, wordsOf(wrong.body).includes('至少 2 个字')]).toEqual([422, true]);
    expect(wrong.body).toContain('value="高新区"');
    const added = await officer.post(`${list}/new`, word);
    const at = added.location ?? '';
    expect(at).toMatch(/words\/a%3A\d+$/);
    expect(wordsOf((await officer.post(`${list}/new`, word)).body)).toContain('词典里已经有“高薪区”');
    const address = await begun('高薪区安全生产工作。');
    expect(wordsOf((await publisher.get(address)).body)).toContain('改为“高新区”');
    await officer.get(at);
    await officer.post(at, { ...word, exceptions: '高薪区间' });
    expect(wordsOf((await officer.post(`${list}/trial`, { text: '高薪区间，高薪区。' })).body)).toContain(
      '查出 1 处',
    );
    await officer.post(`${at}/switch`, { enabled: '' });
    expect(wordsOf((await publisher.get(address)).body)).toContain('没有发现问题');
    await officer.post(`${at}/removal`, {});
    expect((await officer.get(at)).status).toBe(404);
  });

  test('a word of the program is changed for this agency and put back', async () => {
    const at = `${list}/words/d%3Abushu`;
    await officer.get(at);
    await officer.post(`${at}/switch`, { enabled: '' });
    expect(wordsOf((await officer.get(`${list}?state=off`)).body)).toContain('布署');
    expect(wordsOf((await officer.post(`${list}/trial`, { text: '布署' })).body)).toContain('没有查出问题');
    await officer.post(`${at}/removal`, {});
    expect(wordsOf((await officer.post(`${list}/trial`, { text: '布署' })).body)).toContain('查出 1 处');
    const tried = async (text: string) => {
      const { status, body } = await officer.post(`${list}/trial`, { text });
      return [status, wordsOf(body)];
    };
    expect(await tried('布署'.repeat(600))).toEqual([200, expect.stringContaining('查出 500 处以上')]);
    expect(await tried(' ')).toEqual([422, expect.stringContaining('请贴上要查的文字')]);
    expect(await tried('字'.repeat(20_001))).toEqual([422, expect.stringContaining('一次最多查 20000 字')]);
    expect(await tried('字\r\n'.repeat(10_000))).toEqual([200, expect.stringContaining('没有查出问题')]);
  });

  test('go out as CSV that no spreadsheet runs, and come back the same', async () => {
    await officer.get(`${list}/new`);
    await officer.post(`${list}/new`, { ...word, wrong: '=HYPERLINK', right: '超链接' });
    const csv = await officer.get(`${list}/words.csv`);
    expect(csv.body).toContain("'=HYPERLINK");
    expect(csv.body).not.toMatch(/(^|,)"?=HYPERLINK/m);
    await officer.get(`${list}/import`);
    const same = await officer.follow(
      await officer.upload(`${list}/import`, { name: '词典.csv', content: csv.body, field: 'file' }),
    );
    expect(wordsOf(same.body)).toContain('增加 0 个词，修改 0 个词');
    const file = '类别,程度,错误写法,正确写法\n错别字,提示,甲甲乙,甲乙\n错别字,提示,布署,部署\n';
    await officer.get(`${list}/import`);
    const more = await officer.follow(
      await officer.upload(`${list}/import`, { name: '词典.csv', content: file, field: 'file' }),
    );
    expect(wordsOf(more.body)).toContain('增加 1 个词，修改 1 个词');
    await officer.get(`${list}/import`);
    const bad = await officer.upload(`${list}/import`, {
      name: '词典.csv',
      content: '类别,错误写法\n错别字,丙丙丁\n没有这类,丁丁戊\n',
      field: 'file',
    });
    expect([bad.status, wordsOf(bad.body).includes('第 3 行：请选择类别')]).toEqual([422, true]);
    expect(wordsOf((await officer.get(`${list}?q=${encodeURIComponent('丙丙丁')}`)).body)).toContain(
      '没有这样的词',
    );
  });

  test('every change is on record', async () => {
    const { rows } = await pool.query(
      "SELECT DISTINCT act FROM ledger_acts WHERE act LIKE 'dictionaries.%' ORDER BY act",
    );
    expect(rows.map(({ act }) => (act as string).split('.')[1])).toEqual([
      'add',
      'change',
      'import',
      'remove',
      'restore',
      'switch-off',
    ]);
  });
});
