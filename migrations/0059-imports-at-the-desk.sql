-- 历史数据导入 at the desk: each import is a run of its own with who began it, what its file was found to hold, how far it has
-- come and what became of each line; and a review that is an import names the lines that the ledger tells of.

ALTER TABLE item_imports
  DROP CONSTRAINT item_imports_pkey,
  ALTER COLUMN file_digest DROP NOT NULL,
  ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY,
  -- `checking` and `checked` before it is confirmed; `dropped` instead of that.
  ADD COLUMN state text NOT NULL DEFAULT 'running'
    CHECK (state IN ('checking', 'checked', 'running', 'stopped', 'failed', 'finished', 'dropped')),
  -- Who brought it; no id on the command line.
  ADD COLUMN by_id integer,
  ADD COLUMN by_name text NOT NULL DEFAULT '',
  -- Who told it to run.
  ADD COLUMN acting_id integer,
  -- Of a file that was uploaded.
  ADD COLUMN bytes bigint,
  ADD COLUMN kind text CHECK (kind IN ('jsonl', 'csv', 'xlsx')),
  -- Lines looked at while it is checked.
  ADD COLUMN lines_checked integer NOT NULL DEFAULT 0,
  -- What the check found: columns, counts, the first faults.
  ADD COLUMN found jsonb,
  ADD COLUMN rejected integer NOT NULL DEFAULT 0,
  ADD COLUMN noted integer NOT NULL DEFAULT 0,
  -- Lines that wait for what they interpret to come further down, and how far the second reading of them has come.
  ADD COLUMN postponed integer NOT NULL DEFAULT 0,
  ADD COLUMN postponed_done integer NOT NULL DEFAULT 0,
  -- Since when, and from which line, it runs without a break.
  ADD COLUMN going_since timestamptz(3),
  ADD COLUMN going_from integer NOT NULL DEFAULT 0,
  -- When the worker that has it last gave a sign, and how often it was taken up without coming any further.
  ADD COLUMN seen_at timestamptz(3),
  ADD COLUMN attempts integer NOT NULL DEFAULT 0,
  ADD COLUMN failure text NOT NULL DEFAULT '',
  ADD PRIMARY KEY (agency_id, id),
  ADD FOREIGN KEY (agency_id, by_id) REFERENCES staff (agency_id, id),
  ADD FOREIGN KEY (agency_id, acting_id) REFERENCES staff (agency_id, id);
UPDATE item_imports SET state = CASE WHEN finished_at IS NULL THEN 'stopped' ELSE 'finished' END;
CREATE UNIQUE INDEX item_imports_open ON item_imports (agency_id, file_digest) WHERE state NOT IN ('finished', 'dropped');
CREATE INDEX item_imports_at_work ON item_imports (id) WHERE state IN ('checking', 'running') AND bytes IS NOT NULL;

-- The lines of one transaction of an import: which became which item, which were there, which wait.
CREATE TABLE item_import_parts (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  import_id bigint NOT NULL,
  first_line integer NOT NULL,
  last_line integer NOT NULL,
  -- One item for each of these lines.
  lines integer[] NOT NULL,
  items bigint[] NOT NULL,
  unchanged integer[] NOT NULL DEFAULT '{}',
  postponed integer[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, import_id) REFERENCES item_imports (agency_id, id),
  CHECK (cardinality(lines) = cardinality(items))
);
CREATE INDEX item_import_parts_of_import ON item_import_parts (agency_id, import_id, id);

-- What is to be told of a line.
CREATE TABLE item_import_notes (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  import_id bigint NOT NULL,
  line integer NOT NULL,
  -- It was not imported; it was, with a reference that leads nowhere; it was there already and said something else.
  kind text NOT NULL CHECK (kind IN ('rejected', 'reference', 'differs')),
  field text NOT NULL,
  problem text NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, import_id) REFERENCES item_imports (agency_id, id)
);
CREATE INDEX item_import_notes_of_import ON item_import_notes (agency_id, import_id, line, id);

-- What is named by its document number.
CREATE INDEX items_by_document_number ON items (agency_id, document_number) WHERE document_number <> '';

ALTER TABLE item_reviews ADD COLUMN import_part bigint;

-- An import is the review of the items that its part names, and of no others. Checked once for all reviews of a statement.
CREATE FUNCTION guard_import_reviews() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  forged bigint;
BEGIN
  SELECT r.item_id INTO forged FROM (
    SELECT a.agency_id, a.import_part, a.item_id FROM added a WHERE a.step = 'import'
    EXCEPT SELECT p.agency_id, p.id, unnest(p.items) FROM item_import_parts p
      WHERE (p.agency_id, p.id) IN (SELECT a.agency_id, a.import_part FROM added a WHERE a.step = 'import')) r LIMIT 1;
  IF forged IS NOT NULL THEN RAISE EXCEPTION 'no import brought item %', forged; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER item_reviews_of_imports AFTER INSERT ON item_reviews REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION guard_import_reviews();

-- A part is of an import that runs, and the ledger tells of it when its transaction ends; afterwards it stays.
CREATE FUNCTION guard_import_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM (
      SELECT l.after FROM ledger_acts l WHERE l.agency_id = NEW.agency_id AND l.subject_kind = 'item-import'
        AND l.subject_id = NEW.import_id::text AND l.act = 'catalogue.import' ORDER BY l.seq DESC) told
    WHERE told.after ->> 'part' = NEW.id::text AND told.after ->> 'imported' = cardinality(NEW.items)::text) THEN
    RAISE EXCEPTION 'the ledger knows nothing of part % of import %', NEW.id, NEW.import_id;
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER item_import_parts_told AFTER INSERT ON item_import_parts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.items <> '{}') EXECUTE FUNCTION guard_import_parts();

CREATE FUNCTION refuse_import_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what an import did stays on record';
END $$;
CREATE TRIGGER item_import_parts_stay BEFORE UPDATE OR DELETE ON item_import_parts FOR EACH ROW EXECUTE FUNCTION refuse_import_changes();
CREATE TRIGGER item_imports_stay BEFORE DELETE ON item_imports FOR EACH ROW EXECUTE FUNCTION refuse_import_changes();
CREATE TRIGGER item_imports_same BEFORE UPDATE ON item_imports FOR EACH ROW
  WHEN ((OLD.file_digest, OLD.by_id, OLD.started_at) IS DISTINCT FROM (NEW.file_digest, NEW.by_id, NEW.started_at)
    OR OLD.finished_at IS NOT NULL)
  EXECUTE FUNCTION refuse_import_changes();
CREATE TRIGGER item_import_parts_no_truncate BEFORE TRUNCATE ON item_import_parts FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncation();
CREATE TRIGGER item_imports_no_truncate BEFORE TRUNCATE ON item_imports FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncation();
