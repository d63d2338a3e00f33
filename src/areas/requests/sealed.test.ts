import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { aForm, applicant, openOffice } from '../../../tests/support/requests.ts';
import { openFiles } from '../../core/files.ts';
import { enrolKeys, openSealedFiles, openVault, rotateKeys, type Vault } from '../../core/vault/index.ts';
import { sealedTables } from '../../sealed-tables.ts';
import {
  acceptRequest,
  addDraftFile,
  askCorrection,
  consult,
  dispatchReply,
  draftReply,
  emptyReply,
  filePlace,
  findVisit,
  giveFeedback,
  newDraftToken,
  openDispute,
  openFile,
  type RequestCtx,
  readCase,
  recordOpinion,
  recordSearch,
  registerForm,
  revealApplicant,
  reviewReply,
  saveAnswers,
  signReply,
  splitRequest,
  submitReply,
  takeCorrection,
} from './index.ts';
import { findTracked } from './tracking.ts';

const { db, pool } = await freshDatabase();
const dir = mkdtempSync(join(tmpdir(), 'gongkai-requests-sealed-'));
afterAll(() => rmSync(dir, { recursive: true }));
const files = openFiles(dir, { maxBytes: 100_000 });
const office = await openOffice(db);
const oldKey = { id: 'k1', key: Buffer.alloc(32, 7) };
const newKey = { id: 'k2', key: randomBytes(32) };
const rotated = openVault([newKey, oldKey]);
const sealedFiles = openSealedFiles(files, office.vault);
const now = new Date('2023-04-01T00:00:00Z');

const officer = (on: string) => office.as('disclosure-officer', on);
const handler = (on: string) => office.as('case-handler', on);
const under = (vault: Vault, ctx: RequestCtx): RequestCtx => ({ ...ctx, vault });

async function keep(kind: 'attachment' | 'record', text: string) {
  const kept = await sealedFiles.put(Buffer.from(text), { context: filePlace(office.agencyId) });
  const digest = office.vault.digest('content', kept.plain.sha256);
  return {
    kind,
    sealedDigest: kept.sha256,
    digest,
    name: `${text}.txt`,
    type: 'text/plain',
    bytes: kept.plain.bytes,
  };
}

/** Every text of every table that some key sealed. */
async function sealedTexts(): Promise<{ place: string; value: string }[]> {
  const { rows: columns } = await pool.query<{ table: string; column: string }>(
    `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type = 'text'`,
  );
  const found: { place: string; value: string }[] = [];
  for (const { table, column } of columns) {
    const { rows } = await pool.query<{ value: string }>(
      `SELECT ${column} AS value FROM ${table} WHERE ${column} LIKE 's1:%'`,
    );
    found.push(...rows.map(({ value }) => ({ place: `${table}.${column}`, value })));
  }
  return found;
}

