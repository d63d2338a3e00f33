-- 规范性文件: validity is proposed by one and decided by another, in single cases and in clean-ups; 有效期; the duty to publish;
-- re-assessment of what is not public.

-- 有效期至: the last day on which the document is in force, where it names one.
ALTER TABLE items ADD COLUMN valid_until date;
CREATE INDEX items_ending ON items (agency_id, valid_until) WHERE valid_until IS NOT NULL AND validity IN ('in-force', 'amended');
CREATE INDEX item_versions_amended ON item_versions (agency_id, published_at) WHERE version > 1 AND published_at IS NOT NULL;

-- 有效性变更: what somebody proposes for one document, and what somebody else decided.
CREATE TABLE validity_changes (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  item_id bigint NOT NULL,
  -- `term`: only the end of its validity is set, extended or taken away.
  kind text NOT NULL CHECK (kind IN ('validity', 'term')),
  validity text CHECK (validity IN ('in-force', 'amended', 'repealed', 'expired')),
  from_on date,
  replaced_by bigint,
  valid_until date,
  ground text NOT NULL CHECK (length(ground) BETWEEN 2 AND 500),
  state text NOT NULL CHECK (state IN ('open', 'approved', 'refused', 'dropped')),
  proposed_by integer NOT NULL,
  proposed_at timestamptz(3) NOT NULL,
  decided_by integer,
  decided_at timestamptz(3),
  opinion text NOT NULL DEFAULT '',
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, item_id) REFERENCES items (agency_id, id),
  FOREIGN KEY (agency_id, replaced_by) REFERENCES items (agency_id, id),
  FOREIGN KEY (agency_id, proposed_by) REFERENCES staff (agency_id, id),
  FOREIGN KEY (agency_id, decided_by) REFERENCES staff (agency_id, id),
  CHECK ((kind = 'validity') = (validity IS NOT NULL AND from_on IS NOT NULL)),
  CHECK (replaced_by IS NULL OR replaced_by <> item_id),
  CHECK ((state = 'open') = (decided_at IS NULL)),
  -- Nobody decides what he proposed himself.
  CHECK (state NOT IN ('approved', 'refused') OR (decided_by IS NOT NULL AND decided_by <> proposed_by))
);
CREATE UNIQUE INDEX validity_changes_open ON validity_changes (agency_id, item_id) WHERE state = 'open';
CREATE INDEX validity_changes_of_item ON validity_changes (agency_id, item_id, id);

-- 清理: every document in force up to a day, looked at by its unit and decided on together.
CREATE TABLE clean_ups (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL CHECK (length(name) BETWEEN 4 AND 100),
  kinds text[] NOT NULL CHECK (kinds <@ '{normative,rule}' AND kinds <> '{}'),
  -- Documents formed by this day.
  cutoff_on date NOT NULL,
  ground text NOT NULL,
  reply_by date NOT NULL,
  state text NOT NULL CHECK (state IN ('collecting', 'submitted', 'decided', 'dropped')),
  opened_by integer NOT NULL,
  opened_at timestamptz(3) NOT NULL,
  submitted_by integer,
  submitted_at timestamptz(3),
  -- Why it was sent back, or with what words it was decided.
  opinion text NOT NULL DEFAULT '',
  decided_by integer,
  decided_on date,
  decided_at timestamptz(3),
  -- The item that publishes the lists.
  result_item bigint,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, opened_by) REFERENCES staff (agency_id, id),
  FOREIGN KEY (agency_id, submitted_by) REFERENCES staff (agency_id, id),
  FOREIGN KEY (agency_id, decided_by) REFERENCES staff (agency_id, id),
  FOREIGN KEY (agency_id, result_item) REFERENCES items (agency_id, id),
  CHECK ((state = 'decided') = (decided_on IS NOT NULL AND decided_by IS NOT NULL)),
  CHECK (state <> 'decided' OR decided_by <> submitted_by)
);
-- One at a time: a document is never in two.
CREATE UNIQUE INDEX clean_ups_running ON clean_ups (agency_id) WHERE state IN ('collecting', 'submitted');

