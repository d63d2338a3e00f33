import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { anItem, openPublishingOffice } from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { wordFile } from '../../../tests/support/word-file.ts';
import { at, pdfOf } from '../../annual-report/reading/files/fixtures/raw-pdf.ts';
import { clockAt } from '../../core/clock.ts';
import { openFiles } from '../../core/files.ts';
import { findEntries } from '../../core/search-index/index.ts';
import { attachmentJobs } from './attachment-jobs.ts';
import { openAttachmentReading } from './attachment-reading/index.ts';
import { attachmentText } from './attachment-reading/text.ts';
import { readAttachmentAgain } from './attachment-text.ts';
import { countTexts, listUnreadAttachments } from './attachment-text-store.ts';
import { updateFile } from './file-store.ts';
import { addItemFiles, beginItem, publishItem, reviewItem, submitItem, withdrawItem } from './index.ts';

const { db, pool } = await freshDatabase();
const office = await openPublishingOffice(db);
const { agencyId } = office;
const on = '2018-03-06';
const folder = mkdtempSync(join(tmpdir(), 'gongkai-attachments-'));
const files = openFiles(folder, { maxBytes: 20 * 2 ** 20 });
const attachmentReading = openAttachmentReading();
afterAll(async () => {
  await attachmentReading.close();
  rmSync(folder, { recursive: true });
});

const jobOf = (name: string) => {
  const job = attachmentJobs.find((one) => one.name === name);
  if (!job) throw new Error(`no job ${name}`);
  return job;
};
const host = { connection: { db }, clock: clockAt(on), files, attachmentReading };
const readAll = (changed: Partial<typeof host> = {}) =>
  jobOf('read-attachments').run({ ...host, ...changed }, {});
const found = async (query: string) =>
  (await findEntries(db, agencyId, { query, limit: 5 })).hits.map(({ ref }) => Number(ref));

const withdrawn = {
  reason: '内容有误，需要核实后重新发布',
  ground: '《中华人民共和国政府信息公开条例》第六条',
};

async function published(title: string, attachments: readonly { name: string; bytes: Uint8Array }[]) {
  const content = { ...anItem, title, columnId: office.columnId };
  const id = await beginItem(office.as('publisher', on), { unitId: office.unitId, content });
  for (const { name, bytes } of attachments) {
    const kept = await files.put(bytes);
    const [fileId] = await addItemFiles(office.as('publisher', on), id, [
      { kind: 'attachment', name, digest: kept.sha256, type: 'application/pdf', bytes: kept.bytes },
    ]);
    await updateFile(db, agencyId, fileId ?? 0, { released: true });
  }
  await submitItem(office.as('publisher', on), id);
  for (const [who, step] of [
    ['unit-head', 'first'],
    ['secrecy-reviewer', 'second'],
    ['disclosure-officer', 'final'],
  ] as const)
    await reviewItem(office.as(who, on), id, { step, result: 'passed', opinion: '' });
  const state = await pool.query<{ state: string }>('SELECT state FROM items WHERE id = $1', [id]);
  if (state.rows[0]?.state !== 'published') await publishItem(office.as('publisher', on), id);
  return id;
}

/** 公示 in the codes of GBK. */
const PDF = pdfOf([at(50, 700, 'b9abcabe')]);

test('what attachments say is found after publication, once, and at once where it was read before', async () => {
  const word = await wordFile('瞪羚企业名单见下表。');
  const first = await published('企业名单', [{ name: '名单.docx', bytes: word }]);
  expect(await found('瞪羚')).toEqual([]);
  await readAll();
  expect(await found('瞪羚')).toEqual([first]);
  expect(await found('值班室')).toEqual([first]);
  const second = await published('企业名单的补充', [{ name: '同一份.docx', bytes: word }]);
  expect((await found('瞪羚')).toSorted()).toEqual([first, second]);
  expect(await countTexts(db, agencyId)).toEqual({ waiting: 0, read: 1, unreadable: 0, failed: 0 });
  await withdrawItem(office.as('disclosure-officer', on), first, withdrawn);
  expect(await found('瞪羚')).toEqual([second]);
});

