-- 依申请公开: what people ask for, and everything done until it is answered.

-- Last number given in a series of a year; locked while a number is taken, so that none is missing or given twice.
CREATE TABLE request_numbers (
  agency_id integer NOT NULL REFERENCES agencies (id),
  year smallint NOT NULL CHECK (year BETWEEN 2008 AND 2100),
  last integer NOT NULL CHECK (last >= 1),
  PRIMARY KEY (agency_id, year)
);

-- 申请表: what came in one go through one channel. One form may hold several matters; each becomes a request of its own.
CREATE TABLE request_forms (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  -- 申请编号: year and running number, e.g. 2026-000012.
  number text NOT NULL CHECK (number ~ '^\d{4}-\d{6}$'),
  -- 查询码: its keyed digest to find by, and itself sealed to print a receipt again.
  code_digest text NOT NULL CHECK (code_digest ~ '^[0-9a-f]{64}$'),
  code_sealed text NOT NULL,
  channel text NOT NULL CHECK (channel IN ('in-person', 'signed-post', 'ordinary-post', 'fax', 'internet', 'email')),
  -- 口头申请, written down by the office.
  oral boolean NOT NULL DEFAULT false,
  submitted_at timestamptz(3) NOT NULL,
  submitted_on date NOT NULL,
  -- Day both sides confirmed, where the channel asks for it.
  confirmed_on date,
  applicant_kind text NOT NULL CHECK (
    applicant_kind IN ('natural-person', 'company', 'research', 'public-welfare', 'legal-service', 'other')),
  -- Name, number, address, contacts; null once disposed of.
  applicant_sealed text,
  -- Keyed digests of the name, the identity number and the contacts, to find by.
  name_digest text,
  identity_digest text,
  contact_digests text[] NOT NULL DEFAULT '{}',
  -- What is asked for in the applicant's words, and the purpose where it was given.
  content_sealed text,
  wanted_form text NOT NULL CHECK (wanted_form IN ('paper', 'electronic', 'disc', 'other')),
  delivery_way text NOT NULL CHECK (delivery_way IN ('post', 'pick-up', 'on-site', 'internet', 'email', 'fax')),
  -- The page's own key: sending the same page twice makes one form.
  submission_key text NOT NULL,
  origin text NOT NULL CHECK (origin IN ('portal', 'desk', 'mailbox')),
  registered_by integer,
  disposed_on date,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, registered_by) REFERENCES staff (agency_id, id),
  CHECK (confirmed_on IS NULL OR confirmed_on >= submitted_on),
  CHECK ((applicant_sealed IS NULL) = (disposed_on IS NOT NULL))
);
CREATE UNIQUE INDEX request_forms_by_number ON request_forms (agency_id, number);
CREATE UNIQUE INDEX request_forms_by_submission ON request_forms (agency_id, submission_key);
CREATE INDEX request_forms_by_identity ON request_forms (agency_id, identity_digest, submitted_on) WHERE identity_digest IS NOT NULL;
CREATE INDEX request_forms_by_name ON request_forms (agency_id, name_digest) WHERE name_digest IS NOT NULL;
CREATE INDEX request_forms_by_contact ON request_forms USING gin (contact_digests);
CREATE INDEX request_forms_undisposed ON request_forms (agency_id, submitted_on) WHERE disposed_on IS NULL;

