import type { Generated, GeneratedAlways } from 'kysely';
import type { Channel, DeliveryMethod, RegimeCode, RequestClock } from '../../law/index.ts';
import type {
  ApplicantKind,
  ConsultationOpinion,
  ConsultationParty,
  DeliveryWay,
  DisputeKind,
  FeeMethodOrCost,
  FormOrigin,
  PublicationState,
  ReasonsVerdict,
  RectificationOutcome,
  ReplyState,
  RequestFileKind,
  RequestState,
  ReviewKind,
  SearchOutcome,
  WantedForm,
} from './model.ts';

interface RequestNumberTable {
  agency_id: number;
  year: number;
  last: number;
}

interface RequestFormTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  number: string;
  code_digest: string;
  code_sealed: string;
  channel: Channel;
  oral: Generated<boolean>;
  submitted_at: Date;
  submitted_on: string;
  confirmed_on: string | null;
  applicant_kind: ApplicantKind;
  applicant_sealed: string | null;
  name_digest: string | null;
  identity_digest: string | null;
  contact_digests: Generated<string[]>;
  content_sealed: string | null;
  wanted_form: WantedForm;
  delivery_way: DeliveryWay;
  submission_key: string;
  origin: FormOrigin;
  registered_by: number | null;
  disposed_on: string | null;
  disposal_id: Generated<number | null>;
}

interface RequestTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  form_id: number;
  part: number;
  number: string;
  title: string;
  title_grams: Generated<string[]>;
  content_sealed: string | null;
  applicant_kind: ApplicantKind;
  channel: Channel;
  identity_digest: string | null;
  submitted_on: string;
  received_on: string | null;
  regime: RegimeCode | null;
  state: RequestState;
  unit_id: number | null;
  handler_id: number | null;
  clock_state: RequestClock['state'] | null;
  clock_from: string | null;
  first_due_on: string | null;
  due_on: string | null;
  provisional: Generated<boolean>;
  suspended_until: string | null;
  calendar: Generated<string>;
  result_code: string | null;
  concluded_on: string | null;
  version: Generated<number>;
}

interface RequestAssignmentTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  request_id: number;
  unit_id: number;
  handler_id: number | null;
  lead: boolean;
  assigned_at: Date;
  assigned_by: string;
  outcome: SearchOutcome | null;
  findings_sealed: string | null;
  answered_at: Date | null;
  ended_at: Date | null;
}

interface RequestCorrectionTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  request_id: number;
  noticed_on: string;
  asked_sealed: string;
  days: number;
  due_on: string;
  answered_on: string | null;
  answer_sealed: string | null;
  lapsed_on: string | null;
  letter_id: number | null;
}

interface RequestExtensionTable {
  agency_id: number;
  request_id: number;
  days: number;
  reason: string;
  state: 'proposed' | 'approved' | 'refused';
  proposed_by: number | null;
  proposed_on: string;
  decided_by: number | null;
  decided_on: string | null;
  notified_on: string | null;
  letter_id: number | null;
}

interface RequestConsultationTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  request_id: number;
  party: ConsultationParty;
  party_sealed: string | null;
  sent_on: string;
  delivered_on: string | null;
  answered_on: string | null;
  opinion: ConsultationOpinion | null;
  answer_sealed: string | null;
  due_on: string | null;
  overruled_on: string | null;
  letter_id: number | null;
  overruled_letter_id: number | null;
}

interface RequestFeeTable {
  agency_id: number;
  request_id: number;
  method: FeeMethodOrCost;
  quantity: number;
  amount: number;
  noticed_on: string;
  delivered_on: string | null;
  due_on: string | null;
  paid_on: string | null;
  receipt_number: Generated<string>;
  refunded_on: string | null;
  refunded: Generated<number>;
  refund_reason: Generated<string>;
  lapsed_on: string | null;
  letter_id: number | null;
}

interface RequestReplyTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  request_id: number;
  kind_code: string;
  state: ReplyState;
  author_id: number | null;
  hands: Generated<number[]>;
  content_sealed: string;
  legal_by: number | null;
  legal_at: Date | null;
  secrecy_by: number | null;
  secrecy_at: Date | null;
  signed_by: number | null;
  signed_on: string | null;
  letter_id: number | null;
  dispatched_on: string | null;
  delivery_method: DeliveryMethod | null;
  delivered_on: string | null;
  overrides: Generated<boolean>;
}

interface RequestReviewTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  reply_id: number;
  kind: ReviewKind;
  result: 'approved' | 'returned';
  opinion_sealed: string;
  by_id: number | null;
  by_name: string;
  at: Date;
}

interface RequestFileTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  form_id: number;
  request_id: number | null;
  kind: RequestFileKind;
  sealed_digest: string;
  digest: string;
  name_sealed: string;
  type: string;
  bytes: number;
  added_by: string;
  added_at: Date;
  removed_at: Date | null;
}

interface RequestDisputeTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  request_id: number;
  kind: DisputeKind;
  opened_on: string;
  body: string;
  note_sealed: string | null;
  closed_on: string | null;
  outcome: Generated<string>;
}

interface RequestReasonsTable {
  agency_id: number;
  request_id: number;
  noticed_on: string;
  facts_sealed: string | null;
  days: number;
  due_on: string;
  letter_id: number | null;
  answered_on: string | null;
  answer_sealed: string | null;
  verdict: ReasonsVerdict | null;
  judged_on: string | null;
  finding_sealed: string | null;
  delayed_until: string | null;
  delay_letter_id: number | null;
}

interface RequestRectificationTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  request_id: number;
  asked_on: string;
  asked_sealed: string | null;
  decided_on: string | null;
  outcome: RectificationOutcome | null;
  decision_sealed: string | null;
  letter_id: number | null;
}

interface RequestFeedbackTable {
  agency_id: number;
  request_id: number;
  answered: boolean;
  comment_sealed: string | null;
  at: Date;
}

interface RequestPublicationTable {
  agency_id: number;
  id: GeneratedAlways<number>;
  request_id: number;
  title: string;
  title_grams: Generated<string[]>;
  question: string;
  answer: string;
  file_ids: Generated<number[]>;
  state: PublicationState;
  author_id: number | null;
  reviewer_id: number | null;
  proposed_on: string;
  published_on: string | null;
  reason: Generated<string>;
}

interface RequestDraftTable {
  agency_id: number;
  token_digest: string;
  sealed: string;
  saved_at: Date;
  expires_at: Date;
}

declare module '../../core/db.ts' {
  interface Database {
    request_numbers: RequestNumberTable;
    request_forms: RequestFormTable;
    requests: RequestTable;
    request_assignments: RequestAssignmentTable;
    request_corrections: RequestCorrectionTable;
    request_extensions: RequestExtensionTable;
    request_consultations: RequestConsultationTable;
    request_fees: RequestFeeTable;
    request_replies: RequestReplyTable;
    request_reviews: RequestReviewTable;
    request_files: RequestFileTable;
    request_disputes: RequestDisputeTable;
    request_feedback: RequestFeedbackTable;
    request_reasons: RequestReasonsTable;
    request_rectifications: RequestRectificationTable;
    request_publications: RequestPublicationTable;
    request_drafts: RequestDraftTable;
  }
}
