import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { aForm, applicant, openOffice } from '../../../tests/support/requests.ts';
import { openFiles } from '../../core/files.ts';
import { enrolKeys, openSealedFiles, removeDiscarded } from '../../core/vault/index.ts';
import { sealedTables } from '../../sealed-tables.ts';
import { changeSettings } from '../organisations/index.ts';
import { disposeRedactions } from '../redactions/index.ts';
import { disposeReleases } from '../releases/index.ts';
import { carryOutDisposals } from './erasure.ts';
import {
  acceptRequest,
  addFiles,
  archiveRequest,
  askCorrection,
  cancelRequest,
  closeDispute,
  consult,
  decideDisposal,
  dispatchReply,
  draftReply,
  emptyReply,
  type FormInput,
  filePlace,
  giveFeedback,
  holdForms,
  listDisposals,
  listDueForms,
  listHeldForms,
  openDispute,
  openMail,
  proposeDisposal,
  readCase,
  readDisposal,
  recordDelivery,
  recordOpinion,
  recordSearch,
  registerForm,
  registerFromMail,
  releaseHold,
  requestFigures,
  revealApplicant,
  reviewReply,
  searchPerson,
  signReply,
  submitReply,
  takeCorrection,
  withdrawDisposal,
} from './index.ts';
import { sealDetails, sealLetter } from './mail-sealing.ts';
import { insertMail, insertMailFile } from './mail-store.ts';
import { findTracked } from './tracking.ts';

const { db, pool } = await freshDatabase();
const dir = mkdtempSync(join(tmpdir(), 'gongkai-disposal-'));
afterAll(() => rmSync(dir, { recursive: true }));
const files = openFiles(dir, { maxBytes: 100_000 });
const office = await openOffice(db);
const sealedFiles = openSealedFiles(files, office.vault);
const others = [disposeRedactions, disposeReleases];
const queued: string[] = [];
const jobs = { enqueue: async (_db: unknown, name: string) => void queued.push(name) };

/** Long after everything below was closed; data are kept for one year here. */
const LATER = '2024-06-03';
const officer = (on = LATER) => office.as('disclosure-officer', on);
const leader = () => ({ ...office.as('leader', LATER), jobs });
const run = (more = others, enough?: () => boolean) => carryOutDisposals(office.system(LATER), more, enough);

async function keep(text: string) {
  const kept = await sealedFiles.put(Buffer.from(text), { context: filePlace(office.agencyId) });
  return {
    kind: 'attachment' as const,
    sealedDigest: kept.sha256,
    digest: office.vault.digest('content', kept.plain.sha256),
    name: `${text}.txt`,
    type: 'text/plain',
    bytes: kept.plain.bytes,
  };
}

/** A case with something on every page of it, concluded on 10 March 2023. */
async function concluded(
  more: Partial<FormInput> = {},
): Promise<{ id: number; formId: number; code: string; number: string }> {
  const handler = (on: string) => office.as('case-handler', on);
  const {
    requestId: id,
    formId,
    code,
    number,
  } = await registerForm(officer('2023-03-01'), aForm({ files: [await keep('机密附件')], ...more }));
  await askCorrection(officer('2023-03-02'), { id }, { asked: '机密补正要求', days: 10 });
  await takeCorrection(officer('2023-03-03'), { id }, { text: '机密补正内容', files: [] });
  await acceptRequest(officer('2023-03-03'), { id }, { unitId: office.unitId, handlerId: null });
  const search = {
    unitId: office.unitId,
    outcome: 'found' as const,
    findings: '机密检索',
    files: [await keep('机密记录')],
  };
  await recordSearch(handler('2023-03-06'), { id }, search);
  const party = {
    party: 'third-party' as const,
    name: '机密公司',
    address: '机密路',
    postcode: '650000',
    contact: '13888001111',
    information: '机密事项',
  };
  await consult(handler('2023-03-06'), { id }, party);
  const { parties } = await readCase(officer('2023-03-07'), id);
  const opinion = { opinion: 'agree' as const, text: '机密意见', answeredOn: '2023-03-08', files: [] };
  await recordOpinion(handler('2023-03-09'), { id }, [...parties.keys()][0]!, opinion);
  const on = '2023-03-10';
  const content = { ...emptyReply, told: '机密告知', provided: '《机密方案》，共3页' };
  await draftReply(handler(on), { id }, { kindCode: 'B1.2', content });
  await submitReply(handler(on), { id });
  await reviewReply(office.as('unit-head', on), { id }, 'legal', { result: 'approved', opinion: '机密审核' });
  await reviewReply(office.as('secrecy-reviewer', on), { id }, 'secrecy', {
    result: 'approved',
    opinion: '机密审查',
  });
  await signReply(office.as('leader', on), { id });
  await dispatchReply(officer(on), { id }, { method: 'post', on, trackingNumber: '机密单号EMS' });
  await giveFeedback(office.applicant('2023-03-20'), id, { answered: true, comment: '机密评价' });
  return { id, formId, code, number };
}

