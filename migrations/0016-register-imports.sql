-- A spreadsheet read and previewed, waiting for its sender to confirm; gone once confirmed or a day old.
CREATE TABLE register_imports (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  register text NOT NULL,
  staff_id integer NOT NULL,
  file_name text NOT NULL,
  rows jsonb NOT NULL,
  read_at timestamptz NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, staff_id) REFERENCES staff (agency_id, id)
);
