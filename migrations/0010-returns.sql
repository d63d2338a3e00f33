-- 数据填报: what units report each month for figures that have no record of their own.

-- A small key for a figure's code, so that the index the report counts from stays narrow. Reference data of all agencies.
CREATE TABLE return_figures (
  id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL UNIQUE
);

CREATE TABLE returns (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  unit_id integer NOT NULL,
  from_on date NOT NULL,
  to_on date NOT NULL,
  origin text NOT NULL CHECK (origin IN ('form', 'import')),
  status text NOT NULL CHECK (status IN ('draft', 'submitted', 'returned', 'accepted', 'withdrawn')),
  accepted boolean NOT NULL GENERATED ALWAYS AS (status = 'accepted') STORED,
  -- Everyone who filled or submitted it; none of them may review it.
  hands integer[] NOT NULL DEFAULT '{}',
  made_by integer,
  made_at timestamptz NOT NULL,
  submitted_by integer,
  submitted_at timestamptz,
  reviewed_by integer,
  reviewed_at timestamptz,
  -- Why it was last sent back, reopened or withdrawn.
  reason text NOT NULL DEFAULT '',
  -- Counts saved changes; an editor who read an older one is told instead of overwriting.
  version integer NOT NULL DEFAULT 1,
  -- The open form that saved last, and the version it began from: its own autosaves are no conflict to itself.
  last_desk text NOT NULL DEFAULT '',
  desk_from integer NOT NULL DEFAULT 0,
  PRIMARY KEY (agency_id, id),
  -- What the lines refer to: a change of the review's result reaches them in the same statement.
  UNIQUE (agency_id, id, unit_id, accepted),
  FOREIGN KEY (agency_id, unit_id) REFERENCES units (agency_id, id),
  FOREIGN KEY (agency_id, made_by) REFERENCES staff (agency_id, id),
  FOREIGN KEY (agency_id, submitted_by) REFERENCES staff (agency_id, id),
  FOREIGN KEY (agency_id, reviewed_by) REFERENCES staff (agency_id, id),
  CHECK (from_on <= to_on AND date_part('year', from_on) = date_part('year', to_on)),
  CONSTRAINT returns_not_reviewed_by_own_hand CHECK (reviewed_by IS NULL OR NOT reviewed_by = ANY (hands)),
  CONSTRAINT returns_hands_complete CHECK (
    (made_by IS NULL OR made_by = ANY (hands)) AND (submitted_by IS NULL OR submitted_by = ANY (hands))),
  CONSTRAINT returns_accepted_by_review CHECK (status <> 'accepted' OR reviewed_by IS NOT NULL OR origin = 'import'),
  CONSTRAINT returns_reason_given CHECK (status NOT IN ('returned', 'withdrawn') OR reason <> '')
);
-- One living return per unit and period; a second would count twice.
CREATE UNIQUE INDEX returns_one_per_period ON returns (agency_id, unit_id, from_on, to_on)
  WHERE origin = 'form' AND status <> 'withdrawn';
CREATE INDEX returns_by_period ON returns (agency_id, from_on, unit_id, id);
CREATE INDEX returns_by_status ON returns (agency_id, status, submitted_at, id);

CREATE TABLE return_lines (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  return_id bigint NOT NULL,
  unit_id integer NOT NULL,
  -- Of return_figures; looked after by the insert trigger, as a foreign key would double the time of an import.
  figure_id smallint NOT NULL,
  accepted boolean NOT NULL,
  from_on date NOT NULL,
  to_on date NOT NULL,
  -- NULL: left blank explicitly (留空), which is not 0. A figure without a line was not filled in at all.
  quantity numeric(18, 6) CHECK (quantity >= 0),
  -- The same as a whole number: equal keys share one entry in the index below, which makes it ten times smaller.
  millionths bigint GENERATED ALWAYS AS ((quantity * 1000000)::bigint) STORED,
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 500),
  -- Key of the fact in the system it was imported from.
  source_id text CHECK (length(source_id) BETWEEN 1 AND 200),
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, return_id, unit_id, accepted) REFERENCES returns (agency_id, id, unit_id, accepted)
    ON UPDATE CASCADE,
  CHECK (from_on <= to_on)
);
-- The report counts from this index alone: it must hold everything the grouped query reads.
CREATE INDEX return_lines_counted ON return_lines (agency_id, from_on, to_on, figure_id, millionths) WHERE accepted;
CREATE INDEX return_lines_evidence ON return_lines (agency_id, figure_id, from_on, id) WHERE accepted;
CREATE INDEX return_lines_of_unit ON return_lines (agency_id, unit_id, figure_id, to_on);
CREATE INDEX return_lines_of_return ON return_lines (agency_id, return_id);
-- A withdrawn import may be imported anew.
CREATE UNIQUE INDEX return_lines_by_source ON return_lines (agency_id, source_id) WHERE source_id IS NOT NULL AND accepted;

-- A review stands on what was submitted: lines change only while the unit holds the return.
CREATE FUNCTION guard_return_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM returns r WHERE r.agency_id = OLD.agency_id AND r.id = OLD.return_id
      AND r.status NOT IN ('draft', 'returned')) THEN
    RAISE EXCEPTION 'the lines of a submitted, accepted or withdrawn return cannot change'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER return_lines_guarded_update BEFORE UPDATE ON return_lines FOR EACH ROW
  WHEN (OLD.quantity IS DISTINCT FROM NEW.quantity OR OLD.note <> NEW.note OR OLD.figure_id <> NEW.figure_id
    OR OLD.from_on <> NEW.from_on OR OLD.to_on <> NEW.to_on OR OLD.return_id <> NEW.return_id
    OR OLD.source_id IS DISTINCT FROM NEW.source_id)
  EXECUTE FUNCTION guard_return_lines();
CREATE TRIGGER return_lines_guarded_delete BEFORE DELETE ON return_lines FOR EACH ROW
  EXECUTE FUNCTION guard_return_lines();

-- A person's return takes lines only while it is being filled; an import brings its own, accepted, in one go.
CREATE FUNCTION guard_new_return_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT agency_id, return_id FROM added) a
      JOIN returns r ON r.agency_id = a.agency_id AND r.id = a.return_id
      WHERE r.origin = 'form' AND r.status NOT IN ('draft', 'returned')) THEN
    RAISE EXCEPTION 'a submitted, accepted or withdrawn return takes no further lines'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT figure_id FROM added) a
      WHERE NOT EXISTS (SELECT 1 FROM return_figures f WHERE f.id = a.figure_id)) THEN
    RAISE EXCEPTION 'a return line names an unknown figure' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER return_lines_guarded_insert AFTER INSERT ON return_lines REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION guard_new_return_lines();

CREATE TABLE return_files (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  return_id bigint NOT NULL,
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  type text NOT NULL,
  bytes bigint NOT NULL CHECK (bytes > 0),
  added_by integer,
  added_at timestamptz NOT NULL,
  removed_at timestamptz,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, return_id) REFERENCES returns (agency_id, id),
  FOREIGN KEY (agency_id, added_by) REFERENCES staff (agency_id, id)
);
CREATE INDEX return_files_of_return ON return_files (agency_id, return_id, id);

-- 催报: at most one a day for a unit and month.
CREATE TABLE return_reminders (
  agency_id integer NOT NULL,
  unit_id integer NOT NULL,
  month date NOT NULL CHECK (date_part('day', month) = 1),
  reminded_on date NOT NULL,
  by_name text NOT NULL,
  PRIMARY KEY (agency_id, unit_id, month, reminded_on),
  FOREIGN KEY (agency_id, unit_id) REFERENCES units (agency_id, id)
);
