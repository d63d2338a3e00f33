-- 政府公报: issues composed of published items, numbered when they come out, unchanged from then on.

CREATE TABLE gazette_issues (
  agency_id integer NOT NULL REFERENCES agencies (id),
  id bigint GENERATED ALWAYS AS IDENTITY,
  -- What the desk calls it before it has a number.
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  state text NOT NULL CHECK (state IN ('draft', 'in-review', 'approved', 'published', 'discarded')),
  -- How often it was submitted: an approval is worth nothing for a later submission.
  round integer NOT NULL DEFAULT 0,
  -- 第N期 of the year and 总第N号.
  year smallint CHECK (year BETWEEN 1949 AND 2100),
  number integer CHECK (number >= 1),
  total integer CHECK (total >= 1),
  issued_on date,
  published_at timestamptz(3),
  -- As printed: the name of the gazette, 主办, 编辑.
  title text NOT NULL DEFAULT '' CHECK (length(title) <= 40),
  host text NOT NULL DEFAULT '' CHECK (length(host) <= 60),
  editor text NOT NULL DEFAULT '' CHECK (length(editor) <= 60),
  -- SM3 of everything that is printed.
  digest text NOT NULL DEFAULT '',
  pdf_digest text CHECK (pdf_digest ~ '^[0-9a-f]{64}$'),
  pdf_bytes bigint CHECK (pdf_bytes > 0),
  author_id integer,
  -- Everybody who composed: none of them reviews.
  hands integer[] NOT NULL DEFAULT '{}',
  created_at timestamptz(3) NOT NULL,
  changed_at timestamptz(3) NOT NULL,
  submitted_at timestamptz(3),
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, author_id) REFERENCES staff (agency_id, id),
  CHECK ((state = 'published') = (total IS NOT NULL)),
  CHECK ((total IS NULL) = (year IS NULL) AND (total IS NULL) = (number IS NULL) AND (total IS NULL) = (issued_on IS NULL)
    AND (total IS NULL) = (published_at IS NULL) AND (total IS NULL) = (digest = '')),
  CHECK (issued_on IS NULL OR year = extract(year FROM issued_on)),
  CHECK ((pdf_digest IS NULL) = (pdf_bytes IS NULL)),
  CHECK (pdf_digest IS NULL OR total IS NOT NULL)
);
CREATE UNIQUE INDEX gazette_issues_numbered ON gazette_issues (agency_id, year, number) WHERE total IS NOT NULL;
CREATE UNIQUE INDEX gazette_issues_counted ON gazette_issues (agency_id, total) WHERE total IS NOT NULL;
CREATE INDEX gazette_issues_open ON gazette_issues (agency_id, state, id) WHERE state IN ('draft', 'in-review', 'approved');

CREATE TABLE gazette_entries (
  agency_id integer NOT NULL,
  issue_id bigint NOT NULL,
  item_id bigint NOT NULL,
  -- Chosen with the submission; null while composing: whatever is live.
  version integer,
  section text NOT NULL CHECK (length(section) BETWEEN 1 AND 20),
  position integer NOT NULL,
  PRIMARY KEY (agency_id, issue_id, item_id),
  FOREIGN KEY (agency_id, issue_id) REFERENCES gazette_issues (agency_id, id),
  FOREIGN KEY (agency_id, item_id) REFERENCES items (agency_id, id),
  FOREIGN KEY (agency_id, item_id, version) REFERENCES item_versions (agency_id, item_id, version)
);
CREATE INDEX gazette_entries_of_item ON gazette_entries (agency_id, item_id, issue_id);

CREATE TABLE gazette_reviews (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  issue_id bigint NOT NULL,
  round integer NOT NULL,
  result text NOT NULL CHECK (result IN ('passed', 'refused')),
  reviewer_id integer NOT NULL,
  reviewer_name text NOT NULL,
  opinion text NOT NULL DEFAULT '' CHECK (length(opinion) <= 1000),
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, issue_id) REFERENCES gazette_issues (agency_id, id),
  FOREIGN KEY (agency_id, reviewer_id) REFERENCES staff (agency_id, id),
  CHECK (result = 'passed' OR opinion <> '')
);
CREATE INDEX gazette_reviews_of_issue ON gazette_reviews (agency_id, issue_id, id);

-- 更正: the only thing that is ever added to an issue that is out.
CREATE TABLE gazette_errata (
  agency_id integer NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  issue_id bigint NOT NULL,
  -- The entry it concerns; null: the issue.
  item_id bigint,
  notice text NOT NULL CHECK (length(notice) BETWEEN 4 AND 2000),
  noted_on date NOT NULL,
  by_name text NOT NULL,
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (agency_id, id),
  FOREIGN KEY (agency_id, issue_id) REFERENCES gazette_issues (agency_id, id),
  FOREIGN KEY (agency_id, issue_id, item_id) REFERENCES gazette_entries (agency_id, issue_id, item_id)
);
CREATE INDEX gazette_errata_of_issue ON gazette_errata (agency_id, issue_id, id);

