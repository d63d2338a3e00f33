import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { ReasonsVerdict, ReplyContent, RequestState } from '../../src/areas/requests/model.ts';
import { type Move, moves } from '../../src/areas/requests/moves.ts';
import { objectors, overruledParties } from '../../src/areas/requests/reply-facts.ts';
import { replyProblems } from '../../src/areas/requests/reply-rules.ts';
import { clockOf, extensionDaysProblem, type Mover, obstacle } from '../../src/areas/requests/rules.ts';
import type { CaseStanding, Reply } from '../../src/areas/requests/standing.ts';
import type { WorkingCalendar } from '../../src/law/calendar.ts';
import {
  type Channel,
  deadlineFor,
  maxExtension,
  pageFee,
  receiptOf,
  replyKindsOf,
} from '../../src/law/index.ts';

/** Everybody who ever does something; `everything` holds every role, so that only his own hand can stop him. */
export const hands = [
  'officer',
  'clerk',
  'handler',
  'stranger',
  'legal',
  'secrecy',
  'leader',
  'everything',
] as const;
export type PathHand = (typeof hands)[number];

/** One order of a history: try a move, or let days pass. The numbers choose among what is possible. */
export interface Order {
  kind: 'forward' | 'likely' | 'any' | 'wait';
  pick: number;
  by: number;
  detail: number;
}

export interface PathStart {
  on: string;
  channel: Channel;
}

const acts: Readonly<Record<Exclude<PathHand, 'everything'>, readonly string[]>> = {
  officer: ['register', 'check', 'handle', 'dispatch', 'archive', 'publish'],
  clerk: ['register', 'dispatch'],
  handler: ['handle'],
  stranger: ['handle'],
  legal: ['review-legal'],
  secrecy: ['review-secrecy'],
  leader: ['approve-extension', 'sign'],
};

/** Unit of each hand: the handler's has the case, the stranger's has it in one of two assignments only. */
export const unitOf: Readonly<Record<PathHand, number>> = {
  officer: 1,
  clerk: 1,
  handler: 10,
  stranger: 11,
  legal: 1,
  secrecy: 1,
  leader: 1,
  everything: 1,
};

export const staffIdOf = (hand: PathHand): number => hands.indexOf(hand) + 1;

export function moverOf(hand: PathHand, move: Move): Mover {
  const { act } = moves[move];
  const name = act.replace('requests.', '');
  const all = hand === 'everything';
  return {
    kind: 'staff',
    staffId: staffIdOf(hand),
    unitId: unitOf[hand],
    may: all || acts[hand].includes(name),
    everyUnit: all || acts[hand].includes('check'),
  };
}

/** What any reply of any kind may need. */
export const fullReply: ReplyContent = {
  reason: '所需的事实和规定。',
  furtherGrounds: '',
  told: '可以告知的途径和机关。',
  provided: '文件复印件',
  withheld: '他人的住址',
  harm: '公开会损害他人的权益。',
  objected: 'kept',
  publicInterest: '不公开会严重影响公共利益。',
  paragraphs: [],
};

/** A partial answer hands out what a third party objects to, or keeps it back. */
export const replyOf = (detail: number): ReplyContent => ({
  ...fullReply,
  objected: detail % 2 === 0 ? 'given' : 'kept',
});

/** An act that was carried out, with what it was made of. */
export interface Done {
  move: Move;
  by: PathHand;
  today: string;
  detail: number;
  before: CaseStanding;
  after: CaseStanding;
}

export class Path {
  today: Temporal.PlainDate;
  standing: CaseStanding;
  /** Requests split off, as they came to be. */
  split = 0;
  /** The limit as it stood when the request was concluded. */
  firstDueAtEnd: string | null = null;
  readonly done: Done[] = [];
  private nextId = 1;

  readonly calendar: WorkingCalendar;

