import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { aForm, openOffice } from '../../../tests/support/requests.ts';
import { openFiles } from '../../core/files.ts';
import { openSealedFiles, openVault, rotateKeys } from '../../core/vault/index.ts';
import { actsPage } from '../../ledger/index.ts';
import { registerForm } from '../requests/index.ts';
import {
  checkForRelease,
  cleanFindings,
  demandReleased,
  disposeReleases,
  letThrough,
  openInspecting,
  readRelease,
  releaseSealedTables,
  releaseStates,
} from './index.ts';
import { PHONE, RESIDENT } from './inspection/fixtures/inspected.ts';
import { paragraph, run, wordFile } from './inspection/fixtures/packages.ts';

const { db } = await freshDatabase();
const office = await openOffice(db);
const inspecting = openInspecting();
const host = { inspecting };
const folder = mkdtempSync(join(tmpdir(), 'gongkai-releases-'));
afterAll(async () => {
  await inspecting.close();
  rmSync(folder, { recursive: true });
});

const DAY = '2023-05-10';
const officer = office.as('disclosure-officer', DAY);
const reviewer = office.as('secrecy-reviewer', DAY);

async function aCase() {
  const { requestId } = await registerForm(officer, aForm({ submittedOn: DAY }));
  return { kind: 'request', id: requestId } as const;
}

const digestOf = (bytes: Uint8Array) =>
  office.vault.digest('content', createHash('sha256').update(bytes).digest('hex'));

/** Hidden text, a phone number and, as a remark, a mail address of an office; every call is another file. */
const dirty = () =>
  wordFile(
    `<w:p>${run('见')}${run('秘密', '<w:vanish/>')}</w:p>${paragraph(`电话${PHONE}，a@b.gov.cn，${randomBytes(4).toString('hex')}号`)}`,
  );

async function checked(subject = aCase()) {
  const to = await subject;
  const bytes = await dirty();
  const id = await checkForRelease(officer, host, { subject: to, file: { name: '张三的答复.docx', bytes } });
  return { subject: to, bytes, id };
}

const keys = async (id: number) => (await readRelease(officer, id)).findings.map(({ key }) => key);
const HIDDEN = 'hidden-text@word/document.xml';
const MOBILE = 'mobile-number@word/document.xml';

describe('a file that is to leave', () => {
  it('is told with its findings and held back by what is more than a notice', async () => {
    const { id, subject, bytes } = await checked();
    const view = await readRelease(officer, id);
    expect(view).toMatchObject({ subject, name: '张三的答复.docx', passed: false, digest: digestOf(bytes) });
    expect(view.findings.map(({ kind, severity, place }) => [kind, severity, place])).toEqual([
      ['hidden-text', 'grave', '正文'],
      ['mobile-number', 'warning', '正文'],
      ['email', 'notice', '正文'],
    ]);
    await expect(demandReleased(officer, subject, [digestOf(bytes)])).rejects.toMatchObject({
      code: 'releases-open',
      message: expect.stringContaining('隐藏文字、手机号码'),
    });
  });

  it('passes when each finding is cleaned or let through with a reason', async () => {
    const { id, subject, bytes } = await checked();
    const kept = vi.fn();
    await cleanFindings(officer, host, { id, version: 1 }, { bytes, keys: [HIDDEN] }, async (_, file) =>
      kept(file),
    );
    const [{ name, bytes: cleaned }] = kept.mock.lastCall as [{ name: string; bytes: Uint8Array }];
    expect(name).toBe('张三的答复.docx');
    expect(Buffer.from(cleaned).equals(Buffer.from(bytes))).toBe(false);
    await expect(demandReleased(officer, subject, [digestOf(cleaned)])).rejects.toMatchObject({
      message: expect.not.stringContaining('隐藏文字'),
    });
    await expect(letThrough(reviewer, { id }, { keys: [MOBILE], reason: '好' })).rejects.toMatchObject({
      fields: { reason: expect.stringContaining('至少 2 个字') },
    });
    await letThrough(reviewer, { id, version: 2 }, { keys: [MOBILE], reason: '单位公开的值班电话' });
    const view = await readRelease(officer, id);
    expect(view).toMatchObject({ passed: true, version: 3 });
    expect(view.decisions.map(({ decision, finding, reason }) => [decision, finding.kind, reason])).toEqual([
      ['cleaned', 'hidden-text', ''],
      ['let-through', 'mobile-number', '单位公开的值班电话'],
    ]);
    await demandReleased(officer, subject, [digestOf(cleaned)]);
    expect(await releaseStates(officer, subject, [digestOf(cleaned)])).toEqual(
      new Map([[digestOf(cleaned), { checkId: id, passed: true, open: 0 }]]),
    );
  });

  it('before it was cleaned may not leave afterwards', async () => {
    const { id, subject, bytes } = await checked();
    await cleanFindings(officer, host, { id }, { bytes, keys: 'all' }, async () => {});
    expect((await readRelease(officer, id)).passed).toBe(true);
    await expect(demandReleased(officer, subject, [digestOf(bytes)])).rejects.toMatchObject({
      message: expect.stringContaining('1 份文件还没有做出口检查'),
    });
  });

  it('looked at again keeps what was decided', async () => {
    const { id, subject, bytes } = await checked();
    await letThrough(officer, { id }, { keys: [MOBILE], reason: '值班电话' });
    const again = await checkForRelease(officer, host, { subject, file: { name: 'b.docx', bytes } });
    expect(again).toBe(id);
    const { findings, name } = await readRelease(officer, id);
    expect(name).toBe('b.docx');
    expect(findings.filter((finding) => finding.letThrough).map(({ key }) => key)).toEqual([MOBILE]);
  });

  it('that cannot be inspected is refused in words, and bound to its case all the same', async () => {
    const subject = await aCase();
    const bytes = Buffer.from('d0cf11e0a1b11ae1', 'hex');
    const file = { name: 'a.doc', bytes };
    await expect(checkForRelease(officer, host, { subject, file })).rejects.toMatchObject({
      fault: 'old-format',
    });
    await expect(demandReleased(officer, subject, [digestOf(bytes)])).rejects.toMatchObject({
      code: 'releases-open',
    });
  });
});

