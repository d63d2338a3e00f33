-- Registers (台账): small records kept for the annual report. Every table shares the first and last columns; an entry made
-- in error is voided with a reason and can be restored, never deleted.

CREATE TABLE register_meetings (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  held_on date NOT NULL,
  kind text NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 2 AND 200),
  unit_id integer,
  place text NOT NULL DEFAULT '',
  attendees integer CHECK (attendees BETWEEN 0 AND 100000),
  note text NOT NULL DEFAULT '',
  revision integer NOT NULL DEFAULT 1,
  voided_on date,
  void_reason text NOT NULL DEFAULT '',
  content_digest text NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, unit_id) REFERENCES units (agency_id, id)
);

CREATE TABLE register_trainings (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  held_on date NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 2 AND 200),
  unit_id integer,
  place text NOT NULL DEFAULT '',
  lecturer text NOT NULL DEFAULT '',
  -- One person a line: name, then unit. Row 9.3 counts persons, so the same person at two trainings counts twice.
  attendance text NOT NULL DEFAULT '',
  -- Persons trained: the lines of the list, or the number reported where no list was kept.
  trainees integer NOT NULL CHECK (trainees BETWEEN 0 AND 100000),
  note text NOT NULL DEFAULT '',
  revision integer NOT NULL DEFAULT 1,
  voided_on date,
  void_reason text NOT NULL DEFAULT '',
  content_digest text NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, unit_id) REFERENCES units (agency_id, id)
);

CREATE TABLE register_staff (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 50),
  kind text NOT NULL,
  unit_id integer,
  post text NOT NULL DEFAULT '',
  from_on date NOT NULL,
  to_on date CHECK (to_on >= from_on),
  note text NOT NULL DEFAULT '',
  revision integer NOT NULL DEFAULT 1,
  voided_on date,
  void_reason text NOT NULL DEFAULT '',
  content_digest text NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, unit_id) REFERENCES units (agency_id, id)
);

CREATE TABLE register_budgets (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  approved_on date NOT NULL,
  kind text NOT NULL,
  -- Yuan; the statistics row is in 万元.
  amount numeric(14, 2) NOT NULL CHECK (amount >= 0),
  purpose text NOT NULL CHECK (length(purpose) BETWEEN 2 AND 200),
  unit_id integer,
  note text NOT NULL DEFAULT '',
  revision integer NOT NULL DEFAULT 1,
  voided_on date,
  void_reason text NOT NULL DEFAULT '',
  content_digest text NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, unit_id) REFERENCES units (agency_id, id)
);

CREATE TABLE register_offices (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL CHECK (length(name) BETWEEN 2 AND 100),
  kind text NOT NULL,
  address text NOT NULL DEFAULT '',
  phone text NOT NULL DEFAULT '',
  opened_on date NOT NULL,
  closed_on date CHECK (closed_on >= opened_on),
  note text NOT NULL DEFAULT '',
  revision integer NOT NULL DEFAULT 1,
  voided_on date,
  void_reason text NOT NULL DEFAULT '',
  content_digest text NOT NULL,
  PRIMARY KEY (agency_id, id)
);

CREATE TABLE register_reading_places (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL CHECK (length(name) BETWEEN 2 AND 100),
  kind text NOT NULL,
  address text NOT NULL CHECK (length(address) BETWEEN 2 AND 200),
  hours text NOT NULL DEFAULT '',
  phone text NOT NULL DEFAULT '',
  opened_on date NOT NULL,
  closed_on date CHECK (closed_on >= opened_on),
  note text NOT NULL DEFAULT '',
  revision integer NOT NULL DEFAULT 1,
  voided_on date,
  void_reason text NOT NULL DEFAULT '',
  content_digest text NOT NULL,
  PRIMARY KEY (agency_id, id)
);

-- The same entry twice is a slip of the hand or a file imported again.
CREATE UNIQUE INDEX register_meetings_once ON register_meetings (agency_id, content_digest) WHERE voided_on IS NULL;
CREATE UNIQUE INDEX register_trainings_once ON register_trainings (agency_id, content_digest) WHERE voided_on IS NULL;
CREATE UNIQUE INDEX register_staff_once ON register_staff (agency_id, content_digest) WHERE voided_on IS NULL;
CREATE UNIQUE INDEX register_budgets_once ON register_budgets (agency_id, content_digest) WHERE voided_on IS NULL;
CREATE UNIQUE INDEX register_offices_once ON register_offices (agency_id, content_digest) WHERE voided_on IS NULL;
CREATE UNIQUE INDEX register_reading_places_once ON register_reading_places (agency_id, content_digest) WHERE voided_on IS NULL;

-- Lists read newest first by (date, id).
CREATE INDEX register_meetings_by_date ON register_meetings (agency_id, held_on DESC, id DESC);
CREATE INDEX register_trainings_by_date ON register_trainings (agency_id, held_on DESC, id DESC);
CREATE INDEX register_staff_by_date ON register_staff (agency_id, from_on DESC, id DESC);
CREATE INDEX register_budgets_by_date ON register_budgets (agency_id, approved_on DESC, id DESC);
CREATE INDEX register_offices_by_date ON register_offices (agency_id, opened_on DESC, id DESC);
CREATE INDEX register_reading_places_by_date ON register_reading_places (agency_id, opened_on DESC, id DESC);