  constructor(start: PathStart, calendar: WorkingCalendar) {
    this.calendar = calendar;
    this.today = Temporal.PlainDate.from(start.on);
    const receipt = receiptOf({ channel: start.channel, submittedOn: this.today }, settings);
    this.standing = {
      case: {
        id: 1,
        formId: 1,
        part: 1,
        number: '2019-000001',
        title: '道路改造招标文件',
        applicantKind: 'natural-person',
        channel: start.channel,
        submittedOn: start.on,
        receivedOn: receipt.receivedOn?.toString() ?? null,
        regime: receipt.regime?.code ?? null,
        state: receipt.receivedOn === null ? 'unconfirmed' : 'registered',
        unitId: null,
        handlerId: null,
        clockState: null,
        clockFrom: null,
        firstDueOn: null,
        dueOn: null,
        provisional: false,
        suspendedUntil: null,
        resultCode: null,
        concludedOn: null,
        version: 1,
      },
      assignments: [],
      corrections: [],
      extension: null,
      consultations: [],
      fee: null,
      reasons: null,
      rectifications: [],
      reply: null,
    };
  }

  /** Finds a move that the order can mean; null when nobody may do anything. */
  choose({ kind, pick, by, detail }: Order): { move: Move; by: PathHand; detail: number } | null {
    const all = Object.keys(moves) as Move[];
    if (kind === 'any')
      return { move: all[pick % all.length] as Move, by: hands[by % hands.length] as PathHand, detail };
    const wanted = kind === 'forward' ? FORWARD : all;
    for (let turn = 0; turn < wanted.length; turn++) {
      const move = wanted[(kind === 'forward' ? turn : pick + turn) % wanted.length] as Move;
      for (let other = 0; other < hands.length; other++) {
        const hand = hands[(by + other) % hands.length] as PathHand;
        if ((detail + turn) % (SELDOM[move] ?? 1) !== 0) break;
        if (move === 'draft-reply' && kind === 'forward' && this.standing.reply !== null && pick % 3 > 0)
          break;
        if (obstacle(move, this.standing, moverOf(hand, move), this.today, this.calendar) === null)
          return { move, by: hand, detail };
      }
    }
    return null;
  }

  /** Carries the act out as the actions do. Returns why it was refused, or null. */
  try(move: Move, by: PathHand, detail: number): string | null {
    const found = obstacle(move, this.standing, moverOf(by, move), this.today, this.calendar);
    if (found !== null) return found.code;
    const before = this.standing;
    const change = effects[move]({ path: this, by, detail });
    if (typeof change === 'string') return change;
    const { state, case: own, ...rest } = change;
    const next = { ...before, ...rest };
    const after: CaseStanding = {
      ...next,
      case: { ...before.case, ...own, state: state ?? moves[move].to ?? before.case.state },
    };
    if (before.case.concludedOn === null && after.case.concludedOn !== null)
      this.firstDueAtEnd = clockOf(before, this.calendar)?.firstDue?.toString() ?? null;
    this.standing = after;
    this.done.push({ move, by, today: this.today.toString(), detail, before, after });
    return null;
  }

  wait(days: number): void {
    this.today = this.today.add({ days });
  }

  newId(): number {
    return this.nextId++;
  }
}

/** The way to the applicant, the last step first. */
const FORWARD: readonly Move[] = [
  'record-delivery',
  'overrule',
  'dispatch',
  'sign',
  'send-back',
  'review-secrecy',
  'review-legal',
  'lapse-correction',
  'lapse-fee',
  'record-opinion',
  'deliver-fee',
  'consult',
  'charge-fee',
  'draft-reply',
  'submit-reply',
  'record-payment',
  'take-correction',
  'judge-reasons',
  'take-reasons',
  'record-assistance',
  'decide-extension',
  'accept',
  'confirm',
];

/** Steps that end or stop a case, or lead off the way: taken once in so many times. */
const SELDOM: Readonly<Partial<Record<Move, number>>> = {
  cancel: 7,
  withdraw: 11,
  split: 7,
  archive: 7,
  'open-dispute': 7,
  publish: 2,
  sign: 2,
  'send-back': 3,
  consult: 5,
  'charge-fee': 5,
  'ask-reasons': 7,
  'ask-assistance': 11,
  'correct-slip': 5,
  'record-payment': 3,
};

