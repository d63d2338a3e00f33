-- What tells whether the dictionaries of an agency are still those that were made ready for searching. No two are alike, so
-- what was made ready for one is never taken for another, also where a change was rolled back.
CREATE TABLE dictionary_states (
  agency_id int PRIMARY KEY REFERENCES agencies (id),
  revision uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO dictionary_states (agency_id) SELECT DISTINCT agency_id FROM dictionary_entries;
