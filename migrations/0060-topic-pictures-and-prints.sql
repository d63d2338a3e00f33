-- 专题图片: one picture that a topic page and the index of topics show.
CREATE TABLE column_pictures (
  agency_id integer NOT NULL,
  column_id bigint NOT NULL,
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  type text NOT NULL CHECK (type IN ('image/png', 'image/jpeg')),
  bytes integer NOT NULL CHECK (bytes BETWEEN 1 AND 2097152),
  width integer NOT NULL CHECK (width BETWEEN 1 AND 6000),
  height integer NOT NULL CHECK (height BETWEEN 1 AND 6000),
  -- What the picture shows, for those who do not see it.
  alt text NOT NULL CHECK (length(alt) BETWEEN 2 AND 100),
  set_at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, column_id),
  FOREIGN KEY (agency_id, column_id) REFERENCES catalogue_columns (agency_id, id)
);

-- Why the file of an issue that is out could not be typeset the last time it was tried.
CREATE TABLE gazette_print_failures (
  agency_id integer NOT NULL,
  issue_id bigint NOT NULL,
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, issue_id),
  FOREIGN KEY (agency_id, issue_id) REFERENCES gazette_issues (agency_id, id)
);