-- 申请件: one matter (一事一申请); what the statistics count.
CREATE TABLE requests (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  form_id bigint NOT NULL,
  -- 1, 2 … within the form.
  part smallint NOT NULL CHECK (part BETWEEN 1 AND 99),
  -- The form's number, with `-2` … for further parts.
  number text NOT NULL,
  -- What is sought, without anything personal; shown in lists.
  title text NOT NULL CHECK (length(title) BETWEEN 2 AND 200),
  -- Two-character pieces of the title, for finding alike ones.
  title_grams text[] NOT NULL DEFAULT '{}',
  -- The part's own words where the form was split.
  content_sealed text,
  applicant_kind text NOT NULL,
  channel text NOT NULL,
  identity_digest text,
  submitted_on date NOT NULL,
  -- 收到申请之日; null while unconfirmed. The regime follows it and stays.
  received_on date,
  regime text CHECK (regime IN ('R2008', 'R2019')),
  state text NOT NULL CHECK (state IN (
    'unconfirmed', 'registered', 'correcting', 'handling', 'unpaid', 'reviewing', 'signing', 'signed', 'concluded', 'archived', 'cancelled')),
  unit_id integer,
  handler_id integer,
  -- What the clock says now, rewritten with every act that moves it and when the calendar is amended; overdue is computed.
  clock_state text CHECK (clock_state IN ('running', 'awaiting-correction', 'awaiting-payment', 'lapsed', 'open-ended')),
  clock_from date,
  first_due_on date,
  due_on date,
  provisional boolean NOT NULL DEFAULT false,
  suspended boolean NOT NULL DEFAULT false,
  calendar text NOT NULL DEFAULT '',
  -- 办理结果: exactly one, with the day that puts it into a year; W: withdrawn under 492, which no row of its table counts.
  result_code text CHECK (result_code ~ '^([AB]\d(\.\d)?|W)$'),
  concluded_on date,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, form_id) REFERENCES request_forms (agency_id, id),
  FOREIGN KEY (agency_id, unit_id) REFERENCES units (agency_id, id),
  FOREIGN KEY (agency_id, handler_id) REFERENCES staff (agency_id, id),
  CHECK ((received_on IS NULL) = (regime IS NULL)),
  CHECK ((received_on IS NULL) = (state IN ('unconfirmed', 'cancelled'))),
  CHECK ((state IN ('concluded', 'archived')) = (result_code IS NOT NULL)),
  CHECK ((result_code IS NULL) = (concluded_on IS NULL)),
  CHECK (concluded_on IS NULL OR concluded_on >= received_on),
  CHECK (result_code IS NULL OR (regime = 'R2019') = (result_code LIKE 'B%'))
);
CREATE UNIQUE INDEX requests_parts ON requests (agency_id, form_id, part);
CREATE UNIQUE INDEX requests_by_number ON requests (agency_id, number);
CREATE INDEX requests_by_received ON requests (agency_id, received_on, id) WHERE received_on IS NOT NULL;
CREATE INDEX requests_by_concluded ON requests (agency_id, concluded_on, id) WHERE concluded_on IS NOT NULL;
CREATE INDEX requests_open_by_due ON requests (agency_id, due_on, id) WHERE concluded_on IS NULL AND state <> 'cancelled';
CREATE INDEX requests_by_state ON requests (agency_id, state, id);
CREATE INDEX requests_newest ON requests (agency_id, id DESC);
CREATE INDEX requests_of_unit ON requests (agency_id, unit_id, state, id) WHERE unit_id IS NOT NULL;
CREATE INDEX requests_of_handler ON requests (agency_id, handler_id, state, id) WHERE handler_id IS NOT NULL;
CREATE INDEX requests_by_identity ON requests (agency_id, identity_digest, received_on) WHERE identity_digest IS NOT NULL;
CREATE INDEX requests_alike ON requests USING gin (title_grams);

-- 承办单位: who collects what the reply needs; the first is the lead of the case.
CREATE TABLE request_assignments (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  request_id bigint NOT NULL,
  unit_id integer NOT NULL,
  handler_id integer,
  lead boolean NOT NULL,
  assigned_at timestamptz(3) NOT NULL,
  assigned_by text NOT NULL,
  -- 检索结果 of this unit: found or not, and what; sealed.
  outcome text CHECK (outcome IN ('found', 'partly', 'none')),
  findings_sealed text,
  answered_at timestamptz(3),
  ended_at timestamptz(3),
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, request_id) REFERENCES requests (agency_id, id),
  FOREIGN KEY (agency_id, unit_id) REFERENCES units (agency_id, id),
  FOREIGN KEY (agency_id, handler_id) REFERENCES staff (agency_id, id)
);
CREATE INDEX request_assignments_of_request ON request_assignments (agency_id, request_id, id);
CREATE UNIQUE INDEX request_assignments_once ON request_assignments (agency_id, request_id, unit_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX request_assignments_lead ON request_assignments (agency_id, request_id) WHERE lead AND ended_at IS NULL;
CREATE INDEX request_assignments_of_unit ON request_assignments (agency_id, unit_id, request_id) WHERE ended_at IS NULL;

-- 补正.
CREATE TABLE request_corrections (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  request_id bigint NOT NULL,
  noticed_on date NOT NULL,
  -- What is to be made clear, sealed.
  asked_sealed text NOT NULL,
  -- 合理期限 in working days, and its last day.
  days smallint NOT NULL CHECK (days BETWEEN 1 AND 60),
  due_on date NOT NULL,
  answered_on date,
  answer_sealed text,
  lapsed_on date,
  letter_id bigint,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, request_id) REFERENCES requests (agency_id, id),
  CHECK (answered_on IS NULL OR answered_on >= noticed_on),
  CHECK (answered_on IS NULL OR lapsed_on IS NULL)
);
CREATE INDEX request_corrections_of_request ON request_corrections (agency_id, request_id, id);
CREATE UNIQUE INDEX request_corrections_open ON request_corrections (agency_id, request_id)
  WHERE answered_on IS NULL AND lapsed_on IS NULL;

