import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openPublishingOffice } from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { documentsOf } from '../../../tests/support/normative.ts';
import { catalogueFigures } from './figures.ts';
import { findItem } from './item-store.ts';
import type { Validity } from './model.ts';
import { withdrawItem } from './publishing-actions.ts';
import {
  decideValidity,
  dropValidity,
  expireDocuments,
  proposeTerm,
  proposeValidity,
} from './validity-actions.ts';
import { registerPage, wholeRegister } from './validity-register.ts';
import {
  decisionObstacle,
  isGone,
  lastNote,
  proposalObstacle,
  termProblems,
  type ValidityForm,
  type ValidityNote,
  validityProblems,
} from './validity-rules.ts';
import { notesOf } from './validity-store.ts';

const validityOn = (notes: readonly ValidityNote[], day: string) =>
  lastNote(notes, day)?.validity ?? 'in-force';

const notes = (...given: [Validity, string][]): ValidityNote[] =>
  given.map(([validity, fromOn], index) => ({ id: index + 1, validity, fromOn }));

describe('what a document is on a day', () => {
  it.each<[string, ValidityNote[], string, Validity]>([
    ['nothing was ever noted', [], '2018-01-01', 'in-force'],
    ['the day before it was repealed', notes(['repealed', '2018-06-01']), '2018-05-31', 'in-force'],
    ['the day it was repealed', notes(['repealed', '2018-06-01']), '2018-06-01', 'repealed'],
    [
      'amended, then repealed',
      notes(['amended', '2018-03-01'], ['repealed', '2018-06-01']),
      '2018-05-01',
      'amended',
    ],
    [
      'restored after a repeal',
      notes(['repealed', '2018-03-01'], ['in-force', '2018-04-01']),
      '2018-04-01',
      'in-force',
    ],
    [
      'two notes of one day: the one written last',
      notes(['repealed', '2018-03-01'], ['expired', '2018-03-01']),
      '2018-03-02',
      'expired',
    ],
    [
      'a note written late for an earlier day',
      notes(['repealed', '2018-06-01'], ['amended', '2018-02-01']),
      '2018-07-01',
      'repealed',
    ],
    [
      'what that late note changed',
      notes(['repealed', '2018-06-01'], ['amended', '2018-02-01']),
      '2018-03-01',
      'amended',
    ],
  ])('%s', (_, given, day, expected) => {
    expect(validityOn(given, day)).toBe(expected);
  });

  const day = fc
    .integer({ min: 0, max: 40 })
    .map((n) => `2018-0${1 + Math.floor(n / 28)}-${String(1 + (n % 28)).padStart(2, '0')}`);
  const history = fc
    .array(fc.tuple(fc.constantFrom<Validity>('in-force', 'amended', 'repealed', 'expired'), day), {
      maxLength: 6,
    })
    .map((given) => notes(...given));

  it('is exactly one thing on every day, whatever order its notes are read in', () => {
    fc.assert(
      fc.property(history, day, (given, on) => {
        const one = validityOn(given, on);
        expect(validityOn(given.toReversed(), on)).toBe(one);
        const begun = given.filter(({ fromOn }) => fromOn <= on);
        if (begun.length === 0) expect(one).toBe('in-force');
        else expect(begun.map(({ validity }) => validity)).toContain(one);
      }),
    );
  });
});

const today = '2018-06-15';
const form: ValidityForm = {
  validity: 'repealed',
  fromOn: '2018-06-01',
  ground: '被新办法代替',
  replacedBy: null,
};
const item = { id: 7, formedOn: '2016-05-01', validity: 'in-force' as const };

