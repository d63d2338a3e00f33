import { describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { aForm, applicant, openOffice } from '../../../tests/support/requests.ts';
import { NotFound, Refusal } from '../../core/refusal.ts';
import {
  acceptRequest,
  addFiles,
  dispatchReply,
  draftReply,
  emptyReply,
  proposePublication,
  publicationsOf,
  publishedAnswers,
  registerForm,
  reviewPublication,
  reviewReply,
  signReply,
  similarAnswers,
  submitReply,
  withdrawPublication,
} from './index.ts';

const { db } = await freshDatabase();
const office = await openOffice(db);
const ON = '2023-03-10';
const officer = office.as('disclosure-officer', ON);
const handler = office.as('case-handler', ON);
const reviewer = office.as('secrecy-reviewer', ON);

async function answered(title: string, kindCode = 'B1.2'): Promise<number> {
  const { requestId: id } = await registerForm(officer, aForm({ submittedOn: ON, title }));
  await acceptRequest(officer, { id }, { unitId: office.unitId, handlerId: null });
  const content = {
    ...emptyReply,
    told: '随本答复书邮寄',
    provided: '《方案》，共3页',
    reason: '不掌握该信息',
  };
  await draftReply(handler, { id }, { kindCode, content });
  await submitReply(handler, { id });
  const approved = { result: 'approved', opinion: '' } as const;
  await reviewReply(office.as('unit-head', ON), { id }, 'legal', approved);
  await reviewReply(office.as('secrecy-reviewer', ON), { id }, 'secrecy', approved);
  await signReply(office.as('leader', ON), { id });
  await dispatchReply(officer, { id }, { method: 'post', on: ON, trackingNumber: 'EMS1' });
  return id;
}

const text = {
  title: '2022年度征地补偿安置方案',
  question: '申请公开2022年度征地补偿安置方案。',
  answer: '方案全文见附件。咨询电话：0871-68123456。',
  fileIds: [],
};
const listed = async (query = '') =>
  (await publishedAnswers(db, office.agencyId, { query, after: null, limit: 20 })).map(({ title }) => title);

describe('from one answer to everybody', () => {
  test('is proposed by one and published by another; taken off again with a reason', async () => {
    const id = await answered(text.title);
    const publication = await proposePublication(officer, { id }, text);
    expect(await listed()).toEqual([]);
    await expect(reviewPublication(officer, publication, { approve: true, reason: '' })).rejects.toThrow(
      Refusal,
    );
    await reviewPublication(reviewer, publication, { approve: true, reason: '' });
    expect(await listed()).toEqual([text.title]);
    expect(await listed('征地 0871')).toEqual([text.title]);
    expect(await listed('100%')).toEqual([]);
    await expect(proposePublication(officer, { id }, text)).rejects.toThrow('已经向社会公开');
    await withdrawPublication(officer, publication, '内容需要更正');
    expect(await listed()).toEqual([]);
    expect((await publicationsOf(officer, id)).map(({ state }) => state)).toEqual(['withdrawn']);
    await expect(reviewPublication(reviewer, publication, { approve: true, reason: '' })).rejects.toThrow(
      '不在审查中',
    );
  });

  test('whoever may do both still needs a second person', async () => {
    const id = await answered('双重身份的事项');
    const both = office.as('disclosure-officer', ON);
    if (both.actor.kind !== 'staff') throw new Error('an officer is staff');
    const twice = { ...both, actor: { ...both.actor, roles: ['disclosure-officer', 'unit-head'] } };
    const publication = await proposePublication(twice, { id }, text);
    await expect(reviewPublication(twice, publication, { approve: true, reason: '' })).rejects.toThrow(
      '须由他人审查',
    );
  });

  test('is given back with a reason and may be proposed anew', async () => {
    const id = await answered('退回再提的事项');
    const first = await proposePublication(officer, { id }, text);
    await expect(reviewPublication(reviewer, first, { approve: false, reason: '' })).rejects.toThrow(
      '请写明退回的理由',
    );
    await reviewPublication(reviewer, first, { approve: false, reason: '请补充附件' });
    await proposePublication(officer, { id }, text);
    await expect(reviewPublication(reviewer, 999, { approve: true, reason: '' })).rejects.toThrow(NotFound);
  });

  test('files are those of the reply, and pass the gate first', async () => {
    const id = await answered('带附件的事项');
    const digest = office.vault.digest('content', 'f'.repeat(64));
    const file = { sealedDigest: 'a'.repeat(64), digest, type: 'application/pdf', bytes: 10 };
    const other = await answered('另一件事项');
    const [foreign = 0] = await addFiles(handler, other, [{ ...file, kind: 'released', name: '别件.pdf' }]);
    const [record = 0] = await addFiles(handler, id, [{ ...file, kind: 'record', name: '原件.pdf' }]);
    const [named = 0] = await addFiles(handler, id, [
      { ...file, kind: 'released', name: `${applicant.name}.pdf` },
    ]);
    const [released = 0] = await addFiles(handler, id, [{ ...file, kind: 'released', name: '方案.pdf' }]);
    for (const [fileId, message] of [
      [foreign, '只能选这件申请的答复附件'],
      [record, '只能选这件申请的答复附件'],
      [named, '含有申请人的姓名'],
      [released, '还没有做出口检查'],
    ] as const) {
      const attempt = proposePublication(officer, { id }, { ...text, fileIds: [fileId] });
      await expect(attempt).rejects.toThrow(message);
    }
    expect(await publicationsOf(officer, id)).toEqual([]);
  });

  test('only what was disclosed', async () => {
    const id = await answered('不掌握的事项', 'B4.1');
    await expect(proposePublication(officer, { id }, text)).rejects.toThrow('予以公开或者部分公开');
  });
});

describe('nothing personal becomes public', async () => {
  const id = await answered('检查个人信息的事项');
  test.each([
    ['question', `申请人${applicant.name}要求公开方案。`, '申请人的姓名'],
    ['answer', '李 小 明：方案见附件。', '申请人的姓名'],
    ['answer', `身份证号${applicant.identityNumber}。`, '公民身份号码'],
    ['answer', '身份证号１１０１０５１９４９１２３１００２X。', '公民身份号码'],
    ['answer', '联系电话13911112222。', '手机号码'],
    ['answer', '联系电话139 1111 2222。', '手机号码'],
    ['answer', '账号6222021234567890129', null],
    ['answer', '账号6222021234567890128', '银行卡号'],
    ['answer', `寄至${applicant.address}`, '申请人的地址'],
    ['title', '一', '请填写标题'],
    ['answer', '长'.repeat(10_001), '最多 10000 个字'],
  ] as const)('%s says more than it may', async (field, value, message) => {
    const attempt = proposePublication(officer, { id }, { ...text, [field]: value });
    if (message !== null) return expect(attempt).rejects.toThrow(message);
    await withdrawPublication(officer, await attempt, '只是试验');
  });
});

test('what sounds alike is offered', async () => {
  for (const title of ['2021年度国有土地征地补偿方案', '2023年政府采购目录']) {
    const publication = await proposePublication(officer, { id: await answered(title) }, { ...text, title });
    await reviewPublication(reviewer, publication, { approve: true, reason: '' });
  }
  const alike = await similarAnswers(db, office.agencyId, '征地补偿安置方案');
  expect(alike.map(({ title }) => title)).toEqual(['2021年度国有土地征地补偿方案']);
  expect(await similarAnswers(db, office.agencyId, '')).toEqual([]);
  expect(await similarAnswers(db, office.agencyId + 1, '征地补偿安置方案')).toEqual([]);
});
