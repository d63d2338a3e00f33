import type { Temporal } from 'temporal-polyfill';
import {
  acceptRequest,
  archiveRequest,
  askCorrection,
  askReasons,
  assignRequest,
  type CaseRef,
  chargeFee,
  confirmRequest,
  consult,
  decideExtension,
  dispatchReply,
  draftReply,
  judgeReasons,
  lapseCorrection,
  lapseFee,
  openDispute,
  overruleThirdParty,
  proposeExtension,
  recordConsultationDelivery,
  recordDelivery,
  recordFeeDelivery,
  recordOpinion,
  recordPayment,
  recordSearch,
  refundFee,
  registerForm,
  reviewReply,
  sendBackReply,
  signReply,
  splitRequest,
  submitForm,
  submitReply,
  takeCorrection,
  takeReasons,
  withdrawRequest,
} from '../../areas/requests/index.ts';
import { maxExtension, type RegimeCode, type WorkingCalendar } from '../../law/index.ts';
import type { Random } from '../report-set/random.ts';
import type { Hand, Ids, Matter, Step, Story } from './model.ts';
import { inventReply, setsAside } from './replies.ts';

/** Everything done about one form, in order, each act on the day it is done. */
export function stepsOf(story: Story, calendar: WorkingCalendar, random: Random): Step[] {
  const intake = courseFrom(story.submittedOn, calendar);
  register(intake, story);
  if (story.confirmedAfter !== null) {
    intake.wait(story.confirmedAfter);
    intake.do('clerk', 'confirm', async (ctx, ids) => {
      await confirmRequest(ctx, refOf(ids, story.key), ctx.clock.today().toString());
    });
  }
  const [only] = story.parts;
  const regime: RegimeCode = intake.today().toString() < '2019-05-15' ? 'R2008' : 'R2019';
  if (story.parts.length === 1 && only) {
    return [
      ...intake.steps,
      ...matterSteps(only, story.key, { regime, calendar, random, from: intake.today() }),
    ];
  }
  intake.go(1);
  intake.do('officer', 'split', async (ctx, ids) => {
    const parts = story.parts.map(({ title }) => ({ title, content: `《${title}》全文` }));
    const created = await splitRequest(ctx, refOf(ids, story.key), parts);
    for (const [index, id] of created.entries()) ids[`${story.key}/${index + 2}`] = id;
  });
  const used = intake.used();
  const matters = story.parts.flatMap((matter, index) =>
    matterSteps(matter, index === 0 ? story.key : `${story.key}/${index + 1}`, {
      regime,
      calendar,
      random,
      from: intake.today(),
      used,
    }),
  );
  return [...intake.steps, ...matters];
}

function register(course: Course, story: Story): void {
  const { applicant, title, content, channel, oral, key } = story;
  const portal = channel === 'internet';
  course.do(portal ? 'applicant' : 'clerk', 'register', async (ctx, ids) => {
    const input = {
      channel,
      oral,
      submittedOn: ctx.clock.today().toString(),
      confirmedOn: null,
      applicant,
      title,
      content: { content, purpose: '', feeWaiver: false, needsHelp: '' },
      wantedForm: 'paper',
      deliveryWay: 'post',
      submissionKey: `demonstration/${key}`,
      origin: portal ? 'portal' : channel === 'email' ? 'mailbox' : 'desk',
      files: [],
    } as const;
    const receipt = portal ? await submitForm(ctx, input) : await registerForm(ctx, input);
    ids[key] = receipt.requestId;
  });
}

interface Frame {
  regime: RegimeCode;
  calendar: WorkingCalendar;
  random: Random;
  from: Temporal.PlainDate;
  /** Working days of the limit that are over. */
  used?: number;
}

function matterSteps(matter: Matter, key: string, frame: Frame): Step[] {
  const course = courseFrom(frame.from, frame.calendar, frame.used);
  const ref = (ids: Ids) => refOf(ids, key);
  if (matter.result === 'withdrawn') return withdrawn(course, matter, ref, frame);
  if (matter.correction === 'lapsed') {
    correctionLapsed(course, ref, frame);
    reply(course, matter, ref, 'officer', course.used() + REVIEWS, frame);
    return course.steps;
  }
  if (matter.correction === 'answered') corrected(course, ref, frame);
  prepare(course, matter, ref);
  if (matter.result === 'B5.4') reasonsAsked(course, ref);
  if (matter.consultation) consulted(course, matter, key, frame);
  if (matter.fee) charged(course, matter, ref);
  const end = extended(course, matter, ref, frame);
  reply(course, matter, ref, { handlerOf: matter.unit }, end, frame, key);
  return course.steps;
}

