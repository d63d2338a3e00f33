import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import {
  correctionDaysOf,
  delayOf,
  extensionDaysOf,
  hands,
  histories,
  kindOf,
  opinionOf,
  Path,
  type PathHand,
  partyOf,
  replyOf,
  verdictOf,
} from '../../../tests/support/request-paths.ts';
import { readConfig } from '../../config.ts';
import { clockAt } from '../../core/clock.ts';
import { InvalidForm, Refusal } from '../../core/refusal.ts';
import { openVault } from '../../core/vault/index.ts';
import type { WorkingCalendar } from '../../law/calendar.ts';
import { currentCalendar } from '../calendars/index.ts';
import { addStaff, addUnit, changeSettings, createAgency, type Role } from '../organisations/index.ts';
import { hold, type RequestCtx } from './case-actions.ts';
import {
  acceptRequest,
  askCorrection,
  assignRequest,
  lapseCorrection,
  recordSearch,
  takeCorrection,
} from './check-actions.ts';
import { archiveRequest, dispatchReply, recordDelivery, withdrawRequest } from './closing-actions.ts';
import {
  askAssistance,
  consult,
  overruleThirdParty,
  recordAssistance,
  recordOpinion,
} from './consultation-actions.ts';
import { openDispute } from './dispute-actions.ts';
import { decideExtension, proposeExtension } from './extension-actions.ts';
import { chargeFee, lapseFee, recordFeeDelivery, recordPayment, refundFee } from './fee-actions.ts';
import { cancelRequest, confirmRequest, registerForm } from './intake-actions.ts';
import type { Move } from './moves.ts';
import { askReasons, judgeReasons, takeReasons } from './reasons-actions.ts';
import { decideRectification, takeRectification } from './rectification-actions.ts';
import {
  draftReply,
  recallReply,
  reviewReply,
  sendBackReply,
  signReply,
  submitReply,
} from './reply-actions.ts';
import { overruledParties } from './reply-facts.ts';
import { findCase } from './request-store.ts';
import { correctLetterSlip } from './slip-actions.ts';
import { type CaseStanding, opinionsAsked } from './standing.ts';

/** The acts on a real database do what the histories of `paths.test.ts` are made of, and refuse what those refuse. */
const { db } = await freshDatabase();
const vault = openVault(readConfig({ GONGKAI_ENV: 'test', GONGKAI_SECRET: 's'.repeat(48) }).dataKeys);
const people = new Map<PathHand, { id: number; unitId: number; roles: Role[] }>();
const units = { own: 0, other: 0, office: 0 };
let agencyId = 0;
let forms = 0;

const rolesOf: Readonly<Record<PathHand, Role[]>> = {
  officer: ['disclosure-officer'],
  clerk: ['window-clerk'],
  handler: ['case-handler'],
  stranger: ['case-handler'],
  legal: ['unit-head'],
  secrecy: ['secrecy-reviewer'],
  leader: ['leader'],
  everything: [
    'disclosure-officer',
    'window-clerk',
    'case-handler',
    'unit-head',
    'secrecy-reviewer',
    'leader',
  ],
};

beforeAll(async () => {
  const base = { db, clock: clockAt('2018-01-02'), actor: { kind: 'system' as const, name: '系统' } };
  agencyId = await createAgency(base, { code: 'paths', name: '路径机关', shortName: '路径机关' });
  const system = { ...base, agencyId };
  await changeSettings(system, { law: { confirmOnArrival: false } });
  units.office = await addUnit(system, { code: 'BGS', name: '办公室' });
  units.own = await addUnit(system, { code: 'ZB', name: '主办处' });
  units.other = await addUnit(system, { code: 'XB', name: '协办处' });
  for (const hand of hands) {
    const unitId = hand === 'handler' ? units.own : hand === 'stranger' ? units.other : units.office;
    const roles = rolesOf[hand];
    const held = roles.map((role) => ({ role, from: '2018-01-01' }));
    const id = await addStaff(system, { unitId, name: `某${hand}`, username: hand, roles: held });
    people.set(hand, { id, unitId, roles });
  }
});

function ctxOf(hand: PathHand, today: string): RequestCtx {
  const { id, unitId, roles } = people.get(hand) ?? { id: 0, unitId: 0, roles: [] };
  const actor = { kind: 'staff' as const, staffId: id, name: `某${hand}`, agencyId, unitId, roles };
  return { db, vault, clock: clockAt(today), actor, agencyId };
}

type Real = (given: {
  ctx: RequestCtx;
  ref: { id: number };
  standing: CaseStanding;
  detail: number;
  today: string;
  calendar: WorkingCalendar;
}) => Promise<unknown>;