const settings = {
  confirmOnArrival: false,
  webReceipt2008: 'confirmation',
  correctionDays: 10,
  reasonsDays: 10,
  timelyBy: 'dispatch',
  partialNeedsReconsideration: true,
} as const;

type Change = Partial<Omit<CaseStanding, 'case'>> & {
  state?: RequestState;
  case?: Partial<CaseStanding['case']>;
};
type Effect = (given: { path: Path; by: PathHand; detail: number }) => Change | string;

const withReply = ({ standing }: Path, change: Partial<Reply>): Change => ({
  reply: standing.reply === null ? null : { ...standing.reply, ...change },
});

const unreviewed = { legalBy: null, legalDone: false, secrecyBy: null, secrecyDone: false } as const;
const toDraft = (path: Path): Change => withReply(path, { state: 'draft', ...unreviewed });

const review =
  (kind: 'legal' | 'secrecy'): Effect =>
  ({ path, by, detail }) => {
    if (detail % 5 === 0) return { ...toDraft(path), state: 'handling' };
    const own = staffIdOf(by);
    const done = kind === 'legal' ? path.standing.reply?.secrecyDone : path.standing.reply?.legalDone;
    return {
      ...withReply(path, {
        ...(kind === 'legal' ? { legalBy: own, legalDone: true } : { secrecyBy: own, secrecyDone: true }),
        ...(done && { state: 'approved' as const }),
      }),
      state: done ? 'signing' : 'reviewing',
    };
  };

/** The extension that an act proposes. */
export const extensionDaysOf = (standing: CaseStanding, detail: number): number =>
  1 + (detail % maxExtension(standing.case.regime ?? 'R2019'));
export const correctionDaysOf = (detail: number): number => 1 + (detail % 15);
export const opinionOf = (detail: number) =>
  (['agree', 'disagree', 'partly', 'none'] as const)[detail % 4] ?? 'agree';
export const partyOf = (detail: number) =>
  detail % 3 === 0 ? ('co-producer' as const) : ('third-party' as const);
function ledTo({ reasons, corrections, fee, ...standing }: CaseStanding): readonly string[] | null {
  const old = standing.case.regime === 'R2008';
  if (corrections.some(({ lapsedOn }) => lapsedOn !== null)) return [old ? 'A7' : 'B6.1'];
  if (fee?.lapsedOn != null) return ['B6.2'];
  if (reasons?.verdict === 'unreasonable') return ['B5.4'];
  if (objectors({ ...standing, reasons, corrections, fee }).length === 0) return null;
  return old ? ['A2', 'A3', 'A4.2', 'A4.3'] : ['B1.2', 'B2', 'B3.4'];
}

/** What the office finds of the reasons; silence is never reasonable. */
export const verdictOf = ({ reasons }: CaseStanding, detail: number): ReasonsVerdict =>
  reasons?.answeredOn == null
    ? 'unreasonable'
    : ((['reasonable', 'delayed', 'unreasonable'] as const)[detail % 3] ?? 'reasonable');
/** A working day behind the limit that runs; null when none runs any more. */
export function delayOf(
  standing: CaseStanding,
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
  detail: number,
): string | null {
  const due = clockOf(standing, calendar)?.due ?? null;
  if (due === null || Temporal.PlainDate.compare(today, due) > 0) return null;
  return calendar.workingDayAfter(due, 1 + (detail % 20)).toString();
}
export const kindOf = (standing: CaseStanding, detail: number): string => {
  const all = replyKindsOf(standing.case.regime ?? 'R2019');
  // What the records lead to is taken half the time, so that histories get there.
  const likely = ledTo(standing);
  const kinds = detail % 2 === 0 && likely ? all.filter(({ code }) => likely.includes(code)) : all;
  return kinds[detail % kinds.length]?.code ?? '';
};
const PAGES = 60;

