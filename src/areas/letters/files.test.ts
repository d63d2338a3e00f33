import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mammoth from 'mammoth';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { someRequest } from '../../../tests/support/letters.ts';
import { clockAt } from '../../core/clock.ts';
import { transact } from '../../core/db.ts';
import { openFiles } from '../../core/files.ts';
import { openSealedFiles, openVault } from '../../core/vault/index.ts';
import { resealTable } from '../../core/vault/reseal.ts';
import { createAgency } from '../organisations/index.ts';
import {
  applicationForm,
  deliverLetter,
  dispatchLetter,
  disposeLetters,
  draftFile,
  fields,
  issueLetter,
  type LetterCtx,
  type LetterFields,
  type LetterKind,
  letterByCode,
  letterFile,
  letterKinds,
  letterSealedTables,
  openLetterPrinting,
  readLetter,
  receiptSheet,
  sheetFile,
} from './index.ts';

const { db, pool } = await freshDatabase();
const dir = mkdtempSync(join(tmpdir(), 'gongkai-letters-'));
const key = { id: 'k1', key: randomBytes(32) };
const vault = openVault([key]);
const files = openFiles(dir, { maxBytes: 2 ** 24 });
const host = {
  letterPrinting: openLetterPrinting(),
  sealedFiles: openSealedFiles(files, vault),
  config: { publicUrl: 'https://gongkai.example.gov.cn' },
};
afterAll(async () => {
  await host.letterPrinting.close();
  rmSync(dir, { recursive: true, force: true });
});

const base = { db, clock: clockAt('2026-11-27'), actor: { kind: 'system' as const, name: '系统' } };
const agencyId = await createAgency(base, { code: 'gxq', name: '昆明高新区管委会', shortName: '高新区' });
const ctx: LetterCtx = { ...base, agencyId, vault };
const own = await someRequest(pool, agencyId, 1);

/** Nothing of it may be read as typesetting code, markup or a live field. */
const HOSTILE =
  '#import "x": * $a^2$ \\ {{理由}} <script>alert(1)</script>&amp; "引" \u202e倒写 @ref // ~ `code` = 标题';
const samples = Object.fromEntries(
  Object.entries(fields).map(([key, { sample }]) => [key, sample]),
) as LetterFields;

const issue = (
  kind: LetterKind,
  replyCode: string | null,
  more: { fields?: LetterFields; name?: string } = {},
) =>
  transact(ctx, (within) =>
    issueLetter(within, {
      kind,
      replyCode,
      ...own,
      recipient: { name: more.name ?? '欧阳若兰', address: '', postcode: '', contact: '' },
      fields: { ...samples, ...more.fields },
      attachments: kind === 'reply' ? ['清单（已作区分处理）', '索引'] : [],
      issuedOn: ctx.clock.today(),
      signedBy: null,
    }),
  );

async function pdfText(bytes: Uint8Array) {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  let text = '';
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    text += items.map((item) => ('str' in item ? item.str : '')).join('');
  }
  const all = packed(text);
  // A paragraph may go on behind the foot of its page.
  const running = all.replace(
    /核验真伪：扫描.*?第\d+页共\d+页|高新区公开.〔2026〕\d+号验证码[\w-]+第\d+页共\d+页/gu,
    '',
  );
  return { pdf, all, text: running };
}

