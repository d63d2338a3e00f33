import { Temporal } from 'temporal-polyfill';
import type { Consultation, DeliveryMethod, RequestFacts } from '../../law/index.ts';
import type {
  ConsultationOpinion,
  ConsultationParty,
  FeeMethodOrCost,
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
  overruledOn: string | null;
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
}

const day = (text: string) => Temporal.PlainDate.from(text);
const dayOrNull = (text: string | null) => (text === null ? null : day(text));

/** What the clock of the law looks at; null while the request is unconfirmed and has no clock. */
export function factsOf(standing: CaseStanding): RequestFacts | null {
  const { regime, receivedOn } = standing.case;
  if (regime === null || receivedOn === null) return null;
  const { extension, fee } = standing;
  return {
    regime,
    receivedOn: day(receivedOn),
    corrections: standing.corrections.map((correction) => ({
      noticedOn: day(correction.noticedOn),
      answeredOn: dayOrNull(correction.answeredOn),
      lapsed: correction.lapsedOn !== null,
    })),
    consultations: standing.consultations.map(consultationFact),
    extension:
      extension?.notifiedOn == null ? null : { days: extension.days, notifiedOn: day(extension.notifiedOn) },
    fee: fee && {
      noticedOn: day(fee.noticedOn),
      paidOn: dayOrNull(fee.paidOn),
      lapsed: fee.lapsedOn !== null,
    },
  };
}

/** True while an opinion is awaited whose time does not count. `today` is an ISO date. */
export function awaitsOpinion(
  { clockState, suspendedUntil }: Pick<RequestCase, 'clockState' | 'suspendedUntil'>,
  today: string,
): boolean {
  return clockState === 'open-ended' || (suspendedUntil !== null && today < suspendedUntil);
}

/** One consultation as the law room takes it. */
export function consultationFact(entry: ConsultationEntry): Consultation {
  return {
    party: entry.party,
    sentOn: day(entry.sentOn),
    deliveredOn: dayOrNull(entry.deliveredOn),
    answeredOn: dayOrNull(entry.answeredOn),
  };
}
