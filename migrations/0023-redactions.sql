-- 区分处理: a file made ready for disclosure in part. The original stays sealed; what goes out is made anew from pixels.
CREATE TABLE redaction_jobs (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  -- The case it belongs to; null for what is to be published without one.
  request_id bigint,
  regime text NOT NULL CHECK (regime IN ('R2008', 'R2019')),
  -- Binds the sealed name to this row.
  token text NOT NULL CHECK (token ~ '^[0-9a-f]{32}$'),
  name_sealed text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('pdf', 'docx', 'jpeg', 'png')),
  -- Sealed PDF that is worked on, where the original is no PDF itself.
  working_digest text CHECK (working_digest ~ '^[0-9a-f]{64}$'),
  -- Per page: width and height in points, number of characters of text.
  pages jsonb NOT NULL CHECK (jsonb_typeof(pages) = 'array' AND jsonb_array_length(pages) BETWEEN 1 AND 300),
  state text NOT NULL CHECK (state IN ('draft', 'exporting', 'exported', 'discarded')),
  version integer NOT NULL DEFAULT 1,
  -- Number of the last act on its boxes that was not undone.
  step integer NOT NULL DEFAULT 0 CHECK (step >= 0),
  pages_done smallint NOT NULL DEFAULT 0,
  -- Who asked for the export that is being made.
  export_by text,
  -- Why the last export was not made, in words for the officer.
  fault text NOT NULL DEFAULT '',
  created_by integer,
  created_by_name text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  discarded_at timestamptz(3),
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, request_id) REFERENCES requests (agency_id, id),
  FOREIGN KEY (agency_id, created_by) REFERENCES staff (agency_id, id),
  CHECK ((state = 'discarded') = (discarded_at IS NOT NULL))
);
CREATE INDEX redaction_jobs_of_request ON redaction_jobs (agency_id, request_id, id) WHERE request_id IS NOT NULL;
CREATE INDEX redaction_jobs_newest ON redaction_jobs (agency_id, id DESC) WHERE state <> 'discarded';
CREATE INDEX redaction_jobs_of_maker ON redaction_jobs (agency_id, created_by, id DESC) WHERE state <> 'discarded';

-- What came in: one PDF or Word document, or the sheets of a scan in their order.
CREATE TABLE redaction_originals (
  agency_id integer NOT NULL,
  job_id bigint NOT NULL,
  position smallint NOT NULL CHECK (position >= 1),
  -- Null once discarded.
  sealed_digest text CHECK (sealed_digest ~ '^[0-9a-f]{64}$'),
  bytes bigint NOT NULL CHECK (bytes > 0),
  PRIMARY KEY (agency_id, job_id, position),
  FOREIGN KEY (agency_id, job_id) REFERENCES redaction_jobs (agency_id, id)
);

-- What is to go. Points from the upper left corner of the page as it is seen.
CREATE TABLE redaction_boxes (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  job_id bigint NOT NULL,
  page smallint NOT NULL CHECK (page >= 1),
  x real NOT NULL,
  y real NOT NULL,
  w real NOT NULL CHECK (w > 0),
  h real NOT NULL CHECK (h > 0),
  -- Key of the article, as `grounds` lists them.
  ground text NOT NULL,
  -- Steps of the job: a change of place or ground ends one box and begins another, so that each step can be undone.
  added_in integer NOT NULL CHECK (added_in >= 1),
  removed_in integer CHECK (removed_in > added_in),
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, job_id) REFERENCES redaction_jobs (agency_id, id)
);
CREATE INDEX redaction_boxes_of_job ON redaction_boxes (agency_id, job_id, page, id);

-- Who looked at the original, and when; each is in the ledger as well.
CREATE TABLE redaction_openings (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  job_id bigint NOT NULL,
  staff_id integer NOT NULL,
  staff_name text NOT NULL,
  opened_at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, job_id) REFERENCES redaction_jobs (agency_id, id),
  FOREIGN KEY (agency_id, staff_id) REFERENCES staff (agency_id, id)
);
CREATE INDEX redaction_openings_of_job ON redaction_openings (agency_id, job_id, staff_id, opened_at DESC);

CREATE TABLE redaction_exports (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  job_id bigint NOT NULL,
  -- Null once discarded.
  sealed_digest text CHECK (sealed_digest ~ '^[0-9a-f]{64}$'),
  -- Of the exported file, which is made to be handed out.
  sm3 text NOT NULL CHECK (sm3 ~ '^[0-9a-f]{64}$'),
  bytes bigint NOT NULL CHECK (bytes > 0),
  boxes integer NOT NULL CHECK (boxes >= 0),
  made_by text NOT NULL,
  made_at timestamptz(3) NOT NULL,
  -- The file of the case that was made of it.
  request_file_id bigint,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, job_id) REFERENCES redaction_jobs (agency_id, id),
  FOREIGN KEY (agency_id, request_file_id) REFERENCES request_files (agency_id, id)
);
CREATE INDEX redaction_exports_of_job ON redaction_exports (agency_id, job_id, id);