const complaint = { kind: 'complaint' as const, openedOn: '2023-04-03', body: '市政府', note: '机密投诉' };

/** What every sealed value of the database says to whoever has the key. */
async function everythingSealed(): Promise<string[]> {
  const said: string[] = [];
  for (const { table, texts } of sealedTables) {
    const { rows } = await pool.query<Record<string, unknown>>(`SELECT * FROM ${table}`);
    for (const row of rows) {
      for (const [column, contextOf] of Object.entries(texts ?? {})) {
        const sealed = row[column];
        if (typeof sealed === 'string')
          said.push(`${table}.${column}: ${office.vault.open(sealed, contextOf(row))}`);
      }
    }
  }
  return said;
}

async function figures(): Promise<string[]> {
  const found: string[] = [];
  for (const year of [2022, 2023, 2024]) {
    const scope = { agencyId: office.agencyId, from: `${year}-01-01`, to: `${year}-12-31` };
    for (const { code, count } of requestFigures)
      found.push(`${year} ${code} ${(await count?.(db, scope))?.quantity ?? null}`);
  }
  return found;
}

const actsOn = async (kind: string, id: number) =>
  (
    await pool.query<{ act: string }>(
      'SELECT act FROM ledger_acts WHERE subject_kind = $1 AND subject_id = $2 ORDER BY seq',
      [kind, String(id)],
    )
  ).rows.map(({ act }) => act);

