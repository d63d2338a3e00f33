import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { aForm, openOffice } from '../../../tests/support/requests.ts';
import { at, pdfOf } from '../../annual-report/reading/files/fixtures/raw-pdf.ts';
import { type Clock, clockAt } from '../../core/clock.ts';
import { openFiles } from '../../core/files.ts';
import { NotFound } from '../../core/refusal.ts';
import { openSealedFiles, openVault, rotateKeys } from '../../core/vault/index.ts';
import { actsPage } from '../../ledger/index.ts';
import { acceptRequest, filesOf, openFile, registerForm } from '../requests/index.ts';
import { disposeRedactions } from './discard.ts';
import { exportRedaction } from './export-actions.ts';
import {
  addBox,
  changeGround,
  coverOccurrences,
  discardRedaction,
  handToCase,
  listRedactions,
  openExport,
  openRedactor,
  pageImage,
  placeBox,
  type RedactionCtx,
  readRedaction,
  redactionSealedTables,
  removeBoxes,
  requestExport,
  resumeRedaction,
  startRedaction,
  stillLegible,
  undoLast,
} from './index.ts';

const { db } = await freshDatabase();
const office = await openOffice(db);
const folder = mkdtempSync(join(tmpdir(), 'gongkai-redactions-'));
const files = openFiles(folder, { maxBytes: 2 ** 26 });
const sealedFiles = openSealedFiles(files, office.vault);
const redactor = openRedactor();
afterAll(async () => {
  await redactor.close();
  rmSync(folder, { recursive: true });
});

const DAY = '2023-05-10';
type Who = Parameters<typeof office.as>[0];
const as = (who: Who, clock: Clock = clockAt(DAY)): RedactionCtx => ({
  ...office.as(who, DAY),
  clock,
  sealedFiles,
  redactor,
});
const officer = as('disclosure-officer');
const handler = as('case-handler');
const elsewhere = as('second-handler');
const system: RedactionCtx = { ...office.system(DAY), sealedFiles, redactor };

const queued: object[] = [];
const jobs = {
  jobs: { enqueue: async (_: unknown, __: string, payload?: object) => void queued.push(payload ?? {}) },
};

const SECRET = '530103199003074518';
/** Two pages with `Name:`-less Latin text: the fonts of every reader. */
const pdf = () =>
  pdfOf([
    `${at(50, 700, Buffer.from(`ID ${SECRET}`).toString('hex'))} ${at(50, 600, Buffer.from('Zhang San and Zhang San').toString('hex'))}`,
    at(50, 700, Buffer.from('Zhang San again, tel 13912345678').toString('hex')),
  ]);

async function started(ctx = handler, requestId: number | null = null): Promise<number> {
  return startRedaction(ctx, { requestId, files: [{ name: '张三的材料.pdf', bytes: pdf() }] });
}

/** The job as it stands, to act upon. */
async function now(id: number, ctx = officer) {
  const view = await readRedaction(ctx, id);
  return { view, ref: { id, version: view.version } };
}

const privacy = '711-15-privacy';
const ledger = (id: number) =>
  actsPage(db, office.agencyId, { subjectKind: 'redaction', subjectId: String(id) }, { limit: 100 });

