-- Files of items pass the release gate too. What one item shows may be shown by another: it is public either way.
ALTER TABLE release_contents DROP CONSTRAINT release_contents_subject_kind_check;
ALTER TABLE release_contents ADD CONSTRAINT release_contents_subject_kind_check
  CHECK (subject_kind IN ('request', 'item'));
ALTER TABLE release_contents ADD COLUMN item_id bigint
  GENERATED ALWAYS AS (CASE WHEN subject_kind = 'item' THEN subject_id END) STORED;
ALTER TABLE release_contents ADD FOREIGN KEY (agency_id, item_id) REFERENCES items (agency_id, id);

-- What a published version shows stays with it. Only its text, read for the search, is still written; a version that is
-- loaded as published gets its files in the same transaction.
CREATE FUNCTION guard_published_files() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of_version item_files := CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END;
BEGIN
  IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'plain') IS NOT DISTINCT FROM (to_jsonb(OLD) - 'plain') THEN RETURN NEW; END IF;
  IF EXISTS (SELECT FROM item_versions v WHERE v.agency_id = of_version.agency_id AND v.item_id = of_version.item_id
    AND v.version = of_version.version AND v.state IN ('published', 'superseded')
    AND (TG_OP <> 'INSERT' OR v.xmin <> pg_current_xact_id()::xid)) THEN
    RAISE EXCEPTION 'the files of a published version do not change';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER item_files_published BEFORE INSERT OR UPDATE OR DELETE ON item_files
  FOR EACH ROW EXECUTE FUNCTION guard_published_files();

-- Who lent what to whom.
CREATE INDEX review_delegations_from ON review_delegations (agency_id, from_id, to_on);
CREATE INDEX items_withdrawn ON items (agency_id, withdrawn_on DESC, id DESC) WHERE state = 'withdrawn';
