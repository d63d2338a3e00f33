import { Temporal } from 'temporal-polyfill';
import type { Consultation, DeliveryMethod, RequestFacts } from '../../law/index.ts';
import type {
  ConsultationOpinion,
  ConsultationParty,
  FeeMethodOrCost,
  ReasonsVerdict,
  RectificationOutcome,
  ReplyState,
  RequestCase,
  SearchOutcome,
} from './model.ts';

/** Where one request stands with all that hangs on it; dates are ISO text. Nothing personal. */
export interface CaseStanding {
  case: RequestCase;
  /** Units at work on it now. */
  assignments: readonly Assignment[];
  corrections: readonly Correction[];
  extension: Extension | null;
  consultations: readonly ConsultationEntry[];
  fee: Fee | null;
  /** What was asked for under 711/35; null where nothing was. */
  reasons: Reasons | null;
  rectifications: readonly Rectification[];
  /** The reply that is not void. */
  reply: Reply | null;
}

export interface Assignment {
  id: number;
  unitId: number;
  handlerId: number | null;
  lead: boolean;
  outcome: SearchOutcome | null;
}

export interface Correction {
  id: number;
  noticedOn: string;
  days: number;
  dueOn: string;
  answeredOn: string | null;
  lapsedOn: string | null;
  letterId: number | null;
}

export interface Extension {
  days: number;
  reason: string;
  state: 'proposed' | 'approved' | 'refused';
  proposedBy: number | null;
  proposedOn: string;
  decidedOn: string | null;
  notifiedOn: string | null;
  letterId: number | null;
}

export interface ConsultationEntry {
  id: number;
  party: ConsultationParty;
  sentOn: string;
  deliveredOn: string | null;
  answeredOn: string | null;
  opinion: ConsultationOpinion | null;
  /** By when an assisting office is asked to answer; null for opinions, whose time the law sets. */
  dueOn: string | null;
  overruledOn: string | null;
  letterId: number | null;
}

export interface Rectification {
  id: number;
  askedOn: string;
  decidedOn: string | null;
  outcome: RectificationOutcome | null;
  letterId: number | null;
}

export interface Reasons {
  noticedOn: string;
  days: number;
  dueOn: string;
  answeredOn: string | null;
  verdict: ReasonsVerdict | null;
  judgedOn: string | null;
  /** 延迟答复的合理期限. */
  delayedUntil: string | null;
  letterId: number | null;
}

export interface Fee {
  method: FeeMethodOrCost;
  quantity: number;
  /** Yuan. */
  amount: number;
  noticedOn: string;
  deliveredOn: string | null;
  dueOn: string | null;
  paidOn: string | null;
  receiptNumber: string;
  refundedOn: string | null;
  refunded: number;
  refundReason: string;
  lapsedOn: string | null;
  letterId: number | null;
}

export interface Reply {
  id: number;
  kindCode: string;
  state: ReplyState;
  authorId: number | null;
  /** Everybody who ever wrote in it; none of them may review or sign it. */
  hands: readonly number[];
  legalBy: number | null;
  legalDone: boolean;
  secrecyBy: number | null;
  secrecyDone: boolean;
  signedBy: number | null;
  signedOn: string | null;
  letterId: number | null;
  dispatchedOn: string | null;
  method: DeliveryMethod | null;
  deliveredOn: string | null;
  /** A partial answer that hands out what a third party objects to. */
  overrides: boolean;
}

const day = (text: string) => Temporal.PlainDate.from(text);
const dayOrNull = (text: string | null) => (text === null ? null : day(text));

/** What the clock of the law looks at; null while the request is unconfirmed and has no clock. */
export function factsOf(standing: CaseStanding): RequestFacts | null {
  const { regime, receivedOn } = standing.case;
  if (regime === null || receivedOn === null) return null;
  const { extension, fee, reasons } = standing;
  return {
    regime,
    receivedOn: day(receivedOn),
    corrections: standing.corrections.map((correction) => ({
      noticedOn: day(correction.noticedOn),
      answeredOn: dayOrNull(correction.answeredOn),
      lapsed: correction.lapsedOn !== null,
    })),
    consultations: opinionsAsked(standing).map(consultationFact),
    extension:
      extension?.notifiedOn == null ? null : { days: extension.days, notifiedOn: day(extension.notifiedOn) },
    fee: fee && {
      noticedOn: day(fee.noticedOn),
      paidOn: dayOrNull(fee.paidOn),
      lapsed: fee.lapsedOn !== null,
    },
    delay:
      reasons?.delayedUntil == null || reasons.judgedOn === null
        ? null
        : { until: day(reasons.delayedUntil), notifiedOn: day(reasons.judgedOn) },
  };
}

/** An opinion that the law asks for; its time does not count. */
export type OpinionAsked = ConsultationEntry & { party: Consultation['party'] };

export function opinionsAsked({ consultations }: Pick<CaseStanding, 'consultations'>): OpinionAsked[] {
  return consultations.filter((entry): entry is OpinionAsked => entry.party !== 'assistant');
}

/** True while an opinion is awaited whose time does not count. `today` is an ISO date. */
export function awaitsOpinion(
  { clockState, suspendedUntil }: Pick<RequestCase, 'clockState' | 'suspendedUntil'>,
  today: string,
): boolean {
  return clockState === 'open-ended' || (suspendedUntil !== null && today < suspendedUntil);
}

/** One consultation as the law room takes it. */
export function consultationFact(entry: OpinionAsked): Consultation {
  return {
    party: entry.party,
    sentOn: day(entry.sentOn),
    deliveredOn: dayOrNull(entry.deliveredOn),
    answeredOn: dayOrNull(entry.answeredOn),
  };
}
