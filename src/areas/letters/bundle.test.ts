import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { createCanvas } from '@napi-rs/canvas';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { someRequest } from '../../../tests/support/letters.ts';
import { clockAt } from '../../core/clock.ts';
import { transact } from '../../core/db.ts';
import { openFiles } from '../../core/files.ts';
import { openSealedFiles, openVault } from '../../core/vault/index.ts';
import { createAgency } from '../organisations/index.ts';
import {
  applicationForm,
  type BundledFile,
  caseBundle,
  issueLetter,
  type LetterCtx,
  lettersOf,
  openLetterPrinting,
} from './index.ts';

const { db, pool } = await freshDatabase();
const dir = mkdtempSync(join(tmpdir(), 'gongkai-bundle-'));
const vault = openVault([{ id: 'k1', key: randomBytes(32) }]);
const host = {
  letterPrinting: openLetterPrinting(),
  sealedFiles: openSealedFiles(openFiles(dir, { maxBytes: 2 ** 24 }), vault),
  config: { publicUrl: 'https://gongkai.example.gov.cn' },
};
afterAll(async () => {
  await host.letterPrinting.close();
  rmSync(dir, { recursive: true, force: true });
});

const base = { db, clock: clockAt('2026-11-27'), actor: { kind: 'system' as const, name: '系统' } };
const agencyId = await createAgency(base, { code: 'gxq', name: '昆明高新区管委会', shortName: '高新区' });
const ctx: LetterCtx = { ...base, agencyId, vault };

async function pages(bytes: Uint8Array): Promise<string[]> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const found: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    found.push(
      items
        .map((item) => ('str' in item ? item.str : ''))
        .join('')
        .replace(/\s/g, ''),
    );
  }
  return found;
}

/** A page that would run a script when it is opened or clicked. */
async function armed(words: string, lock?: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage();
  page.drawText(words);
  const script = pdf.context.obj({ S: 'JavaScript', JS: '(app.alert(1))' });
  page.node.set(PDFName.of('AA'), pdf.context.obj({ O: script }));
  const link = (action: object) =>
    pdf.context.obj({ Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 9, 9], ...action });
  page.node.set(
    PDFName.of('Annots'),
    pdf.context.obj([
      link({ A: script }),
      link({ A: { S: 'URI', URI: '(https://example.gov.cn)' } }),
      link({ A: { S: 'Launch', F: '(calc.exe)' } }),
    ]),
  );
  if (lock) pdf.encrypt({ userPassword: lock, ownerPassword: lock });
  return pdf.save();
}

it('a case is one file: facts, contents, acts, digests, form, letters and what can be bound', async () => {
  const own = await someRequest(pool, agencyId, 1);
  await transact(ctx, (within) =>
    issueLetter(within, {
      kind: 'extension',
      ...own,
      recipient: { name: '欧阳若兰', address: '', postcode: '', contact: '' },
      fields: {
        receivedOn: '2026年11月2日',
        requestNumber: '2026-000001',
        content: '项目清单',
        extensionReason: '需要逐件检索',
        due: '2026年11月30日',
        extendedDue: '2026年12月28日',
      },
      issuedOn: ctx.clock.today(),
      signedBy: null,
    }),
  );
  const canvas = createCanvas(60, 40);
  const file = (name: string, type: string, content: Uint8Array): BundledFile => ({
    kind: '申请附件',
    name,
    type,
    bytes: content.length,
    read: async () => content,
  });
  const record = await armed('RECORD');
  const files = [
    file('记录.pdf', 'application/pdf', record),
    file('加密.pdf', 'application/pdf', await armed('LOCKED', 'secret')),
    file('坏的.pdf', 'application/pdf', Buffer.from('%PDF-1.7 broken')),
    file('照片.jpg', 'image/jpeg', canvas.toBuffer('image/jpeg')),
    file('图片.png', 'image/png', canvas.toBuffer('image/png')),
    file('炸弹.png', 'image/png', hugePng()),
    file(
      '说明.docx',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      Buffer.from('PK'),
    ),
  ];
  const applicant = {
    kind: '自然人',
    name: '欧阳若兰',
    identity: '',
    representative: '',
    contactPerson: '',
    phone: '',
    email: '',
    address: '',
    postcode: '',
  };
  const { bytes, name } = await caseBundle(ctx, host, {
    agency: '昆明高新区管委会',
    number: '2026-000001',
    title: '项目清单',
    madeOn: ctx.clock.today(),
    madeBy: '王专员',
    facts: [{ label: '办理结果', value: '予以公开' }],
    timeline: Array.from({ length: 60 }, (_, turn) => ({
      at: '2026-11-02 09:00',
      title: `办理${turn}`,
      by: '系统',
      detail: '',
    })),
    form: applicationForm({
      agency: '昆明高新区管委会',
      number: '2026-000001',
      submittedOn: '2026-11-02',
      submittedText: '',
      receivedText: '',
      channel: '当面',
      oral: false,
      applicant,
      content: '项目清单',
      purpose: '',
      wantedForm: '',
      deliveryWay: '',
      feeWaiver: false,
      needsHelp: '',
      attachments: [],
    }),
    letters: await lettersOf(ctx, own.requestId),
    files,
  });
  expect(name).toBe('案卷 2026-000001.pdf');
  const all = await pages(bytes);
  const front = all.findIndex((page) => page.includes('政府信息公开申请表') && page.includes('欧阳若兰'));
  const head = all.slice(0, front).join('');
  for (const words of ['目录', '办理59', '高新区公开告〔2026〕1号', '予以公开', digestOf(record)])
    expect(head).toContain(words);
  // The contents tell the page each part begins on.
  const numbered = (title: string) => Number(new RegExp(`${title}第(\\d+)页`, 'u').exec(head)?.[1]);
  expect(all[numbered('申请附件：记录\\.pdf') - 1]).toContain('RECORD');
  expect(all[numbered('延期答复告知书高新区公开告〔2026〕1号') - 1]).toContain('需要逐件检索');
  expect(head).toMatch(/加密\.pdf未装订：文件已(损坏或者)?加密/);
  expect(head).toContain('坏的.pdf未装订：文件已损坏');
  expect(head).toContain('炸弹.png未装订：图片过大');
  expect(head).toContain('说明.docx未装订：不是PDF');
  expect(all.at(-1)).toContain(`2026-000001${all.length}/${all.length}`);
  expect(all).toHaveLength(front + 1 + 1 + 1 + 2);
  const raw = (await PDFDocument.load(bytes)).context
    .enumerateIndirectObjects()
    .map(([, object]) => String(object));
  expect(raw.join('\n')).not.toMatch(/JavaScript|Launch/);
  expect(raw.join('\n')).toContain('example.gov.cn');
}, 60_000);

const digestOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

/** A header that claims 60 000 × 60 000 points. */
function hugePng(): Buffer {
  const png = Buffer.from(createCanvas(4, 4).toBuffer('image/png'));
  png.writeUInt32BE(60_000, 16);
  png.writeUInt32BE(60_000, 20);
  return png;
}
