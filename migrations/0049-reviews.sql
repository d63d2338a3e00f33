-- Words of the dictionaries an agency added or changed; words that come with the program lie in data/dictionaries.
CREATE TABLE dictionary_entries (
  agency_id int NOT NULL REFERENCES agencies (id),
  id int GENERATED ALWAYS AS IDENTITY,
  -- The word of the program it takes the place of.
  built_in text,
  kind text NOT NULL CHECK (kind IN ('misspelling', 'name', 'forbidden', 'secrecy')),
  severity text NOT NULL CHECK (severity IN ('must-fix', 'needs-reason', 'hint')),
  wrong text NOT NULL CHECK (wrong <> '' AND length(wrong) <= 60),
  "right" text[] NOT NULL DEFAULT '{}',
  near text[] NOT NULL DEFAULT '{}',
  not_near text[] NOT NULL DEFAULT '{}',
  exceptions text[] NOT NULL DEFAULT '{}',
  note text NOT NULL DEFAULT '',
  source text NOT NULL DEFAULT '',
  enabled boolean NOT NULL DEFAULT true,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (agency_id, id)
);
CREATE UNIQUE INDEX dictionary_entries_built_in ON dictionary_entries (agency_id, built_in) WHERE built_in IS NOT NULL;
CREATE UNIQUE INDEX dictionary_entries_wrong ON dictionary_entries (agency_id, wrong) WHERE built_in IS NULL;

-- Addresses outside that texts lead to, and what was found there. A job asks them; nobody waits for it.
CREATE TABLE checked_links (
  agency_id int NOT NULL REFERENCES agencies (id),
  href text NOT NULL CHECK (length(href) <= 1000),
  noted_at timestamptz NOT NULL,
  checked_at timestamptz,
  -- '' where it opens.
  fault text NOT NULL DEFAULT '',
  PRIMARY KEY (agency_id, href)
);
CREATE INDEX checked_links_due ON checked_links (checked_at NULLS FIRST);
