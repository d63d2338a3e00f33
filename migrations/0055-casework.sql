-- 依申请公开: what casework still lacked: reasons for many requests (711/35), help of other offices, corrections of records
-- about oneself (711/41), slips that were written down wrongly, scans kept while a form comes back.

-- Scans of a form that came back to the desk wait beside the drafts of visitors.
ALTER TABLE request_draft_files
  DROP CONSTRAINT request_draft_files_kind_check,
  ADD CONSTRAINT request_draft_files_kind_check CHECK (
    kind IN ('attachment', 'identity', 'scan', 'correction', 'opinion', 'record', 'released', 'proof'));

-- 说明理由 (711/35): asked once; what was answered, what the office found, and until when it may answer then.
CREATE TABLE request_reasons (
  agency_id integer NOT NULL,
  request_id bigint NOT NULL,
  noticed_on date NOT NULL,
  -- In what number and how often; sealed like the answer and the finding, null once disposed of.
  facts_sealed text,
  days smallint NOT NULL CHECK (days BETWEEN 1 AND 60),
  due_on date NOT NULL,
  letter_id bigint,
  answered_on date,
  answer_sealed text,
  verdict text CHECK (verdict IN ('reasonable', 'delayed', 'unreasonable')),
  judged_on date,
  finding_sealed text,
  -- 延迟答复的合理期限, told the applicant by letter on the day of the finding.
  delayed_until date,
  delay_letter_id bigint,
  PRIMARY KEY (agency_id, request_id),
  FOREIGN KEY (agency_id, request_id) REFERENCES requests (agency_id, id),
  CHECK (answered_on IS NULL OR answered_on >= noticed_on),
  CHECK ((verdict IS NULL) = (judged_on IS NULL)),
  CHECK ((verdict IS NOT DISTINCT FROM 'delayed') = (delayed_until IS NOT NULL)),
  CHECK (delayed_until IS NULL OR delayed_until > judged_on)
);

-- 协办函: another office is asked for help; unlike the opinions of 711/32 and 711/34 it moves no clock.
ALTER TABLE request_consultations
  ADD COLUMN due_on date,
  DROP CONSTRAINT request_consultations_party_check,
  ADD CONSTRAINT request_consultations_party_check CHECK (party IN ('third-party', 'co-producer', 'assistant')),
  DROP CONSTRAINT request_consultations_opinion_check,
  ADD CONSTRAINT request_consultations_opinion_check CHECK (opinion IN ('agree', 'disagree', 'partly', 'none', 'helped')),
  ADD CHECK ((party = 'assistant') = (due_on IS NOT NULL)),
  ADD CHECK (opinion IS NULL OR opinion = 'none' OR (party = 'assistant') = (opinion = 'helped'));

-- 更正 (711/41): what was provided records the applicant wrongly.
CREATE TABLE request_rectifications (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  request_id bigint NOT NULL,
  asked_on date NOT NULL,
  asked_sealed text,
  decided_on date,
  outcome text CHECK (outcome IN ('corrected', 'transferred', 'directed', 'unfounded')),
  decision_sealed text,
  letter_id bigint,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, request_id) REFERENCES requests (agency_id, id),
  CHECK ((decided_on IS NULL) = (outcome IS NULL)),
  CHECK (decided_on IS NULL OR decided_on >= asked_on)
);
CREATE INDEX request_rectifications_of_request ON request_rectifications (agency_id, request_id, id);
CREATE UNIQUE INDEX request_rectifications_open ON request_rectifications (agency_id, request_id) WHERE decided_on IS NULL;

-- Whether a partial answer hands out what a third party objects to (711/15, 711/32).
ALTER TABLE request_replies ADD COLUMN overrides boolean NOT NULL DEFAULT false;

CREATE OR REPLACE FUNCTION guard_signed_replies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'signed' AND (NEW.state, NEW.kind_code, NEW.content_sealed, NEW.signed_on, NEW.request_id, NEW.legal_at, NEW.secrecy_at, NEW.overrides)
      IS DISTINCT FROM (OLD.state, OLD.kind_code, OLD.content_sealed, OLD.signed_on, OLD.request_id, OLD.legal_at, OLD.secrecy_at, OLD.overrides)
     AND current_setting('gongkai.resealing', true) IS DISTINCT FROM 'on' THEN
    RAISE EXCEPTION 'a signed reply does not change';
  END IF;
  RETURN NEW;
END $$;

-- 更正登记: what was first written on a slip of dispatch or delivery, and why it was wrong.
CREATE TABLE letter_corrections (
  agency_id integer NOT NULL,
  letter_id bigint NOT NULL,
  number smallint NOT NULL CHECK (number BETWEEN 1 AND 50),
  -- Each null where it did not change.
  sent_on date,
  method text CHECK (method IN ('direct', 'through-agency', 'post', 'electronic', 'courier')),
  delivered_on date,
  -- Sealed; null once disposed of.
  reason text,
  by_name text NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, letter_id, number),
  FOREIGN KEY (agency_id, letter_id) REFERENCES letters (agency_id, id),
  CHECK (num_nonnulls(sent_on, method, delivered_on) > 0)
);

