import { describe, expect, it } from 'vitest';
import { openPublishingOffice } from '../../../tests/support/catalogue.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { documentsOf } from '../../../tests/support/normative.ts';
import {
  decideCleanUp,
  draftCleanUpResult,
  dropCleanUp,
  keepTheRestOf,
  openCleanUp,
  proposeInCleanUp,
  readCleanUp,
  sendCleanUpBack,
  submitCleanUp,
} from './clean-up-actions.ts';
import { resultBody } from './clean-up-result.ts';
import {
  type CleanUpMove,
  type CleanUpState,
  cleanUpObstacle,
  cleanUpProblems,
  proposalProblems,
} from './clean-up-rules.ts';
import { cleanUpDocuments } from './clean-up-store.ts';
import { submitItem } from './draft-actions.ts';
import { catalogueFigures } from './figures.ts';
import { findItem } from './item-store.ts';
import { withdrawItem } from './publishing-actions.ts';
import { reviewItem } from './review-actions.ts';
import { decideValidity, proposeValidity } from './validity-actions.ts';
import { openVersion } from './version-store.ts';

const facts = { may: true, staffId: 1, unanswered: 0 };
const inState = (state: CleanUpState, more = {}) => ({
  state,
  submittedBy: state === 'submitted' ? 2 : null,
  resultItem: null,
  ...more,
});

describe('the moves of a clean-up', () => {
  it.each<[CleanUpMove, CleanUpState, object, string | null]>([
    ['propose', 'collecting', {}, null],
    ['propose', 'submitted', {}, 'clean-up-wrong-state'],
    ['propose', 'decided', {}, 'clean-up-wrong-state'],
    ['submit', 'collecting', {}, null],
    ['submit', 'collecting', { unanswered: 1 }, 'clean-up-unanswered'],
    ['submit', 'dropped', {}, 'clean-up-wrong-state'],
    ['decide', 'submitted', {}, null],
    ['decide', 'submitted', { staffId: 2 }, 'clean-up-own'],
    ['decide', 'submitted', { may: false }, 'clean-up-not-yours'],
    ['decide', 'collecting', {}, 'clean-up-wrong-state'],
    ['send-back', 'submitted', {}, null],
    ['drop', 'submitted', {}, null],
    ['drop', 'decided', {}, 'clean-up-wrong-state'],
    ['draft-result', 'decided', {}, null],
    ['draft-result', 'submitted', {}, 'clean-up-wrong-state'],
  ])('%s while %s', (move, state, more, code) => {
    expect(cleanUpObstacle(move, inState(state), { ...facts, ...more })?.code ?? null).toBe(code);
  });

  it('is published once', () => {
    expect(cleanUpObstacle('draft-result', inState('decided', { resultItem: 9 }), facts)?.code).toBe(
      'clean-up-published',
    );
  });

  const form = {
    name: '2018年文件清理',
    kinds: ['normative'],
    cutoffOn: '2018-06-30',
    replyBy: '2018-07-31',
    ground: '按照省政府要求',
  };
  it.each<[string, Partial<typeof form>, string[]]>([
    ['complete', {}, []],
    ['no kind', { kinds: ['none', 'toString'] }, ['kinds']],
    ['a day to come', { cutoffOn: '2018-07-02' }, ['cutoffOn']],
    ['a reply in the past', { replyBy: '2018-06-30' }, ['replyBy']],
    ['no ground', { ground: '' }, ['ground']],
    ['no name', { name: '清' }, ['name']],
  ])('a new one: %s', (_, given, fields) => {
    expect(Object.keys(cleanUpProblems({ ...form, ...given }, '2018-07-01'))).toEqual(fields);
  });

  it.each<[string, string, number | null, string[]]>([
    ['keep', '', null, []],
    ['repeal', '', null, ['ground']],
    ['expire', '适用期已过', null, []],
    ['repeal', '被代替', 7, ['replacement']],
    ['forget', '理由', null, ['proposal']],
  ])('proposes to %s because %s', (proposal, ground, replacedBy, fields) => {
    expect(Object.keys(proposalProblems({ proposal, ground, replacedBy }, 7))).toEqual(fields);
  });
});