/** Each move as the action that makes it; those that touch other requests are left out. */
const real: Readonly<Partial<Record<Move, Real>>> = {
  confirm: ({ ctx, ref, today }) => confirmRequest(ctx, ref, today),
  cancel: ({ ctx, ref }) => cancelRequest(ctx, ref, '无法联系申请人'),
  accept: ({ ctx, ref }) =>
    acceptRequest(ctx, ref, { unitId: units.own, handlerId: people.get('handler')?.id ?? 0 }),
  assign: ({ ctx, ref, detail }) =>
    assignRequest(ctx, ref, [
      { unitId: units.own, handlerId: people.get('handler')?.id ?? 0, lead: true },
      ...(detail % 2 === 0
        ? [{ unitId: units.other, handlerId: people.get('stranger')?.id ?? 0, lead: false }]
        : []),
    ]),
  'ask-correction': ({ ctx, ref, detail }) =>
    askCorrection(ctx, ref, { asked: '请写明文件名称', days: correctionDaysOf(detail) }),
  'take-correction': ({ ctx, ref }) => takeCorrection(ctx, ref, { text: '补正的内容', files: [] }),
  'lapse-correction': ({ ctx, ref }) => lapseCorrection(ctx, ref),
  'record-search': ({ ctx, ref, standing }) =>
    recordSearch(ctx, ref, {
      unitId: standing.assignments[0]?.unitId ?? 0,
      outcome: 'found',
      findings: '检索档案室，查到原件',
      files: [],
    }),
  consult: ({ ctx, ref, detail }) =>
    consult(ctx, ref, {
      party: partyOf(detail),
      name: '某某公司',
      address: '',
      postcode: '',
      contact: '',
      information: '合同全文',
    }),
  'record-opinion': ({ ctx, ref, standing, detail, today }) =>
    recordOpinion(ctx, ref, opinionsAsked(standing).find(({ answeredOn }) => answeredOn === null)?.id ?? 0, {
      opinion: opinionOf(detail),
      text: '意见如下',
      answeredOn: today,
      files: [],
    }),
  overrule: ({ ctx, ref, standing }) =>
    overruleThirdParty(
      ctx,
      ref,
      overruledParties(standing).find(({ overruledOn }) => overruledOn === null)?.id ?? 0,
      '关系公共利益',
    ),
  'ask-assistance': ({ ctx, ref, today }) =>
    askAssistance(ctx, ref, {
      name: '某某局',
      address: '',
      postcode: '',
      contact: '',
      information: '请协助查找批复文件',
      dueOn: today,
    }),
  'record-assistance': ({ ctx, ref, standing, today }) =>
    recordAssistance(
      ctx,
      ref,
      standing.consultations.find(({ party, answeredOn }) => party === 'assistant' && answeredOn === null)
        ?.id ?? 0,
      { text: '没有查到', answeredOn: today, files: [] },
    ),
  'ask-reasons': ({ ctx, ref, detail }) =>
    askReasons(ctx, ref, { facts: '近三个月内提交申请42件', days: correctionDaysOf(detail) }),
  'take-reasons': ({ ctx, ref, today }) =>
    takeReasons(ctx, ref, { text: '研究需要', answeredOn: today, files: [] }),
  'judge-reasons': ({ ctx, ref, standing, detail, calendar }) =>
    judgeReasons(ctx, ref, {
      verdict: verdictOf(standing, detail),
      finding: '如上所述',
      until: delayOf(standing, ctx.clock.today(), calendar, detail) ?? '',
    }),
  'correct-slip': ({ ctx, ref, standing: { reply } }) =>
    correctLetterSlip(ctx, ref, reply?.letterId ?? 0, {
      sentOn: reply?.signedOn ?? '',
      method: reply?.method ?? 'post',
      deliveredOn: reply?.deliveredOn ?? '',
      reason: '原来写错了日期',
    }),
  'take-rectification': ({ ctx, ref, today }) =>
    takeRectification(ctx, ref, { askedOn: today, asked: '面积写错了', files: [] }),
  'decide-rectification': ({ ctx, ref }) =>
    decideRectification(ctx, ref, { outcome: 'corrected', decision: '已更正' }),
  'propose-extension': ({ ctx, ref, standing, detail }) =>
    proposeExtension(ctx, ref, { days: extensionDaysOf(standing, detail), reason: '需要检索' }),
  'decide-extension': ({ ctx, ref, detail }) =>
    decideExtension(ctx, ref, { approve: detail % 4 !== 0, reason: '请按期答复' }),
  'charge-fee': ({ ctx, ref }) => chargeFee(ctx, ref, { method: 'page', pages: 60, payWay: '到窗口缴纳' }),
  'deliver-fee': ({ ctx, ref, today }) => recordFeeDelivery(ctx, ref, today),
  'record-payment': ({ ctx, ref, today }) => recordPayment(ctx, ref, { on: today, receiptNumber: 'A0001' }),
  'lapse-fee': ({ ctx, ref }) => lapseFee(ctx, ref),
  'refund-fee': ({ ctx, ref }) => refundFee(ctx, ref, { amount: 10, reason: '多计页数' }),
  'draft-reply': ({ ctx, ref, standing, detail }) =>
    draftReply(ctx, ref, { kindCode: kindOf(standing, detail), content: replyOf(detail) }),
  'submit-reply': ({ ctx, ref }) => submitReply(ctx, ref),
  'recall-reply': ({ ctx, ref }) => recallReply(ctx, ref),
  'review-legal': ({ ctx, ref, detail }) => reviewReply(ctx, ref, 'legal', reviewOf(detail)),
  'review-secrecy': ({ ctx, ref, detail }) => reviewReply(ctx, ref, 'secrecy', reviewOf(detail)),
  'send-back': ({ ctx, ref }) => sendBackReply(ctx, ref, '请再核对'),
  sign: ({ ctx, ref }) => signReply(ctx, ref),
  dispatch: ({ ctx, ref, today }) =>
    dispatchReply(ctx, ref, { method: 'post', on: today, trackingNumber: '' }),
  'record-delivery': ({ ctx, ref, today }) => recordDelivery(ctx, ref, { on: today, by: '本人' }),
  withdraw: ({ ctx, ref }) => withdrawRequest(ctx, ref, '申请人来电撤回'),
  'open-dispute': ({ ctx, ref, today }) =>
    openDispute(ctx, ref, { kind: 'complaint', openedOn: today, body: '信访局', note: '' }),
  archive: ({ ctx, ref }) => archiveRequest(ctx, ref),
};