describe('one click for all', () => {
  it('leaves alone what was let through', async () => {
    const { id, bytes } = await checked();
    await letThrough(officer, { id }, { keys: [MOBILE], reason: '值班电话' });
    await cleanFindings(officer, host, { id }, { bytes, keys: 'all' }, async () => {});
    expect(await keys(id)).toEqual([MOBILE]);
    expect((await readRelease(officer, id)).passed).toBe(true);
  });
});

describe('a file of one case never leaves with another', () => {
  it('neither checked nor passed', async () => {
    const { bytes, id } = await checked();
    const other = await aCase();
    const attempt = () => checkForRelease(officer, host, { subject: other, file: { name: 'a.docx', bytes } });
    await expect(attempt()).rejects.toMatchObject({ code: 'releases-other-subject' });
    const box: Uint8Array[] = [];
    await cleanFindings(
      officer,
      host,
      { id },
      { bytes, keys: 'all' },
      async (_, file) => void box.push(file.bytes),
    );
    const cleaned = box[0] as Uint8Array;
    await expect(attempt()).rejects.toMatchObject({ code: 'releases-other-subject' });
    await expect(demandReleased(officer, other, [digestOf(cleaned)])).rejects.toMatchObject({
      code: 'releases-open',
    });
    await expect(
      checkForRelease(officer, host, { subject: other, file: { name: 'a.docx', bytes: cleaned } }),
    ).rejects.toMatchObject({ code: 'releases-other-subject' });
  });

  it('when two cases ask for it in the same instant', async () => {
    const [one, two] = [await aCase(), await aCase()];
    const bytes = await dirty();
    const outcomes = await Promise.allSettled(
      [one, two].map((subject) =>
        checkForRelease(officer, host, { subject, file: { name: 'a.docx', bytes } }),
      ),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('by hand-written SQL', async () => {
    const { id } = await checked();
    const other = await aCase();
    await expect(
      sql`UPDATE release_checks SET subject_id = ${other.id} WHERE agency_id = ${office.agencyId} AND id = ${id}`.execute(
        db,
      ),
    ).rejects.toThrow('foreign key');
  });
});

describe('the acts of the gate', () => {
  it('are for those whose work it is', async () => {
    const { id, subject, bytes } = await checked();
    const leader = office.as('leader', DAY);
    const handler = office.as('case-handler', DAY);
    const refused = { code: 'not-allowed' };
    await expect(readRelease(leader, id)).rejects.toMatchObject(refused);
    await expect(
      checkForRelease(reviewer, host, { subject, file: { name: 'a.docx', bytes } }),
    ).rejects.toMatchObject(refused);
    await expect(letThrough(handler, { id }, { keys: [MOBILE], reason: '理由' })).rejects.toMatchObject(
      refused,
    );
    await expect(
      cleanFindings(reviewer, host, { id }, { bytes, keys: 'all' }, async () => {}),
    ).rejects.toMatchObject(refused);
  });

  it('tell the one who comes second', async () => {
    const { id, bytes } = await checked();
    await letThrough(officer, { id, version: 1 }, { keys: [MOBILE], reason: '值班电话' });
    const late = { code: 'releases-changed-meanwhile' };
    await expect(
      letThrough(officer, { id, version: 1 }, { keys: [HIDDEN], reason: '理由' }),
    ).rejects.toMatchObject(late);
    await expect(
      cleanFindings(officer, host, { id, version: 1 }, { bytes, keys: 'all' }, async () => {}),
    ).rejects.toMatchObject(late);
    await expect(letThrough(officer, { id }, { keys: ['nothing@x'], reason: '理由' })).rejects.toMatchObject({
      code: 'releases-no-finding',
    });
    await expect(
      cleanFindings(officer, host, { id }, { bytes: await dirty(), keys: 'all' }, async () => {}),
    ).rejects.toMatchObject({ code: 'releases-other-file' });
  });

  it('leave nothing half done when the file cannot be kept', async () => {
    const { id, bytes } = await checked();
    const failing = cleanFindings(officer, host, { id }, { bytes, keys: 'all' }, () =>
      Promise.reject(new Error('disk')),
    );
    await expect(failing).rejects.toThrow('disk');
    const { version, decisions, digest } = await readRelease(officer, id);
    expect([version, decisions, digest]).toEqual([1, [], digestOf(bytes)]);
    expect(await keys(id)).toContain(HIDDEN);
  });

  it('name nobody in the ledger and in plain columns', async () => {
    const { id, bytes } = await checked();
    await letThrough(officer, { id }, { keys: [MOBILE], reason: '张三同意' });
    await cleanFindings(officer, host, { id }, { bytes, keys: [HIDDEN] }, async () => {});
    const acts = await actsPage(db, office.agencyId, { subjectKind: 'release', subjectId: String(id) }, {
      limit: 10,
    } as never);
    const rows =
      await sql`SELECT to_jsonb(c) AS a, to_jsonb(d) AS b FROM release_checks c, release_decisions d`.execute(
        db,
      );
    const text = JSON.stringify([acts, rows.rows]);
    expect(text).toContain('手机号码');
    for (const personal of ['张三', PHONE, '138****', RESIDENT, '秘']) expect(text).not.toContain(personal);
  });
});

describe('disposal', () => {
  it('forgets the files of one case, and of no other', async () => {
    const { id, subject } = await checked();
    const other = await checked();
    await letThrough(officer, { id }, { keys: [MOBILE], reason: '值班电话' });
    await db.transaction().execute((trx) => disposeReleases({ ...officer, db: trx }, subject.id));
    expect(await readRelease(officer, id)).toMatchObject({ name: '', findings: [], decisions: [] });
    expect(await readRelease(officer, other.id)).toMatchObject({ name: '张三的答复.docx' });
  });
});

describe('keys', () => {
  it('change, and everything opens and is found as before', async () => {
    const { id, subject, bytes } = await checked();
    await letThrough(officer, { id }, { keys: [MOBILE], reason: '值班电话' });
    const vault = openVault([
      { id: 'k2', key: randomBytes(32) },
      { id: 'k1', key: Buffer.alloc(32, 7) },
    ]);
    const files = openFiles(folder, { maxBytes: 2 ** 20 });
    const rotation = {
      db,
      vault,
      sealedFiles: openSealedFiles(files, vault),
      files,
      now: new Date(),
      removeUnnamed: false,
    };
    const { problems } = await rotateKeys(rotation, releaseSealedTables);
    expect(problems.filter((problem) => problem.includes('release'))).toEqual([]);
    const turned = { ...officer, vault };
    const view = await readRelease(turned, id);
    expect(view).toMatchObject({ name: '张三的答复.docx', decisions: [{ reason: '值班电话' }] });
    expect(view.digest).not.toBe(digestOf(bytes));
    const other = await registerForm(turned, aForm({ submittedOn: DAY }));
    await expect(
      checkForRelease(turned, host, {
        subject: { kind: 'request', id: other.requestId },
        file: { name: 'a.docx', bytes },
      }),
    ).rejects.toMatchObject({ code: 'releases-other-subject' });
    expect(await checkForRelease(turned, host, { subject, file: { name: 'a.docx', bytes } })).toBe(id);
  });
});
