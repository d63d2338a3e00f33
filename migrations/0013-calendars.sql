-- Yearly notices imported over the shipped ones, local days over all of them, and what verification of caches needs.
-- An agency inherits the layers of the agencies above it.

CREATE TABLE calendar_notices (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  year integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  -- 发文字号 and 成文日期; empty and null where the notice bears none.
  number text NOT NULL DEFAULT '',
  issued_on date,
  -- [{date, name, isOffDay}]
  days jsonb NOT NULL CHECK (jsonb_typeof(days) = 'array' AND jsonb_array_length(days) > 0),
  imported_at timestamptz(3) NOT NULL,
  imported_by text NOT NULL,
  withdrawn_at timestamptz(3),
  withdrawn_by text,
  PRIMARY KEY (agency_id, id),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
);
CREATE INDEX calendar_notices_of_year ON calendar_notices (agency_id, year, id);

CREATE TABLE calendar_local_days (
  agency_id integer NOT NULL REFERENCES agencies (id),
  date date NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 50),
  is_off_day boolean NOT NULL,
  -- The local rule the day rests on.
  ground text NOT NULL CHECK (length(ground) BETWEEN 1 AND 200),
  added_at timestamptz(3) NOT NULL,
  added_by text NOT NULL,
  PRIMARY KEY (agency_id, date)
);

-- Counts the changes of an agency's layers, so that every process sees that its built calendar is out of date.
CREATE TABLE calendar_revisions (
  agency_id integer PRIMARY KEY REFERENCES agencies (id),
  revision bigint NOT NULL
);