-- 延期: proposed by the office, approved by the head, notified before the first limit ends; once.
CREATE TABLE request_extensions (
  agency_id integer NOT NULL,
  request_id bigint NOT NULL,
  days smallint NOT NULL CHECK (days BETWEEN 1 AND 20),
  reason text NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'approved', 'refused')),
  proposed_by integer,
  proposed_on date NOT NULL,
  decided_by integer,
  decided_on date,
  notified_on date,
  letter_id bigint,
  PRIMARY KEY (agency_id, request_id),
  FOREIGN KEY (agency_id, request_id) REFERENCES requests (agency_id, id),
  FOREIGN KEY (agency_id, proposed_by) REFERENCES staff (agency_id, id),
  FOREIGN KEY (agency_id, decided_by) REFERENCES staff (agency_id, id),
  CHECK ((state = 'proposed') = (decided_on IS NULL)),
  CHECK ((state = 'approved') = (notified_on IS NOT NULL))
);

-- 征求意见 of third parties and co-producers.
CREATE TABLE request_consultations (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  request_id bigint NOT NULL,
  party text NOT NULL CHECK (party IN ('third-party', 'co-producer')),
  -- Name, address and contact of whom is asked.
  party_sealed text,
  sent_on date NOT NULL,
  delivered_on date,
  answered_on date,
  -- `none`: no longer waited for, closed by the office.
  opinion text CHECK (opinion IN ('agree', 'disagree', 'partly', 'none')),
  answer_sealed text,
  -- 711/32: told in writing that it is disclosed all the same, and why.
  overruled_on date,
  letter_id bigint,
  overruled_letter_id bigint,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, request_id) REFERENCES requests (agency_id, id),
  CHECK ((answered_on IS NULL) = (opinion IS NULL)),
  CHECK (answered_on IS NULL OR answered_on >= sent_on),
  CHECK (delivered_on IS NULL OR delivered_on >= sent_on)
);
CREATE INDEX request_consultations_of_request ON request_consultations (agency_id, request_id, id);
CREATE INDEX request_consultations_open ON request_consultations (agency_id, request_id) WHERE answered_on IS NULL;

-- 信息处理费, and the cost fees of 492 while they were taken: one method for one request.
CREATE TABLE request_fees (
  agency_id integer NOT NULL,
  request_id bigint NOT NULL,
  method text NOT NULL CHECK (method IN ('piece', 'page', 'cost')),
  quantity integer NOT NULL CHECK (quantity BETWEEN 0 AND 100000),
  -- Yuan.
  amount numeric(12, 2) NOT NULL CHECK (amount >= 0),
  noticed_on date NOT NULL,
  delivered_on date,
  due_on date,
  paid_on date,
  receipt_number text NOT NULL DEFAULT '',
  refunded_on date,
  refunded numeric(12, 2) NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND amount),
  refund_reason text NOT NULL DEFAULT '',
  lapsed_on date,
  letter_id bigint,
  PRIMARY KEY (agency_id, request_id),
  FOREIGN KEY (agency_id, request_id) REFERENCES requests (agency_id, id),
  CHECK (delivered_on IS NULL OR delivered_on >= noticed_on),
  CHECK (paid_on IS NULL OR paid_on >= noticed_on),
  CHECK (paid_on IS NULL OR lapsed_on IS NULL),
  CHECK ((refunded > 0) = (refunded_on IS NOT NULL)),
  CHECK (refunded_on IS NULL OR refunded_on >= paid_on)
);
CREATE INDEX request_fees_by_payment ON request_fees (agency_id, paid_on) WHERE paid_on IS NOT NULL;
CREATE INDEX request_fees_by_notice ON request_fees (agency_id, noticed_on);

