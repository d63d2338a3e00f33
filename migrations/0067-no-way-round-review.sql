-- Whoever writes, also by hand: what 0056 refuses in one statement is refused in several as well.

-- Each review is an act that the ledger tells of; one that was only typed in has no such act.
CREATE FUNCTION guard_told_reviews() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM item_reviews r WHERE r.agency_id = NEW.agency_id AND r.item_id = NEW.item_id
      AND r.reviewer_id IS NOT DISTINCT FROM NEW.reviewer_id AND r.step <> 'import')
    > (SELECT count(*) FROM ledger_acts l WHERE l.agency_id = NEW.agency_id AND l.subject_kind = 'item'
      AND l.subject_id = NEW.item_id::text AND l.actor_id IS NOT DISTINCT FROM NEW.reviewer_id
      AND l.act IN ('catalogue.review-first', 'catalogue.review-second', 'catalogue.review-final',
        'catalogue.record-determination', 'catalogue.review-afterwards')) THEN
    RAISE EXCEPTION 'the ledger knows nothing of a review of item %', NEW.item_id;
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER item_reviews_told AFTER INSERT ON item_reviews DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.step <> 'import') EXECUTE FUNCTION guard_told_reviews();

-- As in 0056; that it was urgent, the ledger tells of this very version, and every file has passed the release gate. History comes
-- without files.
CREATE OR REPLACE FUNCTION guard_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state NOT IN ('approved', 'published', 'superseded') OR (NEW.state = 'approved' AND NEW.attribute <> 'proactive') THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.state = 'superseded' AND NEW.state <> 'superseded' THEN RAISE EXCEPTION 'a superseded version does not return'; END IF;
    IF OLD.state = NEW.state OR OLD.state = 'published' THEN RETURN NEW; END IF;
  END IF;
  IF NEW.author_id IS NULL AND EXISTS (
    SELECT FROM item_reviews r WHERE r.agency_id = NEW.agency_id AND r.item_id = NEW.item_id AND r.version = NEW.version
      AND r.concluding AND r.step = 'import' AND r.reviewer_id IS NULL) THEN
    RETURN NEW;
  END IF;
  IF NEW.state = 'published' AND EXISTS (SELECT FROM item_files f WHERE f.agency_id = NEW.agency_id
      AND f.item_id = NEW.item_id AND f.version = NEW.version AND NOT f.released) THEN
    RAISE EXCEPTION 'item % version % has a file that has not passed the release gate', NEW.item_id, NEW.version;
  END IF;
  IF NEW.urgent_reason <> '' AND NEW.state = 'published' AND NEW.review_due_on <= NEW.published_at::date + 31 AND EXISTS (
    SELECT FROM ledger_acts l WHERE l.agency_id = NEW.agency_id AND l.subject_kind = 'item'
      AND l.subject_id = NEW.item_id::text AND l.act = 'catalogue.publish-urgently'
      AND l.after ->> 'version' = NEW.version::text) THEN
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

-- Lists count and sort by the column and the kind of document as well.
CREATE OR REPLACE FUNCTION guard_live_items() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  says boolean;
BEGIN
  IF NEW.state <> 'published' THEN RETURN NEW; END IF;
  SELECT (v.title, v.abstract, v.genre, v.subject, v.document_number, v.issuing_body, v.formed_on, v.column_id, v.normative)
      IS NOT DISTINCT FROM (NEW.title, NEW.abstract, NEW.genre, NEW.subject, NEW.document_number, NEW.issuing_body,
        NEW.formed_on, NEW.column_id, NEW.normative)
    INTO says FROM item_versions v
    WHERE v.agency_id = NEW.agency_id AND v.item_id = NEW.id AND v.version = NEW.live_version AND v.state = 'published';
  IF says IS NULL THEN RAISE EXCEPTION 'item % has no published version %', NEW.id, NEW.live_version; END IF;
  IF NOT says THEN RAISE EXCEPTION 'item % shows what its version % does not say', NEW.id, NEW.live_version; END IF;
  RETURN NEW;
END $$;

-- Which version is shown moves forward, with a publication and in no other way; what was told of a withdrawal stays.
CREATE OR REPLACE FUNCTION guard_item_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.index_number <> OLD.index_number THEN RAISE EXCEPTION 'an index number does not change'; END IF;
  IF OLD.published_on IS NOT NULL AND (NEW.published_on, NEW.published_at) IS DISTINCT FROM (OLD.published_on, OLD.published_at) THEN
    RAISE EXCEPTION 'the day of publication does not change';
  END IF;
  IF OLD.live_version IS NOT NULL AND NEW.live_version IS DISTINCT FROM OLD.live_version
    AND (NEW.state <> 'published' OR NEW.live_version < OLD.live_version) THEN
    RAISE EXCEPTION 'item % shows another version by its publication only', NEW.id;
  END IF;
  IF OLD.state = 'withdrawn' AND NEW.state <> 'withdrawn' AND NEW.live_version IS NOT DISTINCT FROM OLD.live_version THEN
    RAISE EXCEPTION 'what was withdrawn returns with a new version only';
  END IF;
  IF OLD.state = 'withdrawn' AND NEW.state = 'withdrawn' AND (NEW.withdrawn_on, NEW.withdrawal_reason, NEW.withdrawal_ground)
    IS DISTINCT FROM (OLD.withdrawn_on, OLD.withdrawal_reason, OLD.withdrawal_ground) THEN
    RAISE EXCEPTION 'what was told of a withdrawal does not change';
  END IF;
  RETURN NEW;
END $$;

-- A file belongs to its version. None joins one in review or public, also not in the transaction that touches that version.
CREATE OR REPLACE FUNCTION guard_published_files() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of_version item_files := CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END;
  said text;
BEGIN
  IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'plain') IS NOT DISTINCT FROM (to_jsonb(OLD) - 'plain') THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' AND (NEW.agency_id, NEW.item_id, NEW.version) <> (OLD.agency_id, OLD.item_id, OLD.version) THEN
    RAISE EXCEPTION 'a file does not move to another version';
  END IF;
  SELECT v.state INTO said FROM item_versions v WHERE v.agency_id = of_version.agency_id AND v.item_id = of_version.item_id
    AND v.version = of_version.version AND v.state IN ('in-review', 'approved', 'published', 'superseded');
  IF said IN ('published', 'superseded') THEN RAISE EXCEPTION 'the files of a published version do not change'; END IF;
  IF said IS NOT NULL AND NOT (TG_OP = 'UPDATE'
    AND (to_jsonb(NEW) - 'plain' - 'released') IS NOT DISTINCT FROM (to_jsonb(OLD) - 'plain' - 'released')) THEN
    RAISE EXCEPTION 'the files of a version in review do not change';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