CREATE TABLE clean_up_documents (
  agency_id integer NOT NULL,
  clean_up_id bigint NOT NULL,
  item_id bigint NOT NULL,
  proposal text CHECK (proposal IN ('keep', 'amend', 'repeal', 'expire')),
  replaced_by bigint,
  ground text NOT NULL DEFAULT '',
  proposed_by integer,
  proposed_at timestamptz(3),
  -- `gone`: it had been repealed or had lapsed before the decision.
  outcome text CHECK (outcome IN ('kept', 'amended', 'repealed', 'expired', 'gone')),
  PRIMARY KEY (agency_id, clean_up_id, item_id),
  FOREIGN KEY (agency_id, clean_up_id) REFERENCES clean_ups (agency_id, id),
  FOREIGN KEY (agency_id, item_id) REFERENCES items (agency_id, id),
  FOREIGN KEY (agency_id, replaced_by) REFERENCES items (agency_id, id),
  FOREIGN KEY (agency_id, proposed_by) REFERENCES staff (agency_id, id),
  CHECK ((proposal IS NULL) = (proposed_at IS NULL)),
  CHECK (proposal IS NULL OR proposal = 'keep' OR length(ground) BETWEEN 2 AND 500),
  CHECK (replaced_by IS NULL OR replaced_by <> item_id)
);
CREATE INDEX clean_up_documents_of_item ON clean_up_documents (agency_id, item_id);

-- What a note of validity came from.
ALTER TABLE item_validity ADD COLUMN clean_up_id bigint;
ALTER TABLE item_validity ADD FOREIGN KEY (agency_id, clean_up_id) REFERENCES clean_ups (agency_id, id);

-- Notes of validity are added, never changed; and an item shows no validity that no note tells.
CREATE FUNCTION guard_validity_notes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a note of validity does not change';
END $$;
CREATE TRIGGER item_validity_stay BEFORE UPDATE OR DELETE ON item_validity FOR EACH ROW EXECUTE FUNCTION guard_validity_notes();

CREATE FUNCTION guard_validity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM item_validity y WHERE y.agency_id = NEW.agency_id AND y.item_id = NEW.id
    AND y.validity = NEW.validity AND y.from_on = NEW.validity_on) THEN
    RAISE EXCEPTION 'no note tells that item % is % since %', NEW.id, NEW.validity, NEW.validity_on;
  END IF;
  RETURN NEW;
END $$;
CREATE CONSTRAINT TRIGGER items_validity_told AFTER UPDATE OF validity, validity_on ON items
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((NEW.validity, NEW.validity_on) IS DISTINCT FROM (OLD.validity, OLD.validity_on)) EXECUTE FUNCTION guard_validity();

-- 定期评估审查 (711/18): each look at what is not public, and what came of it.
CREATE TABLE item_reassessments (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  item_id bigint NOT NULL,
  version integer NOT NULL,
  -- The attribute it had, and the one it is to have.
  attribute text NOT NULL CHECK (attribute IN ('on-request', 'closed')),
  result text NOT NULL CHECK (result IN ('proactive', 'on-request', 'closed')),
  reason text NOT NULL CHECK (length(reason) BETWEEN 2 AND 500),
  assessed_on date NOT NULL,
  -- When it is looked at again; null once it goes back to review.
  next_on date,
  assessed_by integer NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, item_id, version) REFERENCES item_versions (agency_id, item_id, version),
  FOREIGN KEY (agency_id, assessed_by) REFERENCES staff (agency_id, id),
  CHECK ((result = attribute) = (next_on IS NOT NULL))
);
CREATE INDEX item_reassessments_of_item ON item_reassessments (agency_id, item_id, id);

-- What was reminded of already: once for each due date and day.
CREATE TABLE catalogue_reminders (
  agency_id integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('publication', 'reassessment', 'validity-end')),
  item_id bigint NOT NULL,
  due_on date NOT NULL,
  days_left smallint NOT NULL,
  reminded_at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, kind, item_id, due_on, days_left),
  FOREIGN KEY (agency_id, item_id) REFERENCES items (agency_id, id)
);
