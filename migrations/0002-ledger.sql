-- Append-only acts, chained with SM3 per agency. The head row serialises writers of one agency.

CREATE TABLE ledger_heads (
  agency_id integer PRIMARY KEY REFERENCES agencies (id),
  seq bigint NOT NULL,
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$')
) WITH (fillfactor = 20);

CREATE TABLE ledger_acts (
  agency_id integer NOT NULL REFERENCES agencies (id),
  seq bigint NOT NULL CHECK (seq > 0),
  at timestamptz(3) NOT NULL,
  actor_kind text NOT NULL CHECK (actor_kind IN ('staff', 'system', 'public')),
  actor_id integer,
  actor_name text NOT NULL,
  act text NOT NULL CHECK (act ~ '^[a-z-]+\.[a-z-]+$'),
  -- The legal ground: article or internal rule the act rests on.
  ground text NOT NULL DEFAULT '',
  subject_kind text NOT NULL,
  subject_id text NOT NULL,
  subject_label text NOT NULL DEFAULT '',
  before jsonb,
  after jsonb,
  reason text NOT NULL DEFAULT '',
  previous_digest text NOT NULL,
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  PRIMARY KEY (agency_id, seq)
);
CREATE INDEX ledger_acts_by_subject ON ledger_acts (agency_id, subject_kind, subject_id, seq DESC);
CREATE INDEX ledger_acts_by_act ON ledger_acts (agency_id, act, seq DESC);
CREATE INDEX ledger_acts_by_actor ON ledger_acts (agency_id, actor_id, seq DESC);
CREATE INDEX ledger_acts_by_time ON ledger_acts (agency_id, at);

-- The head of a chain as it stood when the day was closed; the same lines go to a file outside the database.
CREATE TABLE ledger_anchors (
  agency_id integer NOT NULL REFERENCES agencies (id),
  day date NOT NULL,
  seq bigint NOT NULL,
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  taken_at timestamptz(3) NOT NULL,
  -- SM3 of the line in the anchor file, which the next line repeats.
  line_digest text NOT NULL CHECK (line_digest ~ '^[0-9a-f]{64}$'),
  -- Order of the lines over all agencies.
  line bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (agency_id, day, seq)
);
CREATE INDEX ledger_anchors_by_line ON ledger_anchors (line DESC);

-- Runs of the verification started in the workbench; `finished_at` is null while one runs.
CREATE TABLE ledger_verifications (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  started_at timestamptz(3) NOT NULL,
  requested_by text NOT NULL,
  total bigint NOT NULL,
  entries bigint NOT NULL DEFAULT 0,
  seen_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  ok boolean,
  first_broken bigint,
  problem text NOT NULL DEFAULT '',
  PRIMARY KEY (agency_id, id),
  CHECK ((finished_at IS NULL) = (ok IS NULL))
);

CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;

-- A new act must follow the head; locking the head here keeps hand-written inserts in line too.
CREATE FUNCTION check_ledger_act() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head ledger_heads%ROWTYPE;
BEGIN
  SELECT * INTO head FROM ledger_heads WHERE agency_id = NEW.agency_id FOR UPDATE;
  IF NOT FOUND OR NEW.seq <> head.seq + 1 OR NEW.previous_digest <> head.digest THEN
    RAISE EXCEPTION 'act % of agency % does not follow the head of its chain', NEW.seq, NEW.agency_id
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION advance_ledger_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE ledger_heads SET seq = NEW.seq, digest = NEW.digest WHERE agency_id = NEW.agency_id;
  RETURN NULL;
END $$;

-- A head starts at zero before the first act and then moves by exactly one, to the digest of that act.
CREATE FUNCTION check_ledger_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    -- With a head already there the primary key settles it: two first acts at the same time are no fault.
    IF NEW.seq <> 0 OR NEW.digest <> repeat('0', 64)
      OR (EXISTS (SELECT 1 FROM ledger_acts WHERE agency_id = NEW.agency_id)
        AND NOT EXISTS (SELECT 1 FROM ledger_heads WHERE agency_id = NEW.agency_id)) THEN
      RAISE EXCEPTION 'the chain of agency % must begin before its first act', NEW.agency_id
        USING ERRCODE = 'insufficient_privilege';
    END IF;
  ELSIF NEW.agency_id <> OLD.agency_id OR NEW.seq <> OLD.seq + 1 OR NOT EXISTS (
    SELECT 1 FROM ledger_acts WHERE agency_id = NEW.agency_id AND seq = NEW.seq AND digest = NEW.digest
  ) THEN
    RAISE EXCEPTION 'the head of agency % may only move to the act that follows it', OLD.agency_id
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER ledger_acts_append_only BEFORE UPDATE OR DELETE ON ledger_acts
  FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_acts_no_truncate BEFORE TRUNCATE ON ledger_acts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_acts_follow_head BEFORE INSERT ON ledger_acts
  FOR EACH ROW EXECUTE FUNCTION check_ledger_act();
CREATE TRIGGER ledger_acts_advance_head AFTER INSERT ON ledger_acts
  FOR EACH ROW EXECUTE FUNCTION advance_ledger_head();
CREATE TRIGGER ledger_heads_begin BEFORE INSERT ON ledger_heads
  FOR EACH ROW EXECUTE FUNCTION check_ledger_head();
CREATE TRIGGER ledger_heads_advance BEFORE UPDATE ON ledger_heads
  FOR EACH ROW EXECUTE FUNCTION check_ledger_head();
CREATE TRIGGER ledger_heads_no_delete BEFORE DELETE OR TRUNCATE ON ledger_heads
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_anchors_append_only BEFORE UPDATE OR DELETE ON ledger_anchors
  FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_anchors_no_truncate BEFORE TRUNCATE ON ledger_anchors
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();

-- Also while `session_replication_role` is `replica`, which silences ordinary triggers. The checks on INSERT stay
-- ordinary, so that a restore may load heads and acts in any order.
ALTER TABLE ledger_acts ENABLE ALWAYS TRIGGER ledger_acts_append_only;
ALTER TABLE ledger_acts ENABLE ALWAYS TRIGGER ledger_acts_no_truncate;
ALTER TABLE ledger_heads ENABLE ALWAYS TRIGGER ledger_heads_advance;
ALTER TABLE ledger_heads ENABLE ALWAYS TRIGGER ledger_heads_no_delete;
ALTER TABLE ledger_anchors ENABLE ALWAYS TRIGGER ledger_anchors_append_only;
ALTER TABLE ledger_anchors ENABLE ALWAYS TRIGGER ledger_anchors_no_truncate;
