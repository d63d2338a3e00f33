-- 年报报送与核查: what a supervising office does with the annual reports of the bodies below it.

-- The bodies expected to report (报送单位). They are none of the agencies of this installation: most never use it.
CREATE TABLE reporting_units (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL CHECK (length(name) BETWEEN 2 AND 100),
  kind text NOT NULL CHECK (kind IN ('government', 'department', 'township', 'subdistrict', 'zone', 'other')),
  -- Whose report must hold this one's figures (汇总关系).
  parent_id bigint,
  code text NOT NULL DEFAULT '' CHECK (length(code) <= 40),
  -- Reporting years a report is expected for; open at the end while the body exists.
  expected_from smallint NOT NULL CHECK (expected_from BETWEEN 2008 AND 2100),
  expected_to smallint CHECK (expected_to BETWEEN 2007 AND 2100),
  -- Place in lists: the order in which the list was given.
  position integer NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, parent_id) REFERENCES reporting_units (agency_id, id),
  CHECK (parent_id IS NULL OR parent_id <> id),
  CHECK (expected_to IS NULL OR expected_to >= expected_from - 1)
);
CREATE UNIQUE INDEX reporting_units_in_order ON reporting_units (agency_id, position, id);
CREATE INDEX reporting_units_below ON reporting_units (agency_id, parent_id, position, id);
CREATE INDEX reporting_units_expected ON reporting_units (agency_id, expected_from, expected_to);
CREATE UNIQUE INDEX reporting_units_by_code ON reporting_units (agency_id, code) WHERE code <> '';

-- Every name a body is known by, as `nameKey` spells it: one key is one body, so that no report is filed to a wrong one.
CREATE TABLE reporting_unit_names (
  agency_id integer NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 2 AND 100),
  unit_id bigint NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 2 AND 100),
  -- False for short and former names.
  official boolean NOT NULL,
  PRIMARY KEY (agency_id, key),
  FOREIGN KEY (agency_id, unit_id) REFERENCES reporting_units (agency_id, id)
);
CREATE INDEX reporting_unit_names_of_unit ON reporting_unit_names (agency_id, unit_id);
CREATE UNIQUE INDEX reporting_unit_names_official ON reporting_unit_names (agency_id, unit_id) WHERE official;

-- Files that came in one go.
CREATE TABLE filed_batches (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  -- The reporting year the sender named; null when the reports themselves tell.
  year smallint CHECK (year BETWEEN 2008 AND 2100),
  by_id integer,
  by_name text NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, by_id) REFERENCES staff (agency_id, id)
);

CREATE TABLE filed_files (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  batch_id bigint NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
  -- Addresses the content in the file store.
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  bytes bigint NOT NULL CHECK (bytes >= 0),
  added_at timestamptz(3) NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'read', 'unreadable', 'unfiled', 'same', 'discarded')),
  -- For `same`: the file with these bytes that was there before.
  same_as bigint,
  unit_id bigint,
  year smallint CHECK (year BETWEEN 2008 AND 2100),
  -- 1, 2 … for each unit and year; a version moved elsewhere leaves its number unused.
  version integer CHECK (version >= 1),
  -- What told the unit: the report's text, the file's name, or a person.
  found_by text CHECK (found_by IN ('text', 'file-name', 'person')),
  kind text,
  format text,
  -- ReadReport without its tables, which the format and the cells give again.
  report jsonb,
  -- What the report calls its agency and year.
  agency_in_text text,
  year_in_text smallint,
  -- Why it could not be read or filed, for people.
  fault text NOT NULL DEFAULT '',
  read_at timestamptz(3),
  took_ms integer,
  -- To be read, or to be read anew after a reader's upgrade while what was read before still stands.
  reading_due boolean NOT NULL,
  -- How often reading began; a file that ends the process every time is given up.
  attempts smallint NOT NULL DEFAULT 0,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, batch_id) REFERENCES filed_batches (agency_id, id),
  FOREIGN KEY (agency_id, same_as) REFERENCES filed_files (agency_id, id),
  FOREIGN KEY (agency_id, unit_id) REFERENCES reporting_units (agency_id, id),
  CHECK ((state = 'same') = (same_as IS NOT NULL)),
  CHECK ((state = 'read') = (version IS NOT NULL)),
  CHECK (state NOT IN ('read') OR (unit_id IS NOT NULL AND year IS NOT NULL AND report IS NOT NULL)),
  CHECK (state <> 'unfiled' OR report IS NOT NULL),
  CHECK (state <> 'waiting' OR reading_due),
  CHECK (state <> 'unreadable' OR fault <> '')
);
CREATE INDEX filed_files_of_batch ON filed_files (agency_id, batch_id, id);
CREATE INDEX filed_files_by_state ON filed_files (agency_id, state, id);
CREATE INDEX filed_files_to_read ON filed_files (agency_id, id) WHERE reading_due;
CREATE INDEX filed_files_of_unit ON filed_files (agency_id, unit_id, year, id) WHERE unit_id IS NOT NULL;
CREATE UNIQUE INDEX filed_files_versions ON filed_files (agency_id, unit_id, year, version) WHERE version IS NOT NULL;
-- The same bytes are one file; what was sent again points to it.
CREATE UNIQUE INDEX filed_files_by_content ON filed_files (agency_id, digest) WHERE state NOT IN ('same', 'discarded');

