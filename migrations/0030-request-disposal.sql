-- 到期处置: personal data of requests go when their time of keeping is over, after one person proposed and another approved.

-- 处置清单.
CREATE TABLE request_disposals (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  -- Time of keeping when it was proposed, in years, and the last day of closing that it reaches.
  years smallint NOT NULL CHECK (years BETWEEN 1 AND 100),
  closed_until date NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'approved', 'refused', 'withdrawn', 'done')),
  -- Forms proposed, those disposed of, and those that were left out in the end.
  forms integer NOT NULL CHECK (forms >= 1),
  disposed integer NOT NULL DEFAULT 0 CHECK (disposed >= 0),
  spared integer NOT NULL DEFAULT 0 CHECK (spared >= 0),
  proposed_by integer NOT NULL,
  proposed_by_name text NOT NULL,
  proposed_at timestamptz(3) NOT NULL,
  decided_by integer,
  decided_by_name text,
  decided_at timestamptz(3),
  reason text NOT NULL DEFAULT '',
  done_at timestamptz(3),
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, proposed_by) REFERENCES staff (agency_id, id),
  FOREIGN KEY (agency_id, decided_by) REFERENCES staff (agency_id, id),
  CHECK (disposed + spared <= forms),
  CHECK ((state = 'proposed') = (decided_at IS NULL)),
  CHECK ((state = 'done') = (done_at IS NOT NULL)),
  -- Nobody approves what he proposed.
  CHECK (state NOT IN ('approved', 'refused', 'done') OR decided_by <> proposed_by)
);
CREATE INDEX request_disposals_at_work ON request_disposals (agency_id, id) WHERE state IN ('proposed', 'approved');

-- The list a form stands on; null while it stands on none.
ALTER TABLE request_forms
  ADD COLUMN disposal_id bigint,
  ADD FOREIGN KEY (agency_id, disposal_id) REFERENCES request_disposals (agency_id, id);
CREATE INDEX request_forms_of_disposal ON request_forms (agency_id, disposal_id, submitted_on, id)
  WHERE disposal_id IS NOT NULL;
DROP INDEX request_forms_undisposed;
CREATE INDEX request_forms_undisposed ON request_forms (agency_id, submitted_on, id)
  WHERE disposed_on IS NULL AND disposal_id IS NULL;

-- 暂缓处置: forms that somebody holds back, and why.
CREATE TABLE request_disposal_holds (
  agency_id integer NOT NULL,
  form_id bigint NOT NULL,
  reason text NOT NULL CHECK (length(reason) BETWEEN 2 AND 200),
  held_by text NOT NULL,
  held_at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, form_id),
  FOREIGN KEY (agency_id, form_id) REFERENCES request_forms (agency_id, id)
);
CREATE INDEX request_disposal_holds_newest ON request_disposal_holds (agency_id, held_at DESC, form_id DESC);