const reviewOf = (detail: number) =>
  detail % 5 === 0
    ? ({ result: 'returned', opinion: '理由不足' } as const)
    : ({ result: 'approved', opinion: '' } as const);

/** What both must agree on after every act. */
const outline = ({
  case: request,
  reply,
  corrections,
  consultations,
  extension,
  fee,
  reasons,
  rectifications,
}: CaseStanding) => ({
  state: request.state,
  received: request.receivedOn,
  regime: request.regime,
  result: request.resultCode,
  concluded: request.concludedOn,
  reply: reply && [
    reply.kindCode,
    reply.state,
    reply.legalDone,
    reply.secrecyDone,
    reply.dispatchedOn,
    reply.overrides,
  ],
  corrections: corrections.map(({ dueOn, answeredOn, lapsedOn }) => [dueOn, answeredOn, lapsedOn]),
  consultations: consultations.map(({ party, opinion, answeredOn, overruledOn }) => [
    party,
    opinion,
    answeredOn,
    overruledOn,
  ]),
  extension: extension && [extension.days, extension.state, extension.notifiedOn],
  reasons: reasons && [reasons.dueOn, reasons.answeredOn, reasons.verdict, reasons.delayedUntil],
  rectifications: rectifications.map(({ askedOn, outcome }) => [askedOn, outcome]),
  fee: fee && [fee.amount, fee.dueOn, fee.paidOn, fee.lapsedOn, fee.refunded],
});

test('the acts on a real database do and refuse what the rules say, in histories nobody thought of', async () => {
  const calendar = await currentCalendar(db, agencyId);
  let acts = 0;
  await fc.assert(
    fc.asyncProperty(histories(30), async ({ start, orders }) => {
      const path = new Path(start, calendar);
      const on = start.on;
      forms += 1;
      if (start.channel === 'in-person' && !calendar.isWorkingDay(path.today)) return;
      const { requestId: id } = await registerForm(ctxOf('clerk', on), {
        channel: start.channel,
        oral: false,
        submittedOn: on,
        confirmedOn: null,
        applicant: {
          kind: 'natural-person',
          name: '王小满',
          identityKind: '',
          identityNumber: '',
          identityNote: '',
          representative: '',
          contactPerson: '',
          phone: '13888001234',
          email: '',
          address: '',
          postcode: '',
        },
        title: '道路改造招标文件',
        content: { content: '道路改造招标文件全文', purpose: '', feeWaiver: false, needsHelp: '' },
        wantedForm: 'paper',
        deliveryWay: 'post',
        submissionKey: `path-${forms}`,
        origin: 'desk',
        files: [],
      });
      for (const order of orders) {
        const chosen = order.kind === 'wait' ? null : path.choose(order);
        if (chosen === null) {
          path.wait(order.detail % 4 === 0 ? 30 : order.detail % 15);
          continue;
        }
        const act = real[chosen.move];
        if (!act) continue;
        const today = path.today.toString();
        const ctx = ctxOf(chosen.by, today);
        const request = await findCase(db, agencyId, id);
        if (!request) throw new Error('the request is gone');
        const before = await hold(ctx, request);
        const refused = path.try(chosen.move, chosen.by, chosen.detail);
        const answer = await act({
          ctx,
          ref: { id },
          standing: before.standing,
          detail: chosen.detail,
          today,
          calendar,
        }).then(
          () => null,
          (error: unknown) => error,
        );
        if (answer !== null && !(answer instanceof Refusal || answer instanceof InvalidForm)) throw answer;
        expect(
          answer === null,
          `${chosen.move} by ${chosen.by} on ${today}: ${refused} ${String(answer)}`,
        ).toBe(refused === null);
        const now = await findCase(db, agencyId, id);
        if (now)
          expect(outline((await hold(ctx, now)).standing), chosen.move).toEqual(outline(path.standing));
        acts += 1;
      }
    }),
    { numRuns: 40, endOnFailure: true },
  );
  expect(acts).toBeGreaterThan(100);
}, 300_000);