/** Forms that somebody's name, number or telephone leads to. */
async function found(typed: string): Promise<number> {
  const digests = await searchPerson(officer(), typed);
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*) FROM request_forms
     WHERE name_digest = ANY ($1) OR identity_digest = ANY ($1) OR contact_digests && $1`,
    [digests],
  );
  return rows[0]?.count ?? 0;
}

const dueIds = async () => (await listDueForms(officer())).items.map(({ id }) => id);

/** Proposed by the officer, approved by the leader. */
async function approved(which: Parameters<typeof proposeDisposal>[1]): Promise<number> {
  const list = await proposeDisposal(officer(), which);
  await decideDisposal(leader(), list, { approve: true, reason: '' });
  return list;
}

beforeAll(async () => {
  await enrolKeys(db, office.vault, new Date('2023-01-01T00:00:00Z'));
  await changeSettings(officer('2023-01-03'), {
    requests: { retentionYears: 1 },
    law: { confirmOnArrival: false },
  });
});

describe('what is due', () => {
  test('only forms whose every part is closed long enough, and no dispute is open', async () => {
    const over = await concluded();
    const disputed = await concluded();
    await openDispute(officer('2023-04-03'), { id: disputed.id }, complaint);
    const late = await concluded();
    await openDispute(officer('2023-04-03'), { id: late.id }, complaint);
    const { disputes } = await readCase(officer('2023-07-03'), late.id);
    await closeDispute(officer('2023-07-03'), { id: late.id }, disputes[0]!.id, {
      closedOn: '2023-07-03',
      outcome: '驳回',
    });
    const running = await registerForm(officer('2023-03-01'), aForm());
    const never = await registerForm(officer('2023-03-01'), aForm({ channel: 'fax' }));
    await cancelRequest(officer('2023-03-02'), { id: never.requestId }, '联系不上');
    await recordDelivery(officer('2023-03-15'), { id: over.id }, { on: '2023-03-14', by: '本人' });
    await archiveRequest(officer('2023-05-04'), { id: over.id });
    const due = await dueIds();
    expect(due).toEqual(expect.arrayContaining([over.formId, never.formId]));
    for (const { formId } of [disputed, late, running]) expect(due).not.toContain(formId);
    // A dispute that ended later begins the time anew.
    const { items } = await listDueForms(officer('2024-07-03'));
    expect(items.find(({ id }) => id === late.formId)?.closedOn).toBe('2023-07-03');
    expect((await listDueForms(officer('2024-03-09'))).items.map(({ id }) => id)).not.toContain(over.formId);
    expect((await listDueForms(officer('2024-03-10'))).items.map(({ id }) => id)).toContain(over.formId);
  });

  test('one part still open keeps the whole form', async () => {
    const { id, formId } = await concluded();
    await sql`INSERT INTO requests (agency_id, form_id, part, number, title, applicant_kind, channel, submitted_on, received_on,
        regime, state)
      SELECT agency_id, form_id, 2, number || '-2', '另一件', applicant_kind, channel, submitted_on, received_on, regime, 'handling'
      FROM requests WHERE id = ${id}`.execute(db);
    expect(await dueIds()).not.toContain(formId);
    await sql`DELETE FROM requests WHERE form_id = ${formId} AND part = 2`.execute(db);
    expect(await dueIds()).toContain(formId);
  });
});

describe('who decides', () => {
  test('nobody approves what he proposed, nor without the right; a refusal changes nothing', async () => {
    const { formId } = await concluded();
    const list = await proposeDisposal(officer(), { chosen: [formId] });
    expect(await dueIds()).not.toContain(formId);
    await expect(
      decideDisposal({ ...officer(), jobs }, list, { approve: true, reason: '' }),
    ).rejects.toMatchObject({ code: 'not-allowed' });
    const { actor } = officer();
    if (actor.kind !== 'staff') throw new Error('the officer is a person');
    const both = { ...officer(), actor: { ...actor, roles: ['leader', 'disclosure-officer'] }, jobs };
    await expect(decideDisposal(both, list, { approve: true, reason: '' })).rejects.toMatchObject({
      code: 'requests-own-disposal',
    });
    await expect(
      sql`UPDATE request_disposals SET state = 'approved', decided_by = proposed_by, decided_at = now() WHERE id = ${list}`.execute(
        db,
      ),
    ).rejects.toThrow('check');
    await expect(proposeDisposal(leader(), 'all')).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(decideDisposal(leader(), list, { approve: false, reason: '' })).rejects.toMatchObject({
      fields: { reason: expect.any(String) },
    });
    await decideDisposal(leader(), list, { approve: false, reason: '与在办的复核有关' });
    expect(await dueIds()).toContain(formId);
    await expect(decideDisposal(leader(), list, { approve: true, reason: '' })).rejects.toMatchObject({
      code: 'requests-disposal-decided',
    });
    expect(await run()).toBe(true);
    expect((await readCase(officer(), (await requestOf(formId)).id)).applicant).not.toBeNull();
  });

  test('a form stands on one list; one taken back is free again; two deciding at once: one wins', async () => {
    const { formId } = await concluded();
    const list = await proposeDisposal(officer(), { chosen: [formId, 999_999] });
    await expect(proposeDisposal(officer(), { chosen: [formId] })).rejects.toMatchObject({
      fields: { forms: expect.any(String) },
    });
    const both = await Promise.allSettled([
      withdrawDisposal(officer(), list),
      decideDisposal(leader(), list, { approve: false, reason: '再议一次' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await dueIds()).toContain(formId);
  });
});

const requestOf = async (formId: number) =>
  (await pool.query<{ id: number }>('SELECT id FROM requests WHERE form_id = $1 ORDER BY part', [formId]))
    .rows[0]!;

describe('disposal', () => {
  test('takes everything personal and leaves every figure, number and date', async () => {
    const kept = await concluded();
    await holdForms(officer(), [kept.formId], '可能有后续诉讼');
    const before = await figures();
    expect(before.some((line) => /^2023 .* [1-9]\d*$/.test(line))).toBe(true);
    const dates = async () =>
      (
        await pool.query(
          `SELECT r.number, r.state, r.result_code, r.received_on, r.due_on, r.concluded_on, l.number AS letter, l.issued_on
           FROM requests r LEFT JOIN letters l ON l.request_id = r.id ORDER BY r.id, l.id`,
        )
      ).rows;
    const datesBefore = await dates();
    const due = await dueIds();
    const sample = await requestOf(due[0]!);
    const { letters: lettersBefore } = await readCase(officer(), sample.id);
    const stored = (
      await pool.query<{ sealed_digest: string }>(
        'SELECT sealed_digest FROM request_files WHERE form_id = ANY ($1)',
        [due],
      )
    ).rows;
    expect(stored.length).toBeGreaterThan(4);

    queued.length = 0;
    const list = await approved('all');
    expect(queued).toEqual(['dispose-requests']);
    expect(await run()).toBe(true);
    await removeDiscarded(db, files);

    expect(await figures()).toEqual(before);
    expect(await dates()).toEqual(datesBefore);
    expect((await readDisposal(officer(), list)).disposal).toMatchObject({
      state: 'done',
      forms: due.length,
      disposed: due.length,
      spared: 0,
    });
    for (const { sealed_digest } of stored) await expect(files.read(sealed_digest)).rejects.toThrow();

    // Those kept still say everything; apart from them the key opens nothing.
    const stays = (await pool.query<{ id: number }>('SELECT id FROM request_forms WHERE disposed_on IS NULL'))
      .rows;
    const said = await everythingSealed();
    expect(stays.length).toBeGreaterThan(2);
    const { rows: counted } = await pool.query<{ count: number }>(
      'SELECT count(*) FROM request_forms WHERE applicant_sealed IS NOT NULL',
    );
    expect(said.filter((line) => line.includes(applicant.identityNumber)).length).toBeGreaterThan(0);
    expect(said.filter((line) => line.startsWith('request_forms.applicant')).length).toBe(counted[0]!.count);

    const view = await readCase(officer(), sample.id);
    expect(view).toMatchObject({
      applicant: null,
      content: null,
      files: [],
      repeats: [],
      disposal: { id: list, decidedByName: '凌领导', on: LATER },
      replyContent: emptyReply,
      feedback: { answered: true, comment: '' },
    });
    expect(JSON.stringify({ ...view, timeline: [] })).not.toContain('机密');
    expect(JSON.stringify(view.timeline)).not.toContain('机密');
    expect(view.letters.map(({ number }) => number)).toEqual(lettersBefore.map(({ number }) => number));
    expect(view.moves.filter(({ obstacle }) => obstacle === null)).toEqual([]);
    expect(await actsOn('request', sample.id)).toEqual(
      expect.arrayContaining(['requests.dispatch', 'requests.dispose']),
    );
  });

  test('closes the tracking page, the search and everything that writes', async () => {
    const { id, formId, number, code } = await concluded({
      applicant: {
        ...applicant,
        name: '独一无二',
        identityNumber: '530102199003078675',
        phone: '13700007777',
      },
    });
    const visitor = office.applicant(LATER);
    expect(await findTracked(visitor, number, code)).not.toBeNull();
    expect(await found('独一无二')).toBe(1);
    await approved({ chosen: [formId] });
    await run();
    expect(await findTracked(visitor, number, code)).toBeNull();
    expect(await findTracked(visitor, number, '')).toBeNull();
    expect(await found('独一无二')).toBe(0);
    expect(await found('13700007777')).toBe(0);
    const gone = { code: 'requests-disposed' };
    await expect(revealApplicant(officer(), id, '核对身份')).rejects.toMatchObject(gone);
    await expect(archiveRequest(officer(), { id })).rejects.toMatchObject(gone);
    await expect(openDispute(officer(), { id }, { ...complaint, openedOn: LATER })).rejects.toMatchObject(
      gone,
    );
    await expect(addFiles(officer(), id, [{ ...(await keep('后来')), kind: 'proof' }])).rejects.toMatchObject(
      gone,
    );
    await expect(giveFeedback(visitor, id, { answered: false, comment: '再评' })).rejects.toMatchObject(gone);
  });

  test('spares what was held back or disputed after the approval', async () => {
    const [goes, disputed, held] = [await concluded(), await concluded(), await concluded()];
    const list = await approved({ chosen: [goes.formId, disputed.formId, held.formId] });
    await openDispute(officer(), { id: disputed.id }, { ...complaint, openedOn: LATER });
    await holdForms(officer(), [held.formId], '领导要求留存');
    await run();
    expect((await readDisposal(officer(), list)).disposal).toMatchObject({
      state: 'done',
      disposed: 1,
      spared: 2,
    });
    for (const { id } of [disputed, held]) expect((await readCase(officer(), id)).applicant).not.toBeNull();
    expect((await readCase(officer(), goes.id)).applicant).toBeNull();
    expect((await listHeldForms(officer())).items[0]).toMatchObject({
      id: held.formId,
      reason: '领导要求留存',
    });
    await releaseHold(officer(), held.formId);
    expect(await dueIds()).toContain(held.formId);
    await expect(releaseHold(officer(), held.formId)).rejects.toThrow('没有暂缓');
  });

  test('goes on where a crash left it, and two workers take nothing twice', async () => {
    const forms: number[] = [];
    for (let n = 0; n < 4; n += 1) forms.push((await concluded()).formId);
    const list = await approved({ chosen: forms });
    let calls = 0;
    const crashing = async () => {
      calls += 1;
      if (calls === 2) throw new Error('the power went');
    };
    await expect(run([...others, crashing])).rejects.toThrow('the power went');
    const left = async () =>
      (await readDisposal(officer(), list)).items.filter(({ disposedOn }) => disposedOn === null).length;
    expect(await left()).toBe(3);
    let asked = 0;
    expect(await run(others, () => ++asked > 1)).toBe(false);
    expect(await left()).toBe(2);
    await Promise.all([run(), run()]);
    const { disposal, items } = await readDisposal(officer(), list);
    expect(disposal).toMatchObject({ state: 'done', disposed: 4, spared: 0 });
    for (const { parts } of items)
      expect(
        (await actsOn('request', parts[0]!.id)).filter((act) => act === 'requests.dispose'),
      ).toHaveLength(1);
  });

  test('takes the letter a request came by, and leaves what was published to everybody', async () => {
    const { db: _db, vault, agencyId } = officer();
    const letter = {
      sender: { name: '绝密发件人', address: 'a@example.cn' },
      subject: '绝密主题',
      text: '绝密正文',
      notes: [],
    };
    const token = 'ab'.repeat(16);
    const at = new Date('2023-03-01T02:00:00Z');
    const mailId = await insertMail(db, agencyId, {
      token,
      letter: sealLetter(vault, agencyId, token, letter),
      receivedAt: at,
      takenAt: at,
      files: 0,
      reason: null,
      by: '系统',
    });
    const attached = await keep('绝密附件');
    const { kind: _kind, sealedDigest, ...details } = attached;
    await insertMailFile(db, agencyId, mailId, {
      sealedDigest,
      details: sealDetails(vault, agencyId, mailId, details),
    });
    const { requestId, formId } = await registerFromMail(officer('2023-03-01'), mailId, aForm());
    await cancelRequest(officer('2023-03-02'), { id: requestId }, '联系不上');
    const answered = await concluded();
    const [shown, hidden] = (await readCase(officer(), answered.id)).files;
    await sql`INSERT INTO request_publications (agency_id, request_id, title, question, answer, file_ids, state, proposed_on,
        published_on)
      VALUES (${agencyId}, ${answered.id}, '城市更新', '问', '答', ${[shown!.id]}::bigint[], 'published', '2023-04-03', '2023-04-03')`.execute(
      db,
    );

    await approved({ chosen: [formId, answered.formId] });
    await run();
    await removeDiscarded(db, files);
    expect(await openMail(officer(), mailId)).toMatchObject({
      sender: null,
      subject: '',
      text: '',
      clearedOn: LATER,
    });
    await expect(files.read(sealedDigest)).rejects.toThrow();
    await expect(files.read(hidden!.sealedDigest)).rejects.toThrow();
    expect((await readCase(officer(), answered.id)).files.map(({ id }) => id)).toEqual([shown!.id]);
    expect((await files.read(shown!.sealedDigest)).length).toBeGreaterThan(0);
  });

  test('nothing of a disposed case opens, with the key in hand', async () => {
    const { id, formId } = await concluded({
      applicant: { ...applicant, name: '绝无仅有' },
      content: { content: '绝密内容', purpose: '绝密用途', feeWaiver: false, needsHelp: '' },
    });
    const others = (await everythingSealed()).filter((line) => line.includes('机密')).length;
    await approved({ chosen: [formId] });
    await run();
    const said = await everythingSealed();
    expect(said.filter((line) => /绝密|绝无仅有/.test(line))).toEqual([]);
    // Everything that was said on this case is gone: findings, opinions, replies, letters, names of files.
    expect(others - said.filter((line) => line.includes('机密')).length).toBeGreaterThan(12);
    const { rows } = await pool.query<{ row: string }>(
      `SELECT r::text AS row FROM requests r WHERE id = $1 UNION ALL SELECT f::text FROM request_forms f WHERE id = $2`,
      [id, formId],
    );
    expect(rows.map(({ row }) => row).join()).not.toMatch(/[0-9a-f]{64}[^0-9a-f].*[0-9a-f]{64}/);
  });
});

test('lists are read by those who look after them and by auditors, a page at a time', async () => {
  const { items } = await listDisposals(office.as('auditor', LATER));
  expect(items.length).toBeGreaterThan(4);
  await expect(listDisposals(office.as('case-handler', LATER))).rejects.toMatchObject({
    code: 'not-allowed',
  });
  for (const behind of ['2023-02-30.1', "2023-01-01.1' OR 1=1", 'x', '9999-12-31.1'])
    expect((await listDueForms(officer(), { behind })).items).toBeInstanceOf(Array);
});
