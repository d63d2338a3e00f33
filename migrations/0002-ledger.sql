-- Append-only acts, chained with SM3 per agency. The head row serialises writers of one agency.

CREATE TABLE ledger_heads (
  agency_id integer PRIMARY KEY REFERENCES agencies (id),
  seq bigint NOT NULL,
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$')
);

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

CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER ledger_acts_append_only BEFORE UPDATE OR DELETE ON ledger_acts
  FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_acts_no_truncate BEFORE TRUNCATE ON ledger_acts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_heads_no_delete BEFORE DELETE OR TRUNCATE ON ledger_heads
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
