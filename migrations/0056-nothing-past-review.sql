-- Whoever writes, also by hand: what was reviewed is what is published, what is published stays, and nothing gets past.

-- What readers and reviewers see of a version: its content and its files.
CREATE FUNCTION item_content_digest(of_agency integer, of_item bigint, of_version integer) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(convert_to(jsonb_build_array(v.title, v.abstract, v.body, v.column_id, v.further_columns, v.genre, v.subject,
    v.document_number, v.issuing_body, v.source, v.keywords, v.formed_on, v.normative, v.attribute, v.channels, v.amendment,
    v.interpretation_plan, v.interprets,
    (SELECT jsonb_agg(jsonb_build_array(f.kind, f.name, f.digest) ORDER BY f.position, f.id) FROM item_files f
      WHERE f.agency_id = of_agency AND f.item_id = of_item AND f.version = of_version))::text, 'UTF8'))
  FROM item_versions v WHERE v.agency_id = of_agency AND v.item_id = of_item AND v.version = of_version
$$;

-- A concluding review is of one content; reviews of an earlier round count no longer when the text has changed since.
ALTER TABLE item_reviews ADD COLUMN content_digest bytea;
ALTER TABLE item_reviews DISABLE TRIGGER item_reviews_stay;
UPDATE item_reviews r SET content_digest = item_content_digest(r.agency_id, r.item_id, r.version)
  FROM item_versions v WHERE v.agency_id = r.agency_id AND v.item_id = r.item_id AND v.version = r.version
    AND v.state IN ('in-review', 'approved') AND r.concluding AND r.step <> 'import';
ALTER TABLE item_reviews ENABLE TRIGGER item_reviews_stay;

CREATE FUNCTION note_reviewed_content() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.content_digest := item_content_digest(NEW.agency_id, NEW.item_id, NEW.version);
  RETURN NEW;
END $$;
CREATE TRIGGER item_reviews_of_content BEFORE INSERT ON item_reviews FOR EACH ROW
  WHEN (NEW.concluding AND NEW.step <> 'import') EXECUTE FUNCTION note_reviewed_content();

-- Nothing becomes ready, public or part of the public history without a concluding review of what it says, by somebody who
-- wrote nothing of it, which the ledger tells of. History that is loaded has no author. An urgent one is told by the ledger
-- too and owes its review within weeks.
CREATE OR REPLACE FUNCTION guard_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state NOT IN ('approved', 'published', 'superseded') OR (NEW.state = 'approved' AND NEW.attribute <> 'proactive') THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.state = 'superseded' AND NEW.state <> 'superseded' THEN RAISE EXCEPTION 'a superseded version does not return'; END IF;
    IF OLD.state = NEW.state OR OLD.state = 'published' THEN RETURN NEW; END IF;
  END IF;
  IF NEW.urgent_reason <> '' AND NEW.state = 'published' AND NEW.review_due_on <= NEW.published_at::date + 31 AND EXISTS (
    SELECT FROM ledger_acts l WHERE l.agency_id = NEW.agency_id AND l.subject_kind = 'item'
      AND l.subject_id = NEW.item_id::text AND l.act = 'catalogue.publish-urgently') THEN
    RETURN NEW;
  END IF;
  IF NEW.author_id IS NULL AND EXISTS (
    SELECT FROM item_reviews r WHERE r.agency_id = NEW.agency_id AND r.item_id = NEW.item_id AND r.version = NEW.version
      AND r.concluding AND r.step = 'import' AND r.reviewer_id IS NULL) THEN
    RETURN NEW;
  END IF;
  IF NOT EXISTS (
    SELECT FROM item_reviews r WHERE r.agency_id = NEW.agency_id AND r.item_id = NEW.item_id AND r.version = NEW.version
      AND r.concluding AND r.reviewer_id IS NOT NULL AND r.reviewer_id IS DISTINCT FROM NEW.author_id
      AND NOT r.reviewer_id = ANY (NEW.hands)
      AND r.content_digest = item_content_digest(NEW.agency_id, NEW.item_id, NEW.version))
    OR NOT EXISTS (
      SELECT FROM ledger_acts l WHERE l.agency_id = NEW.agency_id AND l.subject_kind = 'item'
        AND l.subject_id = NEW.item_id::text
        AND l.act IN ('catalogue.review-first', 'catalogue.review-second', 'catalogue.review-final')) THEN
    RAISE EXCEPTION 'item % version % has no approving review by another person', NEW.item_id, NEW.version;
  END IF;
  RETURN NEW;