describe('a proposed change', () => {
  it.each<[string, Partial<ValidityForm>, string[]]>([
    ['complete', {}, []],
    ['the day of formation', { fromOn: '2016-05-01' }, []],
    ['today', { fromOn: today }, []],
    ['before it was formed', { fromOn: '2016-04-30' }, ['fromOn']],
    ['tomorrow', { fromOn: '2018-06-16' }, ['fromOn']],
    ['no day of the calendar', { fromOn: '2018-02-30' }, ['fromOn']],
    ['no such validity', { validity: 'gone' }, ['validity']],
    ['a name every object has', { validity: 'constructor' }, ['validity']],
    ['what it is already', { validity: 'in-force' }, ['validity']],
    ['without a ground', { ground: '　' }, ['ground']],
    ['a ground beyond measure', { ground: '长'.repeat(501) }, ['ground']],
    ['replaced by itself', { replacedBy: 7 }, ['replacement']],
  ])('%s', (_, given, fields) => {
    expect(Object.keys(validityProblems({ ...form, ...given }, item, today))).toEqual(fields);
  });

  it.each<[string, string, string | null, string[]]>([
    ['a last day to come', '2019-12-31', null, []],
    ['today', today, null, []],
    ['a day that has passed', '2018-06-14', null, ['validUntil']],
    ['taken away', '', '2019-12-31', []],
    ['nothing to take away', '', null, ['validUntil']],
  ])('an end of validity: %s', (_, validUntil, had, fields) => {
    const problems = termProblems(
      { validUntil, ground: '有效期五年' },
      { formedOn: '2016-05-01', validUntil: had },
      today,
    );
    expect(Object.keys(problems)).toEqual(fields);
  });

  const document = { state: 'published', unitId: 1, normative: 'normative' } as const;
  const head = { staffId: 5, unitId: 1, may: true, everyUnit: false };
  it.each<[string, Parameters<typeof proposalObstacle>, string | null]>([
    ['the unit itself', [document, false, head], null],
    ['another unit', [document, false, { ...head, unitId: 2 }], 'validity-other-unit'],
    ['who answers for all', [document, false, { ...head, unitId: 2, everyUnit: true }], null],
    ['somebody without the right', [document, false, { ...head, may: false }], 'validity-not-yours'],
    ['one open already', [document, true, head], 'validity-open'],
    ['withdrawn', [{ ...document, state: 'withdrawn' }, false, head], 'validity-not-public'],
    ['an ordinary item', [{ ...document, normative: 'none' }, false, head], 'validity-no-document'],
  ])('by %s', (_, given, code) => {
    expect(proposalObstacle(...given)?.code ?? null).toBe(code);
  });

  it('is decided once, and never by who proposed it', () => {
    const decider = { staffId: 9, may: true };
    expect(decisionObstacle({ state: 'open', proposedBy: 5 }, decider)).toBeNull();
    expect(decisionObstacle({ state: 'open', proposedBy: 9 }, decider)?.code).toBe('validity-own');
    expect(decisionObstacle({ state: 'approved', proposedBy: 5 }, decider)?.code).toBe('validity-decided');
  });
});

const { db, pool } = await freshDatabase();
const office = await openPublishingOffice(db);
const { agencyId } = office;
const [old = 0, fresh = 0, ending = 0, racing = 0] = await documentsOf(office.system('2018-06-01'), [
  { title: '科技创新扶持办法', number: '昆高规〔2015〕1号', formedOn: '2015-03-01', unit: 'AJJ' },
  { title: '科技创新促进办法', number: '昆高规〔2018〕1号', formedOn: '2018-05-01', unit: 'AJJ' },
  { title: '停车收费暂行规定', number: '昆高规〔2016〕2号', formedOn: '2016-06-18', unit: 'AJJ' },
  { title: '户外广告管理规定', number: '昆高规〔2014〕3号', formedOn: '2014-06-18', unit: 'CZJ' },
]);
const proposal = {
  validity: 'repealed',
  fromOn: '2018-05-01',
  ground: '由《科技创新促进办法》代替',
  replacement: '昆高规〔2018〕1号',
};
const code = (act: Promise<unknown>) =>
  act.then(
    () => 'done',
    (error) => error.code ?? Object.keys(error.fields ?? { [String(error)]: 1 }).join(),
  );
const revision = async () =>
  Number(
    (
      await sql<{
        r: number;
      }>`SELECT revision AS r FROM content_revisions WHERE agency_id = ${agencyId}`.execute(db)
    ).rows[0]?.r,
  );

