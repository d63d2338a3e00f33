-- The annual report of an agency and year: compiles, chapters, reviews, signed versions with their frozen evidence.

CREATE TABLE reports (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id integer GENERATED ALWAYS AS IDENTITY,
  year integer NOT NULL CHECK (year BETWEEN 2008 AND 2100),
  format text NOT NULL CHECK (format IN ('2014', '2019', '2021')),
  -- Whether the figures of subordinate agencies are added (rule S17).
  consolidated boolean NOT NULL DEFAULT false,
  status text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'checked', 'reviewed', 'signed', 'published')),
  -- The version being prepared; 1 until the first correction.
  version integer NOT NULL DEFAULT 1 CHECK (version > 0),
  -- Why version n+1 is being prepared.
  correction_reason text NOT NULL DEFAULT '',
  -- Foot of the printed table: label to value.
  foot jsonb NOT NULL DEFAULT '{}',
  -- Counts every change of content, so that a review says what it has seen.
  revision integer NOT NULL DEFAULT 0,
  PRIMARY KEY (agency_id, id),
  UNIQUE (agency_id, year)
);

CREATE TABLE report_compiles (
  agency_id integer NOT NULL,
  report_id integer NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  at timestamptz NOT NULL,
  by_staff_id integer,
  by_name text NOT NULL,
  -- Everything up to this act of the ledger was in the records counted.
  ledger_seq bigint NOT NULL,
  -- Compiled cells by `table/row/column`.
  cells jsonb NOT NULL,
  digest text NOT NULL,
  took_ms integer NOT NULL,
  PRIMARY KEY (agency_id, report_id, number),
  FOREIGN KEY (agency_id, report_id) REFERENCES reports (agency_id, id)
);

-- Chapters someone has edited; the others follow the format's template.
CREATE TABLE report_chapters (
  agency_id integer NOT NULL,
  report_id integer NOT NULL,
  key text NOT NULL,
  source text NOT NULL CHECK (length(source) <= 200000),
  -- Raised by every save; a save names the number it started from, so two officers never overwrite each other.
  revision integer NOT NULL DEFAULT 1,
  edited_by integer,
  edited_by_name text NOT NULL DEFAULT '',
  edited_at timestamptz NOT NULL,
  PRIMARY KEY (agency_id, report_id, key),
  FOREIGN KEY (agency_id, report_id) REFERENCES reports (agency_id, id)
);

-- Everyone who compiled or wrote something of the version in preparation; none of them may review or sign it.
CREATE TABLE report_authors (
  agency_id integer NOT NULL,
  report_id integer NOT NULL,
  version integer NOT NULL,
  staff_id integer NOT NULL,
  PRIMARY KEY (agency_id, report_id, version, staff_id),
  FOREIGN KEY (agency_id, report_id) REFERENCES reports (agency_id, id),
  FOREIGN KEY (agency_id, staff_id) REFERENCES staff (agency_id, id)
);

-- An error that stays in the table needs the office's explanation, which is printed with it.
CREATE TABLE report_explanations (
  agency_id integer NOT NULL,
  report_id integer NOT NULL,
  finding text NOT NULL,
  explanation text NOT NULL CHECK (length(explanation) BETWEEN 2 AND 1000),
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (agency_id, report_id, finding),
  FOREIGN KEY (agency_id, report_id) REFERENCES reports (agency_id, id)
);

CREATE TABLE report_reviews (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  report_id integer NOT NULL,
  version integer NOT NULL,
  revision integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('content', 'secrecy')),
  result text NOT NULL CHECK (result IN ('pass', 'fail')),
  comment text NOT NULL DEFAULT '',
  reviewer_id integer NOT NULL,
  reviewer_name text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, report_id) REFERENCES reports (agency_id, id),
  FOREIGN KEY (agency_id, reviewer_id) REFERENCES staff (agency_id, id),
  CHECK (result = 'pass' OR length(comment) > 0)
);
CREATE INDEX report_reviews_of_report ON report_reviews (agency_id, report_id, version, revision);