END $$;

-- What is under review is not written on; what was published stays as it was, and an urgent publication keeps its day of
-- review until somebody else has reviewed it.
CREATE OR REPLACE FUNCTION guard_published_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state IN ('published', 'superseded') THEN RAISE EXCEPTION 'a published version is not deleted'; END IF;
    RETURN OLD;
  END IF;
  IF OLD.state IN ('published', 'superseded') THEN
    IF NEW.state NOT IN ('published', 'superseded')
      OR (to_jsonb(NEW) - 'state' - 'review_due_on' - 'urgent_reason') IS DISTINCT FROM (to_jsonb(OLD) - 'state' - 'review_due_on' - 'urgent_reason')
      OR (NEW.urgent_reason <> '' AND (NEW.urgent_reason, NEW.review_due_on) IS DISTINCT FROM (OLD.urgent_reason, OLD.review_due_on)) THEN
      RAISE EXCEPTION 'a published version does not change';
    END IF;
  ELSIF (OLD.state IN ('in-review', 'approved') OR NEW.state IN ('approved', 'published', 'superseded'))
    AND (NEW.title, NEW.abstract, NEW.body, NEW.column_id, NEW.further_columns, NEW.genre, NEW.subject, NEW.document_number,
      NEW.issuing_body, NEW.source, NEW.keywords, NEW.formed_on, NEW.normative, NEW.attribute, NEW.channels, NEW.amendment,
      NEW.interpretation_plan, NEW.interprets, NEW.author_id)
    IS DISTINCT FROM (OLD.title, OLD.abstract, OLD.body, OLD.column_id, OLD.further_columns, OLD.genre, OLD.subject,
      OLD.document_number, OLD.issuing_body, OLD.source, OLD.keywords, OLD.formed_on, OLD.normative, OLD.attribute,
      OLD.channels, OLD.amendment, OLD.interpretation_plan, OLD.interprets, OLD.author_id) THEN
    RAISE EXCEPTION 'a version in review does not change';
  END IF;
  IF NOT NEW.hands @> OLD.hands THEN RAISE EXCEPTION 'who wrote in a version stays on record'; END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION guard_urgent_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM item_reviews r WHERE r.agency_id = NEW.agency_id AND r.item_id = NEW.item_id AND r.version = NEW.version
      AND r.at >= NEW.published_at AND r.reviewer_id IS NOT NULL AND r.reviewer_id IS DISTINCT FROM NEW.author_id
      AND NOT r.reviewer_id = ANY (NEW.hands)
      AND (r.concluding OR NOT EXISTS (
        SELECT FROM items i WHERE i.agency_id = NEW.agency_id AND i.id = NEW.item_id AND i.state = 'published'
          AND i.live_version = NEW.version))) THEN
    RAISE EXCEPTION 'item % version % still owes the review of its urgent publication', NEW.item_id, NEW.version;
  END IF;
  RETURN NEW;
END $$;
CREATE CONSTRAINT TRIGGER item_versions_urgent AFTER UPDATE ON item_versions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.state IN ('published', 'superseded') AND OLD.urgent_reason <> '' AND NEW.urgent_reason = '')
  EXECUTE FUNCTION guard_urgent_versions();

-- The version that is public is replaced by another or not at all.
CREATE FUNCTION guard_superseding() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM items i WHERE i.agency_id = NEW.agency_id AND i.id = NEW.item_id AND i.live_version = NEW.version) THEN
    RAISE EXCEPTION 'item % still shows version %', NEW.item_id, NEW.version;
  END IF;
  RETURN NEW;
END $$;
CREATE CONSTRAINT TRIGGER item_versions_superseded AFTER UPDATE ON item_versions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.state = 'published' AND NEW.state = 'superseded') EXECUTE FUNCTION guard_superseding();

