import { describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { type Draft, granted, ordinaryCase } from '../../../tests/support/ordinary-case.ts';
import { aForm, openOffice } from '../../../tests/support/requests.ts';
import { actsOf } from '../../ledger/index.ts';
import { deliverLetter, dispatchLetter, lettersOf } from '../letters/index.ts';
import {
  acceptRequest,
  askAssistance,
  askReasons,
  chargeFee,
  consult,
  correctLetterSlip,
  decideRectification,
  draftReply,
  emptyReply,
  giveFeedback,
  judgeReasons,
  lapseFee,
  overruleThirdParty,
  proposePublication,
  recordAssistance,
  recordConsultationDelivery,
  recordDelivery,
  recordFeeDelivery,
  recordOpinion,
  registerForm,
  submitReply,
  takeReasons,
  takeRectification,
  trackedForm,
} from './index.ts';

const { db, pool } = await freshDatabase();
const office = await openOffice(db);
const { officer, handler, view, accepted, signed, send } = ordinaryCase(office);

const refusedAs = (code: string) => ({ code });
const beside = (field: string) => ({ fields: { [field]: expect.any(String) } });

describe('reasons for many requests (711/35)', () => {
  const unreasonable: Draft = {
    kindCode: 'B5.4',
    content: { ...emptyReply, reason: '说明的理由与所申请的信息无关', told: '近三个月内提交申请42件' },
  };

  test('are asked once and stop no clock; only found unreasonable is the request not handled', async () => {
    const id = await accepted('2023-03-01');
    await draftReply(handler('2023-03-02'), { id }, unreasonable);
    await expect(submitReply(handler('2023-03-02'), { id })).rejects.toMatchObject(beside('kindCode'));
    const other = await accepted('2023-03-01');
    await askReasons(officer('2023-03-03'), { id: other }, { facts: '近三个月内提交申请42件', days: 5 });
    const asked = await view(other, '2023-03-03');
    expect(asked.case).toMatchObject({ state: 'handling', dueOn: '2023-03-29' });
    expect(asked.standing.reasons).toMatchObject({ dueOn: '2023-03-10', verdict: null });
    expect(asked.letters.at(-1)).toMatchObject({ kind: 'reasons', label: '说明理由告知书' });
    const again = () => askReasons(officer('2023-03-06'), { id: other }, { facts: '又来一次', days: 5 });
    await expect(again()).rejects.toMatchObject(refusedAs('requests-reasons-once'));
    const judge = (on: string, verdict: 'reasonable' | 'unreasonable') =>
      judgeReasons(officer(on), { id: other }, { verdict, finding: '逾期没有说明', until: '' });
    await expect(judge('2023-03-10', 'unreasonable')).rejects.toThrow('2023年3月10日');
    await expect(judge('2023-03-13', 'reasonable')).rejects.toMatchObject(beside('verdict'));
    await judge('2023-03-13', 'unreasonable');
    await signed(other, '2023-03-14', unreasonable);
    await send(other, '2023-03-14');
    expect((await view(other, '2023-03-14')).case).toMatchObject({ resultCode: 'B5.4' });
  });

  test('found reasonable but not to be answered in time, a reasonable period is told by letter', async () => {
    const id = await accepted('2023-03-01');
    await askReasons(officer('2023-03-03'), { id }, { facts: '近三个月内提交申请42件', days: 5 });
    await takeReasons(
      officer('2023-03-08'),
      { id },
      { text: '毕业论文需要', answeredOn: '2023-03-07', files: [] },
    );
    const delay = (on: string, until: string) =>
      judgeReasons(officer(on), { id }, { verdict: 'delayed', finding: '需要逐件检索五年的档案', until });
    await expect(delay('2023-03-09', '2023-03-29')).rejects.toMatchObject(beside('until'));
    await expect(delay('2023-03-09', '2023-05-01')).rejects.toThrow('休息日');
    await expect(delay('2023-03-09', '2024-03-29')).rejects.toMatchObject(beside('until'));
    await expect(delay('2023-03-30', '2023-05-31')).rejects.toMatchObject(refusedAs('requests-delay-late'));
    await delay('2023-03-09', '2023-05-31');
    const found = await view(id, '2023-03-09');
    expect(found.case.dueOn).toBe('2023-05-31');
    expect(found.clock?.reasons.at(-1)?.article).toContain('第三十五条');
    expect(found.days.at(-1)?.date).toBe('2023-05-31');
    expect(found.letters.at(-1)).toMatchObject({ kind: 'delay', label: '延迟答复告知书' });
    expect(found.reasons).toEqual({
      facts: '近三个月内提交申请42件',
      answer: '毕业论文需要',
      finding: '需要逐件检索五年的档案',
    });
  });

  test('the old law knows nothing of it', async () => {
    const id = await accepted('2019-05-14');
    const ask = askReasons(officer('2019-05-15'), { id }, { facts: '很多', days: 5 });
    await expect(ask).rejects.toMatchObject(refusedAs('requests-no-such-rule'));
  });
});

describe('another office', () => {
  const asked = { name: '某某局', address: '', postcode: '', contact: '', information: '请协助查找批复文件' };

  test('is asked for help by letter, answers, and moves no clock; the applicant does not see the letter', async () => {
    const id = await accepted('2023-03-01');
    const sent = await askAssistance(handler('2023-03-02'), { id }, { ...asked, dueOn: '2023-03-10' });
    const found = await view(id, '2023-03-02');
    expect(found.case).toMatchObject({ dueOn: '2023-03-29', suspendedUntil: null });
    expect(found.letters.at(-1)).toMatchObject({ kind: 'assistance', label: '协办函' });
    expect(found.moves.find(({ move }) => move === 'record-opinion')?.obstacle?.code).toBe(
      'requests-nobody-asked',
    );
    const tracked = await trackedForm(office.applicant('2023-03-02'), found.case.formId);
    expect(tracked.cases[0]?.letters.map(({ kind }) => kind)).not.toContain('assistance');
    await recordAssistance(handler('2023-03-09'), { id }, sent, {
      text: '查到批复一份',
      answeredOn: '2023-03-08',
      files: [],
    });
    const after = await view(id, '2023-03-09');
    expect(after.case.dueOn).toBe('2023-03-29');
    expect(after.parties.get(sent)?.answer).toBe('查到批复一份');
  });

  test('a third party gets the slip to write its opinion on', async () => {
    const id = await accepted('2023-03-01');
    await consult(handler('2023-03-02'), { id }, { party: 'third-party', ...asked });
    const { letters, case: request } = await view(id, '2023-03-02');
    const kinds = ['consult-third-party', 'consult-confirmation', 'consult-notice'];
    expect(letters.map(({ kind }) => kind)).toEqual(kinds);
    const tracked = await trackedForm(office.applicant('2023-03-02'), request.formId);
    expect(tracked.cases[0]?.letters.map(({ kind }) => kind)).toEqual(['consult-notice']);
  });
});

describe('a third party that objects', () => {
  async function objecting(opinion: 'disagree' | 'partly') {
    const id = await accepted('2023-03-01');
    const asked = { name: '某公司', address: '', postcode: '', contact: '', information: '付款条款' };
    const consultation = await consult(handler('2023-03-02'), { id }, { party: 'third-party', ...asked });
    await recordOpinion(handler('2023-03-07'), { id }, consultation, {
      opinion,
      text: '不同意公开付款条款',
      answeredOn: '2023-03-07',
      files: [],
    });
    return { id, consultation };
  }
  const partial = { ...granted.content, withheld: '自然人的住址', reason: '住址是个人隐私' };

  test('to what a partial answer hands out: public interest, and he is told first', async () => {
    const { id, consultation } = await objecting('disagree');
    const draft = (content: Partial<Draft['content']>): Draft => ({
      kindCode: 'B2',
      content: { ...partial, ...content },
    });
    await expect(signed(id, '2023-03-08', draft({ objected: 'given' }))).rejects.toMatchObject(
      beside('publicInterest'),
    );
    await signed(id, '2023-03-08', draft({ objected: 'given', publicInterest: '关系公共资金的使用' }));
    await expect(send(id, '2023-03-08')).rejects.toMatchObject(refusedAs('requests-third-party-untold'));
    await overruleThirdParty(officer('2023-03-08'), { id }, consultation, '关系公共资金的使用');
    await send(id, '2023-03-08');
    expect((await view(id, '2023-03-08')).case.resultCode).toBe('B2');
  });

  test('in part, to whole disclosure: the same', async () => {
    const { id } = await objecting('partly');
    await expect(signed(id, '2023-03-08')).rejects.toMatchObject(beside('publicInterest'));
  });

  test('to what is kept back: he need not be told, and the letter does not speak of public interest', async () => {
    const { id } = await objecting('partly');
    await signed(id, '2023-03-08', {
      kindCode: 'B2',
      content: { ...partial, objected: 'kept', publicInterest: '不该出现的话' },
    });
    const { moves, letters } = await view(id, '2023-03-08');
    expect(moves.find(({ move }) => move === 'overrule')?.obstacle?.code).toBe('requests-nobody-overruled');
    expect(letters.at(-1)?.kind).toBe('reply');
    await send(id, '2023-03-08');
  });
});

describe('a slip that was written down wrongly', () => {
  const correction = (more: Partial<Parameters<typeof correctLetterSlip>[3]>) => ({
    sentOn: '2023-03-10',
    method: 'post' as const,
    deliveredOn: '',
    reason: '邮局收据上是前一天',
    ...more,
  });

  test('of the reply: the old days stay with the reason, and the conclusion follows the right one', async () => {
    const id = await accepted('2023-03-01');
    await signed(id, '2023-03-28');
    await send(id, '2023-03-30');
    await recordDelivery(officer('2023-04-04'), { id }, { on: '2023-04-03', by: '本人' });
    const { letterId } = (await view(id, '2023-04-04')).standing.reply ?? { letterId: 0 };
    const correct = (more: Parameters<typeof correction>[0]) =>
      correctLetterSlip(officer('2023-04-06'), { id }, letterId ?? 0, correction(more));
    const same = { sentOn: '2023-03-30', deliveredOn: '2023-04-03' };
    await expect(correct({ ...same, reason: '' })).rejects.toMatchObject(beside('reason'));
    await expect(correct(same)).rejects.toMatchObject(beside('sentOn'));
    await expect(correct({ ...same, sentOn: '2023-03-27' })).rejects.toMatchObject(beside('sentOn'));
    await expect(correct({ ...same, deliveredOn: '2023-03-29' })).rejects.toMatchObject(
      beside('deliveredOn'),
    );
    await expect(correct({ ...same, deliveredOn: '' })).rejects.toMatchObject(beside('deliveredOn'));
    await correct({ sentOn: '2023-03-29', deliveredOn: '2023-04-01' });
    const found = await view(id, '2023-04-06');
    expect(found.case).toMatchObject({ resultCode: 'B1.2', concludedOn: '2023-03-29', dueOn: '2023-03-29' });
    expect(found.standing.reply).toMatchObject({ dispatchedOn: '2023-03-29', deliveredOn: '2023-04-01' });
    const letter = found.letters.find((one) => one.id === letterId);
    expect(letter).toMatchObject({
      dispatchedOn: '2023-03-29',
      deliveredOn: '2023-04-01',
      corrections: [
        { sentOn: '2023-03-30', method: null, deliveredOn: '2023-04-03', reason: '邮局收据上是前一天' },
      ],
    });
    const [act] = await actsOf(db, office.agencyId, 'request', id, 1);
    expect(act?.title).toBe('更正发出、送达登记');
    // Outside such a correction the slips stay as closed as they were.
    await expect(
      pool.query(`UPDATE letters SET delivered_on = '2023-04-02' WHERE id = $1`, [letterId]),
    ).rejects.toThrow('was delivered');
    await expect(
      pool.query(`UPDATE requests SET concluded_on = '2023-03-28' WHERE id = $1`, [id]),
    ).rejects.toThrow();
    await expect(pool.query(`DELETE FROM letter_corrections`)).rejects.toThrow('only added');
  });

  test('of a consultation: its fifteen days run from the right day, and the limit moves with them', async () => {
    const id = await accepted('2023-03-01');
    const asked = { name: '某公司', address: '', postcode: '', contact: '', information: '付款条款' };
    const consultation = await consult(handler('2023-03-02'), { id }, { party: 'third-party', ...asked });
    await recordConsultationDelivery(handler('2023-03-08'), { id }, consultation, '2023-03-08');
    const twice = recordConsultationDelivery(handler('2023-03-08'), { id }, consultation, '2023-03-03');
    await expect(twice).rejects.toMatchObject(refusedAs('requests-delivered'));
    const before = (await view(id, '2023-03-09')).case.dueOn;
    const letterId = (await view(id, '2023-03-09')).standing.consultations[0]?.letterId ?? 0;
    await correctLetterSlip(
      officer('2023-03-09'),
      { id },
      letterId,
      correction({ sentOn: '', deliveredOn: '2023-03-03' }),
    );
    const [letter] = await lettersOf(officer('2023-03-09'), id);
    expect(letter?.corrections).toMatchObject([
      { sentOn: null, deliveredOn: '2023-03-08', reason: '邮局收据上是前一天' },
    ]);
    const told = await pool.query(`SELECT 1 FROM ledger_acts WHERE reason = '邮局收据上是前一天'`);
    expect(told.rows).toEqual([]);
    const after = (await view(id, '2023-03-09')).case;
    expect([before, after.dueOn]).toEqual(['2023-04-25', '2023-04-21']);
    const { rows } = await pool.query('SELECT DISTINCT title FROM notifications WHERE href = $1', [
      `/workbench/requests/${id}`,
    ]);
    expect(rows).toContainEqual({
      title: `发出、送达登记已更正：申请 ${after.number} 的答复期限由4月25日改为4月21日`,
    });
  });

  test('of a fee notice: the days to pay are counted anew, unless the request lapsed within them', async () => {
    const id = await accepted('2023-03-01');
    const letterId = await chargeFee(
      officer('2023-03-02'),
      { id },
      { method: 'page', pages: 60, payWay: '到窗口缴纳' },
    );
    await dispatchLetter(officer('2023-03-02'), letterId, {
      method: 'post',
      on: officer('2023-03-02').clock.today(),
    });
    await recordFeeDelivery(officer('2023-03-03'), { id }, '2023-03-03');
    const again = recordFeeDelivery(officer('2023-03-06'), { id }, '2023-03-06');
    await expect(again).rejects.toMatchObject(refusedAs('requests-delivered'));
    const slip = (deliveredOn: string) => correction({ sentOn: '2023-03-02', deliveredOn });
    await correctLetterSlip(officer('2023-03-07'), { id }, letterId, slip('2023-03-06'));
    expect((await view(id, '2023-03-07')).standing.fee).toMatchObject({
      deliveredOn: '2023-03-06',
      dueOn: '2023-04-03',
    });
    await lapseFee(officer('2023-04-04'), { id });
    await expect(
      correctLetterSlip(officer('2023-04-06'), { id }, letterId, slip('2023-03-10')),
    ).rejects.toMatchObject(refusedAs('requests-fee-lapsed'));
    const [letter] = (await lettersOf(officer('2023-04-06'), id)).slice(-1);
    expect(letter).toMatchObject({ deliveredOn: '2023-03-06', corrections: [{ deliveredOn: '2023-03-03' }] });
  });

  test('is refused for a letter of another case, and for one never sent', async () => {
    const [id, other] = [await accepted('2023-03-01'), await accepted('2023-03-01')];
    const asked = { name: '某局', address: '', postcode: '', contact: '', information: '协助检索' };
    await askAssistance(handler('2023-03-02'), { id: other }, { ...asked, dueOn: '2023-03-10' });
    const letterId = (await view(other, '2023-03-02')).letters.at(-1)?.id ?? 0;
    const correct = (of: number) =>
      correctLetterSlip(officer('2023-03-03'), { id: of }, letterId, correction({ sentOn: '2023-03-02' }));
    await expect(correct(other)).rejects.toThrow('没有找到');
    await dispatchLetter(officer('2023-03-03'), letterId, {
      method: 'direct',
      on: officer('2023-03-03').clock.today(),
    });
    await deliverLetter(officer('2023-03-03'), letterId, { on: officer('2023-03-03').clock.today() });
    await expect(correct(id)).rejects.toThrow('没有找到');
  });
});

describe('a record about oneself (711/41)', () => {
  test('is demanded to be corrected and answered by letter, one demand after the other', async () => {
    const id = await accepted('2023-03-01');
    await signed(id, '2023-03-10');
    await send(id, '2023-03-10');
    const take = (on: string) =>
      takeRectification(officer(on), { id }, { askedOn: on, asked: '面积应为98.6平方米', files: [] });
    await take('2023-03-20');
    await expect(take('2023-03-21')).rejects.toMatchObject(refusedAs('requests-rectifying'));
    await decideRectification(
      officer('2023-03-24'),
      { id },
      { outcome: 'corrected', decision: '经核对档案，已更正' },
    );
    const found = await view(id, '2023-03-24');
    expect(found.letters.at(-1)).toMatchObject({ kind: 'rectification', label: '更正告知书' });
    expect(found.standing.rectifications).toMatchObject([{ outcome: 'corrected', decidedOn: '2023-03-24' }]);
    expect([...found.rectifications.values()]).toEqual([
      { asked: '面积应为98.6平方米', decision: '经核对档案，已更正' },
    ]);
    await take('2023-04-03');
  });

  test('only where something was provided', async () => {
    const id = await accepted('2023-03-01');
    const content = { ...emptyReply, reason: '本机关没有制作过', told: '无法确定' };
    await signed(id, '2023-03-10', { kindCode: 'B4.1', content });
    await send(id, '2023-03-10');
    await expect(
      takeRectification(officer('2023-03-20'), { id }, { askedOn: '2023-03-20', asked: '写错了', files: [] }),
    ).rejects.toMatchObject(refusedAs('requests-not-disclosed'));
  });
});

test('the history leads to files by their kind, to letters, to what the applicant said and to what became public', async () => {
  const attachment = {
    kind: 'attachment' as const,
    name: '李小明的身份说明.pdf',
    type: 'application/pdf',
    bytes: 9,
    sealedDigest: 'e'.repeat(64),
    digest: 'f'.repeat(64),
  };
  const { requestId: id } = await registerForm(officer('2023-03-01'), aForm({ files: [attachment] }));
  await acceptRequest(officer('2023-03-02'), { id }, { unitId: office.unitId, handlerId: null });
  const asked = { name: '某局', address: '', postcode: '', contact: '', information: '协助检索' };
  await askAssistance(handler('2023-03-03'), { id }, { ...asked, dueOn: '2023-03-10' });
  const letterId = (await view(id, '2023-03-03')).letters.at(-1)?.id ?? 0;
  const on = officer('2023-03-06').clock.today();
  await dispatchLetter(officer('2023-03-06'), letterId, { method: 'post', on });
  await signed(id, '2023-03-10');
  await send(id, '2023-03-10');
  await giveFeedback(office.applicant('2023-03-20'), id, { answered: false, comment: '不是我要的' });
  const proposal = { title: '方案公开', question: '方案是什么？', answer: '方案共三页，如下。', fileIds: [] };
  await proposePublication(officer('2023-03-21'), { id }, proposal);
  const { timeline } = await view(id, '2023-03-22');
  const linked = (title: string) =>
    timeline.find((one) => one.title === title)?.links.map(({ label }) => label);
  expect(linked('登记申请')).toEqual(['申请附件']);
  expect(linked('发出协办函')?.[0]).toMatch(/^协办函 .+号$/);
  expect(linked('发出文书')?.[0]).toMatch(/^协办函 .+号$/);
  expect(linked('申请人评价答复')).toEqual(['评价']);
  expect(timeline.find(({ title }) => title === '申请人评价答复')?.detail).toContain('不是所申请的信息');
  expect(linked('提出转为主动公开')).toEqual(['转主动公开稿件']);
  const told = JSON.stringify(timeline);
  for (const secret of ['李小明', '不是我要的']) expect(told).not.toContain(secret);
});
