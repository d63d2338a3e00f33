-- 出口检查: what a file that is to leave the house holds beside what it shows, and what was decided about it.
-- No table here names a person in clear: findings, reasons and names are sealed, content is known by its keyed digest.

-- Content belongs to one subject for ever: no file of one case can leave with another.
CREATE TABLE release_contents (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  subject_kind text NOT NULL CHECK (subject_kind IN ('request')),
  subject_id bigint NOT NULL,
  -- Keyed digest of the plain content.
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  sha256_sealed text NOT NULL,
  request_id bigint GENERATED ALWAYS AS (CASE WHEN subject_kind = 'request' THEN subject_id END) STORED,
  PRIMARY KEY (agency_id, id),
  UNIQUE (agency_id, digest),
  UNIQUE (agency_id, id, subject_kind, subject_id),
  FOREIGN KEY (agency_id, request_id) REFERENCES requests (agency_id, id)
);

CREATE TABLE release_checks (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  subject_kind text NOT NULL,
  subject_id bigint NOT NULL,
  -- What the file is now; cleaning makes it another.
  content_id bigint NOT NULL,
  name_sealed text NOT NULL,
  bytes bigint NOT NULL CHECK (bytes >= 0),
  findings_sealed text NOT NULL,
  -- Findings above notice that were neither cleaned nor let through.
  open integer NOT NULL CHECK (open >= 0),
  passed boolean GENERATED ALWAYS AS (open = 0) STORED,
  version integer NOT NULL DEFAULT 1,
  checked_by text NOT NULL,
  checked_at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, id),
  UNIQUE (agency_id, content_id),
  FOREIGN KEY (agency_id, content_id, subject_kind, subject_id)
    REFERENCES release_contents (agency_id, id, subject_kind, subject_id)
);
CREATE INDEX release_checks_of_subject ON release_checks (agency_id, subject_kind, subject_id, id);

CREATE TABLE release_decisions (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  check_id bigint NOT NULL,
  kind text NOT NULL,
  decision text NOT NULL CHECK (decision IN ('cleaned', 'let-through')),
  -- The finding as it was, and why it may stay.
  finding_sealed text NOT NULL,
  reason_sealed text,
  decided_by text NOT NULL,
  decided_at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, check_id) REFERENCES release_checks (agency_id, id),
  CHECK ((decision = 'let-through') = (reason_sealed IS NOT NULL))
);
CREATE INDEX release_decisions_of_check ON release_decisions (agency_id, check_id, id);