const docxText = async (bytes: Uint8Array) =>
  packed((await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value);
/** Without blanks, which a line end and a gap between scripts may or may not give. */
const packed = (text: string) => text.replace(/[\s\u200b\u202e]/g, '');

/** Everything a letter says, in the order it is printed. */
async function parts(letterId: number): Promise<string[]> {
  const { content } = await readLetter(ctx, letterId);
  if (!content) throw new Error('no content');
  const tabular = content.kind === 'delivery';
  return [
    content.head,
    content.number,
    content.title,
    ...(tabular ? [] : [content.salutation]),
    ...content.paragraphs.map((paragraph) => (tabular ? paragraph.replace('：', '') : paragraph)),
    content.remedy ?? '',
    ...content.attachments,
    ...(tabular ? [] : [content.dateText]),
  ].map(packed);
}

const kinds: [LetterKind, string | null][] = [
  ...(Object.keys(letterKinds) as LetterKind[])
    .filter((kind) => kind !== 'reply')
    .map((kind): [LetterKind, null] => [kind, null]),
  ['reply', 'A4.3'],
  ['reply', 'B1.2'],
  ['reply', 'B2'],
  ['reply', 'B5.1'],
];

describe.each(kinds)('%s %s on paper', (kind, replyCode) => {
  it('says what was issued, in PDF and in Word', async () => {
    const { letterId, code } = await issue(kind, replyCode);
    const { bytes, name } = await letterFile(ctx, host, letterId, 'pdf');
    const { pdf, text, all } = await pdfText(bytes);
    const word = await docxText((await letterFile(ctx, host, letterId, 'docx')).bytes);
    let at = 0;
    for (const part of await parts(letterId)) {
      expect(text.slice(at)).toContain(part);
      at = text.indexOf(part, at);
      expect(word).toContain(part);
    }
    expect(all).toContain(code.match(/.{4}/g)?.join('-'));
    expect(name).toMatch(/^.+ 高新区公开.〔2026〕\d+号\.pdf$/);
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({ Language: 'zh-CN' });
    expect(JSON.stringify(info)).not.toContain('欧阳若兰');
  });
});

describe('hostile text', () => {
  it('is printed as it is', async () => {
    const { letterId } = await issue('extension', null, {
      name: '<b>#{{申请人}}',
      fields: { content: HOSTILE, extensionReason: `${HOSTILE}${'A'.repeat(200)}` },
    });
    const { text } = await pdfText((await letterFile(ctx, host, letterId, 'pdf')).bytes);
    const word = await docxText((await letterFile(ctx, host, letterId, 'docx')).bytes);
    for (const part of await parts(letterId)) {
      expect(text).toContain(part);
      expect(word).toContain(part);
    }
    expect(text).toContain('{{理由}}<script>alert(1)</script>&amp;');
    expect(text).toContain('<b>#{{申请人}}：');
  });

  it('with characters no font has still gives a file', async () => {
    const { letterId } = await issue('extension', null, { name: '\u{2B820}\u{30000}' });
    expect((await letterFile(ctx, host, letterId, 'pdf')).bytes.length).toBeGreaterThan(10_000);
  });
});

describe('the file of a letter', () => {
  it('is made once, sealed on disk, proved at every reading', async () => {
    const { letterId, code } = await issue('reply', 'B3.1');
    expect((await letterByCode(db, code))?.pdfSha256).toBeNull();
    const made = await Promise.all([1, 2, 3].map(() => letterFile(ctx, host, letterId, 'pdf')));
    const again = await letterFile(ctx, host, letterId, 'pdf');
    for (const { bytes } of made) expect(Buffer.compare(bytes, again.bytes)).toBe(0);
    const sha256 = createHash('sha256').update(again.bytes).digest('hex');
    expect((await letterByCode(db, code))?.pdfSha256).toBe(sha256);
    const { rows } = await pool.query('SELECT pdf_file FROM letters WHERE id = $1', [letterId]);
    const path = await files.locate(rows[0].pdf_file);
    expect(readFileSync(path).subarray(0, 4).toString()).toBe('GKS1');
    // Of three readers at once one kept its file; what the others made is gone.
    const prints = await pool.query(
      `SELECT 1 FROM ledger_acts WHERE act = 'letters.print' AND subject_id = $1`,
      [String(letterId)],
    );
    expect(prints.rows).toHaveLength(1);
    const kept = await pool.query('SELECT pdf_file FROM letters WHERE pdf_file IS NOT NULL');
    expect(readdirSync(dir).flatMap((shelf) => readdirSync(join(dir, shelf)))).toHaveLength(kept.rows.length);

    const other = await host.sealedFiles.put(Buffer.from('%PDF-1.7 forged'), {
      context: `letter/${agencyId}/${code}/pdf`,
    });
    await pool.query('UPDATE letters SET pdf_file = $2 WHERE id = $1', [letterId, other.sha256]);
    await expect(letterFile(ctx, host, letterId, 'pdf')).rejects.toThrow('not the one first made');
    writeFileSync(await files.locate(other.sha256), 'GKS1');
    await expect(letterFile(ctx, host, letterId, 'pdf')).rejects.toThrow('altered');
  });

  it('and its words open under a new key after a change of keys', async () => {
    const { letterId } = await issue('reply', 'B1.1');
    const before = await letterFile(ctx, host, letterId, 'pdf');
    await dispatchLetter(ctx, letterId, { method: 'post', on: ctx.clock.today(), trackingNumber: 'EA1' });
    await deliverLetter(ctx, letterId, { on: ctx.clock.today(), by: '张三' });
    const later = { id: 'k2', key: randomBytes(32) };
    const both = openVault([later, key]);
    await resealTable(
      { db, vault: both, sealedFiles: openSealedFiles(files, both), now: new Date() },
      letterSealedTables[0]!,
    );
    await resealTable(
      { db, vault: both, sealedFiles: openSealedFiles(files, both), now: new Date() },
      letterSealedTables[1]!,
    );
    const only = openVault([later]);
    const after = { ...ctx, vault: only };
    const file = await letterFile(
      after,
      { ...host, sealedFiles: openSealedFiles(files, only) },
      letterId,
      'pdf',
    );
    expect(Buffer.compare(file.bytes, before.bytes)).toBe(0);
    expect(await readLetter(after, letterId)).toMatchObject({
      deliveredTo: '张三',
      dispatches: [{ trackingNumber: 'EA1' }],
    });
  });

  it('is gone with its case', async () => {
    const { letterId } = await issue('extension', null);
    await letterFile(ctx, host, letterId, 'pdf');
    const kept = await pool.query('SELECT pdf_file FROM letters WHERE id = $1', [letterId]);
    await disposeLetters(ctx, own.formId, ctx.clock.today());
    const gone = await pool.query('SELECT 1 FROM sealed_file_removals WHERE sha256 = $1', [
      kept.rows[0].pdf_file,
    ]);
    expect(gone.rows).toHaveLength(1);
    await expect(letterFile(ctx, host, letterId, 'pdf')).rejects.toMatchObject({ status: 410 });
    await expect(letterFile(ctx, host, 10 ** 9, 'pdf')).rejects.toThrow('没有找到');
  });
});

describe('what is no letter', () => {
  it('drafts say that they are drafts', async () => {
    const text = {
      head: '昆明高新区管委会',
      title: '答复书',
      salutation: '张三：',
      paragraphs: ['正文'],
      remedy: null,
      attachments: [],
      signature: '昆明高新区管委会',
      issuedOn: '2026-11-27',
      dateText: '2026年11月27日',
    };
    const { bytes } = await draftFile(host, { ...text, kind: 'reply' }, 'pdf');
    expect((await pdfText(bytes)).text).toMatch(/草稿，未编号/);
    expect(await docxText((await draftFile(host, { ...text, kind: 'reply' }, 'docx')).bytes)).toContain(
      '未编号',
    );
  });

  it('forms and receipts hold what they were given', async () => {
    const applicant = {
      kind: '自然人',
      name: '张三',
      identity: '居民身份证 530100********1234',
      representative: '',
      contactPerson: '',
      phone: '13888001234',
      email: '',
      address: '人民路1号',
      postcode: '650000',
    };
    const form = applicationForm({
      agency: '昆明高新区管委会',
      number: '2026-000012',
      submittedOn: '2026-11-02',
      submittedText: '2026年11月2日',
      receivedText: '2026年11月2日',
      channel: '当面',
      oral: true,
      applicant,
      content: `第一行\n${HOSTILE}`,
      purpose: '',
      wantedForm: '纸质',
      deliveryWay: '邮寄',
      feeWaiver: false,
      needsHelp: '',
      attachments: ['说明.pdf'],
    });
    const { text } = await pdfText((await sheetFile(host, form)).bytes);
    for (const words of [
      '政府信息公开申请表',
      '口头申请，由本机关代填',
      '第一行',
      packed(HOSTILE),
      '说明.pdf',
    ])
      expect(text).toContain(words);
    const receipt = receiptSheet({
      agency: '昆明高新区管委会',
      number: '2026-000012',
      queryCode: 'K7QM-3F9T',
      trackAddress: 'https://gongkai.example.gov.cn/requests',
      submittedOn: '2026-11-02',
      submittedText: '2026年11月2日',
      receivedText: null,
      dueText: null,
      applicant: '张三',
      channel: '网络',
      content: '项目清单',
      deliveryWay: '邮寄',
      contact: '0871-1',
    });
    const printed = await pdfText((await sheetFile(host, receipt)).bytes);
    for (const words of ['K7QM-3F9T', '待双方确认', '2026-000012']) expect(printed.text).toContain(words);
  });
});
