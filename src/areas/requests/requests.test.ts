import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { granted, ordinaryCase } from '../../../tests/support/ordinary-case.ts';
import { aForm, applicant, openOffice } from '../../../tests/support/requests.ts';
import {
  acceptRequest,
  addFiles,
  archiveRequest,
  askCorrection,
  awaitsOpinion,
  chargeFee,
  confirmRequest,
  consult,
  decideExtension,
  dispatchReply,
  draftReply,
  emptyReply,
  keepWaiting,
  lapseCorrection,
  overruleThirdParty,
  proposeExtension,
  readCase,
  recordConsultationDelivery,
  recordDelivery,
  recordFeeDelivery,
  recordOpinion,
  recordPayment,
  recordSearch,
  registerForm,
  revealApplicant,
  reviewReply,
  signReply,
  splitRequest,
  submitForm,
  submitReply,
  takeCorrection,
  trackedForm,
  withdrawRequest,
} from './index.ts';
import { findTracked } from './tracking.ts';

const { db } = await freshDatabase();
const office = await openOffice(db);
const { officer, handler, view, accepted, signed, answered } = ordinaryCase(office);

describe('a request from the counter to the archive', () => {
  test('is granted in time with every step recorded', async () => {
    const { requestId: id, number, code } = await registerForm(officer('2023-03-01'), aForm());
    expect(number).toMatch(/^2023-0{5}\d$/);
    expect(code).toMatch(/^[2-9A-Z]{8}$/);
    expect((await view(id, '2023-03-01')).case).toMatchObject({
      state: 'registered',
      receivedOn: '2023-03-01',
      regime: 'R2019',
      dueOn: '2023-03-29',
    });
    await acceptRequest(officer('2023-03-02'), { id }, { unitId: office.unitId, handlerId: null });
    await recordSearch(
      handler('2023-03-06'),
      { id },
      { unitId: office.unitId, outcome: 'found', findings: '查档案室2022年卷', files: [] },
    );
    await answered(id, '2023-03-10');
    await recordDelivery(officer('2023-03-14'), { id }, { on: '2023-03-13', by: '本人' });
    await archiveRequest(officer('2023-03-20'), { id });
    const found = await view(id, '2023-03-20');
    expect(found.case).toMatchObject({ state: 'archived', resultCode: 'B1.2', concludedOn: '2023-03-10' });
    expect(found.timeline.map(({ title }) => title)).toEqual([
      '归档',
      '登记送达',
      '发出答复',
      '签发答复',
      '保密审查',
      '合法性审核',
      '答复送审',
      '起草答复',
      '登记检索结果',
      '审查通过',
      '登记申请',
    ]);
  });

  test('the applicant finds it by number and code, and nobody else does', async () => {
    const { formId, number, code } = await submitForm(office.applicant('2023-03-01'), aForm());
    expect(await findTracked(office.applicant('2023-03-02'), number, code.toLowerCase())).toEqual({ formId });
    expect(await findTracked(office.applicant('2023-03-02'), number, 'AAAAAAAA')).toBeNull();
    expect(await findTracked(office.applicant('2023-03-02'), '2023-000999', code)).toBeNull();
    const tracked = await trackedForm(office.applicant('2023-03-02'), formId);
    expect(tracked.cases.map(({ case: { state }, mayWithdraw }) => [state, mayWithdraw])).toEqual([
      ['registered', true],
    ]);
  });

  test('the same page sent twice is one request with one receipt', async () => {
    const form = aForm();
    const [first, second] = await Promise.all([
      submitForm(office.applicant('2023-03-01'), form),
      submitForm(office.applicant('2023-03-01'), form),
    ]);
    expect({ ...second, fresh: null }).toEqual({ ...first, fresh: null });
    expect([first.fresh, second.fresh].sort()).toEqual([false, true]);
  });
});