-- 答复: one that is not void for each request.
CREATE TABLE request_replies (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  request_id bigint NOT NULL,
  kind_code text NOT NULL,
  state text NOT NULL CHECK (state IN ('draft', 'in-review', 'approved', 'signed', 'void')),
  author_id integer,
  -- Everybody who ever wrote in it.
  hands integer[] NOT NULL DEFAULT '{}',
  -- Reasons, what must be told, and the paragraphs of the letter; sealed.
  content_sealed text NOT NULL,
  legal_by integer,
  legal_at timestamptz(3),
  secrecy_by integer,
  secrecy_at timestamptz(3),
  signed_by integer,
  signed_on date,
  letter_id bigint,
  dispatched_on date,
  delivery_method text CHECK (delivery_method IN ('direct', 'through-agency', 'post', 'electronic', 'courier')),
  delivered_on date,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, request_id) REFERENCES requests (agency_id, id),
  FOREIGN KEY (agency_id, author_id) REFERENCES staff (agency_id, id),
  FOREIGN KEY (agency_id, legal_by) REFERENCES staff (agency_id, id),
  FOREIGN KEY (agency_id, secrecy_by) REFERENCES staff (agency_id, id),
  FOREIGN KEY (agency_id, signed_by) REFERENCES staff (agency_id, id),
  -- 先审核后公开, 谁审查谁负责: no reply is signed without both reviews, and nobody reviews or signs his own.
  CHECK (state NOT IN ('approved', 'signed') OR (legal_at IS NOT NULL AND secrecy_at IS NOT NULL)),
  CHECK (state <> 'signed' OR signed_on IS NOT NULL),
  CHECK (legal_by <> author_id AND NOT legal_by = ANY (hands)),
  CHECK (secrecy_by <> author_id AND NOT secrecy_by = ANY (hands)),
  CHECK (signed_by <> author_id AND NOT signed_by = ANY (hands)),
  CHECK (dispatched_on IS NULL OR (state = 'signed' AND delivery_method IS NOT NULL AND dispatched_on >= signed_on)),
  CHECK (delivered_on IS NULL OR delivered_on >= dispatched_on)
);
CREATE UNIQUE INDEX request_replies_one ON request_replies (agency_id, request_id) WHERE state <> 'void';
CREATE INDEX request_replies_of_request ON request_replies (agency_id, request_id, id);

-- 审查意见, every one that was ever given.
CREATE TABLE request_reviews (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  reply_id bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('legal', 'secrecy', 'signature')),
  result text NOT NULL CHECK (result IN ('approved', 'returned')),
  opinion_sealed text NOT NULL,
  by_id integer,
  by_name text NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, reply_id) REFERENCES request_replies (agency_id, id),
  FOREIGN KEY (agency_id, by_id) REFERENCES staff (agency_id, id)
);
CREATE INDEX request_reviews_of_reply ON request_reviews (agency_id, reply_id, id);

-- A reply that was signed stays what it was; only its way to the applicant is still written.
CREATE FUNCTION guard_signed_replies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'signed' AND (NEW.state, NEW.kind_code, NEW.content_sealed, NEW.signed_on, NEW.request_id, NEW.legal_at, NEW.secrecy_at)
      IS DISTINCT FROM (OLD.state, OLD.kind_code, OLD.content_sealed, OLD.signed_on, OLD.request_id, OLD.legal_at, OLD.secrecy_at)
     AND current_setting('gongkai.resealing', true) IS DISTINCT FROM 'on' THEN
    RAISE EXCEPTION 'a signed reply does not change';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER request_replies_signed BEFORE UPDATE ON request_replies FOR EACH ROW EXECUTE FUNCTION guard_signed_replies();

-- A request is concluded by a signed and dispatched reply of the same kind, or by being withdrawn.
CREATE FUNCTION guard_conclusions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.result_code IS NOT NULL AND NEW.result_code NOT IN ('W', 'B6.3') AND NOT EXISTS (
    SELECT FROM request_replies r WHERE r.agency_id = NEW.agency_id AND r.request_id = NEW.id
      AND r.state = 'signed' AND r.kind_code = NEW.result_code AND r.dispatched_on = NEW.concluded_on) THEN
    RAISE EXCEPTION 'request % has no dispatched reply of kind %', NEW.id, NEW.result_code;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.result_code IS NOT NULL
     AND (NEW.result_code, NEW.concluded_on) IS DISTINCT FROM (OLD.result_code, OLD.concluded_on) THEN
    RAISE EXCEPTION 'request % is concluded already', NEW.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER requests_concluded BEFORE INSERT OR UPDATE ON requests FOR EACH ROW EXECUTE FUNCTION guard_conclusions();

