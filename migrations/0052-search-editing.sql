-- 附件文字: what an attachment says is read once for each content, by a job.
CREATE TABLE item_file_texts (
  agency_id integer NOT NULL REFERENCES agencies (id),
  -- Of the file, as `item_files.digest`.
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  -- `unreadable`: the file itself is to blame; `failed`: we are, several times.
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'read', 'unreadable', 'failed')),
  -- Why not, or why not all of it.
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 300),
  characters integer NOT NULL DEFAULT 0,
  attempts smallint NOT NULL DEFAULT 0,
  asked_at timestamptz(3) NOT NULL,
  begun_at timestamptz(3),
  done_at timestamptz(3),
  PRIMARY KEY (agency_id, digest),
  CHECK ((state = 'waiting') = (done_at IS NULL))
);
CREATE INDEX item_file_texts_waiting ON item_file_texts (asked_at) WHERE state = 'waiting';
CREATE INDEX item_file_texts_faulty ON item_file_texts (agency_id, done_at DESC) WHERE state IN ('unreadable', 'failed');
CREATE INDEX item_files_of_content ON item_files (agency_id, digest);

-- 同义词 of an agency, beside those everybody has.
CREATE TABLE search_synonyms (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  words text[] NOT NULL CHECK (cardinality(words) BETWEEN 2 AND 12),
  -- A group everybody has that this agency does without.
  left_out boolean NOT NULL DEFAULT false,
  by_name text NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, id)
);

-- What searches of an agency rest on: raised with every change of its synonyms, and as which layout its entries were written.
CREATE TABLE search_states (
  agency_id integer PRIMARY KEY REFERENCES agencies (id),
  synonyms bigint NOT NULL DEFAULT 0,
  layout integer NOT NULL DEFAULT 0
);

-- 已处理: somebody saw to it that it finds something, or need not.
ALTER TABLE search_misses ADD COLUMN handled_on date, ADD COLUMN handled_by text NOT NULL DEFAULT '',
  ADD COLUMN handled_note text NOT NULL DEFAULT '' CHECK (length(handled_note) <= 200),
  ADD CHECK ((handled_on IS NULL) = (handled_by = ''));