/** Examined, handed to its units, looked for in their records. */
function prepare(
  course: Course,
  { unit, secondUnit, result, title }: Matter,
  ref: (ids: Ids) => CaseRef,
): void {
  course.go(1);
  course.do('officer', 'accept', (ctx, ids, office) =>
    acceptRequest(ctx, ref(ids), { unitId: office.unitId(unit), handlerId: office.handlerId(unit) }),
  );
  if (secondUnit !== null) {
    course.do('officer', 'assign', (ctx, ids, office) =>
      assignRequest(
        ctx,
        ref(ids),
        [unit, secondUnit].map((code) => ({
          unitId: office.unitId(code),
          handlerId: office.handlerId(code),
          lead: code === unit,
        })),
      ),
    );
  }
  course.go(2);
  const found = /^(A1|A2|A3|A4|B1|B2|B3)/.test(result);
  for (const code of secondUnit === null ? [unit] : [unit, secondUnit]) {
    course.do({ handlerOf: code }, 'record-search', (ctx, ids, office) =>
      recordSearch(ctx, ref(ids), {
        unitId: office.unitId(code),
        outcome: !found ? 'none' : code === unit ? 'found' : 'partly',
        findings: `以“${title}”的名称和所涉地点为关键词，检索了办公系统和档案室${found ? '，查到原件' : '，没有查到'}。`,
        files: [],
      }),
    );
  }
}

function corrected(course: Course, ref: (ids: Ids) => CaseRef, { random }: Frame): void {
  const days = random.pick([10, 15]);
  course.go(random.int(1, 4));
  askedToCorrect(course, ref, days);
  course.wait(random.int(2, days - 2));
  course.do('clerk', 'take-correction', (ctx, ids) =>
    takeCorrection(ctx, ref(ids), { text: '所需信息为申请表所列文件的正文，不含附件。', files: [] }),
  );
  course.restart();
}

function correctionLapsed(course: Course, ref: (ids: Ids) => CaseRef, { random }: Frame): void {
  const days = random.pick([10, 15]);
  course.go(random.int(1, 5));
  askedToCorrect(course, ref, days);
  course.wait(days + 1);
  course.do('officer', 'lapse-correction', (ctx, ids) => lapseCorrection(ctx, ref(ids)));
}

function askedToCorrect(course: Course, ref: (ids: Ids) => CaseRef, days: number): void {
  course.do('officer', 'ask-correction', async (ctx, ids) => {
    await askCorrection(ctx, ref(ids), { asked: '请写明所需文件的名称、文号或者形成的时间。', days });
  });
}

/** Why so many: asked, answered, found unreasonable (711/35); the limit runs on. */
function reasonsAsked(course: Course, ref: (ids: Ids) => CaseRef): void {
  course.go(1);
  course.do('officer', 'ask-reasons', async (ctx, ids) => {
    await askReasons(ctx, ref(ids), { facts: '近三个月内提交申请四十余件', days: 5 });
  });
  course.go(2);
  course.do('officer', 'take-reasons', (ctx, ids) =>
    takeReasons(ctx, ref(ids), {
      text: '想多了解一些情况。',
      answeredOn: ctx.clock.today().toString(),
      files: [],
    }),
  );
  course.go(1);
  course.do('officer', 'judge-reasons', async (ctx, ids) => {
    await judgeReasons(ctx, ref(ids), {
      verdict: 'unreasonable',
      finding: '没有说明与所申请的信息有何关系，理由不合理。',
      until: '',
    });
  });
}

/** The time until the opinion, or its 15 working days, is not used up. */
function consulted(
  course: Course,
  { unit, consultation, title }: Matter,
  key: string,
  { random }: Frame,
): void {
  if (!consultation) return;
  const { party, opinion } = consultation;
  const by = { handlerOf: unit };
  const ref = (ids: Ids) => refOf(ids, key);
  const asked = `${key}/party`;
  course.go(1);
  course.do(by, 'consult', async (ctx, ids) => {
    ids[asked] = await consult(ctx, ref(ids), {
      party,
      name: party === 'third-party' ? '远山商贸有限公司' : '示例市自然资源局',
      address: '示例市安平区和平路1号',
      postcode: '999000',
      contact: '',
      information: `《${title}》`,
    });
  });
  course.wait(1);
  course.do(by, 'deliver-consultation', (ctx, ids) =>
    recordConsultationDelivery(ctx, ref(ids), ids[asked] ?? 0, ctx.clock.today().toString()),
  );
  if (opinion === 'silence') {
    course.wait(15);
    return;
  }
  course.wait(random.int(2, 10));
  const answers = {
    agree: '同意公开。',
    disagree: '不同意公开，涉及我方经营信息。',
    partly: '同意公开其中一部分。',
  };
  course.do(by, 'record-opinion', (ctx, ids) =>
    recordOpinion(ctx, ref(ids), ids[asked] ?? 0, {
      opinion,
      text: answers[opinion],
      answeredOn: ctx.clock.today().toString(),
      files: [],
    }),
  );
}