describe('a file is taken in', () => {
  it('sealed, with its pages, by those who may', async () => {
    const id = await started();
    const { view } = await now(id);
    expect(view).toMatchObject({ name: '张三的材料.pdf', kind: 'pdf', state: 'draft', boxes: [] });
    expect(view.pages.map(({ characters }) => characters > 0)).toEqual([true, true]);
    await expect(started(as('auditor'))).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('and nothing of it is legible on disk, in the database or in the ledger', async () => {
    const id = await started();
    await coverOccurrences(handler, (await now(id)).ref, { query: { word: 'Zhang San' }, ground: privacy });
    for (const shelf of readdirSync(folder)) {
      for (const name of readdirSync(join(folder, shelf))) {
        const bytes = readFileSync(join(folder, shelf, name)).toString('latin1');
        expect(bytes).not.toContain('%PDF');
        expect(bytes).not.toContain(Buffer.from(SECRET).toString('hex'));
      }
    }
    const { rows } = await sql<{ all: string }>`
      SELECT string_agg(t::text, ' ') AS all FROM (
        SELECT j::text FROM redaction_jobs j UNION ALL SELECT b::text FROM redaction_boxes b
        UNION ALL SELECT o::text FROM redaction_openings o UNION ALL SELECT l::text FROM ledger_acts l) t`.execute(
      db,
    );
    expect(rows[0]?.all).not.toContain('张三');
    expect(rows[0]?.all).not.toContain('Zhang');
  });

  it('refuses what cannot be read, and leaves nothing behind', async () => {
    const before = [];
    for await (const digest of files.list()) before.push(digest);
    const broken = { name: 'a.pdf', bytes: Buffer.from('%PDF-1.7 broken') };
    await expect(startRedaction(handler, { requestId: null, files: [broken] })).rejects.toMatchObject({
      fault: 'damaged',
    });
    await expect(startRedaction(handler, { requestId: null, files: [] })).rejects.toThrow('请选择');
    const after = [];
    for await (const digest of files.list()) after.push(digest);
    expect(after).toEqual(before);
  });
});

describe('the original', () => {
  it('is opened by those who handle it, which is recorded once an hour for each', async () => {
    const id = await started();
    await readRedaction(handler, id);
    await Promise.all([1, 2].map((page) => pageImage(handler, id, page, 'before')));
    await readRedaction(officer, id);
    const openings = async () => (await ledger(id)).filter(({ act }) => act === 'redactions.open-original');
    expect((await openings()).map(({ actorName }) => actorName).sort()).toEqual(['戚承办', '邹专员']);
    const later = as('case-handler', {
      now: () => handler.clock.now().add({ minutes: 61 }),
      today: handler.clock.today,
    });
    await readRedaction(later, id);
    expect(await openings()).toHaveLength(3);
    expect((await readRedaction(later, id)).openings).toHaveLength(3);
  });

  it('is not there for others, nor for another agency', async () => {
    const id = await started();
    for (const act of [
      () => readRedaction(elsewhere, id),
      () => pageImage(elsewhere, id, 1, 'after'),
      () =>
        addBox(
          elsewhere,
          { id, version: 1 },
          { box: { page: 1, x: 1, y: 1, w: 9, h: 9 }, ground: privacy, whole: false },
        ),
      () => readRedaction({ ...officer, agencyId: office.agencyId + 1 }, id),
    ]) {
      await expect(act()).rejects.toBeInstanceOf(NotFound);
    }
    expect((await listRedactions(elsewhere, {}, { limit: 100 })).items.map((job) => job.id)).not.toContain(
      id,
    );
    expect((await listRedactions(officer, {}, { limit: 100 })).items.map((job) => job.id)).toContain(id);
  });

  it('is there for whoever handles its case', async () => {
    const { requestId } = await registerForm(
      office.as('disclosure-officer', DAY),
      aForm({ submittedOn: DAY }),
    );
    const id = await started(officer, requestId);
    await expect(readRedaction(elsewhere, id)).rejects.toBeInstanceOf(NotFound);
    await expect(started(elsewhere, requestId)).rejects.toBeInstanceOf(NotFound);
    await acceptRequest(officer, { id: requestId }, { unitId: office.otherUnitId, handlerId: null });
    expect((await readRedaction(elsewhere, id)).id).toBe(id);
    expect((await listRedactions(elsewhere, { requestId }, { limit: 10 })).items).toHaveLength(1);
  });
});

describe('boxes', () => {
  it('cover every place of a word or pattern once, with their ground', async () => {
    const id = await started();
    const word = { query: { word: 'Zhang San' }, ground: privacy };
    expect(await coverOccurrences(handler, (await now(id)).ref, word)).toEqual({ found: 3, added: 3 });
    expect(await coverOccurrences(handler, (await now(id)).ref, word)).toEqual({ found: 3, added: 0 });
    expect(
      await coverOccurrences(handler, (await now(id)).ref, {
        query: { pattern: 'identity' },
        ground: '711-14-secret',
      }),
    ).toEqual({ found: 1, added: 1 });
    const { view } = await now(id);
    expect(view.boxes.map(({ page, ground }) => [page, ground])).toEqual([
      [1, '711-14-secret'],
      [1, privacy],
      [1, privacy],
      [2, privacy],
    ]);
    const [act] = (await ledger(id)).filter(({ act }) => act === 'redactions.cover');
    expect(act).toMatchObject({
      ground: '《政府信息公开条例》（国务院令第711号）第十四条',
      after: { by: 'identity' },
    });
  });

  it('are changed and undone step by step', async () => {
    const id = await started();
    const places = async () => (await now(id)).view.boxes.map(({ x, ground }) => `${x} ${ground}`);
    const box = { page: 1, x: 10, y: 10, w: 50, h: 20 };
    await addBox(handler, (await now(id)).ref, { box, ground: privacy, whole: false });
    const first = (await now(id)).view.boxes[0]!;
    await placeBox(handler, (await now(id)).ref, first.id, { ...box, x: 30 });
    const second = (await now(id)).view.boxes[0]!;
    await changeGround(handler, (await now(id)).ref, second.id, '711-16-process');
    const third = (await now(id)).view.boxes[0]!;
    await removeBoxes(handler, (await now(id)).ref, [third.id]);
    const steps = [await places()];
    for (let step = 4; step >= 1; step -= 1) {
      await undoLast(handler, (await now(id)).ref);
      steps.push(await places());
    }
    expect(steps).toEqual([[], ['30 711-16-process'], [`30 ${privacy}`], [`10 ${privacy}`], []]);
    await expect(undoLast(handler, (await now(id)).ref)).rejects.toMatchObject({ code: 'nothing-to-undo' });
  });

  it('grow over the letters they touch', async () => {
    const id = await started();
    // The lower half of the line `ID 5301…`, whose foot is 100 points below the top of the page.
    const box = { page: 1, x: 60, y: 93, w: 60, h: 6 };
    await addBox(handler, (await now(id)).ref, { box, ground: privacy, whole: true });
    const [grown] = (await now(id)).view.boxes;
    expect(grown!.y).toBeLessThan(90);
    expect(grown!.y + grown!.h).toBeGreaterThan(102);
  });

  it('are refused for a page that is not there, a foreign ground, an empty word', async () => {
    const id = await started();
    const { ref } = await now(id);
    const box = { page: 9, x: 1, y: 1, w: 9, h: 9 };
    await expect(addBox(handler, ref, { box, ground: privacy, whole: false })).rejects.toThrow('页码');
    await expect(
      addBox(handler, ref, { box: { ...box, page: 1 }, ground: '492-14-privacy', whole: false }),
    ).rejects.toThrow('依据');
    await expect(coverOccurrences(handler, ref, { query: { word: '　' }, ground: privacy })).rejects.toThrow(
      '词',
    );
    await expect(removeBoxes(handler, ref, [999])).rejects.toBeInstanceOf(NotFound);
  });

  it('of two officers in the same instant: one wins, the other is told', async () => {
    const id = await started();
    const { ref } = await now(id);
    const box = { page: 1, x: 10, y: 10, w: 50, h: 20 };
    const both = await Promise.allSettled(
      [handler, officer].map((ctx) => addBox(ctx, ref, { box, ground: privacy, whole: false })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = both.find((each) => each.status === 'rejected');
    expect(lost?.reason).toMatchObject({ code: 'redaction-changed-meanwhile' });
    expect((await now(id)).view.boxes).toHaveLength(1);
  });
});

describe('an export', () => {
  async function exported(requestId: number | null = null) {
    const id = await started(officer, requestId);
    await coverOccurrences(officer, (await now(id)).ref, { query: { word: 'Zhang San' }, ground: privacy });
    await requestExport(officer, jobs, (await now(id)).ref, await stillLegible(officer, id));
    await exportRedaction(system, id);
    return id;
  }

  it('says what is still legible, is made, and is kept sealed', async () => {
    const id = await exported();
    expect(await stillLegible(officer, id)).toEqual([
      { pattern: 'identity', count: 1, pages: [1] },
      { pattern: 'phone', count: 1, pages: [2] },
    ]);
    const { view } = await now(id);
    expect(view).toMatchObject({
      state: 'exported',
      pagesDone: 2,
      exports: [{ boxes: 3, madeBy: '邹专员' }],
    });
    const { pdf } = await openExport(officer, id, view.exports[0]!.id);
    const { pages } = await redactor.prepare([pdf]);
    expect(pages.map(({ characters }) => characters)).toEqual([0, 0, 0]);
    const acts = (await ledger(id)).map(({ act }) => act);
    expect(acts).toEqual(
      expect.arrayContaining(['redactions.export', 'redactions.exported', 'redactions.open-export']),
    );
    await expect(undoLast(officer, (await now(id)).ref)).rejects.toMatchObject({
      code: 'redaction-exported',
    });
  });

  it('made twice is one', async () => {
    const id = await exported();
    await exportRedaction(system, id);
    expect((await now(id)).view.exports).toHaveLength(1);
  });

  it('is called off by going back to the boxes, and leaves nothing', async () => {
    const id = await started(officer);
    await requestExport(officer, jobs, (await now(id)).ref);
    const slow: RedactionCtx = {
      ...system,
      redactor: {
        ...redactor,
        async redact(source, boxes, words, progress) {
          await resumeRedaction(officer, (await now(id)).ref);
          return redactor.redact(source, boxes, words, progress);
        },
      },
    };
    await exportRedaction(slow, id);
    expect((await now(id)).view).toMatchObject({ state: 'draft', exports: [] });
  });

  it('called off and asked for again is not settled by the first run', async () => {
    const id = await started(officer);
    await requestExport(officer, jobs, (await now(id)).ref);
    const late: RedactionCtx = {
      ...system,
      redactor: {
        ...redactor,
        async redact(...order) {
          const made = await redactor.redact(...order);
          await resumeRedaction(officer, (await now(id)).ref);
          await addBox(officer, (await now(id)).ref, {
            box: { page: 1, x: 1, y: 1, w: 99, h: 99 },
            ground: privacy,
            whole: false,
          });
          await requestExport(officer, jobs, (await now(id)).ref);
          return made;
        },
      },
    };
    await exportRedaction(late, id);
    expect((await now(id)).view).toMatchObject({ state: 'exporting', exports: [] });
    await exportRedaction(system, id);
    expect((await now(id)).view.exports).toMatchObject([{ boxes: 1 }]);
  });

  it('that fails goes back to its officer with the reason', async () => {
    const id = await started(officer);
    await requestExport(officer, jobs, (await now(id)).ref);
    const failing = openRedactor({ timeoutMs: 1 });
    await exportRedaction({ ...system, redactor: failing }, id);
    await failing.close();
    expect((await now(id)).view).toMatchObject({ state: 'draft', fault: expect.stringContaining('已停止') });
  });

  it('goes into the case it was made for, once', async () => {
    const { requestId } = await registerForm(
      office.as('disclosure-officer', DAY),
      aForm({ submittedOn: DAY }),
    );
    const id = await exported(requestId);
    const [made] = (await now(id)).view.exports;
    const fileId = await handToCase(officer, id, made!.id, '处理后的文件.pdf');
    await expect(handToCase(officer, id, made!.id, 'a.pdf')).rejects.toMatchObject({
      code: 'redaction-handed',
    });
    const [file] = (await filesOf(officer, requestId)).filter(({ kind }) => kind === 'released');
    expect(file).toMatchObject({ id: fileId, name: '处理后的文件.pdf', type: 'application/pdf' });
    const { sealedDigest } = await openFile(officer, requestId, fileId);
    const bytes = await sealedFiles.read(sealedDigest, `request-file/${office.agencyId}`);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const loose = await exported();
    const [other] = (await now(loose)).view.exports;
    await expect(handToCase(officer, loose, other!.id, 'a.pdf')).rejects.toMatchObject({
      code: 'redaction-without-case',
    });
  });
});

describe('keys and disposal', () => {
  it('the redactions of a case go when its applicant’s data are disposed of', async () => {
    const on = office.as('disclosure-officer', DAY);
    const { requestId } = await registerForm(on, aForm({ submittedOn: DAY }));
    const [gone, stays] = [await started(officer, requestId), await started(officer)];
    await db.transaction().execute((trx) => disposeRedactions({ ...system, db: trx }, requestId));
    await expect(readRedaction(officer, gone)).rejects.toBeInstanceOf(NotFound);
    expect((await readRedaction(officer, stays)).id).toBe(stays);
  });

  it('a new key seals everything anew', async () => {
    const id = await started(officer);
    const vault = openVault([
      { id: 'k2', key: randomBytes(32) },
      { id: 'k1', key: Buffer.alloc(32, 7) },
    ]);
    const turned = { ...officer, vault, sealedFiles: openSealedFiles(files, vault) };
    const rotation = {
      db,
      vault,
      sealedFiles: turned.sealedFiles,
      files,
      now: new Date(),
      removeUnnamed: false,
    };
    const { problems } = await rotateKeys(rotation, redactionSealedTables);
    expect(problems.filter((problem) => problem.includes('redaction'))).toEqual([]);
    expect((await readRedaction(turned, id)).name).toBe('张三的材料.pdf');
    expect((await pageImage(turned, id, 1, 'after')).length).toBeGreaterThan(1000);
    await discardRedaction(turned, (await now(id, turned)).ref);
    await expect(readRedaction(turned, id)).rejects.toBeInstanceOf(NotFound);
    const kept = await sql<{ name: string; digest: string | null }>`
      SELECT j.name_sealed AS name, o.sealed_digest AS digest FROM redaction_jobs j
      JOIN redaction_originals o ON o.agency_id = j.agency_id AND o.job_id = j.id WHERE j.id = ${id}`.execute(
      db,
    );
    expect(kept.rows).toMatchObject([{ digest: null }]);
  });
});