test('a PDF is read as well; what it holds beside text does not matter', async () => {
  const id = await published('附有版式文件的信息', [{ name: '公示.pdf', bytes: PDF }]);
  await readAll();
  const { rows } = await pool.query<{ plain: string }>('SELECT plain FROM item_files WHERE item_id = $1', [
    id,
  ]);
  expect(rows[0]?.plain).toContain('公示');
});

test('an item withdrawn before its attachment was read is not brought back', async () => {
  const word = await wordFile('独角兽培育库。');
  const id = await published('培育库', [{ name: '库.docx', bytes: word }]);
  await withdrawItem(office.as('disclosure-officer', on), id, withdrawn);
  await readAll();
  expect(await found('独角兽')).toEqual([]);
});

test('a withdrawal while the attachment is being read holds', async () => {
  const id = await published('中途撤下', [{ name: '途.docx', bytes: await wordFile('麒麟计划名单。') }]);
  await readAll({
    attachmentReading: {
      ...attachmentReading,
      async read(order) {
        const text = await attachmentReading.read(order);
        await withdrawItem(office.as('disclosure-officer', on), id, withdrawn);
        return text;
      },
    },
  });
  expect(await found('麒麟')).toEqual([]);
});

test.each([
  ['nothing but noise', Buffer.from(Array.from({ length: 900 }, (_, n) => (n * 7919) % 251))],
  ['a package cut short', Buffer.from('PK\u0003\u0004 cut short', 'latin1')],
  ['a damaged PDF', Buffer.from('%PDF-1.7\nnothing follows')],
])('%s is told to editors and not tried again', async (name, bytes) => {
  const id = await published(name, [{ name: `${name}.pdf`, bytes }]);
  await readAll();
  const [told] = (await listUnreadAttachments(db, agencyId, 50)).filter(({ itemId }) => itemId === id);
  expect(told).toMatchObject({ state: 'unreadable', name: `${name}.pdf` });
  expect(told?.reason).not.toBe('');
  let asked = 0;
  const counting = {
    ...attachmentReading,
    async read() {
      asked += 1;
      return { text: '', unread: '' };
    },
  };
  await readAll({ attachmentReading: counting });
  expect(asked).toBe(0);
  await expect(readAttachmentAgain(office.as('publisher', on), told?.digest ?? '')).rejects.toThrow('权限');
  await readAttachmentAgain(office.as('disclosure-officer', on), told?.digest ?? '');
  await readAll({ attachmentReading: counting });
  expect(asked).toBe(1);
});

test('a fault of ours fails the job, is tried three times and then told', async () => {
  const id = await published('遇到故障', [{ name: '故障.docx', bytes: await wordFile('故障内容。') }]);
  const broken = { ...attachmentReading, read: () => Promise.reject(new Error('disk on fire')) };
  for (const minutes of [0, 20, 40]) {
    const clock = clockAt(`2018-03-06T10:${String(minutes).padStart(2, '0')}:00+08:00`);
    await expect(readAll({ attachmentReading: broken, clock })).rejects.toThrow('1 份附件读取失败');
  }
  const told = (await listUnreadAttachments(db, agencyId, 50)).find(({ itemId }) => itemId === id);
  expect(told).toMatchObject({ state: 'failed' });
  await readAll({ attachmentReading: broken, clock: clockAt('2018-03-06T12:00:00+08:00') });
});

test('files from before there was a reader are found by night', async () => {
  const id = await published('早先的附件', [{ name: '早.docx', bytes: await wordFile('鲲鹏计划。') }]);
  await pool.query('DELETE FROM item_file_texts');
  await readAll();
  expect(await found('鲲鹏')).toEqual([]);
  await jobOf('find-unread-attachments').run(host, {});
  await readAll();
  expect(await found('鲲鹏')).toEqual([id]);
});

test('a text keeps within its bounds', () => {
  const place = { paragraph: 1 };
  const { text, unread } = attachmentText({
    title: '标题',
    blocks: Array.from({ length: 2000 }, () => ({
      kind: 'paragraph' as const,
      text: '很长'.repeat(50),
      place,
    })),
    unread: [],
  });
  expect(text.length).toBeLessThanOrEqual(50_000);
  expect(unread).toContain('其后的内容没有读取');
});