CREATE FUNCTION guard_letter_corrections() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.agency_id, OLD.letter_id, OLD.number, OLD.sent_on, OLD.method, OLD.delivered_on, OLD.by_name, OLD.at)
      IS NOT DISTINCT FROM (NEW.agency_id, NEW.letter_id, NEW.number, NEW.sent_on, NEW.method, NEW.delivered_on, NEW.by_name, NEW.at)
    AND letter_part_kept(OLD.reason, NEW.reason, true) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is only added to', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER letter_corrections_kept BEFORE UPDATE OR DELETE ON letter_corrections
  FOR EACH ROW EXECUTE FUNCTION guard_letter_corrections();

-- The slips themselves change only with such a correction, in its transaction.
CREATE OR REPLACE FUNCTION guard_letters() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  gone boolean;
  correcting boolean;
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'letters are never deleted' USING ERRCODE = 'check_violation';
  END IF;
  gone := NEW.disposed_on IS NOT NULL;
  correcting := NEW.delivered_on IS NOT NULL AND current_setting('gongkai.correcting', true) IS NOT DISTINCT FROM 'on';
  IF (OLD.agency_id, OLD.id, OLD.form_id, OLD.request_id, OLD.kind, OLD.reply_code, OLD.series, OLD.year, OLD.serial,
      OLD.number, OLD.code, OLD.issued_on, OLD.issued_at, OLD.issued_by, OLD.issued_by_id, OLD.signed_by, OLD.digest)
    IS DISTINCT FROM
     (NEW.agency_id, NEW.id, NEW.form_id, NEW.request_id, NEW.kind, NEW.reply_code, NEW.series, NEW.year, NEW.serial,
      NEW.number, NEW.code, NEW.issued_on, NEW.issued_at, NEW.issued_by, NEW.issued_by_id, NEW.signed_by, NEW.digest)
    OR NOT letter_part_kept(OLD.content, NEW.content, gone)
    OR (OLD.disposed_on IS NOT NULL AND OLD.disposed_on IS DISTINCT FROM NEW.disposed_on) THEN
    RAISE EXCEPTION 'letter % of agency % was issued and cannot change', OLD.id, OLD.agency_id
      USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.pdf_sha256 IS NOT NULL
    AND (OLD.pdf_sha256, OLD.pdf_sm3, OLD.pdf_bytes) IS DISTINCT FROM (NEW.pdf_sha256, NEW.pdf_sm3, NEW.pdf_bytes) THEN
    RAISE EXCEPTION 'the file of letter % of agency % cannot change', OLD.id, OLD.agency_id
      USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.delivered_on IS NOT NULL
    AND ((OLD.delivered_on IS DISTINCT FROM NEW.delivered_on AND NOT correcting)
      OR NOT letter_part_kept(OLD.delivered_to, NEW.delivered_to, gone)) THEN
    RAISE EXCEPTION 'letter % of agency % was delivered', OLD.id, OLD.agency_id USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.voided_at IS NOT NULL
    AND ((OLD.voided_at, OLD.voided_by) IS DISTINCT FROM (NEW.voided_at, NEW.voided_by)
      OR NOT letter_part_kept(OLD.void_reason, NEW.void_reason, gone)) THEN
    RAISE EXCEPTION 'letter % of agency % stays void', OLD.id, OLD.agency_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION refuse_letter_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'letter_dispatches' AND TG_OP = 'UPDATE' THEN
    IF (OLD.agency_id, OLD.letter_id, OLD.attempt, OLD.by_name, OLD.at)
        IS NOT DISTINCT FROM (NEW.agency_id, NEW.letter_id, NEW.attempt, NEW.by_name, NEW.at)
      AND ((OLD.method, OLD.sent_on) IS NOT DISTINCT FROM (NEW.method, NEW.sent_on)
        OR current_setting('gongkai.correcting', true) IS NOT DISTINCT FROM 'on')
      AND letter_part_kept(OLD.tracking_number, NEW.tracking_number, true) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '% is only added to', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;

-- A request stays concluded with its result; the day moves only with a corrected slip of its reply.
CREATE OR REPLACE FUNCTION guard_conclusions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.result_code IS NOT NULL AND NEW.result_code NOT IN ('W', 'B6.3') AND NOT EXISTS (
    SELECT FROM request_replies r WHERE r.agency_id = NEW.agency_id AND r.request_id = NEW.id
      AND r.state = 'signed' AND r.kind_code = NEW.result_code AND r.dispatched_on = NEW.concluded_on) THEN
    RAISE EXCEPTION 'request % has no dispatched reply of kind %', NEW.id, NEW.result_code;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.result_code IS NOT NULL
     AND (NEW.result_code IS DISTINCT FROM OLD.result_code
       OR (NEW.concluded_on IS DISTINCT FROM OLD.concluded_on
         AND current_setting('gongkai.correcting', true) IS DISTINCT FROM 'on')) THEN
    RAISE EXCEPTION 'request % is concluded already', NEW.id;
  END IF;
  RETURN NEW;
END $$;