describe('the clock', () => {
  test('stands while a correction is awaited and runs anew from the corrected request', async () => {
    const id = await accepted('2023-01-16');
    await askCorrection(officer('2023-01-20'), { id }, { asked: '请写明年度', days: 10 });
    expect((await view(id, '2023-01-20')).case).toMatchObject({
      state: 'correcting',
      dueOn: null,
      clockState: 'awaiting-correction',
    });
    await takeCorrection(office.applicant('2023-02-01'), { id }, { text: '2021年度', files: [] });
    expect((await view(id, '2023-02-01')).case).toMatchObject({
      state: 'registered',
      clockFrom: '2023-02-01',
      dueOn: '2023-03-01',
    });
    await expect(askCorrection(officer('2023-02-02'), { id }, { asked: '还请写明地点' })).rejects.toThrow(
      '一次性',
    );
  });

  test('a correction asked on the eighth working day is refused', async () => {
    const id = await accepted('2020-09-21');
    await expect(askCorrection(officer('2020-09-30'), { id }, { asked: '请写明年度' })).rejects.toThrow(
      '2020年9月29日',
    );
  });

  test('an extension is refused a day too late, for the proposal and for the approval', async () => {
    const id = await accepted('2023-01-16');
    await expect(
      proposeExtension(handler('2023-02-17'), { id }, { days: 10, reason: '需要检索多个部门' }),
    ).rejects.toThrow('2023年2月16日届满');
    await proposeExtension(handler('2023-02-16'), { id }, { days: 20, reason: '需要检索多个部门' });
    await expect(
      decideExtension(office.as('leader', '2023-02-17'), { id }, { approve: true, reason: '' }),
    ).rejects.toThrow('届满');
    await decideExtension(office.as('leader', '2023-02-16'), { id }, { approve: true, reason: '' });
    expect((await view(id, '2023-02-16')).case).toMatchObject({
      firstDueOn: '2023-02-16',
      dueOn: '2023-03-16',
    });
    await expect(
      proposeExtension(handler('2023-02-16'), { id }, { days: 1, reason: '再延' }),
    ).rejects.toThrow('一次');
  });

  test('time spent asking a third party does not count, and its silence ends by itself', async () => {
    const id = await accepted('2022-09-20');
    const asked = { name: '某公司', address: '', postcode: '', contact: '', information: '投资协议' };
    const consultation = await consult(handler('2022-09-22'), { id }, { party: 'third-party', ...asked });
    await recordConsultationDelivery(handler('2022-09-22'), { id }, consultation, '2022-09-22');
    const open = await view(id, '2022-09-23');
    expect(awaitsOpinion(open.case, '2022-10-17')).toBe(true);
    expect(awaitsOpinion(open.case, '2022-10-18')).toBe(false);
    expect(open.clock?.suspensions.map(({ until }) => until.toString())).toEqual(['2022-10-18']);
    await draftReply(handler('2022-09-26'), { id }, granted);
    await expect(submitReply(handler('2022-09-26'), { id })).rejects.toThrow('正在征求意见');
    await submitReply(handler('2022-10-19'), { id });
  });

  test('a fee stops it and payment starts it anew', async () => {
    const id = await accepted('2023-03-01');
    await chargeFee(
      officer('2023-03-03'),
      { id },
      { method: 'page', pages: 101, payWay: '持通知书到窗口缴纳' },
    );
    await recordFeeDelivery(officer('2023-03-06'), { id }, '2023-03-06');
    const unpaid = await view(id, '2023-03-06');
    expect(unpaid.standing.fee).toMatchObject({ amount: 720, dueOn: '2023-04-03' });
    expect(unpaid.case.dueOn).toBeNull();
    await recordPayment(officer('2023-03-20'), { id }, { on: '2023-03-20', receiptNumber: '云财票0001' });
    expect((await view(id, '2023-03-20')).case).toMatchObject({
      state: 'handling',
      clockFrom: '2023-03-20',
      dueOn: '2023-04-18',
    });
  });

  test('an unconfirmed request has no clock until both sides confirm', async () => {
    const form = aForm({ channel: 'ordinary-post', submittedOn: '2023-03-01' });
    await sql`UPDATE agencies SET settings = '{"law":{"confirmOnArrival":false}}' WHERE id = ${office.agencyId}`.execute(
      db,
    );
    const { requestId: id } = await registerForm(officer('2023-03-01'), form);
    await sql`UPDATE agencies SET settings = '{}' WHERE id = ${office.agencyId}`.execute(db);
    expect((await view(id, '2023-03-01')).case).toMatchObject({
      state: 'unconfirmed',
      receivedOn: null,
      dueOn: null,
    });
    await confirmRequest(officer('2023-03-06'), { id }, '2023-03-06');
    expect((await view(id, '2023-03-06')).case).toMatchObject({
      receivedOn: '2023-03-06',
      dueOn: '2023-04-03',
    });
  });
});