-- Files of a form or a request; contents lie sealed in the file store.
CREATE TABLE request_files (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  form_id bigint NOT NULL,
  -- Null: of the form as a whole, e.g. what the applicant attached.
  request_id bigint,
  kind text NOT NULL CHECK (kind IN ('attachment', 'identity', 'scan', 'correction', 'opinion', 'record', 'released', 'proof')),
  -- Digest of the sealed bytes, which addresses them, and of the plain ones, which tells what they are.
  sealed_digest text NOT NULL CHECK (sealed_digest ~ '^[0-9a-f]{64}$'),
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  name_sealed text NOT NULL,
  type text NOT NULL,
  bytes bigint NOT NULL CHECK (bytes >= 0),
  added_by text NOT NULL,
  added_at timestamptz(3) NOT NULL,
  removed_at timestamptz(3),
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, form_id) REFERENCES request_forms (agency_id, id),
  FOREIGN KEY (agency_id, request_id) REFERENCES requests (agency_id, id)
);
CREATE INDEX request_files_of_form ON request_files (agency_id, form_id, id);
CREATE INDEX request_files_of_request ON request_files (agency_id, request_id, id) WHERE request_id IS NOT NULL;

-- 投诉举报、行政复议、行政诉讼 opened on a case; their own room comes with its procedures.
CREATE TABLE request_disputes (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  request_id bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('complaint', 'reconsideration', 'litigation')),
  opened_on date NOT NULL,
  body text NOT NULL,
  note_sealed text,
  closed_on date,
  outcome text NOT NULL DEFAULT '',
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, request_id) REFERENCES requests (agency_id, id),
  CHECK (closed_on IS NULL OR closed_on >= opened_on)
);
CREATE INDEX request_disputes_of_request ON request_disputes (agency_id, request_id, id);

-- “答复是否解决了您的问题”.
CREATE TABLE request_feedback (
  agency_id integer NOT NULL,
  request_id bigint NOT NULL,
  answered boolean NOT NULL,
  comment_sealed text,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, request_id),
  FOREIGN KEY (agency_id, request_id) REFERENCES requests (agency_id, id)
);

-- 依申请转主动公开 (711/44): what an answered request becomes for everybody, after review by another person.
CREATE TABLE request_publications (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  request_id bigint NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 2 AND 200),
  title_grams text[] NOT NULL DEFAULT '{}',
  question text NOT NULL,
  answer text NOT NULL,
  -- Files of the case that passed the release gate for this publication.
  file_ids bigint[] NOT NULL DEFAULT '{}',
  state text NOT NULL CHECK (state IN ('proposed', 'published', 'returned', 'withdrawn')),
  author_id integer,
  reviewer_id integer,
  proposed_on date NOT NULL,
  published_on date,
  reason text NOT NULL DEFAULT '',
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, request_id) REFERENCES requests (agency_id, id),
  FOREIGN KEY (agency_id, author_id) REFERENCES staff (agency_id, id),
  FOREIGN KEY (agency_id, reviewer_id) REFERENCES staff (agency_id, id),
  CHECK (reviewer_id <> author_id),
  CHECK ((state IN ('published', 'withdrawn')) = (published_on IS NOT NULL))
);
CREATE UNIQUE INDEX request_publications_one ON request_publications (agency_id, request_id) WHERE state IN ('proposed', 'published');
CREATE INDEX request_publications_newest ON request_publications (agency_id, published_on DESC, id DESC) WHERE state = 'published';
CREATE INDEX request_publications_alike ON request_publications USING gin (title_grams) WHERE state = 'published';

-- What a visitor filled in so far: no account, found by the token that only his browser holds.
CREATE TABLE request_drafts (
  agency_id integer NOT NULL REFERENCES agencies (id),
  token_digest text NOT NULL CHECK (token_digest ~ '^[0-9a-f]{64}$'),
  sealed text NOT NULL,
  saved_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, token_digest)
);
CREATE INDEX request_drafts_expired ON request_drafts (expires_at);