const { db } = await freshDatabase();
const office = await openPublishingOffice(db);
const { agencyId } = office;
const [kept = 0, amended = 0, repealed = 0, lapsed = 0, gone = 0, late = 0] = await documentsOf(
  office.system('2018-06-01'),
  [
    { title: '安全生产管理办法', number: '昆高规〔2016〕1号', formedOn: '2016-01-04', unit: 'AJJ' },
    { title: '应急预案<管理>办法', number: '昆高规〔2016〕2号', formedOn: '2016-02-04', unit: 'AJJ' },
    { title: '专项资金暂行办法', number: '昆高规〔2014〕3号', formedOn: '2014-03-04', unit: 'CZJ' },
    { title: '汛期临时规定', number: '昆高规〔2015〕4号', formedOn: '2015-05-04', unit: 'AJJ' },
    { title: '已另行废止的规定', number: '昆高规〔2013〕5号', formedOn: '2013-05-04', unit: 'CZJ' },
    { title: '截止日以后的办法', number: '昆高规〔2018〕6号', formedOn: '2018-06-01', unit: 'CZJ' },
  ],
);
await documentsOf(office.system('2018-06-01'), [
  { title: '普通通知', number: '昆高发〔2018〕7号', formedOn: '2018-01-04', kind: 'none' },
]);
const code = (act: Promise<unknown>) =>
  act.then(
    () => 'done',
    (error) => error.code ?? Object.keys(error.fields ?? { [String(error)]: 1 }).join(),
  );
const form = {
  name: '2018年行政规范性文件清理',
  kinds: ['normative'],
  cutoffOn: '2018-05-31',
  replyBy: '2018-07-31',
  ground: '根据省人民政府的要求',
};
const officer = office.as('disclosure-officer', '2018-07-02');
const head = office.as('unit-head', '2018-07-03');
const second = office.as('second-head', '2018-07-03');
const leader = office.as('leader', '2018-08-01');