describe('what a reply needs', () => {
  test('nobody who wrote in it reviews or signs it', async () => {
    const id = await accepted('2023-03-01');
    await draftReply(officer('2023-03-02'), { id }, granted);
    await draftReply(handler('2023-03-02'), { id }, granted);
    await submitReply(handler('2023-03-02'), { id });
    const wroteAndReviews = { ...officer('2023-03-02') };
    if (wroteAndReviews.actor.kind === 'staff')
      wroteAndReviews.actor = { ...wroteAndReviews.actor, roles: ['unit-head'] };
    await expect(
      reviewReply(wroteAndReviews, { id }, 'legal', { result: 'approved', opinion: '' }),
    ).rejects.toThrow('起草或修改过');
    await expect(signReply(office.as('leader', '2023-03-02'), { id })).rejects.toThrow('审核中');
  });

  test('hand-written SQL cannot sign what was not reviewed, nor conclude what was not sent', async () => {
    const id = await accepted('2023-03-01');
    await draftReply(handler('2023-03-02'), { id }, granted);
    await expect(
      sql`UPDATE request_replies SET state = 'signed', signed_on = '2023-03-02' WHERE request_id = ${id}`.execute(
        db,
      ),
    ).rejects.toThrow();
    await expect(
      sql`UPDATE requests SET state = 'concluded', result_code = 'B1.2', concluded_on = '2023-03-02' WHERE id = ${id}`.execute(
        db,
      ),
    ).rejects.toThrow('no dispatched reply');
  });

  test('a refusal states its harm; protecting a third party needs his answer', async () => {
    const id = await accepted('2023-03-01');
    const refusal = { kindCode: 'B3.4', content: { ...emptyReply, reason: '涉及某公司商业秘密' } };
    await draftReply(handler('2023-03-02'), { id }, refusal);
    await expect(submitReply(handler('2023-03-02'), { id })).rejects.toMatchObject({
      fields: { kindCode: expect.stringContaining('征求第三方') },
    });
    const asked = { name: '某公司', address: '', postcode: '', contact: '', information: '投资协议' };
    const consultation = await consult(handler('2023-03-02'), { id }, { party: 'third-party', ...asked });
    await recordOpinion(handler('2023-03-07'), { id }, consultation, {
      opinion: 'disagree',
      text: '不同意',
      answeredOn: '2023-03-07',
      files: [],
    });
    await expect(submitReply(handler('2023-03-08'), { id })).rejects.toMatchObject({
      fields: { harm: expect.any(String) },
    });
    await draftReply(
      handler('2023-03-08'),
      { id },
      { ...refusal, content: { ...refusal.content, harm: '公开会损害其竞争地位' } },
    );
    await submitReply(handler('2023-03-08'), { id });
  });

  test('disclosing against a third party: public interest, and he is told before it goes out', async () => {
    const id = await accepted('2023-03-01');
    const asked = { name: '某公司', address: '', postcode: '', contact: '', information: '排污数据' };
    const consultation = await consult(handler('2023-03-02'), { id }, { party: 'third-party', ...asked });
    await recordOpinion(handler('2023-03-07'), { id }, consultation, {
      opinion: 'disagree',
      text: '不同意',
      answeredOn: '2023-03-07',
      files: [],
    });
    await expect(signed(id, '2023-03-08')).rejects.toMatchObject({
      fields: { publicInterest: expect.any(String) },
    });
    const content = { ...granted.content, publicInterest: '关系居民饮用水安全' };
    await signed(id, '2023-03-08', { ...granted, content });
    const go = () =>
      dispatchReply(
        officer('2023-03-08'),
        { id },
        { method: 'direct', on: '2023-03-08', trackingNumber: '' },
      );
    await expect(go()).rejects.toThrow('书面告知第三方');
    await overruleThirdParty(officer('2023-03-08'), { id }, consultation, '关系居民饮用水安全');
    await go();
    expect((await view(id, '2023-03-08')).standing.reply).toMatchObject({ deliveredOn: '2023-03-08' });
  });

  test('a partial answer that keeps back what a third party objects to needs neither', async () => {
    const id = await accepted('2023-03-01');
    const asked = { name: '某公司', address: '', postcode: '', contact: '', information: '付款条款' };
    const consultation = await consult(handler('2023-03-02'), { id }, { party: 'third-party', ...asked });
    await recordOpinion(handler('2023-03-07'), { id }, consultation, {
      opinion: 'disagree',
      text: '不同意',
      answeredOn: '2023-03-07',
      files: [],
    });
    const content = { ...granted.content, withheld: '付款条款', reason: '付款条款是该公司的商业秘密' };
    await expect(signed(id, '2023-03-08', { kindCode: 'B2', content })).rejects.toMatchObject({
      fields: { objected: expect.any(String) },
    });
    await answered(id, '2023-03-08', { kindCode: 'B2', content: { ...content, objected: 'kept' } });
    expect((await view(id, '2023-03-08')).case).toMatchObject({ resultCode: 'B2' });
  });

  test('does not go out with a file that the release gate has not seen', async () => {
    const id = await accepted('2023-03-01');
    const file = { kind: 'released', name: '方案.pdf', type: 'application/pdf', bytes: 10 } as const;
    await addFiles(handler('2023-03-02'), id, [
      { ...file, sealedDigest: 'a'.repeat(64), digest: 'b'.repeat(64) },
    ]);
    await expect(answered(id, '2023-03-03')).rejects.toMatchObject({ code: 'releases-open' });
    expect((await view(id, '2023-03-03')).case).toMatchObject({ state: 'signed', resultCode: null });
  });

  test('a lapsed correction leaves one way to end', async () => {
    const id = await accepted('2023-03-01');
    await askCorrection(officer('2023-03-02'), { id }, { asked: '请写明年度', days: 5 });
    await expect(lapseCorrection(officer('2023-03-09'), { id })).rejects.toThrow('2023年3月9日');
    await lapseCorrection(officer('2023-03-10'), { id });
    await draftReply(handler('2023-03-10'), { id }, granted);
    await expect(submitReply(handler('2023-03-10'), { id })).rejects.toMatchObject({
      fields: { kindCode: expect.any(String) },
    });
    await answered(id, '2023-03-13', {
      kindCode: 'B6.1',
      content: { ...emptyReply, reason: '收到告知后未在期限内补正' },
    });
    expect((await view(id, '2023-03-13')).case).toMatchObject({
      resultCode: 'B6.1',
      concludedOn: '2023-03-13',
    });
  });
});

