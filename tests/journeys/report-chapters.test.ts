import { describe, expect, it } from 'vitest';
import { openDesk } from '../support/desk.ts';
import { reportYear } from '../support/reported-year.ts';

const { app, system, signedIn } = await openDesk();
await reportYear(system, app.figures, 2018, { '1.1': 275, '2.2.3': 275, '2.2.1': 4 });
const first = await signedIn('disclosure-officer');
const second = await signedIn('disclosure-officer');
const leader = await signedIn('leader');
const report = '/workbench/reports/2018';
const chapter = `${report}/chapters/interpretation`;
const fieldOf = (page: { body: string }, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1] ?? '';
const textOf = (page: { body: string }) => /name="source"[^>]*>([^<]*)<\/textarea>/.exec(page.body)?.[1];

describe('two officers editing one chapter', () => {
  const begun = '第一段。\n\n第二段。\n\n第三段。';

  it('begin from the same text', async () => {
    await first.post('/workbench/reports', { year: '2018' });
    await first.post(`${report}/compile`);
    await first.get(chapter);
    await first.post(chapter, { source: begun, fromRevision: '0', base: '' });
    expect(textOf(await second.get(chapter))).toBe(begun);
  });

  it('the later one keeps his text and sees both side by side', async () => {
    await first.post(chapter, {
      source: begun.replace('第一段', '甲改的第一段'),
      fromRevision: '1',
      base: begun,
    });
    const mine = begun.replace('第三段', '乙改的第三段');
    const conflict = await second.post(chapter, { source: mine, fromRevision: '1', base: begun });
    expect(conflict.status).toBe(409);
    expect(conflict.body).toContain('张1在您编辑期间保存了这一章');
    expect(conflict.body).toContain('两份文字有 2 处不同');
    expect(conflict.body).toContain('<del>甲改的</del>');
    expect(conflict.body).toContain('<ins>乙改的</ins>');
    expect(conflict.body).toMatch(/name="part-0"[^>]*value="theirs"[^>]*checked/);
    expect(conflict.body).toMatch(/name="part-2"[^>]*value="mine"[^>]*checked/);
    expect(textOf(await first.get(chapter))).toContain('甲改的第一段');

    const unchosen = await second.post(`${chapter}/merge`, {
      mine,
      base: begun,
      theirRevision: fieldOf(conflict, 'theirRevision'),
      'part-0': 'theirs',
    });
    expect(unchosen.status).toBe(422);
    expect(unchosen.body).toContain('请选择这一处保留哪一份文字。');

    const merged = await second.post(`${chapter}/merge`, {
      mine,
      base: begun,
      theirRevision: fieldOf(conflict, 'theirRevision'),
      'part-0': 'theirs',
      'part-2': 'both',
    });
    expect(merged.body).toContain('已合并，尚未保存');
    expect(textOf(merged)).toBe('甲改的第一段。\n\n第二段。\n\n乙改的第三段。\n\n第三段。');
    const saved = await second.post(chapter, {
      source: '甲改的第一段。\n\n第二段。\n\n乙改的第三段。',
      fromRevision: fieldOf(merged, 'fromRevision'),
      base: '',
    });
    expect(saved.status).toBe(303);
    expect(textOf(await first.get(chapter))).toBe('甲改的第一段。\n\n第二段。\n\n乙改的第三段。');
  });

  it('choices made over an older text of the other are asked again', async () => {
    const page = await second.get(chapter);
    const text = textOf(page) ?? '';
    const revision = Number(fieldOf(page, 'fromRevision'));
    await first.get(chapter);
    await first.post(chapter, { source: `${text}\n\n又一段。`, fromRevision: String(revision), base: text });
    const late = await second.post(`${chapter}/merge`, {
      mine: '全新的文字。',
      base: '',
      theirRevision: String(revision),
      'part-0': 'mine',
    });
    expect(late.status).toBe(422);
    expect(late.body).toContain('又一段。');
  });
});

describe('writing a chapter', () => {
  it('is for the disclosure officer; others read', async () => {
    expect((await leader.get(`${report}/chapters`)).status).toBe(200);
    expect((await leader.get(chapter)).status).toBe(403);
    expect((await leader.post(chapter, { source: 'x', fromRevision: '0' })).status).toBe(403);
    expect((await first.get(`${report}/chapters/nothing`)).status).toBe(404);
  });

  it('tries a text without saving it: preview, contradictions, approximate numbers, dead references', async () => {
    const before = textOf(await first.get(chapter));
    const source = '发布解读稿件{{2.2.3|approx}}篇，新闻发布会3场，{{9.9}}，约30人参加。';
    const { status, body } = await first.post(`${chapter}/check`, { source });
    expect(status).toBe(200);
    expect(body).toContain('200余');
    expect(body.match(/>约数</g)).toHaveLength(2);
    expect(body).toContain('&quot;table&quot;:&quot;表中 4 次&quot;');
    expect(body).toContain(
      '&quot;replace&quot;:{&quot;number&quot;:&quot;3&quot;,&quot;ref&quot;:&quot;2.2.1&quot;}',
    );
    expect(body).toContain('正文引用的 {{9.9}} 在统计表中没有对应的单元格');
    expect(textOf(await first.get(chapter))).toBe(before);
  });

  it('takes what is typed as text, never as markup', async () => {
    const { body } = await first.post(`${chapter}/check`, {
      source: '<script>alert(1)</script> [点](javascript:alert(1)) **“粗”**',
    });
    expect(body).not.toContain('<script>');
    expect(body).not.toContain('href="javascript');
    expect(body).toContain('<strong>');
  });

  it('refuses a chapter that is far too long', async () => {
    const page = await first.get(chapter);
    const long = await first.post(chapter, {
      source: '长'.repeat(200_001),
      fromRevision: fieldOf(page, 'fromRevision'),
    });
    expect(long.status).toBe(422);
    expect(long.body).toContain('本章文字超过 20 万字');
  });
});