function charged(course: Course, { fee }: Matter, ref: (ids: Ids) => CaseRef): void {
  if (!fee) return;
  course.go(1);
  const way =
    fee.method === 'piece' ? ({ method: 'piece' } as const) : ({ method: 'page', pages: fee.pages } as const);
  course.do('officer', 'charge-fee', async (ctx, ids) => {
    await chargeFee(ctx, ref(ids), { ...way, payWay: '持本通知书到安平区政务服务中心非税窗口缴纳。' });
  });
  course.wait(1);
  course.do('officer', 'deliver-fee', (ctx, ids) =>
    recordFeeDelivery(ctx, ref(ids), ctx.clock.today().toString()),
  );
  if (!fee.paid) {
    course.wait(21);
    course.do('officer', 'lapse-fee', (ctx, ids) => lapseFee(ctx, ref(ids)));
    return;
  }
  course.wait(4);
  course.do('officer', 'record-payment', (ctx, ids) => {
    const on = ctx.clock.today().toString();
    return recordPayment(ctx, ref(ids), { on, receiptNumber: `示例${on.replaceAll('-', '')}` });
  });
  course.restart();
}

/** Asks for more time where the story wants it. Returns how many working days are used when the reply goes out. */
function extended(course: Course, matter: Matter, ref: (ids: Ids) => CaseRef, frame: Frame): number {
  const { random, regime } = frame;
  const limit = regime === 'R2008' ? 15 : 20;
  const soonest = course.used() + REVIEWS + (matter.sentBackBy ? SENT_BACK : 0);
  if (matter.result === 'B6.2') return soonest;
  if (matter.pace === 'in-time') return random.int(soonest, Math.max(soonest, limit));
  if (matter.pace === 'late') return limit + random.int(1, 6);
  course.go(Math.max(1, limit - REVIEWS - 3 - course.used()));
  const days = random.pick([5, 10, maxExtension(regime)]);
  const approve = matter.pace === 'extended';
  course.do({ handlerOf: matter.unit }, 'propose-extension', (ctx, ids) =>
    proposeExtension(ctx, ref(ids), { days, reason: '所涉档案分散，需要逐件检索核对。' }),
  );
  course.go(1);
  course.do('leader', 'decide-extension', async (ctx, ids) => {
    await decideExtension(ctx, ref(ids), { approve, reason: approve ? '' : '材料已经齐备，请按期答复。' });
  });
  return approve ? limit + random.int(1, days) : limit;
}

/** Working days from the draft to the letter on its way. */
const REVIEWS = 3;
const SENT_BACK = 2;

/** Written, reviewed by two others, signed by a third, sent on the `end`-th working day of the count, put away. */
function reply(
  course: Course,
  matter: Matter,
  ref: (ids: Ids) => CaseRef,
  author: Hand,
  end: number,
  { random }: Frame,
  key = '',
): void {
  const { sentBackBy } = matter;
  course.go(Math.max(0, end - REVIEWS - (sentBackBy ? SENT_BACK : 0) - course.used()));
  const write = () => {
    course.do(author, 'submit-reply', async (ctx, ids) => {
      await draftReply(ctx, ref(ids), { kindCode: matter.result, content: inventReply(matter) });
      await submitReply(ctx, ref(ids));
    });
  };
  const review = (kind: 'legal' | 'secrecy', result: 'approved' | 'returned') => {
    const opinion = result === 'returned' ? '理由写得过于简略，请补充后再送。' : '';
    course.do(kind, 'review', (ctx, ids) => reviewReply(ctx, ref(ids), kind, { result, opinion }));
  };
  write();
  if (sentBackBy === 'legal') {
    course.go(1);
    review('legal', 'returned');
    course.go(1);
    write();
  }
  course.go(1);
  review('legal', 'approved');
  if (sentBackBy === 'secrecy') {
    review('secrecy', 'returned');
    course.go(2);
    write();
    review('legal', 'approved');
  }
  review('secrecy', 'approved');
  course.go(1);
  if (sentBackBy === 'leader') {
    course.do('leader', 'send-back', (ctx, ids) => sendBackReply(ctx, ref(ids), '请再核对所附文件。'));
    course.go(2);
    write();
    review('legal', 'approved');
    review('secrecy', 'approved');
  }
  course.do('leader', 'sign', async (ctx, ids) => {
    await signReply(ctx, ref(ids));
  });
  course.go(1);
  if (setsAside(matter)) {
    course.do('officer', 'overrule', async (ctx, ids) => {
      await overruleThirdParty(
        ctx,
        ref(ids),
        ids[`${key}/party`] ?? 0,
        '该信息关系公共资金的使用和周边居民的切身利益。',
      );
    });
  }
  sent(course, ref, random);
  afterwards(course, matter, ref);
}