-- 先审核后公开, numbers without gap or repeat, and an issue that is out stays as it is. Holds for whoever writes, also by hand.
CREATE FUNCTION guard_gazette_issues() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last_total integer;
  last_number integer;
  last_on date;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state = 'published' THEN RAISE EXCEPTION 'a published issue of the gazette is not deleted'; END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'draft' THEN RAISE EXCEPTION 'an issue of the gazette begins as a draft'; END IF;
    RETURN NEW;
  END IF;
  IF OLD.state = 'published' THEN
    IF OLD.pdf_digest IS NOT NULL
      OR (to_jsonb(NEW) - 'pdf_digest' - 'pdf_bytes') IS DISTINCT FROM (to_jsonb(OLD) - 'pdf_digest' - 'pdf_bytes') THEN
      RAISE EXCEPTION 'a published issue of the gazette does not change';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.state <> 'published' THEN RETURN NEW; END IF;
  IF NOT EXISTS (SELECT FROM gazette_reviews r WHERE r.agency_id = NEW.agency_id AND r.issue_id = NEW.id AND r.round = NEW.round
    AND r.result = 'passed' AND r.reviewer_id IS DISTINCT FROM NEW.author_id AND NOT r.reviewer_id = ANY (NEW.hands)) THEN
    RAISE EXCEPTION 'issue % has no approving review by another person', NEW.id;
  END IF;
  IF NOT EXISTS (SELECT FROM gazette_entries e WHERE e.agency_id = NEW.agency_id AND e.issue_id = NEW.id) THEN
    RAISE EXCEPTION 'issue % is empty', NEW.id;
  END IF;
  IF EXISTS (SELECT FROM gazette_entries e JOIN items i ON i.agency_id = e.agency_id AND i.id = e.item_id
    WHERE e.agency_id = NEW.agency_id AND e.issue_id = NEW.id
      AND (i.state <> 'published' OR i.live_version IS DISTINCT FROM e.version)) THEN
    RAISE EXCEPTION 'issue % has an entry that is not the live version of a public item', NEW.id;
  END IF;
  SELECT max(total), max(issued_on) INTO last_total, last_on FROM gazette_issues
    WHERE agency_id = NEW.agency_id AND total IS NOT NULL;
  SELECT max(number) INTO last_number FROM gazette_issues
    WHERE agency_id = NEW.agency_id AND year = NEW.year AND total IS NOT NULL;
  IF last_total IS NOT NULL
    AND (NEW.total <> last_total + 1 OR NEW.number <> coalesce(last_number, 0) + 1 OR NEW.issued_on < last_on) THEN
    RAISE EXCEPTION 'issue % breaks the row of numbers', NEW.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER gazette_issues_stay BEFORE INSERT OR UPDATE OR DELETE ON gazette_issues
  FOR EACH ROW EXECUTE FUNCTION guard_gazette_issues();

-- Entries change while their issue is composed and never after; the lock keeps it from being submitted meanwhile.
CREATE FUNCTION guard_gazette_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched gazette_entries;
BEGIN
  touched := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  IF TG_OP = 'UPDATE' AND (OLD.issue_id, OLD.item_id) <> (NEW.issue_id, NEW.item_id) THEN
    RAISE EXCEPTION 'an entry does not move to another issue';
  END IF;
  PERFORM FROM gazette_issues g WHERE g.agency_id = touched.agency_id AND g.id = touched.issue_id AND g.state = 'draft' FOR SHARE;
  IF NOT FOUND THEN RAISE EXCEPTION 'issue % is not being composed', touched.issue_id; END IF;
  RETURN touched;
END $$;
CREATE TRIGGER gazette_entries_stay BEFORE INSERT OR UPDATE OR DELETE ON gazette_entries
  FOR EACH ROW EXECUTE FUNCTION guard_gazette_entries();

CREATE FUNCTION guard_gazette_records() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'reviews and errata of the gazette do not change';
END $$;
CREATE TRIGGER gazette_reviews_stay BEFORE UPDATE OR DELETE ON gazette_reviews
  FOR EACH ROW EXECUTE FUNCTION guard_gazette_records();
CREATE TRIGGER gazette_errata_stay BEFORE UPDATE OR DELETE ON gazette_errata
  FOR EACH ROW EXECUTE FUNCTION guard_gazette_records();

-- What the pages of the gazette show.
CREATE TRIGGER gazette_issues_are_shown AFTER UPDATE ON gazette_issues
  FOR EACH ROW WHEN (NEW.state = 'published') EXECUTE FUNCTION raise_content_revision();
CREATE TRIGGER gazette_errata_are_shown AFTER INSERT ON gazette_errata
  FOR EACH ROW EXECUTE FUNCTION raise_content_revision();
