-- 依申请公开文书: numbered letters whose content never changes once issued, and the wordings an agency made its own.

-- The last number given in each series and year. Changed in the transaction that issues, so that none is left out.
CREATE TABLE letter_counters (
  agency_id integer NOT NULL REFERENCES agencies (id),
  series text NOT NULL CHECK (series ~ '^[a-z]{1,20}$'),
  year smallint NOT NULL CHECK (year BETWEEN 2008 AND 2100),
  last integer NOT NULL CHECK (last BETWEEN 1 AND 99999),
  PRIMARY KEY (agency_id, series, year)
);

CREATE TABLE letters (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  form_id bigint NOT NULL,
  -- Null for what concerns the whole form, such as the receipt.
  request_id bigint,
  kind text NOT NULL CHECK (kind ~ '^[a-z-]{1,40}$'),
  -- Which reply it is, as the statistics count it; null for every other kind.
  reply_code text CHECK (reply_code ~ '^[AB][0-9](\.[0-9])?$'),
  series text NOT NULL,
  year smallint NOT NULL,
  serial integer NOT NULL CHECK (serial >= 1),
  -- 发文字号 as printed.
  number text NOT NULL CHECK (length(number) BETWEEN 5 AND 40),
  -- Verification code under the QR picture: 80 random bits.
  code text NOT NULL CHECK (code ~ '^[0-9A-HJKMNP-TV-Z]{16}$'),
  issued_on date NOT NULL,
  issued_at timestamptz(3) NOT NULL,
  issued_by text NOT NULL,
  issued_by_id integer,
  -- 签发人, a member of staff.
  signed_by text,
  -- Everything printed and to whom, sealed; `digest` is the SM3 of its canonical JSON, which holds a random salt.
  -- Null once the case was disposed of.
  content text,
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  -- The PDF as first produced: where it lies sealed, and the digests of its bytes.
  pdf_file text CHECK (pdf_file ~ '^[0-9a-f]{64}$'),
  pdf_sha256 text CHECK (pdf_sha256 ~ '^[0-9a-f]{64}$'),
  pdf_sm3 text CHECK (pdf_sm3 ~ '^[0-9a-f]{64}$'),
  pdf_bytes integer CHECK (pdf_bytes > 0),
  delivered_on date,
  -- Who signed for it, sealed.
  delivered_to text,
  voided_at timestamptz(3),
  voided_by text,
  void_reason text,
  -- 到期处置: everything personal is gone, the number stays.
  disposed_on date,
  PRIMARY KEY (agency_id, id),
  UNIQUE (agency_id, series, year, serial),
  UNIQUE (agency_id, number),
  UNIQUE (agency_id, code),
  FOREIGN KEY (agency_id, form_id) REFERENCES request_forms (agency_id, id),
  FOREIGN KEY (agency_id, request_id) REFERENCES requests (agency_id, id),
  FOREIGN KEY (agency_id, issued_by_id) REFERENCES staff (agency_id, id),
  CHECK ((kind = 'reply') = (reply_code IS NOT NULL) OR kind = 'not-processed'),
  CHECK (num_nulls(pdf_sha256, pdf_sm3, pdf_bytes) IN (0, 3)),
  CHECK (pdf_file IS NULL OR pdf_sha256 IS NOT NULL),
  CHECK (num_nulls(voided_at, voided_by) IN (0, 2)),
  CHECK (delivered_on IS NOT NULL OR delivered_to IS NULL),
  CHECK ((content IS NULL) = (disposed_on IS NOT NULL)),
  CHECK (disposed_on IS NULL OR num_nonnulls(pdf_file, delivered_to, void_reason) = 0)
);
CREATE INDEX letters_of_request ON letters (agency_id, request_id, id);
CREATE INDEX letters_by_year ON letters (agency_id, year, id);
CREATE INDEX letters_of_form ON letters (agency_id, form_id, id);
-- The page that verifies knows the code alone.
CREATE INDEX letters_by_code ON letters (code);