-- Where a unit and year stand: the newest version and what its check found, rewritten with both.
CREATE TABLE filed_reports (
  agency_id integer NOT NULL,
  unit_id bigint NOT NULL,
  year smallint NOT NULL CHECK (year BETWEEN 2008 AND 2100),
  -- 0 while nothing readable was filed.
  version integer NOT NULL DEFAULT 0,
  file_id bigint,
  state text NOT NULL CHECK (state IN ('waiting', 'unreadable', 'clean', 'doubtful', 'wrong')),
  -- Findings by how they weigh after the office's judgement.
  wrong integer NOT NULL DEFAULT 0,
  doubtful integer NOT NULL DEFAULT 0,
  unassessable integer NOT NULL DEFAULT 0,
  notices integer NOT NULL DEFAULT 0,
  settled integer NOT NULL DEFAULT 0,
  -- Set whenever something the check looks at has changed; a crash between reading and checking leaves it set.
  check_due boolean NOT NULL DEFAULT true,
  checked_at timestamptz(3),
  PRIMARY KEY (agency_id, unit_id, year),
  FOREIGN KEY (agency_id, unit_id) REFERENCES reporting_units (agency_id, id),
  FOREIGN KEY (agency_id, file_id) REFERENCES filed_files (agency_id, id),
  CHECK ((version = 0) = (file_id IS NULL)),
  CHECK ((version = 0) = (state = 'unreadable'))
);
CREATE INDEX filed_reports_by_state ON filed_reports (agency_id, year, state, unit_id);
CREATE INDEX filed_reports_to_check ON filed_reports (agency_id, year, unit_id) WHERE check_due AND version > 0;

-- What the last check of the newest version found.
CREATE TABLE filed_findings (
  agency_id integer NOT NULL,
  unit_id bigint NOT NULL,
  year smallint NOT NULL,
  -- Digest of rule, cells, chapter, words and both sides: the same contradiction has it after every check.
  key text NOT NULL CHECK (key ~ '^[0-9a-f]{32}$'),
  position integer NOT NULL,
  rule text NOT NULL,
  severity text NOT NULL CHECK (severity IN ('error', 'warning', 'notice')),
  verdict text NOT NULL CHECK (verdict IN ('wrong', 'uncertain', 'unassessable')),
  -- 0 wrong, 2 uncertain, 4 unassessable; one more for a hint (notice).
  rank smallint NOT NULL,
  finding jsonb NOT NULL,
  PRIMARY KEY (agency_id, unit_id, year, key),
  FOREIGN KEY (agency_id, unit_id, year) REFERENCES filed_reports (agency_id, unit_id, year)
);
CREATE INDEX filed_findings_worst ON filed_findings (agency_id, year, rank, unit_id, position);
CREATE INDEX filed_findings_of_rule ON filed_findings (agency_id, year, rule, rank, unit_id, position);

-- What the office says of a finding. Kept whether or not the last check still finds it.
CREATE TABLE filed_verdicts (
  agency_id integer NOT NULL,
  unit_id bigint NOT NULL,
  year smallint NOT NULL,
  key text NOT NULL CHECK (key ~ '^[0-9a-f]{32}$'),
  judgement text NOT NULL CHECK (judgement IN ('confirmed', 'dismissed', 'explained')),
  note text NOT NULL CHECK (length(note) <= 1000),
  by_id integer,
  by_name text NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, unit_id, year, key),
  FOREIGN KEY (agency_id, unit_id) REFERENCES reporting_units (agency_id, id),
  FOREIGN KEY (agency_id, by_id) REFERENCES staff (agency_id, id)
);

-- 整改: a request to correct a report, with a due date; overdue is what the date tells.
CREATE TABLE filed_corrections (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  unit_id bigint NOT NULL,
  year smallint NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
  -- The version that is to be corrected.
  version integer NOT NULL CHECK (version >= 0),
  due_on date NOT NULL,
  opened_at timestamptz(3) NOT NULL,
  opened_by text NOT NULL,
  closed_at timestamptz(3),
  closed_by text,
  close_reason text NOT NULL DEFAULT '',
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, unit_id) REFERENCES reporting_units (agency_id, id),
  CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
  CHECK ((closed_at IS NULL) = (closed_by IS NULL))
);
CREATE UNIQUE INDEX filed_corrections_one_open ON filed_corrections (agency_id, unit_id, year) WHERE state <> 'closed';
CREATE INDEX filed_corrections_of_report ON filed_corrections (agency_id, unit_id, year, id);
CREATE INDEX filed_corrections_by_due ON filed_corrections (agency_id, state, due_on, id);

CREATE TABLE filed_correction_messages (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  correction_id bigint NOT NULL,
  side text NOT NULL CHECK (side IN ('office', 'unit', 'system')),
  by_name text NOT NULL,
  at timestamptz(3) NOT NULL,
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 4000),
  -- The version filed with it.
  version integer,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, correction_id) REFERENCES filed_corrections (agency_id, id)
);
CREATE INDEX filed_correction_messages_of ON filed_correction_messages (agency_id, correction_id, id);