const openCorrection = ({ standing }: Path) =>
  standing.corrections.find(({ answeredOn, lapsedOn }) => answeredOn === null && lapsedOn === null);

const ofReply = ({ standing, today, calendar }: Path): string | null =>
  Object.keys(
    replyProblems(
      standing.reply?.kindCode ?? '',
      { ...fullReply, objected: standing.reply?.overrides ? 'given' : 'kept' },
      standing,
      today,
      calendar,
    ),
  ).length > 0
    ? 'invalid-form'
    : null;

/** What each act leaves behind, told a second time beside the actions so that the two can be held against each other. */
const effects: Readonly<Record<Move, Effect>> = {
  confirm: ({ path }) => {
    const { channel, submittedOn } = path.standing.case;
    const receipt = receiptOf(
      { channel, submittedOn: Temporal.PlainDate.from(submittedOn), confirmedOn: path.today },
      settings,
    );
    return {
      case: { receivedOn: receipt.receivedOn?.toString() ?? null, regime: receipt.regime?.code ?? null },
    };
  },
  cancel: () => ({}),
  accept: () => ({
    case: { unitId: 10, handlerId: 3 },
    assignments: [{ id: 1, unitId: 10, handlerId: 3, lead: true, outcome: null }],
  }),
  'ask-correction': ({ path, detail }) => ({
    corrections: [
      ...path.standing.corrections,
      {
        id: path.newId(),
        noticedOn: path.today.toString(),
        days: correctionDaysOf(detail),
        dueOn: path.calendar.workingDayAfter(path.today, correctionDaysOf(detail)).toString(),
        answeredOn: null,
        lapsedOn: null,
        letterId: null,
      },
    ],
  }),
  'take-correction': ({ path }) => ({
    corrections: path.standing.corrections.map((one) =>
      one === openCorrection(path) ? { ...one, answeredOn: path.today.toString() } : one,
    ),
  }),
  'lapse-correction': ({ path }) => ({
    corrections: path.standing.corrections.map((one) =>
      one === openCorrection(path) ? { ...one, lapsedOn: path.today.toString() } : one,
    ),
  }),
  'ask-reasons': ({ path, detail }) => ({
    reasons: {
      noticedOn: path.today.toString(),
      days: correctionDaysOf(detail),
      dueOn: path.calendar.workingDayAfter(path.today, correctionDaysOf(detail)).toString(),
      answeredOn: null,
      verdict: null,
      judgedOn: null,
      delayedUntil: null,
      letterId: null,
    },
  }),
  'take-reasons': ({ path }) => withReasons(path, { answeredOn: path.today.toString() }),
  'judge-reasons': ({ path, detail }) => {
    const verdict = verdictOf(path.standing, detail);
    const delayedUntil = delayOf(path.standing, path.today, path.calendar, detail);
    if (verdict === 'delayed' && delayedUntil === null) return 'requests-delay-late';
    return withReasons(path, {
      verdict,
      judgedOn: path.today.toString(),
      delayedUntil: verdict === 'delayed' ? delayedUntil : null,
    });
  },
  split: ({ path }) => {
    path.split += 1;
    return {};
  },
  assign: ({ detail }) => ({
    case: { unitId: 10, handlerId: 3 },
    assignments: [
      { id: 1, unitId: 10, handlerId: 3, lead: true, outcome: null },
      ...(detail % 2 === 0 ? [{ id: 2, unitId: 11, handlerId: 4, lead: false, outcome: null }] : []),
    ],
  }),
  'record-search': ({ path }) => {
    const [first, ...more] = path.standing.assignments;
    return first ? { assignments: [{ ...first, outcome: 'found' }, ...more] } : 'invalid-form';
  },
  consult: ({ path, detail }) => {
    // 492 knows no letter to a co-producing agency.
    if (partyOf(detail) === 'co-producer' && path.standing.case.regime === 'R2008') return 'invalid-form';
    return {
      consultations: [
        ...path.standing.consultations,
        {
          id: path.newId(),
          party: partyOf(detail),
          sentOn: path.today.toString(),
          deliveredOn: null,
          answeredOn: null,
          opinion: null,
          dueOn: null,
          overruledOn: null,
          letterId: null,
        },
      ],
    };
  },
  'ask-assistance': ({ path }) => ({
    consultations: [
      ...path.standing.consultations,
      {
        id: path.newId(),
        party: 'assistant',
        sentOn: path.today.toString(),
        deliveredOn: null,
        answeredOn: null,
        opinion: null,
        dueOn: path.today.toString(),
        overruledOn: null,
        letterId: null,
      },
    ],
  }),
  'record-assistance': ({ path }) => {
    const asked = path.standing.consultations.find(
      ({ party, answeredOn }) => party === 'assistant' && answeredOn === null,
    );
    return {
      consultations: path.standing.consultations.map((one) =>
        one === asked ? { ...one, answeredOn: path.today.toString(), opinion: 'helped' } : one,
      ),
    };
  },
  'record-opinion': ({ path, detail }) => {
    const asked = path.standing.consultations.find(
      ({ party, answeredOn }) => party !== 'assistant' && answeredOn === null,
    );
    return {
      consultations: path.standing.consultations.map((one) =>
        one === asked ? { ...one, answeredOn: path.today.toString(), opinion: opinionOf(detail) } : one,
      ),
    };
  },
  'propose-extension': ({ path, by, detail }) => {
    const days = extensionDaysOf(path.standing, detail);
    if (extensionDaysProblem(path.standing, days) !== null) return 'invalid-form';
    return {
      extension: {
        days,
        reason: '需要检索',
        state: 'proposed',
        proposedBy: staffIdOf(by),
        proposedOn: path.today.toString(),
        decidedOn: null,
        notifiedOn: null,
        letterId: null,
      },
    };
  },
  'decide-extension': ({ path, by, detail }) => {
    const { extension } = path.standing;
    if (!extension || extension.proposedBy === staffIdOf(by)) return 'requests-own-hand';
    const approve = detail % 4 !== 0;
    const on = path.today.toString();
    return {
      extension: {
        ...extension,
        state: approve ? 'approved' : 'refused',
        decidedOn: on,
        notifiedOn: approve ? on : null,
      },
    };
  },
  'charge-fee': ({ path }) => {
    if (path.standing.case.regime === 'R2008') return 'invalid-form';
    return {
      fee: {
        method: 'page',
        quantity: PAGES,
        amount: pageFee(PAGES).amount,
        noticedOn: path.today.toString(),
        deliveredOn: null,
        dueOn: null,
        paidOn: null,
        receiptNumber: '',
        refundedOn: null,
        refunded: 0,
        refundReason: '',
        lapsedOn: null,
        letterId: null,
      },
    };
  },
  'deliver-fee': ({ path }) => {
    const { due } = deadlineFor({ kind: 'fee', from: path.today }, path.calendar);
    return withFee(path, { deliveredOn: path.today.toString(), dueOn: due?.toString() ?? null });
  },
  'record-payment': ({ path }) => withFee(path, { paidOn: path.today.toString() }),
  'lapse-fee': ({ path }) => withFee(path, { lapsedOn: path.today.toString() }),
  'refund-fee': ({ path }) => withFee(path, { refunded: 10, refundedOn: path.today.toString() }),
  'draft-reply': ({ path, by, detail }) => {
    const own = staffIdOf(by);
    const before = path.standing.reply;
    const kindCode = kindOf(path.standing, detail);
    return {
      reply: {
        id: before?.id ?? path.newId(),
        kindCode,
        overrides:
          ['A3', 'B2'].includes(kindCode) &&
          objectors(path.standing).length > 0 &&
          replyOf(detail).objected === 'given',
        state: 'draft',
        authorId: own,
        hands: [...new Set([...(before?.hands ?? []), own])],
        ...unreviewed,
        signedBy: null,
        signedOn: null,
        letterId: null,
        dispatchedOn: null,
        method: null,
        trackingNumber: '',
        deliveredOn: null,
      },
    };
  },
  'submit-reply': ({ path }) => ofReply(path) ?? withReply(path, { state: 'in-review', ...unreviewed }),
  'recall-reply': ({ path }) => toDraft(path),
  'review-legal': review('legal'),
  'review-secrecy': review('secrecy'),
  sign: ({ path, by }) =>
    ofReply(path) ??
    withReply(path, { state: 'signed', signedBy: staffIdOf(by), signedOn: path.today.toString() }),
  'send-back': ({ path }) => toDraft(path),
  overrule: ({ path }) => {
    const untold = overruledParties(path.standing).find(({ overruledOn }) => overruledOn === null);
    return {
      consultations: path.standing.consultations.map((one) =>
        one === untold ? { ...one, overruledOn: path.today.toString() } : one,
      ),
    };
  },
  dispatch: ({ path }) => ({
    ...withReply(path, { dispatchedOn: path.today.toString(), method: 'post' }),
    case: { resultCode: path.standing.reply?.kindCode ?? null, concludedOn: path.today.toString() },
  }),
  'record-delivery': ({ path }) => withReply(path, { deliveredOn: path.today.toString() }),
  withdraw: ({ path }) => ({
    reply: null,
    case: {
      resultCode: path.standing.case.regime === 'R2008' ? 'W' : 'B6.3',
      concludedOn: path.today.toString(),
    },
  }),
  // The day of dispatch moves back to the day of signing, and the conclusion with it.
  'correct-slip': ({ path }) => {
    const { reply } = path.standing;
    if (reply?.dispatchedOn == null || reply.signedOn === null || reply.dispatchedOn === reply.signedOn)
      return 'nothing-to-correct';
    return {
      ...withReply(path, { dispatchedOn: reply.signedOn }),
      case: { concludedOn: reply.signedOn },
    };
  },
  'take-rectification': ({ path }) => ({
    rectifications: [
      ...path.standing.rectifications,
      {
        id: path.newId(),
        askedOn: path.today.toString(),
        decidedOn: null,
        outcome: null,
        letterId: null,
      },
    ],
  }),
  'decide-rectification': ({ path }) => ({
    rectifications: path.standing.rectifications.map((one) =>
      one.decidedOn === null ? { ...one, decidedOn: path.today.toString(), outcome: 'corrected' } : one,
    ),
  }),
  publish: () => ({}),
  'open-dispute': () => ({}),
  archive: ({ path }) =>
    path.standing.reply?.dispatchedOn != null && path.standing.reply.deliveredOn === null
      ? 'requests-undelivered'
      : {},
};

function withReasons({ standing }: Path, change: Partial<NonNullable<CaseStanding['reasons']>>): Change {
  return { reasons: standing.reasons === null ? null : { ...standing.reasons, ...change } };
}

function withFee({ standing }: Path, change: Partial<NonNullable<CaseStanding['fee']>>): Change {
  return { fee: standing.fee === null ? null : { ...standing.fee, ...change } };
}

/** Histories: where they begin and what is ordered, mostly what is likely. */
export const histories = (longest: number) =>
  fc.record({
    start: fc.record({
      on: fc
        .integer({ min: 0, max: 1700 })
        .map((days) => Temporal.PlainDate.from('2018-10-08').add({ days }).toString()),
      channel: fc.constantFrom<Channel>(
        'in-person',
        'signed-post',
        'internet',
        'email',
        'fax',
        'ordinary-post',
      ),
    }),
    orders: fc.array(
      fc.record({
        kind: fc.constantFrom<Order['kind']>(
          'forward',
          'forward',
          'forward',
          'likely',
          'likely',
          'any',
          'wait',
        ),
        pick: fc.nat(997),
        by: fc.nat(97),
        detail: fc.nat(997),
      }),
      { minLength: 5, maxLength: longest },
    ),
  });