-- Each time a letter was sent off; one that comes back may be sent again.
CREATE TABLE letter_dispatches (
  agency_id integer NOT NULL,
  letter_id bigint NOT NULL,
  attempt smallint NOT NULL CHECK (attempt BETWEEN 1 AND 20),
  method text NOT NULL CHECK (method IN ('direct', 'through-agency', 'post', 'electronic', 'courier')),
  sent_on date NOT NULL,
  -- Sealed: whoever knows it can ask the carrier for the address.
  tracking_number text,
  by_name text NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, letter_id, attempt),
  FOREIGN KEY (agency_id, letter_id) REFERENCES letters (agency_id, id)
);

-- Whether a sealed value says what it said: the same, sealed anew under another key, or gone with its case.
CREATE FUNCTION letter_part_kept(old_value text, new_value text, disposed boolean) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT old_value IS NOT DISTINCT FROM new_value
    OR (new_value IS NULL AND disposed)
    OR (new_value IS NOT NULL AND split_part(old_value, ':', 2) <> split_part(new_value, ':', 2))
$$;

CREATE FUNCTION guard_letters() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  gone boolean;
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'letters are never deleted' USING ERRCODE = 'check_violation';
  END IF;
  gone := NEW.disposed_on IS NOT NULL;
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
    AND (OLD.delivered_on IS DISTINCT FROM NEW.delivered_on OR NOT letter_part_kept(OLD.delivered_to, NEW.delivered_to, gone)) THEN
    RAISE EXCEPTION 'letter % of agency % was delivered', OLD.id, OLD.agency_id USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.voided_at IS NOT NULL
    AND ((OLD.voided_at, OLD.voided_by) IS DISTINCT FROM (NEW.voided_at, NEW.voided_by)
      OR NOT letter_part_kept(OLD.void_reason, NEW.void_reason, gone)) THEN
    RAISE EXCEPTION 'letter % of agency % stays void', OLD.id, OLD.agency_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER letters_stay_as_issued BEFORE UPDATE ON letters FOR EACH ROW EXECUTE FUNCTION guard_letters();
CREATE TRIGGER letters_are_kept BEFORE DELETE OR TRUNCATE ON letters
  FOR EACH STATEMENT EXECUTE FUNCTION guard_letters();

-- A number follows the one before it, and never goes back.
CREATE FUNCTION guard_letter_counters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.last = 1 THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' AND (OLD.agency_id, OLD.series, OLD.year, OLD.last + 1) = (NEW.agency_id, NEW.series, NEW.year, NEW.last)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'numbers of letters go up one by one' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER letter_counters_count BEFORE INSERT OR UPDATE ON letter_counters
  FOR EACH ROW EXECUTE FUNCTION guard_letter_counters();

-- An agency's own wording of a letter; the newest version applies, and one without text restores the default.
CREATE TABLE letter_templates (
  agency_id integer NOT NULL REFERENCES agencies (id),
  -- Kind of letter, for replies with the reply's code: `extension`, `reply:B3.4`.
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 60),
  version integer NOT NULL CHECK (version >= 1),
  title text CHECK (length(title) BETWEEN 1 AND 60),
  body text CHECK (length(body) BETWEEN 1 AND 20000),
  by_name text NOT NULL,
  by_id integer,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, key, version),
  FOREIGN KEY (agency_id, by_id) REFERENCES staff (agency_id, id),
  CHECK ((title IS NULL) = (body IS NULL))
);

-- Dispatches and wordings are added, never changed; a tracking number may be sealed anew or go with its case.
CREATE FUNCTION refuse_letter_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'letter_dispatches' AND TG_OP = 'UPDATE' THEN
    IF (OLD.agency_id, OLD.letter_id, OLD.attempt, OLD.method, OLD.sent_on, OLD.by_name, OLD.at)
        IS NOT DISTINCT FROM (NEW.agency_id, NEW.letter_id, NEW.attempt, NEW.method, NEW.sent_on, NEW.by_name, NEW.at)
      AND letter_part_kept(OLD.tracking_number, NEW.tracking_number, true) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '% is only added to', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER letter_dispatches_kept BEFORE UPDATE OR DELETE ON letter_dispatches
  FOR EACH ROW EXECUTE FUNCTION refuse_letter_rewrite();
CREATE TRIGGER letter_templates_kept BEFORE UPDATE OR DELETE ON letter_templates
  FOR EACH ROW EXECUTE FUNCTION refuse_letter_rewrite();