describe('a clean-up on a real database', () => {
  let id = 0;

  it('lists every document in force up to the day, and runs alone', async () => {
    expect(await code(openCleanUp(head, form))).toBe('not-allowed');
    expect(await code(openCleanUp(officer, { ...form, kinds: ['rule'] }))).toBe('cutoffOn');
    const twice = await Promise.allSettled([openCleanUp(officer, form), openCleanUp(officer, form)]);
    const opened = twice.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const refused = twice.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect([opened.length, refused.map(({ code }) => code)]).toEqual([1, ['clean-up-running']]);
    id = opened[0] ?? 0;
    expect(await code(openCleanUp(officer, form))).toBe('clean-up-running');
    const documents = await cleanUpDocuments(db, agencyId, id);
    expect(documents.map(({ itemId }) => itemId).sort((a, b) => a - b)).toEqual([
      kept,
      amended,
      repealed,
      lapsed,
      gone,
    ]);
  });

  it('takes proposals of each unit for its own documents', async () => {
    const repeal = { proposal: 'repeal', ground: '已被新的办法代替', replacement: '昆高规〔2018〕6号' };
    expect(await code(proposeInCleanUp(head, id, repealed, repeal))).toBe('clean-up-other-unit');
    expect(
      await code(proposeInCleanUp(second, id, repealed, { ...repeal, replacement: '昆高规〔1999〕6号' })),
    ).toBe('replacement');
    expect(await code(proposeInCleanUp(second, id, late, repeal))).toMatch(/没有这份文件|not-found/);
    await proposeInCleanUp(second, id, repealed, repeal);
    await proposeInCleanUp(head, id, lapsed, { proposal: 'expire', ground: '适用期已过', replacement: '' });
    expect(await code(submitCleanUp(officer, id))).toBe('clean-up-unanswered');
    await proposeInCleanUp(head, id, amended, { proposal: 'amend', ground: '第三条修改', replacement: '' });
    expect(await keepTheRestOf(head, id)).toBe(1);
    expect(await keepTheRestOf(second, id)).toBe(1);
    expect((await readCleanUp(officer, id)).owing).toEqual([]);
  });

  it('goes to the leader, comes back, and is decided once by one of two', async () => {
    await submitCleanUp(officer, id);
    expect(
      await code(proposeInCleanUp(head, id, kept, { proposal: 'keep', ground: '', replacement: '' })),
    ).toBe('clean-up-wrong-state');
    expect(await code(sendCleanUpBack(leader, id, ''))).toBe('opinion');
    await sendCleanUpBack(leader, id, '请再核对理由');
    await submitCleanUp(officer, id);
    // Repealed by itself while the clean-up waits.
    const change = await proposeValidity(second, gone, {
      validity: 'repealed',
      fromOn: '2018-07-03',
      ground: '单独废止',
      replacement: '',
    });
    await decideValidity(office.as('disclosure-officer', '2018-07-04'), change, {
      approved: true,
      opinion: '',
    });
    expect(await code(decideCleanUp(leader, id, { decidedOn: '2018-08-02', opinion: '' }))).toBe('decidedOn');
    expect(await code(decideCleanUp(leader, id, { decidedOn: '2018-05-30', opinion: '' }))).toBe('decidedOn');
    expect(await code(decideCleanUp(officer, id, { decidedOn: '2018-08-01', opinion: '' }))).toBe(
      'not-allowed',
    );
    const both = await Promise.all([
      code(decideCleanUp(leader, id, { decidedOn: '2018-08-01', opinion: '' })),
      code(decideCleanUp(leader, id, { decidedOn: '2018-08-01', opinion: '' })),
    ]);
    expect(both.sort()).toEqual(['clean-up-wrong-state', 'done']);
  });

  it('marks every document, and feeds the counts of the year', async () => {
    const validity = async (item: number) => {
      const found = await findItem(db, agencyId, item);
      return [found?.validity, found?.validityOn];
    };
    expect(await validity(kept)).toEqual(['in-force', null]);
    expect(await validity(amended)).toEqual(['amended', '2018-08-01']);
    expect(await validity(repealed)).toEqual(['repealed', '2018-08-01']);
    expect(await validity(lapsed)).toEqual(['expired', '2018-08-01']);
    expect(await validity(gone)).toEqual(['repealed', '2018-07-03']);
    expect((await findItem(db, agencyId, repealed))?.replacedBy).toBe(late);
    const count = async (name: string) =>
      (
        await catalogueFigures
          .find((one) => one.code === `catalogue.normative.${name}`)
          ?.count?.(db, { agencyId, from: '2018-01-01', to: '2018-12-31' })
      )?.records;
    expect([await count('issued'), await count('repealed'), await count('in-force')]).toEqual([1, 3, 3]);
  });

  it('publishes its lists through the ordinary review', async () => {
    expect(await code(draftCleanUpResult(officer, id, { columnId: null }))).toBe('columnId');
    const item = await draftCleanUpResult(office.as('disclosure-officer', '2018-08-02'), id, {
      columnId: office.columnId,
    });
    const version = await openVersion(db, agencyId, item);
    expect(version?.plain).toContain('继续有效 2 件（其中修改 1 件），废止 1 件，宣布失效 1 件');
    expect(version?.body).toContain('应急预案&lt;管理&gt;办法');
    expect(version?.body).toContain('由《截止日以后的办法》代替');
    expect(version?.body).not.toContain('已另行废止的规定');
    expect(
      await code(
        draftCleanUpResult(office.as('disclosure-officer', '2018-08-02'), id, { columnId: office.columnId }),
      ),
    ).toBe('clean-up-published');
    const pass = { result: 'passed', opinion: '' } as const;
    await submitItem(office.as('disclosure-officer', '2018-08-02'), item);
    await reviewItem(office.as('unit-head', '2018-08-02'), item, { step: 'first', ...pass });
    await reviewItem(office.as('secrecy-reviewer', '2018-08-02'), item, { step: 'second', ...pass });
    await reviewItem(office.as('secrecy-reviewer', '2018-08-02'), item, { step: 'final', ...pass });
    expect((await findItem(db, agencyId, item))?.state).toBe('published');
  });

  it('can be given up, and changes nothing then', async () => {
    const again = await openCleanUp(office.as('disclosure-officer', '2018-09-03'), {
      ...form,
      name: '再次清理',
      cutoffOn: '2018-09-03',
      replyBy: '2018-10-08',
    });
    await withdrawItem(office.as('disclosure-officer', '2018-09-03'), kept, {
      reason: '内容有误需重发',
      ground: '条例第六条',
    });
    await dropCleanUp(office.as('disclosure-officer', '2018-09-03'), again);
    expect((await findItem(db, agencyId, amended))?.validity).toBe('amended');
    expect(await code(dropCleanUp(office.as('disclosure-officer', '2018-09-03'), again))).toBe(
      'clean-up-wrong-state',
    );
  });
});

it('has no table for a list that is empty', () => {
  const body = resultBody(
    { name: '清理', ground: '依据', cutoffOn: '2018-05-31', decidedOn: '2018-08-01' },
    [],
  );
  expect(body).not.toContain('<table>');
});
