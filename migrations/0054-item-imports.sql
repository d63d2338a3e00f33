-- 导入历史信息: how far the import of a file has come, so that one that was interrupted goes on where it stood.
CREATE TABLE item_imports (
  agency_id integer NOT NULL REFERENCES agencies (id),
  -- SHA-256 of the file: a file that was mended is another one and begins anew.
  file_digest text NOT NULL CHECK (file_digest ~ '^[0-9a-f]{64}$'),
  file_name text NOT NULL,
  -- Everything up to this line of the file is done.
  lines_done integer NOT NULL DEFAULT 0 CHECK (lines_done >= 0),
  imported integer NOT NULL DEFAULT 0,
  unchanged integer NOT NULL DEFAULT 0,
  started_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  PRIMARY KEY (agency_id, file_digest)
);
