import { describe, expect, test } from 'vitest';
import { openDesk } from '../support/desk.ts';

const desk = await openDesk();
const officer = await desk.signedIn('disclosure-officer');
const publisher = await desk.signedIn('publisher');
const reader = desk.stranger();

const column = (more: Record<string, string> = {}) => ({
  name: '政策文件',
  slug: 'policy-documents',
  parentId: '',
  kind: 'statutory',
  pageType: '政策文件',
  description: '',
  keywords: '',
  unitId: '',
  updateDays: '180',
  position: '1',
  ...more,
});

describe('columns at the desk', () => {
  test('begin with an empty page that says what to do', async () => {
    expect((await officer.get('/workbench/columns')).body).toContain('还没有栏目');
  });

  test('are made by the disclosure officer and by nobody else', async () => {
    expect((await publisher.get('/workbench/columns')).status).toBe(403);
    expect((await publisher.post('/workbench/columns/new', column())).status).toBe(403);
    expect((await officer.post('/workbench/columns/new', column())).status).toBe(303);
    expect((await officer.get('/workbench/columns')).body).toContain('policy-documents');
  });

  test('sent twice at once make one column, and the second is told beside the field', async () => {
    const twice = column({ name: '双击', slug: 'twice', position: '9' });
    const answers = await Promise.all([1, 2].map(() => officer.post('/workbench/columns/new', twice)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
    expect(answers.find(({ status }) => status === 422)?.body).toContain('已由栏目“双击”使用');
  });

  test.each([
    [{ name: '' }, '请填写栏目名称'],
    [{ slug: '政策' }, '只用小写字母'],
    [{ slug: 'policy-documents' }, '已由栏目“政策文件”使用'],
    [{ slug: 'other', kind: 'nothing' }, '请选择栏目的类别'],
    [{ slug: 'other', updateDays: 'soon' }, '1 至 3660'],
    [{ slug: 'other', parentId: '999999' }, '请选择一个现有的上级栏目'],
  ])('%o is refused beside its field and kept', async (more, words) => {
    const page = await officer.post('/workbench/columns/new', column({ ...more, description: '写好的说明' }));
    expect(page.status).toBe(422);
    expect(page.body).toContain(words);
    expect(page.body).toContain('写好的说明');
  });

  test('keep their old address leading to them', async () => {
    const list = (await officer.get('/workbench/columns')).body;
    const id = /\/workbench\/columns\/(\d+)/.exec(list)?.[1];
    await officer.post(`/workbench/columns/${id}`, column({ slug: 'documents', name: '文件' }));
    const old = await reader.get('/catalogue/policy-documents');
    expect([old.status, old.headers.location]).toEqual([301, '/catalogue/documents']);
    expect((await reader.get('/catalogue/documents')).body).toContain('文件');
    expect((await officer.post('/workbench/columns/new', column())).body).toContain('曾经使用');
  });

  test('do not stand below themselves, and close only when nothing below is open', async () => {
    const list = (await officer.get('/workbench/columns')).body;
    const id = /\/workbench\/columns\/(\d+)/.exec(list)?.[1] ?? '';
    await officer.post('/workbench/columns/new', column({ slug: 'below', name: '下级', parentId: id }));
    expect(
      (await officer.post(`/workbench/columns/${id}`, column({ slug: 'documents', parentId: id }))).status,
    ).toBe(422);
    expect((await officer.post(`/workbench/columns/${id}/closure`, {})).body).toContain(
      '还有 1 个在用的子栏目',
    );
  });
});