CREATE TABLE report_versions (
  agency_id integer NOT NULL,
  report_id integer NOT NULL,
  version integer NOT NULL,
  revision integer NOT NULL,
  -- The whole CompiledReport as it was signed.
  snapshot jsonb NOT NULL,
  -- SM3 over the canonical snapshot and the digest of the evidence lists.
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  evidence_digest text NOT NULL CHECK (evidence_digest ~ '^[0-9a-f]{64}$'),
  evidence_records bigint NOT NULL,
  signed_by integer NOT NULL,
  signed_by_name text NOT NULL,
  signed_at timestamptz NOT NULL,
  reason text NOT NULL DEFAULT '',
  published_at timestamptz,
  published_on date,
  PRIMARY KEY (agency_id, report_id, version),
  FOREIGN KEY (agency_id, report_id) REFERENCES reports (agency_id, id),
  FOREIGN KEY (agency_id, signed_by) REFERENCES staff (agency_id, id),
  CHECK (version = 1 OR length(reason) > 0),
  CHECK ((published_at IS NULL) = (published_on IS NULL))
);

-- Frozen evidence lists, compressed in parts of at most a thousand records.
CREATE TABLE report_evidence (
  agency_id integer NOT NULL,
  report_id integer NOT NULL,
  version integer NOT NULL,
  figure text NOT NULL,
  part integer NOT NULL,
  records integer NOT NULL CHECK (records > 0),
  body bytea NOT NULL,
  digest text NOT NULL,
  PRIMARY KEY (agency_id, report_id, version, figure, part),
  FOREIGN KEY (agency_id, report_id) REFERENCES reports (agency_id, id)
);

-- 先审核后公开: no version without a passed content review and a passed secrecy review of exactly this revision,
-- each by someone who wrote nothing of it; and the signer wrote nothing of it either.
CREATE FUNCTION demand_report_reviews() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE kinds integer;
BEGIN
  SELECT count(DISTINCT kind) INTO kinds FROM report_reviews r
  WHERE r.agency_id = NEW.agency_id AND r.report_id = NEW.report_id AND r.version = NEW.version
    AND r.revision = NEW.revision AND r.result = 'pass'
    AND NOT EXISTS (SELECT 1 FROM report_authors a WHERE a.agency_id = r.agency_id AND a.report_id = r.report_id
      AND a.version = r.version AND a.staff_id = r.reviewer_id);
  IF kinds < 2 THEN
    RAISE EXCEPTION 'version % of report % lacks a content or secrecy review by someone other than its authors', NEW.version, NEW.report_id
      USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM report_authors a WHERE a.agency_id = NEW.agency_id AND a.report_id = NEW.report_id
      AND a.version = NEW.version AND a.staff_id = NEW.signed_by) THEN
    RAISE EXCEPTION 'the signer of version % of report % is one of its authors', NEW.version, NEW.report_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER report_versions_need_reviews BEFORE INSERT ON report_versions
  FOR EACH ROW EXECUTE FUNCTION demand_report_reviews();

-- A signed version never changes; it may only be published, once.
CREATE FUNCTION refuse_report_version_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.published_at IS NULL
    AND to_jsonb(NEW) - 'published_at' - 'published_on' = to_jsonb(OLD) - 'published_at' - 'published_on' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a signed report version is immutable' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER report_versions_immutable BEFORE UPDATE OR DELETE ON report_versions
  FOR EACH ROW EXECUTE FUNCTION refuse_report_version_change();

CREATE FUNCTION refuse_evidence_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'frozen evidence is immutable' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER report_evidence_immutable BEFORE UPDATE OR DELETE ON report_evidence
  FOR EACH ROW EXECUTE FUNCTION refuse_evidence_change();
CREATE TRIGGER report_evidence_no_truncate BEFORE TRUNCATE ON report_evidence
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_evidence_change();
CREATE TRIGGER report_versions_no_truncate BEFORE TRUNCATE ON report_versions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_evidence_change();
CREATE FUNCTION refuse_compile_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a compile is kept as it was' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER report_compiles_immutable BEFORE UPDATE OR DELETE ON report_compiles
  FOR EACH ROW EXECUTE FUNCTION refuse_compile_change();