describe('a change on a real database', () => {
  it('is proposed by the unit, approved by another, shown at once and told in the ledger', async () => {
    expect(await code(proposeValidity(office.as('publisher', today), old, proposal))).toBe('not-allowed');
    expect(await code(proposeValidity(office.as('second-head', today), old, proposal))).toBe(
      'validity-other-unit',
    );
    expect(
      await code(
        proposeValidity(office.as('unit-head', today), old, { ...proposal, replacement: '没有〔2018〕9号' }),
      ),
    ).toBe('replacement');
    const id = await proposeValidity(office.as('unit-head', today), old, proposal);
    expect(await code(proposeValidity(office.as('unit-head', today), old, proposal))).toBe('validity-open');
    expect((await findItem(db, agencyId, old))?.validity).toBe('in-force');
    const before = await revision();
    await decideValidity(office.as('disclosure-officer', today), id, { approved: true, opinion: '' });
    expect(await findItem(db, agencyId, old)).toMatchObject({
      validity: 'repealed',
      validityOn: '2018-05-01',
      replacedBy: fresh,
    });
    expect(await revision()).toBe(before + 1);
    const found = await sql<{
      validity: string;
    }>`SELECT validity FROM search_entries WHERE agency_id = ${agencyId} AND kind = 'item' AND ref = ${String(old)}`.execute(
      db,
    );
    expect(found.rows).toEqual([{ validity: 'repealed' }]);
    const acts = await sql<{
      act: string;
    }>`SELECT act FROM ledger_acts WHERE agency_id = ${agencyId} AND subject_id = ${String(old)} AND subject_kind = 'item' ORDER BY seq`.execute(
      db,
    );
    expect(acts.rows.map(({ act }) => act)).toEqual([
      'catalogue.propose-validity',
      'catalogue.change-validity',
    ]);
    expect(await code(decideValidity(office.as('leader', today), id, { approved: true, opinion: '' }))).toBe(
      'validity-decided',
    );
  });

  it('is not decided by who proposed it, nor by hand-written SQL', async () => {
    const officer = office.as('disclosure-officer', today);
    const id = await proposeValidity(officer, fresh, {
      validity: 'amended',
      fromOn: today,
      ground: '第三条修改',
      replacement: '',
    });
    expect(await code(decideValidity(officer, id, { approved: true, opinion: '' }))).toBe('validity-own');
    await expect(
      pool.query(
        `UPDATE validity_changes SET state = 'approved', decided_by = proposed_by, decided_at = now() WHERE id = ${id}`,
      ),
    ).rejects.toThrow();
    await expect(
      pool.query(`UPDATE items SET validity = 'expired', validity_on = '2018-06-15' WHERE id = ${fresh}`),
    ).rejects.toThrow(/no note tells/);
    await expect(pool.query(`DELETE FROM item_validity WHERE item_id = ${old}`)).rejects.toThrow(
      /does not change/,
    );
    expect(await code(decideValidity(office.as('leader', today), id, { approved: false, opinion: '' }))).toBe(
      'opinion',
    );
    await decideValidity(office.as('leader', today), id, { approved: false, opinion: '只是更正错字' });
    expect((await findItem(db, agencyId, fresh))?.validity).toBe('in-force');
    const again = await proposeValidity(officer, fresh, {
      validity: 'amended',
      fromOn: today,
      ground: '第三条修改',
      replacement: '',
    });
    expect(await code(dropValidity(office.as('unit-head', today), again))).toBe('validity-not-yours');
    await dropValidity(officer, again);
  });

  it('takes one of two who decide at once', async () => {
    const id = await proposeValidity(office.as('second-head', today), racing, {
      ...proposal,
      replacement: '',
    });
    const both = await Promise.all([
      code(decideValidity(office.as('disclosure-officer', today), id, { approved: true, opinion: '' })),
      code(decideValidity(office.as('leader', today), id, { approved: false, opinion: '再议' })),
    ]);
    expect(both.sort()).toEqual(['done', 'validity-decided']);
    const two = await Promise.all([
      code(
        proposeTerm(office.as('disclosure-officer', today), ending, {
          validUntil: '2018-06-18',
          ground: '有效期二年',
        }),
      ),
      code(
        proposeTerm(office.as('unit-head', today), ending, {
          validUntil: '2018-06-18',
          ground: '有效期二年',
        }),
      ),
    ]);
    expect(two.sort()).toEqual(['done', 'validity-open']);
    await decideValidity(
      office.as('leader', today),
      (await pool.query(`SELECT id FROM validity_changes WHERE item_id = ${ending} AND state = 'open'`))
        .rows[0].id,
      { approved: true, opinion: '' },
    );
  });

  it('lapses the day after its last day, once, and says so in the ledger', async () => {
    const last = office.system('2018-06-18');
    expect(await expireDocuments(last)).toBe(0);
    await expireDocuments({ ...office.system('2018-06-19'), actor: { kind: 'system', name: '有效期届满' } });
    expect(await findItem(db, agencyId, ending)).toMatchObject({
      validity: 'expired',
      validityOn: '2018-06-19',
    });
    expect(await expireDocuments(office.system('2018-06-19'))).toBe(0);
    expect((await notesOf(db, agencyId, ending)).map(({ validity, byName }) => [validity, byName])).toEqual([
      ['expired', '有效期届满'],
    ]);
  });

  it('in force again after its last day, it stays so', async () => {
    const on = '2018-07-02';
    const id = await proposeValidity(office.as('unit-head', on), ending, {
      validity: 'in-force',
      fromOn: '2018-06-25',
      ground: '决定继续执行',
      replacement: '',
    });
    await decideValidity(office.as('leader', on), id, { approved: true, opinion: '' });
    expect(await expireDocuments(office.system('2018-07-03'))).toBe(0);
    expect(await findItem(db, agencyId, ending)).toMatchObject({ validity: 'in-force', validUntil: null });
  });

  it('counts on every day what was issued less what was repealed and has lapsed', async () => {
    const figure = (name: string) =>
      catalogueFigures.find(({ code }) => code === `catalogue.normative.${name}`);
    const all = await Promise.all(
      [old, fresh, ending, racing].map(async (id) => ({
        formedOn: (await findItem(db, agencyId, id))?.formedOn ?? '',
        notes: await notesOf(db, agencyId, id),
      })),
    );
    for (const day of [
      '2014-06-17',
      '2014-06-18',
      '2016-06-18',
      '2018-04-30',
      '2018-05-01',
      '2018-06-18',
      '2018-06-19',
      '2018-06-24',
      '2018-06-25',
      '2019-01-01',
    ]) {
      const issued = all.filter(({ formedOn }) => formedOn <= day);
      const gone = issued.filter((one) => isGone(validityOn(one.notes, day)));
      const scope = { agencyId, from: '1990-01-01', to: day };
      const counted = async (name: string) => (await figure(name)?.count?.(db, scope))?.records;
      expect([day, await counted('issued'), await counted('repealed'), await counted('in-force')]).toEqual([
        day,
        issued.length,
        gone.length,
        issued.length - gone.length,
      ]);
    }
  });

  it('lists the register with its counts, without what is withdrawn', async () => {
    const { rows, counts } = await registerPage(db, agencyId, wholeRegister, null);
    expect(rows.map(({ documentNumber }) => documentNumber)).toEqual([
      '昆高规〔2018〕1号',
      '昆高规〔2016〕2号',
      '昆高规〔2015〕1号',
      '昆高规〔2014〕3号',
    ]);
    expect(rows[2]).toMatchObject({
      validity: 'repealed',
      ground: '由《科技创新促进办法》代替',
      replacementTitle: '科技创新促进办法',
    });
    expect(Object.values(counts.validities).reduce((sum, count) => sum + count, 0)).toBe(4);
    await withdrawItem(office.as('disclosure-officer', today), fresh, {
      reason: '内容有误需重发',
      ground: '第六条',
    });
    const after = await registerPage(
      db,
      agencyId,
      { ...wholeRegister, validity: 'repealed', year: 2015 },
      null,
    );
    expect(after.rows).toHaveLength(1);
    expect(after.rows[0]?.replacementTitle).toBeNull();
    expect((await registerPage(db, agencyId, wholeRegister, null)).counts.found).toBe(3);
  });
});