test('a case with everything on it reads the same after a change of keys, and the old key is not needed', async () => {
  await enrolKeys(db, office.vault, now);
  const form = aForm({ files: [await keep('attachment', '身份证复印件')] });
  const { requestId: id, number, code } = await registerForm(officer('2023-03-01'), form);
  await splitRequest(officer('2023-03-01'), { id }, [
    { title: '征地补偿方案', content: '请公开方案' },
    { title: '征地批复文件', content: '请公开批复' },
  ]);
  await askCorrection(officer('2023-03-02'), { id }, { asked: '请写明年度', days: 10 });
  await takeCorrection(officer('2023-03-03'), { id }, { text: '2022年度', files: [] });
  await acceptRequest(officer('2023-03-03'), { id }, { unitId: office.unitId, handlerId: null });
  await recordSearch(
    handler('2023-03-06'),
    { id },
    {
      unitId: office.unitId,
      outcome: 'found',
      findings: '查档案室2022年卷',
      files: [await keep('record', '方案')],
    },
  );
  await consult(
    handler('2023-03-06'),
    { id },
    {
      party: 'third-party',
      name: '昆明某公司',
      address: '昆明市',
      postcode: '650000',
      contact: '13888001111',
      information: '征地补偿方案',
    },
  );
  const { parties } = await readCase(officer('2023-03-07'), id);
  await recordOpinion(handler('2023-03-09'), { id }, [...parties.keys()][0]!, {
    opinion: 'agree',
    text: '同意',
    answeredOn: '2023-03-08',
    files: [],
  });
  const on = '2023-03-10';
  const content = { ...emptyReply, told: '随本答复书邮寄', provided: '《方案》，共3页' };
  await draftReply(handler(on), { id }, { kindCode: 'B1.2', content });
  await submitReply(handler(on), { id });
  await reviewReply(office.as('unit-head', on), { id }, 'legal', { result: 'approved', opinion: '合法' });
  await reviewReply(office.as('secrecy-reviewer', on), { id }, 'secrecy', {
    result: 'approved',
    opinion: '不涉密',
  });
  await signReply(office.as('leader', on), { id });
  await dispatchReply(officer(on), { id }, { method: 'post', on, trackingNumber: 'EMS123' });
  await openDispute(
    officer('2023-03-20'),
    { id },
    { kind: 'reconsideration', openedOn: '2023-03-20', body: '市政府', note: '不服' },
  );
  await giveFeedback(office.applicant('2023-03-20'), id, { answered: false, comment: '不全' });
  const token = newDraftToken();
  await saveAnswers(office.applicant('2023-03-20'), token, 'what', { title: '另一件' });
  await addDraftFile(
    office.applicant('2023-03-20'),
    sealedFiles,
    token,
    {
      kind: 'attachment',
      name: '附件.txt',
      type: 'text/plain',
      content: Buffer.from('附件'),
    },
    '203.0.113.9',
  );

  const before = await readCase(officer('2023-03-21'), id);
  const sealed = await sealedTexts();
  const tables = new Set(sealed.map(({ place }) => place));
  const ofRequests = [...tables].filter((place) => /^request/.test(place));
  expect(ofRequests.sort()).toEqual([
    'request_assignments.findings_sealed',
    'request_consultations.answer_sealed',
    'request_consultations.party_sealed',
    'request_corrections.answer_sealed',
    'request_corrections.asked_sealed',
    'request_disputes.note_sealed',
    'request_draft_files.details_sealed',
    'request_drafts.sealed',
    'request_feedback.comment_sealed',
    'request_files.name_sealed',
    'request_forms.applicant_sealed',
    'request_forms.code_sealed',
    'request_forms.content_sealed',
    'request_replies.content_sealed',
    'request_reviews.opinion_sealed',
    'requests.content_sealed',
  ]);

  await enrolKeys(db, rotated, now);
  const ctx = {
    db,
    vault: rotated,
    files,
    sealedFiles: openSealedFiles(files, rotated),
    now,
    removeUnnamed: false,
  };
  expect(await rotateKeys(ctx, sealedTables)).toMatchObject({ removed: 3, retired: ['k1'], problems: [] });
  const after = await sealedTexts();
  expect(after.filter(({ value }) => rotated.keyOf(value) !== 'k2')).toEqual([]);
  expect(after.length).toBe(sealed.length);

  const alone = openVault([newKey]);
  const later = under(alone, officer('2023-03-21'));
  const found = await readCase(later, id);
  const bare = ({ files: _files, ...view }: typeof before) => view;
  expect(bare(found)).toEqual(bare(before));
  expect(await revealApplicant(later, id, '核对身份')).toMatchObject(applicant);
  const plainFiles = [];
  for (const { id: fileId } of found.files) {
    const file = await openFile(later, id, fileId);
    const plain = await openSealedFiles(files, alone).read(file.sealedDigest, filePlace(office.agencyId));
    expect(file.digest).toBe(alone.digest('content', createHash('sha256').update(plain).digest('hex')));
    plainFiles.push(`${plain}.txt = ${file.name}`);
  }
  expect(plainFiles.sort()).toEqual(['方案.txt = 方案.txt', '身份证复印件.txt = 身份证复印件.txt']);
  expect(await findTracked(under(alone, office.applicant('2023-03-21')), number, code)).not.toBeNull();
  const visit = await findVisit(under(alone, office.applicant('2023-03-21')), token);
  expect(visit).toMatchObject({ stage: 'draft' });
  const { rows } = await pool.query('SELECT DISTINCT identity_digest FROM requests');
  expect(rows).toEqual([{ identity_digest: alone.digest('identity', applicant.identityNumber) }]);
});