describe('two at once and too late', () => {
  test('the second of two officers is told what the first did', async () => {
    const { requestId: id } = await registerForm(officer('2023-03-01'), aForm());
    const { version } = (await view(id, '2023-03-01')).case;
    const to = { unitId: office.unitId, handlerId: null };
    const both = await Promise.allSettled([
      acceptRequest(officer('2023-03-01'), { id, version }, to),
      askCorrection(officer('2023-03-01'), { id, version }, { asked: '请写明年度' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(lost.reason).toMatchObject({
      code: 'requests-changed-meanwhile',
      message: expect.stringContaining('邹专员'),
    });
  });

  test('a withdrawn request is concluded once', async () => {
    const id = await accepted('2023-03-01');
    await withdrawRequest(office.applicant('2023-03-03'), { id }, '');
    await expect(withdrawRequest(office.applicant('2023-03-03'), { id }, '')).rejects.toThrow('已办结');
    expect((await view(id, '2023-03-03')).case).toMatchObject({
      resultCode: 'B6.3',
      concludedOn: '2023-03-03',
    });
  });

  test('a form with several matters becomes as many requests of one number', async () => {
    const { requestId: id, number } = await registerForm(officer('2023-03-01'), aForm());
    const matter = (title: string) => ({ title, content: `${title}的全文` });
    const created = await splitRequest(officer('2023-03-02'), { id }, [
      matter('征地方案'),
      matter('补偿标准'),
      matter('李小明安置协议'),
    ]);
    const numbers = await Promise.all(created.map(async (one) => (await view(one, '2023-03-02')).case));
    expect(numbers.map((one) => [one.number, one.title, one.dueOn])).toEqual([
      [`${number}-2`, '补偿标准', '2023-03-29'],
      [`${number}-3`, '申请人安置协议', '2023-03-29'],
    ]);
  });
});

describe('what people entrust', () => {
  test('a dump of the database tells no name, number, address or contact', async () => {
    const id = await accepted('2023-03-01');
    const fileName = `${applicant.name}身份证.jpg`;
    const file = { sealedDigest: 'a'.repeat(64), digest: 'b'.repeat(64), type: 'image/jpeg', bytes: 1 };
    await addFiles(officer('2023-03-01'), id, [{ ...file, kind: 'scan', name: fileName }]);
    await keepWaiting(officer('2023-03-01'), { key: 'page', field: 'scan' }, [
      { ...file, kind: 'scan', name: '王大锤委托书.jpg' },
    ]);
    const { rows: tables } = await sql<{ name: string }>`
      SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`.execute(
      db,
    );
    const secrets = [
      applicant.name,
      applicant.identityNumber,
      applicant.phone,
      applicant.email,
      applicant.address,
      '王大锤',
    ];
    for (const { name } of tables) {
      const { rows } = await sql<{ text: string }>`SELECT t::text AS text FROM ${sql.table(name)} t`.execute(
        db,
      );
      for (const secret of secrets)
        expect(
          rows.filter(({ text }) => text.includes(secret)),
          `${secret} in ${name}`,
        ).toEqual([]);
    }
  });

  test('is masked on the page and shown only with a recorded reason', async () => {
    const id = await accepted('2023-03-01');
    expect((await view(id, '2023-03-01')).applicant).toMatchObject({ name: '李**', phone: '138****1234' });
    await expect(revealApplicant(office.as('auditor', '2023-03-01'), id, '想看看')).rejects.toThrow('没有');
    await expect(revealApplicant(officer('2023-03-01'), id, '')).rejects.toMatchObject({
      fields: { reason: expect.any(String) },
    });
    expect(await revealApplicant(officer('2023-03-01'), id, '电话核实补正内容')).toEqual(applicant);
    expect((await view(id, '2023-03-01')).timeline[0]).toMatchObject({
      title: '查看申请人信息',
      by: '邹专员',
    });
  });

  test('a handler of another unit does not find the case', async () => {
    const id = await accepted('2023-03-01');
    await expect(readCase(office.as('second-handler', '2023-03-01'), id)).rejects.toThrow('没有找到');
    await expect(draftReply(office.as('second-handler', '2023-03-01'), { id }, granted)).rejects.toThrow(
      '没有分办给您的部门',
    );
  });
});