function sent(course: Course, ref: (ids: Ids) => CaseRef, random: Random): void {
  const method = random.pick(['post', 'post', 'direct', 'electronic'] as const);
  course.do('clerk', 'dispatch', (ctx, ids) =>
    dispatchReply(ctx, ref(ids), {
      method,
      on: ctx.clock.today().toString(),
      trackingNumber: method === 'post' ? 'XX000000000CN' : '',
    }),
  );
  if (method === 'direct') return;
  course.wait(2);
  course.do('clerk', 'record-delivery', (ctx, ids) =>
    recordDelivery(ctx, ref(ids), { on: ctx.clock.today().toString(), by: '申请人' }),
  );
}

function afterwards(course: Course, { dispute, fee }: Matter, ref: (ids: Ids) => CaseRef): void {
  if (fee?.refund) {
    course.wait(3);
    course.do('officer', 'refund-fee', (ctx, ids) =>
      refundFee(ctx, ref(ids), { amount: 100, reason: '页数多计，退还多收的部分。' }),
    );
  }
  course.wait(5);
  course.do('officer', 'archive', (ctx, ids) => archiveRequest(ctx, ref(ids)));
  if (dispute === null) return;
  const bodies = {
    complaint: '安平区信访局',
    reconsideration: '示例市人民政府',
    litigation: '示例市中级人民法院',
  };
  course.wait(10);
  course.do('officer', 'open-dispute', async (ctx, ids) => {
    await openDispute(ctx, ref(ids), {
      kind: dispute,
      openedOn: ctx.clock.today().toString(),
      body: bodies[dispute],
      note: '',
    });
  });
}

/** Taken back before it is examined, while it is worked on, or while its reply is under review. */
function withdrawn(
  course: Course,
  matter: Matter,
  ref: (ids: Ids) => CaseRef,
  { random, regime }: Frame,
): Step[] {
  const stage = random.int(0, 2);
  if (stage > 0) prepare(course, { ...matter, result: 'B1.2' }, ref);
  if (stage > 1) {
    course.go(1);
    const asked: Matter = { ...matter, result: regime === 'R2008' ? 'A2' : 'B1.2' };
    course.do({ handlerOf: matter.unit }, 'submit-reply', async (ctx, ids) => {
      await draftReply(ctx, ref(ids), { kindCode: asked.result, content: inventReply(asked) });
      await submitReply(ctx, ref(ids));
    });
  }
  course.go(1);
  course.do('officer', 'withdraw', (ctx, ids) =>
    withdrawRequest(ctx, ref(ids), '申请人来电表示已从其他渠道取得，撤回申请。'),
  );
  return course.steps;
}

const refOf = (ids: Ids, key: string): CaseRef => {
  const id = ids[key];
  if (id === undefined) throw new Error(`the demonstration history has no request ${key} yet`);
  return { id };
};

/** Walks from working day to working day and notes what is done; `go` uses up the limit, `wait` does not. */
interface Course {
  readonly steps: Step[];
  today(): Temporal.PlainDate;
  used(): number;
  go(days: number): void;
  wait(days: number): void;
  /** The limit runs anew from today. */
  restart(): void;
  do(by: Hand, does: Step['does'], act: Step['act']): void;
}

function courseFrom(from: Temporal.PlainDate, calendar: WorkingCalendar, usedBefore = 0): Course {
  const steps: Step[] = [];
  let day = from;
  let used = usedBefore;
  const wait = (days: number) => {
    day = days === 0 ? day : calendar.workingDayAfter(day, days);
  };
  return {
    steps,
    today: () => day,
    used: () => used,
    go(days) {
      wait(days);
      used += days;
    },
    wait,
    restart() {
      used = 0;
    },
    do(by, does, act) {
      steps.push({ on: day, by, does, act });
    },
  };
}