-- What lists and pages show of a public item is what its live version says.
CREATE OR REPLACE FUNCTION guard_live_items() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  says boolean;
BEGIN
  IF NEW.state <> 'published' THEN RETURN NEW; END IF;
  SELECT (v.title, v.abstract, v.genre, v.subject, v.document_number, v.issuing_body, v.formed_on)
      IS NOT DISTINCT FROM (NEW.title, NEW.abstract, NEW.genre, NEW.subject, NEW.document_number, NEW.issuing_body, NEW.formed_on)
    INTO says FROM item_versions v
    WHERE v.agency_id = NEW.agency_id AND v.item_id = NEW.id AND v.version = NEW.live_version AND v.state = 'published';
  IF says IS NULL THEN RAISE EXCEPTION 'item % has no published version %', NEW.id, NEW.live_version; END IF;
  IF NOT says THEN RAISE EXCEPTION 'item % shows what its version % does not say', NEW.id, NEW.live_version; END IF;
  RETURN NEW;
END $$;

-- Index numbers and days of publication are given once; what was withdrawn returns with a newly reviewed version only.
CREATE FUNCTION guard_item_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.index_number <> OLD.index_number THEN RAISE EXCEPTION 'an index number does not change'; END IF;
  IF OLD.published_on IS NOT NULL AND (NEW.published_on, NEW.published_at) IS DISTINCT FROM (OLD.published_on, OLD.published_at) THEN
    RAISE EXCEPTION 'the day of publication does not change';
  END IF;
  IF OLD.state = 'withdrawn' AND NEW.state <> 'withdrawn' AND NEW.live_version IS NOT DISTINCT FROM OLD.live_version THEN
    RAISE EXCEPTION 'what was withdrawn returns with a new version only';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER items_facts BEFORE UPDATE ON items FOR EACH ROW EXECUTE FUNCTION guard_item_facts();

-- Files are part of what is reviewed; only what they say and that the gate let them pass is still written then.
CREATE OR REPLACE FUNCTION guard_published_files() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of_version item_files := CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END;
  said text;
BEGIN
  IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'plain') IS NOT DISTINCT FROM (to_jsonb(OLD) - 'plain') THEN RETURN NEW; END IF;
  SELECT v.state INTO said FROM item_versions v WHERE v.agency_id = of_version.agency_id AND v.item_id = of_version.item_id
    AND v.version = of_version.version AND v.state IN ('in-review', 'approved', 'published', 'superseded')
    AND (TG_OP <> 'INSERT' OR v.xmin <> pg_current_xact_id()::xid);
  IF said IN ('published', 'superseded') THEN RAISE EXCEPTION 'the files of a published version do not change'; END IF;
  IF said IS NOT NULL AND NOT (TG_OP = 'UPDATE'
    AND (to_jsonb(NEW) - 'plain' - 'released') IS NOT DISTINCT FROM (to_jsonb(OLD) - 'plain' - 'released')) THEN
    RAISE EXCEPTION 'the files of a version in review do not change';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- Nor all at once, nor while `session_replication_role` silences ordinary triggers.
CREATE FUNCTION refuse_truncation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is not truncated', TG_TABLE_NAME;
END $$;
CREATE TRIGGER items_no_truncate BEFORE TRUNCATE ON items FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncation();
CREATE TRIGGER item_versions_no_truncate BEFORE TRUNCATE ON item_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncation();
CREATE TRIGGER item_reviews_no_truncate BEFORE TRUNCATE ON item_reviews FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncation();
CREATE TRIGGER item_files_no_truncate BEFORE TRUNCATE ON item_files FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncation();
ALTER TABLE item_versions ENABLE ALWAYS TRIGGER item_versions_published;
ALTER TABLE item_versions ENABLE ALWAYS TRIGGER item_versions_no_truncate;
ALTER TABLE item_reviews ENABLE ALWAYS TRIGGER item_reviews_stay;
ALTER TABLE item_reviews ENABLE ALWAYS TRIGGER item_reviews_no_truncate;
